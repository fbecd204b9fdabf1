"""The rows of the table of actions whose keys count while the pages of the editor have the keyboard."""

from __future__ import annotations

from typing import Final

from app.domain.fields.registry import KINDS
from app.ui.action import Action, Need, Place

MOST_RECIPIENTS: Final = 9
STEPS: Final = (
    ("left", "Move left by 1 pt", "Left", (-1.0, 0.0, False)),
    ("right", "Move right by 1 pt", "Right", (1.0, 0.0, False)),
    ("up", "Move up by 1 pt", "Up", (0.0, -1.0, False)),
    ("down", "Move down by 1 pt", "Down", (0.0, 1.0, False)),
    ("far_left", "Move left by 10 pt", "Shift+Left", (-10.0, 0.0, False)),
    ("far_right", "Move right by 10 pt", "Shift+Right", (10.0, 0.0, False)),
    ("far_up", "Move up by 10 pt", "Shift+Up", (0.0, -10.0, False)),
    ("far_down", "Move down by 10 pt", "Shift+Down", (0.0, 10.0, False)),
    ("narrower", "Narrower by 1 pt", "Ctrl+Left", (-1.0, 0.0, True)),
    ("wider", "Wider by 1 pt", "Ctrl+Right", (1.0, 0.0, True)),
    ("flatter", "Lower by 1 pt", "Ctrl+Up", (0.0, -1.0, True)),
    ("taller", "Higher by 1 pt", "Ctrl+Down", (0.0, 1.0, True)),
)
"""Name, words, key, and what `nudge` is called with: points across and down, and whether the size changes."""


def _row(name: str, text: str, calls: str, given: tuple[object, ...], key: str, *needs: Need, icon: str = "") -> Action:
    keys = (key,) if key else ()
    return Action(name, text, calls, Place.PREPARE, None, icon, keys, needs, given=given, on_pages=True)


ON_PAGES: Final = (
    *(
        _row(
            f"place.{name}", f"Place {kind.title.lower()}", "place_field", (name,), kind.key, Need.DRAFT, Need.DOCUMENT,
            icon=kind.icon,
        )
        for name, kind in KINDS.items()
    ),
    *(
        _row(f"give.{number}", f"Give to recipient {number}", "give_to", (number,), str(number), Need.RECIPIENT)
        for number in range(1, MOST_RECIPIENTS + 1)
    ),
    *(_row(f"nudge.{name}", text, "nudge", given, key, Need.DRAFT, Need.SELECTION) for name, text, key, given in STEPS),
)  # fmt: skip
