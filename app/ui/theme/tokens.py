"""The table of colours, light and dark.

Every pair of text and ground that is drawn anywhere is named in `Tokens.text_pairs`; a test holds each of
them to 4.5:1 (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtGui import QPalette

PAPER: Final = "#ffffff"
"""A page is white in every scheme: it is a document and no part of the program."""


@dataclass(frozen=True)
class Tokens:
    """One scheme. Values are `#rrggbb`."""

    name: str
    window: str  # behind everything
    rail: str  # the navigation
    desk: str  # behind pages
    surface: str  # lists, cards, panels, fields
    raised: str  # menus, tool tips, the palette
    hover: str
    pressed: str
    selected: str  # a chosen row; text stays `text`
    hairline: str
    edge: str  # outline of an empty control: 3:1 against its ground (WCAG 1.4.11)
    text: str
    muted: str
    disabled: str  # exempt from contrast by WCAG, still readable
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    on_state: str  # text on a filled state colour
    focus: str
    thumb: str  # of a scroll bar: 3:1 against what it lies on
    shadow: str

    @property
    def is_dark(self) -> bool:
        return self.name.endswith("dark")

    def text_pairs(self) -> tuple[tuple[str, str], ...]:
        """(text, ground) of everything that is read."""
        grounds = ("window", "rail", "desk", "surface", "raised", "hover", "pressed", "selected")
        states = ("accent", "good", "warn", "bad")
        named = [(ink, ground) for ink in ("text", "muted") for ground in grounds]
        for ink in states:
            named += [(ink, ground) for ground in ("window", "surface", "raised", "selected", f"{ink}_soft")]
            named += [("text", f"{ink}_soft"), ("on_accent" if ink == "accent" else "on_state", ink)]
        named.append(("on_accent", "accent_hover"))
        return tuple((getattr(self, ink), getattr(self, ground)) for ink, ground in named)


LIGHT: Final = Tokens(
    name="light",
    window="#f5f4f1",
    rail="#eceae5",
    desk="#e4e2dc",
    surface="#fcfbf9",
    raised="#fefdfb",
    hover="#ebe9e4",
    pressed="#dfdcd5",
    selected="#dde5f6",
    hairline="#d9d6cf",
    edge="#88867f",
    text="#1d1f24",
    muted="#575a62",
    disabled="#96969a",
    accent="#23489b",
    accent_hover="#1b3a80",
    accent_soft="#e3eaf8",
    on_accent="#ffffff",
    good="#146c43",
    good_soft="#e0f1e7",
    warn="#7d5000",
    warn_soft="#faeccf",
    bad="#a8231c",
    bad_soft="#fbe4e1",
    on_state="#ffffff",
    focus="#3a66c8",
    thumb="#827f78",
    shadow="#000000",
)

DARK: Final = Tokens(
    name="dark",
    window="#1b1d21",
    rail="#16181b",
    desk="#121416",
    surface="#212429",
    raised="#2a2d33",
    hover="#2b2f36",
    pressed="#353a43",
    selected="#2a3857",
    hairline="#34383f",
    edge="#7b808a",
    text="#e9e7e2",
    muted="#aaadb4",
    disabled="#6d7078",
    accent="#a3bcf7",
    accent_hover="#bccffa",
    accent_soft="#263250",
    on_accent="#0f1a36",
    good="#67cf98",
    good_soft="#1c3529",
    warn="#e5b454",
    warn_soft="#3a2f18",
    bad="#ff9a90",
    bad_soft="#43211e",
    on_state="#15171a",
    focus="#7ea2f5",
    thumb="#6f7682",
    shadow="#000000",
)

STRONG_LIGHT: Final = replace(
    LIGHT,
    name="strong light",
    window="#ffffff",
    rail="#fefefe",
    desk="#f4f4f4",
    surface="#ffffff",
    raised="#ffffff",
    hover="#e4ecff",
    pressed="#c9d8ff",
    selected="#c9d8ff",
    hairline="#000000",
    edge="#000000",
    text="#000000",
    muted="#262626",
    disabled="#5c5c5c",
    accent="#001f7a",
    accent_hover="#00134d",
    accent_soft="#e4ecff",
    good="#00452a",
    warn="#4a2f00",
    bad="#7a0c06",
    focus="#001f7a",
    thumb="#3a3a3a",
)
"""High contrast: text at 7:1 and more (WCAG 2.2, 1.4.6), lines as black as letters."""

STRONG_DARK: Final = replace(
    DARK,
    name="strong dark",
    window="#000000",
    rail="#010101",
    desk="#0b0b0b",
    surface="#000000",
    raised="#0a0a0a",
    hover="#1d2b52",
    pressed="#22335f",
    selected="#22335f",
    hairline="#ffffff",
    edge="#ffffff",
    text="#ffffff",
    muted="#e6e6e6",
    disabled="#a8a8a8",
    accent="#c9d9ff",
    accent_hover="#e4ecff",
    on_accent="#000000",
    good="#9df2c1",
    warn="#ffd98a",
    bad="#ffc4bd",
    on_state="#000000",
    focus="#ffe14d",
    thumb="#d0d0d0",
)

TABLES: Final = (LIGHT, DARK, STRONG_LIGHT, STRONG_DARK)
_GROUNDS: Final = ("window", "rail", "desk", "surface", "raised")
# The style sheet gives a widget with a ground of its own that ground as its window colour.
_BY_GROUND: Final = {getattr(table, ground): table for table in TABLES for ground in _GROUNDS}


def tokens_of(palette: QPalette) -> Tokens:
    """The table a palette was made from. A widget that paints itself asks its own palette and so follows
    a change of scheme without being told."""
    window = palette.color(QPalette.ColorRole.Window)
    return _BY_GROUND.get(window.name()) or (DARK if window.lightness() < 128 else LIGHT)
