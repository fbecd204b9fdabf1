"""The library as the list of envelopes needs it: ids at once, rows by the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.envelope import EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.services import reading
from app.services.house import House
from app.services.reading import Query, Row


@dataclass(frozen=True)
class Counts:
    """How many envelopes lie on each shelf; `inbox` are those somebody here can act on now."""

    by_status: dict[EnvelopeStatus, int]
    inbox: int

    @property
    def all(self) -> int:
        return sum(self.by_status.values())


class Envelopes(Protocol):
    """Called off the window's thread."""

    def ids(self, query: Query) -> Sequence[EnvelopeId]: ...

    def rows(self, wanted: Sequence[EnvelopeId]) -> tuple[Row, ...]: ...

    def counts(self) -> Counts: ...


class LibraryEnvelopes:
    """The real one."""

    def __init__(self, house: House) -> None:
        self._house = house

    def ids(self, query: Query) -> Sequence[EnvelopeId]:
        return reading.ids(self._house, query)

    def rows(self, wanted: Sequence[EnvelopeId]) -> tuple[Row, ...]:
        return reading.rows(self._house, wanted)

    def counts(self) -> Counts:
        inbox = reading.page(self._house, Query(needs_host=True, limit=1)).total
        return Counts(reading.counts(self._house), inbox)
