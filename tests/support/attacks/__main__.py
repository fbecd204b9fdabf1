"""`python -m tests.support.attacks [EVERY]`: the whole set, or one case in EVERY, judged by three programs, as a table.

The exit code is 1 if an attack got past, or if a difference has no explanation.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.support.attacks.cases import all_cases, grounds_in
from tests.support.attacks.comparing import UNEXPLAINED, Row, rows, unlisted

_WIDTH = 78


def main(every: int) -> int:
    print(f"{'file':<{_WIDTH}} {'verdict':<14} {'sentence':<20} {'ours':<18} {'pdfsig':<18} pyHanko")
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(all_cases()[::every], grounds_in(Path(folder)), Path(folder)):
            found.append(row)
            print(_line(row), flush=True)
    _summary(found)
    return int(any(not row.holds or unlisted(row) or UNEXPLAINED in dict(row.differences).values() for row in found))


def _line(row: Row) -> str:
    said = f"{row.report.verdict:<14} {row.report.sentence_key:<20}"
    seen = f"{row.ours!s:<18} {row.poppler!s:<18} {row.pyhanko}"
    return f"{str(row.case)[:_WIDTH]:<{_WIDTH}} {said} {seen}{'' if row.holds else '  GOT PAST'}"


def _summary(found: list[Row]) -> None:
    print(f"\n{len(found)} files; each cell: digests/coverage, and `no` where the program does not accept the file")
    print(f"{sum(row.ours.accepted for row in found):5}  valid by us, every one with the change listed:", end=" ")
    print(f"{sum(unlisted(row) for row in found)} without")
    print(f"{sum(row.poppler.accepted for row in found):5}  every signature valid by pdfsig")
    print(f"{sum(row.pyhanko.accepted for row in found):5}  valid by pyHanko")
    for who in ("pdfsig", "pyHanko"):
        reasons = Counter(why for row in found for name, why in row.differences if name == who)
        print(f"\n{who} agrees on digests and coverage in {len(found) - reasons.total()} of {len(found)}; the others:")
        for why, count in reasons.most_common():
            print(f"{count:5}  {why}")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
