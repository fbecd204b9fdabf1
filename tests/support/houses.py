"""A real house over a library of its own; the child processes behind it are shared by all tests of a run."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app import settings
from app.clock import Clock
from app.domain.audit import Moment
from app.fonts import BundledMetrics
from app.pdf import Looker, Maker
from app.process import Worker, WorkerBug
from app.sealing import Sealer, sealer
from app.sealing.verifying import JOBS_MODULE, Verifier
from app.services.house import House, Preferences
from app.store import Library
from app.vault import MemoryVault, Vault


@dataclass(frozen=True)
class Rooms:
    """What is slow to start."""

    looker: Looker
    maker: Maker
    sealing: Worker
    verifier: Verifier


class SteppingClock(Clock):
    """Real identifiers; the time is set by the test and moves a second with every look."""

    def __init__(self, start: datetime) -> None:
        super().__init__()
        self.at = start

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def moment(self) -> Moment:
        return Moment(self.now(), int(self.at.timestamp() * 1e9), "test-boot", 0)


@contextmanager
def rooms() -> Iterator[Rooms]:
    """All children run when this yields, so that no test is blamed for starting one."""
    looking = Worker("looker", ("app.pdf.jobs",))
    making_worker = Worker("maker", ("app.pdf.jobs_making",), sealer.LIMITS)
    making = Maker(making_worker)
    sealing = Worker("sealer", sealer.MODULES, sealer.LIMITS)
    verifying = Worker("verifier", (JOBS_MODULE,), sealer.LIMITS)
    looker = Looker(looking)
    for worker, job in (
        (looking, "app.pdf.jobs:inspect"),
        (making_worker, "app.pdf.jobs_making:normalise"),
        (sealing, "app.sealing.jobs:seal"),
        (verifying, f"{JOBS_MODULE}:verify"),
    ):
        with suppress(WorkerBug):  # an empty question: answered by a child that has loaded everything
            worker.call(job, {})
    yield Rooms(looker, making, sealing, Verifier(verifying))
    for close in (looker.close, making.close, sealing.close, verifying.close):
        close()


@contextmanager
def house(shared: Rooms, folder: Path, clock: Clock | None = None, vault: Vault | None = None) -> Iterator[House]:
    clock = clock or Clock()
    library = Library.open(folder, None, clock.now)
    yield House(
        folder=folder,
        library=library,
        looker=shared.looker,
        maker=shared.maker,
        sealer=Sealer(shared.sealing),
        verifier=shared.verifier,
        vault=vault or MemoryVault(),
        clock=clock,
        metrics=BundledMetrics(),
        preferences=Preferences(settings.load(folder)),
    )
    library.close()
