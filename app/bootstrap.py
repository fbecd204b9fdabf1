"""The composition root: builds everything once and hands it down."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__, paths

if TYPE_CHECKING:
    from app.services.house import House

Passphrase = Callable[[], str | None]


def build(folder: Path | str | None = None, passphrase: Passphrase = lambda: None) -> "House":
    """A house over this library. Child processes start when first needed; the vault opens when first needed.

    Raises `StoreError` when the library cannot be used, `SpecError` when its settings cannot be read.
    """
    from app import settings
    from app.clock import Clock
    from app.fonts import BundledMetrics
    from app.pdf import Looker, Maker
    from app.process import Pool, Worker
    from app.sealing import Sealer, sealer
    from app.sealing.verifying import JOBS_MODULE, Verifier
    from app.services.house import House, Preferences
    from app.store import Library
    from app.vault import open_vault

    library_folder = paths.library_folder(str(folder) if folder else None)
    clock = Clock()
    chosen = settings.load(library_folder)
    library = Library.open(library_folder, chosen.database_url or None, clock.now)
    looker = Looker.with_children()
    maker = Maker.with_child()
    sealing = Pool("sealer", sealer.MODULES, 2, sealer.LIMITS)
    verifying = Worker("verifier", (JOBS_MODULE,), sealer.LIMITS)
    return House(
        folder=library_folder,
        library=library,
        looker=looker,
        maker=maker,
        sealer=Sealer(sealing),
        verifier=Verifier(verifying),
        vault=open_vault(library_folder, passphrase, backend=chosen.vault),
        clock=clock,
        metrics=BundledMetrics(),
        preferences=Preferences(chosen),
        closing=(looker.close, maker.close, sealing.close, verifying.close, library.close),
    )


def open_window(library: str | None, files: Sequence[Path]) -> int:
    """The exit code once the last window is closed. The house is built after the first paint, on another thread."""
    from app.ui.program import Start, run

    folder = paths.library_folder(library)
    start = Start(
        build=lambda passphrase: build(folder, passphrase),
        resources=paths.resource("icons").parent,
        library=folder,
        log=_start_log,
        version=__version__,
    )
    return run(start, files)


def _start_log() -> Path:
    """After the first paint: opening a file and importing `logging.handlers` can wait until then."""
    from app import log

    return log.start(paths.log_folder()).parent
