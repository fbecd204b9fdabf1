"""A page in the person's web browser is waited for: opened from here, said so in a dialog, stopped at any time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.services.visiting import Visit
from app.ui.theme import SPACE, show_busy
from app.ui.widgets.announce import announce
from app.ui.widgets.look import label, row

TITLE: Final = "Go on in your web browser"
NEXT: Final = (
    "Answer the page that opened there; this goes on by itself afterwards. "
    "If no page opened, open it again, or copy its address into a browser on this computer."
)


class VisitDialog(QDialog):
    """Open as long as the page is waited for; to close it is to give up."""

    def __init__(self, visit: Visit, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._visit = visit
        self.setWindowTitle(TITLE)
        self.setMinimumWidth(460)
        asked = f"{visit.purpose} at {visit.host}."
        self._said = label("", "small", ink="muted", wrap=True)
        self._said.hide()
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setAccessibleName("Waiting for the browser")
        show_busy(bar)
        again, copy, stop = QPushButton("Open the page again"), QPushButton("Copy its address"), QPushButton("Cancel")
        again.clicked.connect(self.open_page)
        copy.clicked.connect(self._copy)
        stop.clicked.connect(self.reject)
        again.setDefault(True)
        for button in (copy, stop):
            button.setAutoDefault(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addWidget(label(TITLE, "title", strong=True))
        box.addWidget(label(asked, strong=True, wrap=True))
        box.addWidget(label(NEXT, wrap=True))
        box.addWidget(bar)
        minutes = f"{visit.patience_s / 60:.0f}"
        box.addWidget(label(f"It is waited for up to {minutes} minutes.", "small", ink="muted", wrap=True))
        box.addWidget(self._said)
        box.addLayout(row(again, copy, None, stop))
        self.setAccessibleDescription(f"{asked} {NEXT}")
        self.rejected.connect(visit.give_up)

    def open_page(self) -> None:
        if not QDesktopServices.openUrl(QUrl(self._visit.url)):
            self._say("No web browser could be opened. Copy the address into one on this computer.")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._visit.url)
        self._say("The address is on the clipboard.")

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()
        announce(self, text)


class Visiting(QObject):
    """Shows the visits of any thread in the window that is in front: `show` comes back at once."""

    _begun = Signal(object)
    _ended = Signal(object)

    def __init__(self, front: Callable[[], QWidget], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._front = front
        self._open: dict[Visit, VisitDialog] = {}
        self._begun.connect(self._open_dialog, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._close_dialog, Qt.ConnectionType.QueuedConnection)

    def show(self, visit: Visit) -> None:
        self._begun.emit(visit)
        visit.when_over(partial(self._tell_end, visit))

    def _tell_end(self, visit: Visit) -> None:
        """The thread that waits may outlive the window."""
        try:
            self._ended.emit(visit)
        except RuntimeError:
            return

    def _open_dialog(self, visit: Visit) -> None:
        if visit.over:
            return
        dialog = VisitDialog(visit, QApplication.activeModalWidget() or self._front())
        dialog.destroyed.connect(partial(visit.give_up, "given_up"))
        self._open[visit] = dialog
        dialog.open()
        dialog.open_page()

    def _close_dialog(self, visit: Visit) -> None:
        dialog = self._open.pop(visit, None)
        if dialog is not None and isValid(dialog):
            dialog.accept()
            dialog.deleteLater()
