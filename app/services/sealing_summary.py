"""What came of each file of a run: a table in the folder of the results, which a later run reads to go on."""

import csv
import hashlib
import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain import errors
from app.domain.cells import harmless
from app.domain.level import Level
from app.services.messages import words
from app.services.taking_in import open_regular

SUMMARY: Final = "summary.csv"
COLUMNS: Final = ("file", "sha256", "result", "out", "out_sha256", "level", "field", "problem")
SEALED: Final = "sealed"
BEGUN: Final = ".paraph-begun"
"""Names of results that a run has begun: one that was killed before its line was written may write over them."""


@dataclass(frozen=True)
class Outcome:
    """Of one file. Without `error` it lies at `out`; `earlier` if an earlier run has sealed it."""

    path: Path
    out: Path
    source_sha256: str = ""
    sha256: str = ""
    level: str = ""
    field: str = ""
    normalised: bool = False
    earlier: bool = False
    error: errors.ParaphError | None = None


class Summary:
    """Of one folder. `begin` may be called from several threads. Raises `FileUnreadable` and `NotWritable`."""

    def __init__(self, folder: Path) -> None:
        self._table, self._journal = folder / SUMMARY, folder / BEGUN
        self._guard = threading.Lock()
        self._done = self._read()
        try:
            self._begun = set(self._journal.read_text("utf-8").splitlines())
        except (OSError, ValueError):
            self._begun = set()

    def earlier(self, fingerprint: str, out: Path, level: Level) -> dict[str, str] | None:
        """The line of a run that has made this from exactly that, at this level or a higher one; the result lies there
        unchanged.
        """
        row = self._done.get((fingerprint, out.name))
        if row is None or row["level"] not in list(Level) or not Level(row["level"]).reaches(level):
            return None
        return row if out.is_file() and fingerprint_of(out) == row["out_sha256"] else None

    def is_ours(self, fingerprint: str, out: Path) -> bool:
        """An earlier run has made it, or was about to."""
        return (fingerprint, out.name) in self._done or out.name in self._begun

    def begin(self, out: Path) -> None:
        try:
            with self._guard, self._journal.open("a", encoding="utf-8") as file:
                file.write(f"{out.name}\n")
        except OSError as error:
            raise errors.NotWritable(path=str(self._journal), reason=error.strerror or "") from None

    def noted(self, outcomes: list[Outcome]) -> list[Outcome]:
        """The same, on the disk before anybody is told; what an earlier run has noted is not noted again."""
        new = [_row(each) for each in outcomes if not each.earlier]
        try:
            with self._table.open("a", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                if file.tell() == 0:
                    writer.writerow(COLUMNS)
                writer.writerows(new)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise errors.NotWritable(path=str(self._table), reason=error.strerror or "") from None
        return outcomes

    def close(self) -> None:
        """Every file that was begun has its line."""
        with suppress(OSError):
            self._journal.unlink(missing_ok=True)

    def _read(self) -> dict[tuple[str, str], dict[str, str]]:
        """What was sealed before, by the fingerprint of the source and the name of the result."""
        try:
            with self._table.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, csv.Error) as problem:
            raise errors.FileUnreadable(path=str(self._table), reason=str(problem)) from None
        whole = [r for r in rows if r.get("result") == SEALED and all(r.get(name) is not None for name in COLUMNS)]
        return {(row["sha256"], row["out"].removeprefix("'")): row for row in whole}


def _row(outcome: Outcome) -> Sequence[str]:
    problem = words(outcome.error).line if outcome.error else ""
    cells = (
        str(outcome.path), outcome.source_sha256, "failed" if outcome.error else SEALED,
        "" if outcome.error else outcome.out.name, outcome.sha256, outcome.level, outcome.field, problem,
    )  # fmt: skip
    return [harmless(cell) for cell in cells]


def fingerprint_of(path: Path) -> str:
    digest = hashlib.sha256()
    with open_regular(path) as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
