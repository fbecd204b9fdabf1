"""What a list of envelopes is asked and what it answers.

Each envelope carries a ready-made summary for its row, so that a list never decodes whole envelopes. The values
are named tuples: a page is built some hundred times in a scroll, and they cost a third of a frozen dataclass.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, overload

from app.domain import routing
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.domain.recipient import RecipientStatus
from app.store.instants import from_micros


class Party(NamedTuple):
    """A recipient as a badge shows them."""

    initials: str
    name: str
    role: str
    status: RecipientStatus


class Row(NamedTuple):
    """A line of the list. `progress` counts those who have acted and those who are to act; `next_step` names those
    whose turn it is.
    """

    id: EnvelopeId
    title: str
    status: EnvelopeStatus
    updated_at: datetime
    created_at: datetime
    recipients: tuple[Party, ...]
    progress: tuple[int, int]
    next_step: tuple[str, ...]


class Cursor(NamedTuple):
    """The place after a row, for keyset paging: unlike an offset it costs the same on every page."""

    created_at: datetime
    id: EnvelopeId


@dataclass(frozen=True, slots=True)
class Query:
    """`status` empty: any. `search`: words as people type them, each the beginning of a word somewhere in title,
    message, recipients, document names or metadata. `needs_host`: out, and it is somebody's turn.
    """

    status: tuple[EnvelopeStatus, ...] = ()
    search: str = ""
    needs_host: bool = False
    limit: int = 50
    offset: int = 0
    after: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Newest first; `total` counts everything the query finds, whatever its limit, offset and cursor."""

    rows: tuple[Row, ...]
    total: int

    @property
    def end(self) -> Cursor | None:
        """Where the next page begins; None of an empty page."""
        return Cursor(self.rows[-1].created_at, self.rows[-1].id) if self.rows else None


class Ids(Sequence[EnvelopeId]):
    """Ids cut on demand out of one text, where they stand one blank apart: a table of 100,000 rows needs its length
    at once and some fifty ids. Ids are ULIDs of one width; others are cut all at once.
    """

    def __init__(self, joined: str) -> None:
        self._joined = joined
        self._width = joined.find(" ") + 1 or len(joined) + 1
        self._all = None if joined and self._is_even() else joined.split()

    def __len__(self) -> int:
        if self._all is not None:
            return len(self._all)
        return (len(self._joined) + 1) // self._width

    @overload
    def __getitem__(self, at: int) -> EnvelopeId: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[EnvelopeId, ...]: ...

    def __getitem__(self, at: int | slice) -> EnvelopeId | tuple[EnvelopeId, ...]:
        if isinstance(at, slice):
            return tuple(self._at(number) for number in range(*at.indices(len(self))))
        number = range(len(self))[at]
        return self._at(number)

    def __iter__(self) -> Iterator[EnvelopeId]:
        return (EnvelopeId(each) for each in self._joined.split())

    def _at(self, number: int) -> EnvelopeId:
        if self._all is not None:
            return EnvelopeId(self._all[number])
        return EnvelopeId(self._joined[number * self._width : (number + 1) * self._width - 1])

    def _is_even(self) -> bool:
        whole, rest = divmod(len(self._joined) + 1, self._width)
        blanks = self._joined[self._width - 1 :: self._width]
        return rest == 0 and self._joined.count(" ") == whole - 1 and blanks == " " * (whole - 1)


def needs_host(envelope: Envelope) -> bool:
    return bool(routing.here(envelope))


def summary_of(envelope: Envelope) -> str:
    """JSON that `row_of` reads back."""
    parties = [[r.initials, r.name, r.role, r.status] for r in envelope.recipients]
    acting = routing.acting(envelope)
    done = sum(r.status.over for r in acting)
    turn = [r.name or r.role for r in routing.current(envelope)]
    return json.dumps([parties, done, len(acting), turn], ensure_ascii=False, separators=(",", ":"))


def row_of(record: Sequence[Any]) -> Row:
    """From the columns id, title, status, updated_at, created_at, summary."""
    identifier, title, status, updated_at, created_at, summary = record
    parties, done, total, turn = json.loads(summary)
    return Row(
        identifier,
        title,
        _STATUS[status],
        from_micros(updated_at),
        from_micros(created_at),
        tuple([Party(initials, name, role, _THEIRS[theirs]) for initials, name, role, theirs in parties]),
        (done, total),
        tuple(turn),
    )


_STATUS = {status.value: status for status in EnvelopeStatus}
_THEIRS = {status.value: status for status in RecipientStatus}
