"""Menus made from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from app.ui.action import Menu, Place
from app.ui.action_set import ActionSet
from app.ui.frame.memory import Memory
from app.ui.icons import icon
from app.ui.widgets.grey import allow_action

Opener = Callable[[Path], None]


def program_menu(actions: ActionSet, memory: Memory, open_file: Opener, parent: QWidget) -> QMenu:
    """Everything the program can do, one submenu for each part of the table."""
    menu = QMenu(parent)
    for part in Menu:
        rows = [row for row in actions.rows() if row.menu is part]
        if rows:
            fill(menu.addMenu(part.value), actions, (row.id for row in rows), memory, open_file)
    return menu


def fill(
    menu: QMenu, actions: ActionSet, ids: Iterable[str], memory: Memory | None = None, open_file: Opener | None = None
) -> QMenu:
    """Adds the actions of `ids`; the recent files follow the action that opens one."""
    menu.setToolTipsVisible(True)
    rows = {row.id: row for row in actions.rows()}
    for action_id in ids:
        if rows[action_id].begins_section:
            menu.addSeparator()
        menu.addAction(actions.qaction(action_id))
        if action_id == "file.open" and memory is not None and open_file is not None:
            _add_recent(menu, memory, open_file)
    return menu


def page_menu(actions: ActionSet, place: Place, parent: QWidget) -> QMenu:
    """What a right click offers on a page."""
    return fill(QMenu(parent), actions, (row.id for row in actions.rows() if row.place is place and row.icon))


def _add_recent(menu: QMenu, memory: Memory, open_file: Opener) -> None:
    recent = menu.addMenu(icon("history"), "Recent files")
    recent.setToolTipsVisible(True)

    def offer() -> None:
        recent.clear()
        for file in memory.recent():
            there = file.is_file()
            entry = recent.addAction(file.name if there else f"{file.name} (not there any more)")
            allow_action(entry, "" if there else f"{file} is not there any more.", str(file))
            entry.triggered.connect(lambda _=False, chosen=file: open_file(chosen))
        if recent.isEmpty():
            allow_action(recent.addAction("No files yet"), "Files that are opened are listed here.")
            return
        recent.addSeparator()
        recent.addAction("Clear this list").triggered.connect(memory.forget_recent)

    recent.aboutToShow.connect(offer)
    offer()
