"""Ours beside poppler and pyHanko, and why we differ where we do.

Digests and coverage are facts, so every difference in them is explained by a rule below or counts as unexplained.
Whether later changes are allowed is another question: poppler does not ask it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.verdict import Report
from app.sealing.verifying.analysing import analyse
from tests.support.attacks import outsiders
from tests.support.attacks.cases import Case, holds
from tests.support.attacks.outsiders import Seen
from tests.support.signed import SOON, Signed

UNEXPLAINED: Final = "unexplained"
_REPAIRS: Final = (
    "it repairs, or reads on where strict parsing ends, and checks what it finds; we say nothing of digests"
)
_NO_HOLE: Final = (
    "the string in the hole is not the one the form names, or no range has a usable shape: nothing compared"
)
_BYTES: Final = "it is not read strictly, and the bytes alone prove it altered; that other program read on or broke off"
_UNKNOWN_KIND: Final = "poppler verifies no signature without a kind it knows; the digest itself is right"
_PADDING: Final = "poppler takes the hole as long as the message; something stands in the padding, which we refuse"
_RAISES: Final = "pyHanko raises over one signature and says nothing of any; each is judged for itself here"
_STORE: Final = "the security store is rubbish; it is not looked at unless asked for, and we look at every part"


@dataclass(frozen=True)
class Row:
    """One file and what three programs see in it."""

    case: Case
    report: Report
    ours: Seen
    poppler: Seen
    pyhanko: Seen

    @property
    def holds(self) -> bool:
        return holds(self.case.expect, self.report)

    @property
    def differences(self) -> tuple[tuple[str, str], ...]:
        """Who differs on digests or coverage, and why."""
        others = (("pdfsig", self.poppler, _why_poppler), ("pyHanko", self.pyhanko, _why_pyhanko))
        return tuple((who, why(self.ours, seen)) for who, seen, why in others if not self.ours.agrees(seen))


def rows(cases: Iterable[Case], grounds: dict[str, Signed], folder: Path) -> Iterator[Row]:
    path = folder / "attacked.pdf"
    for case in cases:
        signed, data = grounds[case.ground], case.file(grounds)
        path.write_bytes(data)
        report = asyncio.run(analyse(path.name, data, signed.trust, SOON, renderer_repairs=False))
        yield Row(case, report, outsiders.ours(report), outsiders.poppler(path), outsiders.pyhanko(data, signed))


def _why_poppler(mine: Seen, theirs: Seen) -> str:
    match (mine.digests, mine.covers, theirs.digests, theirs.covers):
        case ("nothing", "nothing", _, _):
            return _REPAIRS
        case ("nothing", "part" | "whole", _, _):
            return _NO_HOLE
        case ("bad", _, _, _):
            return _BYTES
        case ("good", covers, "bad", same) if covers == same:
            return _UNKNOWN_KIND
        case ("good", "whole", "good", "part"):
            return _PADDING
        case _:
            return UNEXPLAINED


def _why_pyhanko(mine: Seen, theirs: Seen) -> str:
    match (mine.digests, mine.covers, theirs.digests, theirs.covers):
        case ("nothing", "part" | "whole", _, _):
            return _NO_HOLE
        case ("nothing", _, "good", _):
            return _STORE
        case ("bad", "nothing", "nothing", _):
            return _BYTES
        case ("bad" | "good", _, "nothing", "nothing"):
            return _RAISES
        case _:
            return UNEXPLAINED


def unlisted(row: Row) -> bool:
    """What must never be: called valid, and nothing said of what was done."""
    return row.ours.accepted and not any(each.changes_after for each in row.report.signatures[-1:])
