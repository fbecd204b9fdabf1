"""A house with an account at a fake on this machine, a clock that is set by hand, and an outbox that runs at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.domain.envelope import Envelope
from app.domain.ids import EnvelopeId
from app.services import accounts, outbox, pushing, reaching
from app.services.house import House
from app.services.outbox import Run
from app.store import AccountRecord, OperationRecord
from app.sync import address
from app.sync.registry import provider_of
from app.sync.retrying import Policy
from app.sync.transport import Surroundings, Transport
from tests.fakes.fake import Fake
from tests.support import houses, leases

ACCOUNT = "work"
START = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


def quick(house: House, account: AccountRecord) -> Transport:
    """As the program's own way, without tries and waits in between."""
    provider = provider_of(account.provider)
    secret = house.vault.get(reaching.secret_name(account.name)).decode()
    credential = provider.authorize(secret, account.options)
    surroundings = Surroundings(policy=Policy(attempts=1), pause=lambda _: None)
    ledger = house.library.connections
    return Transport(
        account.name, address.read(account.base_url), credential, ledger, house.clock.now, surroundings=surroundings
    )


@dataclass
class Post:
    """What tests of the outbox need; `folder` is for files."""

    house: House
    clock: houses.SteppingClock
    folder: Path

    def account(self, fake: Fake, name: str = ACCOUNT, **options: str) -> str:
        accounts.add(self.house, fake.name, name, fake.key, fake.url, options)
        return name

    def envelope(self, envelope_id: str) -> Envelope:
        return self.house.library.envelope(EnvelopeId(envelope_id))

    def pushed(self, *people: str, via: str = ACCOUNT, options: dict[str, str] | None = None, **more: Any) -> str:
        """A new envelope, sent out and handed over; not yet there."""
        envelope_id = leases.draft(self.house, self.folder, *people, **more)
        pushing.push(self.house, envelope_id, via, options)
        return envelope_id

    def run(self, **later: float) -> Run:
        """After so long (`hours=1`)."""
        self.clock.at += timedelta(**later)
        return outbox.run_once(self.house, reach=quick, chance=lambda: 0.5)

    def news(self) -> Run:
        return outbox.pull(self.house, reach=quick)

    def rows(self, envelope_id: str | None = None) -> dict[str, OperationRecord]:
        """The newest of each kind."""
        return {one.kind: one for one in reversed(self.house.library.outbox.list(envelope_id))}

    def states(self, envelope_id: str | None = None) -> dict[str, str]:
        return {kind: one.state for kind, one in self.rows(envelope_id).items()}

    def kinds(self, envelope_id: str) -> list[str]:
        return [event.entry.kind for event in self.house.library.trail(EnvelopeId(envelope_id))]


@contextmanager
def posts(rooms: houses.Rooms, folder: Path) -> Iterator[Post]:
    clock = houses.SteppingClock(START)
    with houses.house(rooms, folder / "library", clock) as house:
        yield Post(house, clock, folder)
