"""What every page is given: the house, the runner, a voice, and the way to the other pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes
from app.tasks import Handle, OnError, OnProgress, Runner, Work

if TYPE_CHECKING:
    from app.services.house import House
    from app.settings import Settings

T = TypeVar("T")


class Notices(Protocol):
    """How a page speaks. Good news and warnings pass by; failures stay until they are put away."""

    def tell(self, text: str, button: str = "", then: Callable[[], object] | None = None) -> None: ...

    def warn(self, text: str) -> None: ...

    def fail(self, error: Exception) -> None: ...

    def unlock(self, error: Exception, again: Callable[[], object], given_up: Callable[[], None]) -> bool:
        """Asks for the passphrase when that is what `error` lacks, then calls `again`; False when it is not."""
        ...


class Ways(Protocol):
    """Where a page may send the person. Files dropped anywhere arrive at `begin`."""

    def home(self, envelope: str | None = None) -> None: ...

    def prepare(self, envelope: str) -> None: ...

    def room(self, envelope: str, role: str | None = None) -> None: ...

    def kiosk(self, envelope: str) -> None: ...

    def rehearse(self, envelope: str, role: str, ended: Callable[[], None]) -> None:
        """The signing room with a scratch copy; `ended` once the person is back."""
        ...

    def verify(self, files: Sequence[Path], titles: Sequence[str] = ()) -> None: ...

    def exchange(self, tab: str = "") -> None:
        """A tab of the page Exchange by its name; "" for the one that is in front."""
        ...

    def preferences(self) -> None: ...

    def begin(self, files: Sequence[Path]) -> None: ...


class Desk(QObject):
    """Signals: `changed` with the `Changes` of any window's use case or of another program at the same
    library.

    `changed` is the one way news travels: a model that shows what changed reads it again.
    """

    changed = Signal(object)

    def __init__(
        self,
        house: House,
        runner: Runner,
        notices: Notices,
        go: Ways,
        publish: Callable[[Changes], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.house = house
        self.runner = runner
        self.notices = notices
        self.go = go
        self._publish = publish

    def settings(self) -> Settings:
        return self.house.settings

    def publish(self, changes: Changes) -> None:
        """Tells all windows; `changed` follows."""
        self._publish(changes)

    def run(
        self,
        work: Work[T],
        done: Callable[[T], None] | None = None,
        *,
        failed: OnError | None = None,
        on_progress: OnProgress | None = None,
        abort: Callable[[], None] | None = None,
        owner: QObject | None = None,
        far: bool = False,
    ) -> Handle:
        """Runs a use case; `far` is one that waits for somebody else's server. Changes it returns are published before
        `done` is called; what fails is told by the notices unless `failed` takes it. Where only the passphrase of the
        vault was missing, the person is asked for it and the work is done once more. The handle is that of the first
        try.
        """

        def arrived(value: T) -> None:
            if isinstance(value, Changes):
                self.publish(value)
            if done is not None:
                done(value)

        def told(error: Exception) -> None:
            tell = failed or self.notices.fail
            if not self.notices.unlock(error, again=start, given_up=lambda: tell(error)):
                tell(error)

        def start() -> Handle:
            return self.runner.start(work, arrived, told, on_progress=on_progress, abort=abort, owner=owner, far=far)

        return start()
