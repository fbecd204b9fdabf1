"""Many files sealed with one key: each with its outcome, written down as it happens, so that a run that was cut off
goes on where it stopped.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.domain.level import Level
from app.services.house import House
from app.services.sealing_files import Order, Sealed, seal_several
from app.services.sealing_summary import SUMMARY, Outcome, Summary, fingerprint_of

__all__ = ["SUMMARY", "Outcome", "files_in", "seal_files"]

AT_ONCE: Final = 2
"""Groups under way at the same time: while one is signed, the next is looked at."""
TOGETHER: Final = 16
GROUP_BYTES: Final = 8 << 20
"""Files in one group, and about what they may weigh: each is told of when its group is done."""
MOST_RELEASED: Final = 100
"""Files in a group that a service signs with one release of the key."""

Report = Callable[[int, int], None]
Place = tuple[Path, Path]
Group = list[Place]


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
    for outcome in _in_turn(house, _groups(_places(paths, folder), key, order, stops), key, order, summary, stops):
        outcomes.append(outcome)
        tell(outcome)
        report(len(outcomes), len(paths))
        if stops and outcome.error is not None:
            break
    summary.close()
    return tuple(outcomes)


def _groups(places: Iterator[Place], key: KeyMaterial, order: Order, stops: bool) -> Iterator[Group]:
    """Each alone where the run may stop at any, and where a level above is asked for over the network."""
    most = TOGETHER
    if key.remote is not None:
        most = min(key.at_once, MOST_RELEASED)
    elif stops or order.level is not Level.B_B:
        most = 1
    group, weight = list[Place](), 0
    for place in places:
        group.append(place)
        weight += _size(place[0])
        if len(group) >= most or (weight >= GROUP_BYTES and key.remote is None):
            yield group
            group, weight = [], 0
    if group:
        yield group


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _in_turn(
    house: House, groups: Iterator[Group], key: KeyMaterial, order: Order, summary: Summary, stops: bool
) -> Iterator[Outcome]:
    """In the order of the files, each noted before it is told. Where the caller ends early, what is under way is still
    finished and noted: a later run must know of it.
    """
    at_once = 1 if stops else AT_ONCE
    with ThreadPoolExecutor(at_once, thread_name_prefix="seal") as threads:
        waiting: deque[Future[list[Outcome]]] = deque()
        try:
            for group in groups:
                waiting.append(threads.submit(_sealed, house, group, key, order, summary))
                if len(waiting) >= 2 * at_once - 1:
                    yield from summary.noted(waiting.popleft().result())
            while waiting:
                yield from summary.noted(waiting.popleft().result())
        finally:
            for each in waiting:
                if not each.cancel():
                    summary.noted(each.result())


def _sealed(house: House, group: Group, key: KeyMaterial, order: Order, summary: Summary) -> list[Outcome]:
    looked = [_looked_at(*place, order, summary) for place in group]
    new = [each for each in looked if not each.earlier and each.error is None]
    made = iter(seal_several(house, [(each.path, each.out) for each in new], key, order))
    return [each if each.earlier or each.error else _outcome(each, next(made)) for each in looked]


def _looked_at(path: Path, out: Path, order: Order, summary: Summary) -> Outcome:
    """Begun, done by an earlier run, or an error that is known before anything is made."""
    fingerprint = ""
    try:
        fingerprint = fingerprint_of(path)
        made = summary.earlier(fingerprint, out, order.level)
        if made is not None:
            return Outcome(path, out, fingerprint, made["out_sha256"], made["level"], made["field"], earlier=True)
        if out.exists() and not summary.is_ours(fingerprint, out):
            raise errors.NotWritable(path=str(out), reason="there is such a file already")
        summary.begin(out)
        return Outcome(path, out, fingerprint)
    except errors.Cancelled:
        raise
    except errors.ParaphError as problem:
        return Outcome(path, out, fingerprint, error=problem)


def _outcome(begun: Outcome, made: Sealed | errors.ParaphError) -> Outcome:
    if isinstance(made, errors.ParaphError):
        return replace(begun, error=made)
    return replace(
        begun, sha256=made.sha256, level=made.level, field=made.signature_field, normalised=made.normalised
    )


def _places(paths: Sequence[Path], folder: Path) -> Iterator[Place]:
    """Files of one name from several folders get numbers, in the order they were given."""
    taken: dict[str, int] = {}
    for path in paths:
        taken[path.stem.casefold()] = number = taken.get(path.stem.casefold(), 0) + 1
        yield path, folder / (f"{path.stem}.pdf" if number == 1 else f"{path.stem} ({number}).pdf")
