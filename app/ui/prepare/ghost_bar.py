"""The line above the pages that tells of ghosts: how many, and what can be done with them."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from app.ui.prepare.ghosts import Ghosts
from app.ui.theme import SPACE
from app.ui.widgets.folding import FoldingLine
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import label, set_look


class GhostBar(FoldingLine):
    """Hidden while there is nothing to accept, and once it was put away."""

    def __init__(self, ghosts: Ghosts) -> None:
        super().__init__()
        set_look(self, ground="accent")
        self._ghosts, self._is_away = ghosts, False
        self._words = label("", wrap=True)
        self.review = _button("Look through", self._look)
        self.place = _button("Place all", ghosts.accept_all)
        self.away = _button("Not now", self._put_away)
        self._box.setContentsMargins(SPACE.snug, SPACE.tight, SPACE.inside, SPACE.tight)
        self.fill(IconLabel("scan-search", "accent"), self._words, (self.review, self.place, self.away))
        ghosts.changed.connect(self._refresh)
        self._refresh()

    def come_back(self) -> None:
        self._is_away = False
        self._look()

    def _refresh(self) -> None:
        count = len(self._ghosts.offers)
        self.setVisible(bool(count) and not self._is_away)
        places = f"{count} place{'' if count == 1 else 's'} to fill in"
        self._words.setText(
            f"{places}: Enter places this one, Shift+Enter all, arrows look further, Del puts it away, Esc leaves them."
            if self._ghosts.is_open
            else f"{places} found in the documents. Nothing is placed before you accept it."
        )
        self.review.setVisible(not self._ghosts.is_open)

    def _look(self) -> None:
        self._ghosts.begin()
        self._refresh()

    def _put_away(self) -> None:
        self._is_away = True
        self._ghosts.end()


def _button(words: str, then: object) -> QPushButton:
    made = QPushButton(words)
    set_look(made, kind="link")
    made.clicked.connect(then)
    return made
