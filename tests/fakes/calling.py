"""Our side of the wire: operations of a catalogue, sent to a fake by the program's own transport."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from app.sync import form
from app.sync.operation import build
from app.sync.registry import provider_of
from tests.fakes.fake import Fake
from tests.support.pages import write_pdf
from tests.support.transports import Rig, rig

F = TypeVar("F", bound=Fake)


@dataclass
class Caller:
    """`options` are the account's, `limits` those of the transport; `given` is used instead of a new rig each time."""

    fake: Fake
    folder: Path
    key: str
    options: Mapping[str, str] = field(default_factory=dict)
    attempts: int = 1
    limits: Mapping[str, Any] = field(default_factory=dict)
    given: Rig | None = None

    @property
    def rig(self) -> Rig:
        if self.given is not None:
            return self.given
        provider = provider_of(self.fake.name)
        filled = form.options(provider, dict(self.options))
        return rig(
            self.fake.url, credential=provider.authorize(self.key, filled), attempts=self.attempts, **self.limits
        )

    def __call__(self, operation: str, **values: Any) -> Any:
        """What the service answers. Raises what the program would raise."""
        found = provider_of(self.fake.name).operation(operation)
        return found.read(self.rig.transport.send(build(found, values, self.options)).data)

    def file(self, operation: str, content_type: str = "application/pdf", **values: Any) -> Path:
        """Downloaded."""
        found = provider_of(self.fake.name).operation(operation)
        out = self.folder / "downloaded"
        self.rig.transport.download(build(found, values, self.options), out, limit=1 << 24, content_type=content_type)
        return out

    def paper(self, name: str = "contract.pdf", **more: Any) -> Path:
        return write_pdf(self.folder / name, **more)


@contextmanager
def calling(fake: F, folder: Path, **options: str) -> Iterator[tuple[F, Caller]]:
    with fake.serving():
        yield fake, Caller(fake, folder, fake.key, options)
