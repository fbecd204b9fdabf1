"""What frames the pages of a window: navigation, menus, palette, memory, messages."""

from typing import Final

NAVIGATION_WIDTH: Final = 88
"""Logical pixels."""
