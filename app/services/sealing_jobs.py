"""A run of sealing as a thing of its own: told as a command, kept until it is done, gone on with after a crash."""

import shlex
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app import codec
from app.domain import errors
from app.domain.appearance import Stated
from app.domain.geometry import Rect
from app.domain.identity import Card
from app.domain.level import Level
from app.services import batching, designs, device, identities, sealing_files
from app.services.batching import Outcome, Report
from app.services.house import House
from app.services.named_files import write_whole
from app.services.sealing_files import Order

KEPT: Final = "sealing-run.json"
_TURN: Final = threading.Lock()


@dataclass(frozen=True)
class Job:
    """`files` may be folders. `identity` and `design` by name, an empty one is the default; `page` (from 1) and `rect`
    in points from the top left of the page as displayed, None for no new visible field. `stops` at the first failure.
    """

    files: tuple[Path, ...]
    folder: Path
    identity: str = ""
    design: str = ""
    level: Level = Level.B_B
    reason: str = ""
    page: int = 1
    rect: Rect | None = None
    stops: bool = False


@dataclass(frozen=True)
class Signer:
    """Whose seal it will be: shown before anything is asked. `asks` are the words for what is typed to use its key, one
    for each secret; `in_browser` where each seal is confirmed on a page of the trust service.
    """

    name: str
    card: Card
    asks: tuple[str, ...]
    in_browser: bool = False


def signers(house: House) -> tuple[Signer, ...]:
    """The default one first, the device's own seal last. Raises `VaultError` where that cannot be made."""
    device.seal(house)
    found = [(record, card) for record, card in identities.cards(house) if record.kind != "device" or not card.usable]
    ordered = sorted(found, key=lambda pair: (not pair[0].is_default, pair[0].kind == "device"))
    return tuple(
        Signer(record.name, card, identities.asked(house, record.name), identities.asks_browser(house, record.name))
        for record, card in ordered
    )


def stated(house: House, signer: Signer, reason: str) -> Stated:
    """What the seal would tell now."""
    return Stated(signer.card.name, house.clock.now(), reason, house.settings.place)


def command(job: Job) -> str:
    """What does the same on the command line."""
    words = ["paraph", "seal", *map(str, job.files), "--out", str(job.folder), "--level", str(job.level)]
    words += ["--identity", job.identity] if job.identity else []
    words += ["--design", job.design] if job.design else []
    if job.rect is not None:
        numbers = (job.page, job.rect.x, job.rect.y, job.rect.width, job.rect.height)
        words += ["--at", ",".join(f"{number:g}" for number in numbers)]
    words += ["--reason", job.reason] if job.reason else []
    words += ["--stop"] if job.stops else []
    return shlex.join(words)


def run(
    house: House, job: Job, passphrase: str | None, report: Report, tell: Callable[[Outcome], None]
) -> tuple[Outcome, ...]:
    """Kept until every file had its turn, so that a run cut off can be gone on with: what is sealed is not sealed
    again. One run after the other: one that was stopped still finishes the files it has begun. Raises what stands
    against all of it: identity, folder, design.
    """
    order = Order(
        level=job.level, page=job.page, rect=job.rect, reason=job.reason, look=designs.look(house, job.design)
    )
    files = batching.files_in(job.files)
    chosen = sealing_files.chosen_identity(house, job.identity)
    key = sealing_files.signing_key(house, chosen, passphrase)
    with _TURN:
        write_whole(house.folder / KEPT, codec.encode_text(job) + "\n")
        outcomes = batching.seal_files(house, files, job.folder, key, order, report, stops=job.stops, tell=tell)
        if len(outcomes) == len(files):
            forget(house)
        return outcomes


def lesser(job: Job, outcomes: Sequence[Outcome]) -> Job | None:
    """The same with the highest level that can be had for what failed, for a person to choose. What is sealed keeps the
    level it has. None where no lower level helps.
    """
    offered = {each.error.instead for each in outcomes if each.error is not None}
    level = next((each for each in reversed(Level) if each in offered), None)
    return replace(job, level=level) if level is not None else None


def unfinished(house: House) -> Job | None:
    """The run that was cut off, if there is one."""
    try:
        return codec.decode_text(Job, (house.folder / KEPT).read_text("utf-8"))
    except (OSError, ValueError, errors.SpecError):
        return None


def forget(house: House) -> None:
    with suppress(OSError):
        (house.folder / KEPT).unlink(missing_ok=True)
