"""Numbers of one kind: whole, an amount of money, a share, a year."""

import re
from collections.abc import Callable
from decimal import Decimal

from app.domain.presets.preset import Preset

KINDS = frozenset({"number", "text"})


def _between(pattern: str, low: int, high: int, wanted: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        kept = text.strip()
        if not re.fullmatch(pattern, kept) or not low <= Decimal(kept) <= high:
            raise ValueError(wanted)
        return kept

    return check


WHOLE, CENTS = r"[+-]?[0-9]{1,18}", r"[0-9]{1,15}(\.[0-9]{1,2})?"
NUMBERS = (
    Preset("integer", "Whole number", "42", _between(WHOLE, -(10**18), 10**18, "a whole number"), "", KINDS),
    Preset("amount", "Amount of money", "1234.50", _between(CENTS, 0, 10**15, "at most two decimals"), "", KINDS),
    Preset("percent", "Percentage", "12.5", _between(r"[0-9]+(\.[0-9]+)?", 0, 100, "from 0 to 100"), "", KINDS),
    Preset("year", "Year", "2026", _between("[0-9]{4}", 1000, 2999, "a year of four digits"), "", KINDS),
)
