"""Many files sealed with one key: each with its outcome, written down as it happens, so that a run that was cut off
goes on where it stopped.
"""

import csv
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.services.house import House
from app.services.messages import words
from app.services.sealing_files import Order, seal_file
from app.services.taking_in import open_regular

SUMMARY: Final = "summary.csv"
COLUMNS: Final = ("file", "sha256", "result", "out", "out_sha256", "level", "field", "problem")
SEALED: Final = "sealed"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

Report = Callable[[int, int], None]


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


def files_in(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Files as they are, folders as the PDFs in them, by name; each once. Raises `NotADocument` for an empty folder."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(each for each in path.iterdir() if each.suffix.lower() == ".pdf") if path.is_dir() else [path]
        if not inside:
            raise errors.NotADocument(path=str(path), found="a folder without PDFs")
        found += inside
    return tuple({path.absolute(): path for path in found}.values())


def seal_files(
    house: House,
    paths: Sequence[Path],
    folder: Path,
    key: KeyMaterial,
    order: Order,
    report: Report,
    *,
    stops: bool = False,
    tell: Callable[[Outcome], None] = lambda _: None,
) -> tuple[Outcome, ...]:
    """One document that cannot be sealed hides no other, unless the run `stops` there. `tell` hears of each, in this
    thread. Raises `NotWritable` for the folder; nothing is overwritten that an earlier run of this has not made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise errors.NotWritable(path=str(folder), reason=problem.strerror or "") from None
    done, outcomes = _earlier(folder / SUMMARY), []
    for number, (path, out) in enumerate(_places(paths, folder)):
        outcome = _sealed(house, path, out, key, order, done)
        outcomes.append(outcome)
        if not outcome.earlier:
            _note(folder / SUMMARY, outcome)
        tell(outcome)
        report(number + 1, len(paths))
        if stops and outcome.error is not None:
            break
    return tuple(outcomes)


def _sealed(
    house: House, path: Path, out: Path, key: KeyMaterial, order: Order, done: dict[tuple[str, str], dict[str, str]]
) -> Outcome:
    fingerprint = ""
    try:
        fingerprint = _sha256(path)
        row = done.get((fingerprint, out.name))
        if row is not None and row["level"] == order.level and out.is_file() and _sha256(out) == row["out_sha256"]:
            return Outcome(path, out, fingerprint, row["out_sha256"], row["level"], row["field"], earlier=True)
        if out.exists() and row is None:
            raise errors.NotWritable(path=str(out), reason="there is such a file already")
        made = seal_file(house, path, out, key, order)
        return Outcome(path, out, fingerprint, made.sha256, made.level, made.signature_field, made.normalised)
    except errors.Cancelled:
        raise
    except errors.ParaphError as problem:
        return Outcome(path, out, fingerprint, error=problem)


def _places(paths: Sequence[Path], folder: Path) -> Iterator[tuple[Path, Path]]:
    """Files of one name from several folders get numbers, in the order they were given."""
    taken: dict[str, int] = {}
    for path in paths:
        taken[path.stem.casefold()] = number = taken.get(path.stem.casefold(), 0) + 1
        yield path, folder / (f"{path.stem}.pdf" if number == 1 else f"{path.stem} ({number}).pdf")


def _earlier(summary: Path) -> dict[tuple[str, str], dict[str, str]]:
    """What was sealed before, by the fingerprint of the source and the name of the result."""
    try:
        with summary.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, csv.Error) as problem:
        raise errors.FileUnreadable(path=str(summary), reason=str(problem)) from None
    whole = [row for row in rows if row.get("result") == SEALED and all(row.get(name) is not None for name in COLUMNS)]
    return {(row["sha256"], row["out"].removeprefix("'")): row for row in whole}


def _note(summary: Path, outcome: Outcome) -> None:
    """On the disk before the next file begins."""
    problem = words(outcome.error).line if outcome.error else ""
    row = (
        str(outcome.path), outcome.source_sha256, "failed" if outcome.error else SEALED,
        "" if outcome.error else outcome.out.name, outcome.sha256, outcome.level, outcome.field, problem,
    )  # fmt: skip
    try:
        with summary.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            if file.tell() == 0:
                writer.writerow(COLUMNS)
            writer.writerow(map(_harmless, row))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise errors.NotWritable(path=str(summary), reason=error.strerror or "") from None


def _harmless(text: str) -> str:
    """A name that a spreadsheet would run as a formula gets an apostrophe before it (robustness, fault 84)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with open_regular(path) as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
