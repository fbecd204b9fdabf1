"""Reading the library: no rule, no change."""

from collections.abc import Sequence
from typing import Final

from app.domain.audit import Event, Head
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.services.house import House
from app.store import Page, Query, Row

__all__ = [
    "Page",
    "Query",
    "Row",
    "counts",
    "data_version",
    "envelope",
    "head",
    "ids",
    "needing",
    "page",
    "resolve",
    "rows",
    "trail",
]

STUCK: Final = ("failed", "unknown", "conflict")
"""States of an operation that only a person ends."""


def envelope(house: House, envelope_id: str) -> Envelope:
    """Raises `UnknownEnvelope`."""
    return house.library.envelope(EnvelopeId(envelope_id))


def resolve(house: House, prefix: str) -> EnvelopeId:
    """The envelope whose id begins or ends so, if there is exactly one."""
    return house.library.resolve(prefix)


def page(house: House, query: Query) -> Page:
    return house.library.list(query)


def ids(house: House, query: Query) -> Sequence[EnvelopeId]:
    return house.library.ids(query)


def rows(house: House, wanted: Sequence[EnvelopeId]) -> tuple[Row, ...]:
    return house.library.rows(wanted)


def counts(house: House) -> dict[EnvelopeStatus, int]:
    return house.library.counts()


def trail(house: House, envelope_id: str) -> tuple[Event, ...]:
    return house.library.trail(EnvelopeId(envelope_id))


def head(house: House, envelope_id: str) -> Head:
    return house.library.head(EnvelopeId(envelope_id))


def data_version(house: House) -> int:
    """Changes when another process has written."""
    return house.library.data_version()


def needing(house: House) -> int:
    """How many operations at remote services nobody but a person can move on."""
    unsettled = house.library.outbox.list(settled=False)
    return sum(one.state in STUCK and (one.error or {}).get("kind") != "Cancelled" for one in unsettled)
