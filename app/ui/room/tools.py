"""How the person in the room wants to see it: their language, the size of its letters, its contrast."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QToolButton

from app.ui.icons import icon
from app.ui.models.room_speech import LANGUAGES, say, spoken_language
from app.ui.room.parts import TOUCH, tool
from app.ui.theme import SPACE, Theme, text_scale
from app.ui.widgets.look import row, set_look

SIZES: Final = (100, 125, 150, 200)
"""Per cent of the usual size of type."""


class Speaker(Protocol):
    """Who changes the language when asked to."""

    def choose_language(self, code: str) -> None: ...


def direction() -> Qt.LayoutDirection:
    """Of everything around the pages."""
    to_left = spoken_language().right_to_left
    return Qt.LayoutDirection.RightToLeft if to_left else Qt.LayoutDirection.LeftToRight


def view_tools(speaker: Speaker) -> tuple[QToolButton, QToolButton]:
    return _language_tool(speaker), _sight_tool()


class TopBar(QFrame):
    """The tools alone, over the pages that are no document."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        set_look(self, ground="desk")
        line = row(None, *view_tools(speaker), gap=SPACE.inside)
        line.setContentsMargins(SPACE.around, SPACE.inside, SPACE.between, 0)
        self.setLayout(line)


def _language_tool(speaker: Speaker) -> QToolButton:
    """Named in the language itself, beside a globe: who cannot read the others finds it."""
    made = tool("globe", say("Language: {name}", name=spoken_language().name))
    made.setText(f"\N{THIN SPACE}{spoken_language().name}")
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    menu = _menu(made)
    ways = QActionGroup(menu)
    for language in LANGUAGES:
        chosen = language is spoken_language()
        _choice(menu, ways, language.name, chosen, partial(speaker.choose_language, language.code))
    return made


def _sight_tool() -> QToolButton:
    made = tool("case-sensitive", say("Size of the letters, and contrast"))
    menu = _menu(made)
    sizes = QActionGroup(menu)
    for size in SIZES:
        words = say("Letters at {percent} %", percent=size)
        _choice(menu, sizes, words, round(text_scale() * 100) == size, partial(_dress, size=size))
    menu.addSeparator()
    theme = _theme()
    strong = menu.addAction(icon("eye"), say("High contrast"))
    strong.setCheckable(True)
    strong.setChecked(theme is not None and theme.strong)
    strong.toggled.connect(lambda on: _dress(strong=on))
    return made


def _dress(size: int | None = None, strong: bool | None = None) -> None:
    theme = _theme()
    if theme is not None:
        theme.suit(size / 100 if size is not None else None, strong)


def sight() -> tuple[float, bool]:
    """What is in force, for `restore` once the person has gone."""
    theme = _theme()
    return (theme.text_scale, theme.strong) if theme is not None else (1.0, False)


def restore(before: tuple[float, bool]) -> None:
    theme = _theme()
    if theme is not None:
        theme.suit(*before)


def _theme() -> Theme | None:
    """The program's, where it has one."""
    app = QApplication.instance()
    return app.findChild(Theme) if app is not None else None


def _menu(of: QToolButton) -> QMenu:
    menu = QMenu(of)
    of.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    of.setMinimumHeight(TOUCH)
    of.setMenu(menu)
    return menu


def _choice(menu: QMenu, ways: QActionGroup, words: str, chosen: bool, then: Callable[[], None]) -> QAction:
    made = menu.addAction(words)
    made.setCheckable(True)
    made.setChecked(chosen)
    ways.addAction(made)
    made.triggered.connect(lambda *_: then())
    return made
