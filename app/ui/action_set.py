"""The table of actions, living in one window: menus, buttons and shortcuts that grey out by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from app.ui.action import Action, Place, Standing, Target
from app.ui.actions import ACTIONS
from app.ui.icons import SIDE, icon
from app.ui.widgets.grey import REASON
from app.ui.widgets.look import set_look

Button = TypeVar("Button", bound=QAbstractButton)

BESIDE_WORDS: Final = QSize(22, 18)
"""The icon is as high as it is wide; the rest is air before the words."""


class ActionSet(QObject):
    """One `QAction` for each row. The window hands in who answers for each place; `refresh` asks them again.

    Signals: `refreshed` after what is possible may have changed; `rebound` after keys were changed.
    """

    refreshed = Signal()
    rebound = Signal()

    def __init__(self, window: QWidget, table: tuple[Action, ...] = ACTIONS) -> None:
        super().__init__(window)
        self._table = {row.id: row for row in table}
        self._targets: dict[Place, Target] = {}
        self._shown: dict[str, tuple[str, str, bool]] = {}
        self._keys: dict[str, list[QKeySequence]] = {}
        self._qactions = {row.id: self._make(row, window) for row in table}
        self.refresh()

    def rows(self) -> tuple[Action, ...]:
        return tuple(self._table.values())

    def qaction(self, action_id: str) -> QAction:
        return self._qactions[action_id]

    def answer(self, place: Place, target: Target | None) -> None:
        """From now on `target` answers for `place`; None means that no such page is in front."""
        if target is None:
            self._targets.pop(place, None)
        else:
            self._targets[place] = target
        self.refresh()

    def refresh(self) -> None:
        standings = {place: target.standing() for place, target in self._targets.items()}
        for row in self._table.values():
            self._show(row, standings.get(row.place))
        self.refreshed.emit()

    def keys_of(self, action_id: str) -> list[QKeySequence]:
        """As the person has them; those of the table unless they were changed."""
        return self._keys.get(action_id) or self._table[action_id].sequences()

    def rebind(self, action_id: str, keys: list[QKeySequence]) -> None:
        """Other keys for an action; none brings those of the table back. Ids of older versions are passed over."""
        if action_id not in self._table:
            return
        self._keys[action_id] = keys
        if not self._table[action_id].on_pages:
            self._qactions[action_id].setShortcuts(self.keys_of(action_id))
        self._shown.pop(action_id, None)
        self.refresh()
        self.rebound.emit()

    def rebound_ids(self) -> list[str]:
        """Those that have other keys than in the table."""
        return [action_id for action_id, keys in self._keys.items() if keys]

    def on_pages(self, keys: QKeySequence) -> Action | None:
        """What these keys mean while the pages have the keyboard."""
        return next((row for row in self._table.values() if row.on_pages and keys in self.keys_of(row.id)), None)

    def taken_by(self, action_id: str, keys: QKeySequence) -> Action | None:
        """The other action that has these keys where both could be meant: on the same page, or one in every window."""
        mine = self._table[action_id].place
        for row in self._table.values():
            meets = Place.WINDOW in (mine, row.place) or row.place is mine
            if row.id != action_id and meets and keys in self.keys_of(row.id):
                return row
        return None

    def reason_against(self, action_id: str) -> str:
        """Why it is grey, "" when it can run."""
        return str(self._qactions[action_id].property(REASON) or "")

    def button(self, action_id: str, kind: str = "", text: str = "") -> QPushButton:
        """A push button for the action, with its words; `text` replaces them where the place says the
        rest."""
        made = QPushButton()
        set_look(made, kind=kind)
        row = self._table[action_id]
        if row.icon and kind != "link":
            made.setIcon(icon(row.icon, {"primary": "on_accent", "danger": "bad"}.get(kind, "text")))
            made.setIconSize(BESIDE_WORDS)
        return _bind(made, self._qactions[action_id], text)

    def tool(self, action_id: str) -> QToolButton:
        """A button with the icon alone."""
        made = QToolButton()
        made.setIcon(icon(self._table[action_id].icon))
        made.setIconSize(QSize(SIDE, SIDE))
        made.setCheckable(self._table[action_id].checkable)
        return _bind(made, self._qactions[action_id], "")

    def _make(self, row: Action, window: QWidget) -> QAction:
        made = QAction(row.text, self)
        made.setObjectName(row.id)
        made.setCheckable(row.checkable)
        if row.icon:
            made.setIcon(icon(row.icon))
        if not row.on_pages:
            made.setShortcuts(row.sequences())
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.triggered.connect(self._runner(row))
        window.addAction(made)
        return made

    def _runner(self, row: Action) -> Callable[[], None]:
        def run() -> None:
            target = self._targets.get(row.place)
            if target is not None:
                getattr(target, row.calls)(*row.given)

        return run

    def _show(self, row: Action, standing: Standing | None) -> None:
        made = self._qactions[row.id]
        reason = standing.reason_against(row) if standing else f"This belongs to the page {row.place.value}."
        text = standing.wording.get(row.id, row.text) if standing else row.text
        shown = (reason, text, standing is not None and row.id in standing.checked)
        # A page asks after every step; most rows are as they were, and telling Qt so is what costs.
        if self._shown.get(row.id) == shown and not row.checkable:
            return
        self._shown[row.id] = shown
        made.setProperty(REASON, reason)
        made.setText(text)
        made.setEnabled(not reason)
        if row.checkable and standing:
            made.setChecked(row.id in standing.checked)
        made.setToolTip(_tip(text, self.keys_of(row.id), reason))
        made.setStatusTip(reason)


class _Mirror(QObject):
    """Keeps a button as its action is. Qt's own binding of tool buttons loses the reason, push buttons
    have none."""

    def __init__(self, button: QAbstractButton, action: QAction, text: str) -> None:
        super().__init__(button)
        self._button, self._action, self._text = button, action, text
        action.changed.connect(self.update)
        button.clicked.connect(action.trigger)
        self.update()

    def update(self) -> None:
        button, action = self._button, self._action
        words = self._text or action.text()
        reason = str(action.property(REASON) or "")
        if isinstance(button, QPushButton):
            button.setText(words)
        button.setEnabled(action.isEnabled())
        button.setChecked(action.isChecked())
        button.setToolTip(action.toolTip())
        button.setAccessibleName(words)
        button.setAccessibleDescription(reason)


def _bind(button: Button, action: QAction, text: str) -> Button:
    _Mirror(button, action, text)
    return button


def _tip(text: str, keys: list[QKeySequence], reason: str) -> str:
    named = f"{text} ({keys[0].toString(QKeySequence.SequenceFormat.NativeText)})" if keys else text
    return f"{named}\n{reason}" if reason else named
