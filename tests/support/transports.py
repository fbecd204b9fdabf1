"""A transport as an account has one, with a ledger one can read and limits one can wait for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.domain.connection import Connection
from app.sync import address
from app.sync.credential import Credential, bearer
from app.sync.retrying import Policy
from app.sync.road import Road
from app.sync.transport import Limits, Surroundings, Transport

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
TOKEN = "vsk_canary_0123456789abcdef"
LIMITS = Limits(connect_s=2, silence_s=1, call_s=5, download_s=5, answer_bytes=1 << 20)


@dataclass
class OpenLedger:
    """Lines in the order they were begun."""

    lines: list[Connection] = field(default_factory=list)

    def begin(self, connection: Connection) -> int:
        self.lines.append(connection)
        return len(self.lines) - 1

    def end(self, number: int, connection: Connection) -> None:
        self.lines[number] = connection

    @property
    def outcomes(self) -> list[str]:
        return [line.outcome for line in self.lines]


@dataclass
class Rig:
    """What a test looks at afterwards: waits that were asked for are noted and not waited."""

    transport: Transport
    ledger: OpenLedger
    waits: list[float]


def rig(
    base: str,
    *,
    credential: Credential | None = None,
    proxy: str = "",
    ca_file: Path | None = None,
    attempts: int = 1,
    renew: Any = None,
    resolve: Any = None,
    **limits: Any,
) -> Rig:
    ledger, waits = OpenLedger(), list[float]()
    road = Road(proxy, ca_file, resolve) if resolve else Road(proxy, ca_file)
    surroundings = Surroundings(
        road, replace(LIMITS, **limits), Policy(attempts=attempts, first_s=0.5), waits.append, lambda: 0.5
    )
    transport = Transport(
        "work",
        address.read(base),
        bearer(TOKEN) if credential is None else credential,
        ledger,
        lambda: NOW,
        renew=renew,
        surroundings=surroundings,
    )
    return Rig(transport, ledger, waits)
