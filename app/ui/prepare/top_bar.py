"""The bar above the pages: title, whether all is kept, undo, zoom, and the way out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from app.ui.action_set import ActionSet
from app.ui.canvas.view import PageView
from app.ui.icons import SIDE, icon
from app.ui.models.keeper import Keeping
from app.ui.theme import SPACE, TypeSize, Weight, face
from app.ui.widgets.look import label, row, rule, set_look

KEPT_WORDS: Final = {
    Keeping.SAVED: ("Saved", "muted", "Every change is kept as you make it."),
    Keeping.SAVING: ("Saving…", "muted", "The last change is being kept."),
    Keeping.FAILED: ("Not saved", "bad", "The last change could not be kept; see the message above the pages."),
}
ZOOM_ACTIONS: Final = ("view.fit_width", "view.fit_page", "view.actual_size", "view.single_page")
MORE: Final = ("document.print", "envelope.settings", "document.add", "recipient.add")


class TitleEdit(QLineEdit):
    """The envelope's title, edited where it stands. Signals: `titled(str)` when it was changed and is not blank."""

    titled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.setProperty("plain", True)
        self.setFrame(False)
        self.setAccessibleName("Title of the envelope")
        self.setPlaceholderText("Title")
        self.setFont(face(TypeSize.LARGE, Weight.SEMIBOLD))
        set_look(self, type="large", strong=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxLength(200)
        self.editingFinished.connect(self._finish)

    def say(self, title: str) -> None:
        """What is being typed is left alone."""
        is_touched = self.hasFocus() and self.text() != self._shown
        self._shown = title
        if not is_touched and self.text() != title:
            self.setText(title)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._shown)
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setCursorPosition(0)

    def _finish(self) -> None:
        title = self.text().strip()
        if title and title != self._shown:
            self._shown = title
            self.titled.emit(title)
        else:
            self.setText(self._shown)


class TopBar(QFrame):
    """`actions` gives the buttons; the zoom follows `view`."""

    def __init__(self, actions: ActionSet, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="window")
        self.title = TitleEdit()
        self._kept = label("", "small", ink="muted")
        self._kept.setAccessibleName("Whether all changes are kept")
        self._percent = QToolButton()
        self._percent.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._percent.setAccessibleName("Zoom")
        self._percent.setToolTip("Zoom")
        self._percent.setMinimumWidth(58)
        self._percent.setMenu(_menu(self, actions, ZOOM_ACTIONS))
        more = QToolButton()
        more.setIcon(icon("ellipsis"))
        more.setIconSize(QSize(SIDE, SIDE))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setAccessibleName("More")
        more.setToolTip("More")
        more.setMenu(_menu(self, actions, MORE))
        self.send = actions.button("envelope.send", kind="primary", text="Send out")
        line = row(self.title, SPACE.inside, self._kept, SPACE.inside, gap=SPACE.tight)
        for part in (
            actions.tool("edit.undo"),
            actions.tool("edit.redo"),
            _divider(),
            actions.tool("view.zoom_out"),
            self._percent,
            actions.tool("view.zoom_in"),
            _divider(),
            more,
            actions.tool("envelope.rehearse"),
            self.send,
        ):
            line.addWidget(part)
        line.setContentsMargins(SPACE.snug, SPACE.inside, SPACE.snug, SPACE.inside)
        self.setLayout(line)
        view.zoom_changed.connect(self._show_zoom)
        self._show_zoom(view.zoom)
        self.show_keeping(Keeping.SAVED)

    def show_keeping(self, state: Keeping) -> None:
        words, ink, tip = KEPT_WORDS[state]
        self._kept.setText(words)
        self._kept.setToolTip(tip)
        set_look(self._kept, ink=ink)

    def _show_zoom(self, zoom: float) -> None:
        self._percent.setText(f"{round(zoom * 100)} %")


def _menu(parent: QWidget, actions: ActionSet, ids: tuple[str, ...]) -> QMenu:
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for each in ids:
        menu.addAction(actions.qaction(each))
    return menu


def _divider() -> QWidget:
    line = rule(vertical=True)
    line.setFixedHeight(20)
    return line
