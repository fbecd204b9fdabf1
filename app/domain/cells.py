"""A cell of a table that people open in a spreadsheet."""

from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """What a spreadsheet would run as a formula gets an apostrophe before it (robustness, fault 84)."""
    return f"'{text}" if text.startswith(FORMULA) else text
