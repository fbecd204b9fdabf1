"""Trusted lists (ETSI TS 119 612): whom a supervisor of trust services vouches for, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` on, until before `end`; None while it lasts. UTC."""

    start: datetime
    end: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment and (self.end is None or moment < self.end)


@dataclass(frozen=True, slots=True)
class Service:
    """A qualified service: `kind` is CA/QC (issues qualified certificates) or TSA/QTST (stamps time). `certificates`
    are PEM; `granted` are the times during which it was qualified, none for one that never was.
    """

    provider: str
    name: str
    kind: str
    certificates: tuple[str, ...]
    granted: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """What a list says of itself. `signer` and `signer_sha256` name the certificate its signature came with."""

    territory: str
    operator: str
    sequence: int
    issued: datetime
    next_update: datetime | None
    signer: str
    signer_sha256: str


@dataclass(frozen=True, slots=True)
class TrustedList:
    """A list whose signature held. `signers` of a list of lists are the fingerprints of the certificates that may sign
    the list of each territory.
    """

    scheme: Scheme
    services: tuple[Service, ...] = ()
    signers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def granted(self, moment: datetime) -> tuple[Service, ...]:
        return tuple(each for each in self.services if any(period.holds(moment) for period in each.granted))
