"""What the use cases work with, built once by `bootstrap` and handed down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.clock import Clock
from app.domain.audit import Moment
from app.domain.drawing import Metrics
from app.pdf import Looker, Maker
from app.sealing import Sealer
from app.sealing.verifying import Verifier
from app.services.visiting import Visits
from app.settings import Settings
from app.store import Library
from app.vault import Vault


@dataclass
class Preferences:
    """The settings in force; `preferences.change` replaces them."""

    current: Settings


@dataclass(frozen=True)
class House:
    """The rooms behind the kitchen. `close` ends every child process, and gives up what a browser is waited for."""

    folder: Path
    library: Library
    looker: Looker
    maker: Maker
    sealer: Sealer
    verifier: Verifier
    vault: Vault
    clock: Clock
    metrics: Metrics
    preferences: Preferences
    visits: Visits = field(default_factory=Visits)
    closing: tuple[Callable[[], None], ...] = field(default=())

    @property
    def settings(self) -> Settings:
        return self.preferences.current

    def moment(self) -> Moment:
        return self.clock.moment()

    def close(self) -> None:
        self.visits.close()
        for close in self.closing:
            close()
