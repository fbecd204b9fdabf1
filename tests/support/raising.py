"""Sealing and raising levels in this process, with the room's own client for what comes over the network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.domain.connection import Connection
from app.domain.identity import KeyMaterial
from app.domain.level import Level
from app.sealing import Sealer, SealRequest
from app.sealing.jobs import JOBS as SEALING
from app.sealing.levels import Fetch, Kind, Raised, Terms, Want
from app.sealing.levels.jobs import JOBS as LEVELS
from app.sealing.levels.stamping import TOKEN_BYTES
from app.services.gathering import errand_of
from app.sync.fetching import Fetcher
from tests.support.certo import Certo
from tests.support.documents import Party, Sheet, prepared


class Inline:
    """A worker without a process: what goes in and out still passes through JSON."""

    def call(self, job: str, payload: Mapping[str, Any], *, wall_s: float | None = None) -> Any:
        module, _, name = job.partition(":")
        jobs = LEVELS if module.endswith("levels.jobs") else SEALING
        return json.loads(json.dumps(jobs[name](json.loads(json.dumps(payload)))))


@dataclass
class Noted:
    """A ledger in memory."""

    lines: list[Connection] = field(default_factory=list)

    def begin(self, connection: Connection) -> int:
        self.lines.append(connection)
        return len(self.lines) - 1

    def end(self, number: int, connection: Connection) -> None:
        self.lines[number] = connection


def fetching(ledger: Noted | None = None, wall_s: float = 5.0) -> Fetch:
    fetcher = Fetcher(ledger or Noted(), lambda: datetime.now(UTC), loopback=True, wall_s=wall_s, silence_s=wall_s)

    def fetch(want: Want) -> bytes:
        return fetcher.fetch(errand_of(want))

    return fetch


def terms(certo: Certo, now: datetime | None = None, tsa_url: str | None = None) -> Terms:
    return Terms(certo.anchors, certo.tsa_url if tsa_url is None else tsa_url, now or datetime.now(UTC))


SEALER = Sealer(Inline())


def sealed(folder: Path, key: KeyMaterial, at: datetime | None = None, room: int = TOKEN_BYTES, **more: Any) -> Path:
    """B-B; with room for a token."""
    source = prepared(folder / "laid.pdf", Sheet(parties=(Party(1), Party(2))))
    out = folder / "sealed.pdf"
    moment = at or datetime.now(UTC)
    SEALER.seal(SealRequest(source, out, Party(1).sign, key, moment, certify=True, room=room, **more))
    return out


def raised(source: Path, out: Path, level: Level, certo: Certo, **more: Any) -> Raised:
    """By a sealer of its own, which has asked nobody yet, unless one is given."""
    fetch = more.pop("fetch", None) or fetching()
    fresh, sealer = more.pop("fresh", True), more.pop("sealer", None) or Sealer(Inline())
    return sealer.raise_level(source, out, level, terms(certo, **more), fetch, fresh=fresh)


__all__ = ["SEALER", "Inline", "Kind", "Noted", "fetching", "raised", "sealed", "terms"]
