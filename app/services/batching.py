"""Many files sealed with one key: each with its outcome, written down as it happens, so that a run that was cut off
goes on where it stopped.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.services.house import House
from app.services.sealing_files import Order, seal_file
from app.services.sealing_summary import SUMMARY, Outcome, Summary, fingerprint_of

__all__ = ["SUMMARY", "Outcome", "files_in", "seal_files"]

AT_ONCE: Final = 2
"""Files under way at the same time: while one is signed, the next is looked at."""

Report = Callable[[int, int], None]


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
    summary, outcomes = Summary(folder), []
    for outcome in _in_turn(house, _places(paths, folder), key, order, summary, at_once=1 if stops else AT_ONCE):
        outcomes.append(outcome)
        tell(outcome)
        report(len(outcomes), len(paths))
        if stops and outcome.error is not None:
            break
    summary.close()
    return tuple(outcomes)


def _in_turn(
    house: House, places: Iterator[tuple[Path, Path]], key: KeyMaterial, order: Order, summary: Summary, *, at_once: int
) -> Iterator[Outcome]:
    """In the order of the files, each noted before it is told. Where the caller ends early, what is under way is still
    finished and noted: a later run must know of it.
    """

    def sealed(place: tuple[Path, Path]) -> Outcome:
        return _sealed(house, *place, key, order, summary)

    with ThreadPoolExecutor(at_once, thread_name_prefix="seal") as threads:
        waiting: deque[Future[Outcome]] = deque()
        try:
            for place in places:
                waiting.append(threads.submit(sealed, place))
                if len(waiting) >= 2 * at_once - 1:
                    yield summary.noted(waiting.popleft().result())
            while waiting:
                yield summary.noted(waiting.popleft().result())
        finally:
            for each in waiting:
                if not each.cancel():
                    summary.noted(each.result())


def _sealed(house: House, path: Path, out: Path, key: KeyMaterial, order: Order, summary: Summary) -> Outcome:
    fingerprint = ""
    try:
        fingerprint = fingerprint_of(path)
        made = summary.earlier(fingerprint, out, order.level)
        if made is not None:
            return Outcome(path, out, fingerprint, made["out_sha256"], made["level"], made["field"], earlier=True)
        if out.exists() and not summary.is_ours(fingerprint, out):
            raise errors.NotWritable(path=str(out), reason="there is such a file already")
        summary.begin(out)
        sealed = seal_file(house, path, out, key, order)
        return Outcome(path, out, fingerprint, sealed.sha256, sealed.level, sealed.signature_field, sealed.normalised)
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
