"""The audit trail as a person reads it: moves that repeat are told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.services.auditing import Line

MANY: Final = frozenset(("edited", "page_shown", "field_filled"))
"""Kinds that come in runs while one thing is done. The exported trail keeps each of them."""


def condensed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Runs of one kind by one actor become their last line, with how many there were."""
    told: list[Line] = []
    for (kind, _), run in groupby(lines, key=lambda line: (line.kind, line.actor)):
        found = list(run)
        if kind in MANY and len(found) > 1:
            told.append(replace(found[-1], sentence=f"{found[-1].sentence} (and {len(found) - 1} more like it)"))
        else:
            told.extend(found)
    return tuple(told)
