"""The button that adds an identity, and the four places one can come from."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.ui.desk import Desk
from app.ui.seal.identity_form import IdentityForm
from app.ui.seal.identity_keys import ServiceForm, TokenForm
from app.ui.seal.identity_own import FileForm, MakeForm

PLACES: Final[tuple[tuple[str, type[MakeForm] | type[FileForm] | type[TokenForm] | type[ServiceForm]], ...]] = (
    ("Make one here…", MakeForm),
    ("From a certificate file…", FileForm),
    ("From a card or token…", TokenForm),
    ("From a trust service…", ServiceForm),
)


class AddIdentity(QPushButton):
    """Opens the form of the place that was chosen.

    Signals: `added` with the name of what was added.
    """

    added = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Add identity…", parent)
        menu = QMenu(self)
        for words, form in PLACES:
            menu.addAction(words).triggered.connect(partial(self._open, desk, form))
        self.setMenu(menu)

    def _open(
        self, desk: Desk, form: type[MakeForm] | type[FileForm] | type[TokenForm] | type[ServiceForm], _: bool = False
    ) -> None:
        made: IdentityForm = form(desk, self)
        made.added.connect(self.added)
        made.open()
