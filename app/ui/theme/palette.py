"""Qt's palette, made from the table."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QPalette

from app.ui.theme.colours import qcolor
from app.ui.theme.tokens import Tokens

Role = QPalette.ColorRole
Group = QPalette.ColorGroup

ROLES: Final = (
    (Role.Window, "window"),
    (Role.WindowText, "text"),
    (Role.Base, "surface"),
    (Role.AlternateBase, "window"),
    (Role.Text, "text"),
    (Role.PlaceholderText, "muted"),
    (Role.Button, "surface"),
    (Role.ButtonText, "text"),
    (Role.BrightText, "on_accent"),
    (Role.ToolTipBase, "raised"),
    (Role.ToolTipText, "text"),
    (Role.Highlight, "accent"),
    (Role.HighlightedText, "on_accent"),
    (Role.Link, "accent"),
    (Role.LinkVisited, "accent"),
    (Role.Light, "raised"),
    (Role.Midlight, "hover"),
    (Role.Mid, "hairline"),
    (Role.Dark, "edge"),
    (Role.Shadow, "shadow"),
    (Role.Accent, "accent"),
)


def make_palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    for role, name in ROLES:
        palette.setColor(role, qcolor(getattr(tokens, name)))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(Group.Disabled, role, qcolor(tokens.disabled))
    palette.setColor(Group.Disabled, Role.Highlight, qcolor(tokens.pressed))
    palette.setColor(Group.Disabled, Role.HighlightedText, qcolor(tokens.disabled))
    return palette
