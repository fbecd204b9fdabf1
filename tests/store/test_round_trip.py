"""Whatever an envelope holds comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.audit import Entry, Head, Moment, head_of, link
from app.domain.canonical import MOST
from app.domain.ceremony import Ceremony, Consent, Stage
from app.domain.envelope import (
    Attachment,
    CopyMode,
    Document,
    Envelope,
    EnvelopeStatus,
    Routing,
    SealingMode,
)
from app.domain.fields.base import Align, Constraint, Field, PictureValue, TextStyle
from app.domain.fields.registry import KINDS
from app.domain.geometry import PageGeometry, Rect
from app.domain.ids import EnvelopeId
from app.domain.mark import HANDS, InkPoint, Mark
from app.domain.recipient import Action, AuthMethod, Recipient, RecipientStatus
from app.domain.steps import Step
from app.store import Library

TEXT = st.text(max_size=20)
NUMBER = st.floats(-1e6, 1e6, allow_nan=False)
LENGTH = st.floats(0, 1e6, allow_nan=False)
SHA = st.binary(min_size=32, max_size=32).map(bytes.hex)
FIRST = datetime(1970, 1, 1, tzinfo=UTC)
MOMENT = st.integers(0, 4 * 10**15).map(lambda micros: FIRST + timedelta(microseconds=micros))


def _maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


def _tuple(values: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=most).map(tuple)


TILT = st.floats(-90, 90)
POINT = st.builds(InkPoint, NUMBER, NUMBER, st.floats(0, 1), st.integers(0, 10**6), TILT, TILT)
MARK = st.builds(
    Mark,
    st.sampled_from(["drawn", "typed", "image"]),
    _tuple(_tuple(POINT), 2),
    TEXT,
    st.sampled_from(HANDS),
    _maybe(SHA),
    st.tuples(st.integers(0, 9999), st.integers(0, 9999)),
)
PICTURE = st.builds(PictureValue, SHA, st.integers(1, 9999), st.integers(1, 9999))
VALUE = st.one_of(TEXT, st.booleans(), MARK, PICTURE)
PAGE = st.builds(PageGeometry, NUMBER, NUMBER, NUMBER, NUMBER, st.sampled_from([0, 90, 180, 270]), st.floats(0.1, 10))
DOCUMENT = st.builds(
    Document, TEXT, TEXT, SHA, _tuple(PAGE), *[_maybe(SHA)] * 4, st.integers(0, 9), _maybe(st.integers(1, 3))
)
CONSENT = st.builds(Consent, SHA, st.sampled_from(["en", "de"]), MOMENT)
CEREMONY = st.builds(
    Ceremony,
    st.sampled_from(Stage),
    MOMENT,
    st.integers(0, 5),
    TEXT,
    _maybe(CONSENT),
    _maybe(MARK),
    _maybe(MARK),
    _tuple(st.tuples(TEXT, st.integers(1, 99))),
)
RECIPIENT = st.builds(
    Recipient,
    TEXT,
    st.text(min_size=1, max_size=9),
    TEXT,
    TEXT,
    TEXT,
    st.sampled_from(Action),
    st.integers(1, 9),
    _tuple(st.builds(AuthMethod, TEXT, TEXT), 2),
    st.sampled_from(RecipientStatus),
    _maybe(CEREMONY),
    _maybe(MOMENT),
    _maybe(MOMENT),
    TEXT,
)
FIELD = st.builds(
    Field,
    id=TEXT,
    kind=st.sampled_from(sorted(KINDS)),
    document=TEXT,
    page=st.integers(1, 99),
    rect=st.builds(Rect, NUMBER, NUMBER, LENGTH, LENGTH),
    recipient=_maybe(TEXT),
    value=_maybe(VALUE),
    options=_tuple(TEXT),
    style=st.builds(TextStyle, TEXT, _maybe(LENGTH), st.sampled_from(Align)),
    constraint=st.builds(Constraint, *[_maybe(TEXT)] * 2, _maybe(st.integers(0, 99)), *[_maybe(TEXT)] * 2),
)
ENVELOPE = st.builds(
    Envelope,
    id=st.just("replaced by a new one"),
    title=TEXT,
    created_at=MOMENT,
    updated_at=MOMENT,
    status=st.sampled_from(EnvelopeStatus),
    message=TEXT,
    routing=st.sampled_from(Routing),
    sealing=st.sampled_from(SealingMode),
    expires_at=_maybe(MOMENT),
    test_mode=st.booleans(),
    metadata=st.dictionaries(TEXT, TEXT, max_size=3),
    hide_other_signers=st.booleans(),
    copy_mode=st.sampled_from(CopyMode),
    password=_maybe(TEXT),
    confirmation_page=st.booleans(),
    documents=_tuple(DOCUMENT, 2),
    attachments=_tuple(st.builds(Attachment, TEXT, SHA, st.integers(0, 10**9))),
    recipients=_tuple(RECIPIENT),
    fields=_tuple(FIELD),
    values=st.dictionaries(TEXT, VALUE, max_size=3),
    certificate=_maybe(SHA),
    end_reason=TEXT,
    sent_at=_maybe(MOMENT),
    completed_at=_maybe(MOMENT),
)
FACT = st.one_of(TEXT, st.booleans(), st.integers(-MOST, MOST), st.lists(TEXT))
FACTS = st.dictionaries(st.text(alphabet="abcdefgh_", min_size=1), FACT, max_size=3)


_numbers = count()


def _new_id() -> EnvelopeId:
    """Generated values repeat while a failure is made smaller; ids must not."""
    return EnvelopeId(f"E{next(_numbers):06d}")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Path(tmp_path_factory.mktemp("round")) / "library") as opened:
        yield opened


@given(ENVELOPE)
def test_an_envelope_comes_back_as_it_was(shared: Library, made: Envelope) -> None:
    entry = Entry("created", "sender", Moment(made.created_at, 1, "boot"), {})
    (saved,) = shared.record(Step(replace(made, id=_new_id()), (entry,)))
    assert shared.envelope(saved.id) == saved
    (row,) = shared.rows([saved.id])
    assert (row.title, row.status, row.created_at) == (saved.title, saved.status, saved.created_at)
    people = [(party.name, party.role, party.status) for party in row.recipients]
    assert people == [(recipient.name, recipient.role, recipient.status) for recipient in saved.recipients]


@given(st.lists(st.tuples(TEXT, FACTS), min_size=1, max_size=4), MOMENT, st.integers(-840, 840))
def test_a_trail_comes_back_with_the_same_hashes(
    shared: Library, told: list[tuple[str, dict[str, object]]], wall: datetime, offset: int
) -> None:
    here = wall.astimezone(timezone(timedelta(minutes=offset)))
    entries = tuple(Entry(kind, "host", Moment(here, 10**15, "boot", offset), facts) for kind, facts in told)
    (saved,) = shared.record(Step(Envelope(_new_id(), "Trail", wall, wall), entries))
    linked = link(saved.id, Head(), entries)
    assert [event.sha256 for event in shared.trail(saved.id)] == [event.sha256 for event in linked]
    assert shared.head(saved.id) == head_of(linked)
    assert shared.judge(saved.id).intact
