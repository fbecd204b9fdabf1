"""Saving a step: the envelope, its new events, and the words it is found by, inside a transaction that is open."""

from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, or_, select
from sqlalchemy.exc import IntegrityError

from app import codec
from app.domain import audit, errors
from app.domain.audit import Head
from app.domain.canonical import canonical, fingerprint
from app.domain.envelope import Envelope
from app.domain.ids import Sha256
from app.domain.steps import Step
from app.store.instants import to_micros
from app.store.listing import needs_host, summary_of
from app.store.searching import Texts, texts_of
from app.store.tables import envelopes, events, texts

STANDING = (
    select(envelopes.c.key, envelopes.c.version, envelopes.c.events, envelopes.c.head)
    .where(envelopes.c.id == bindparam("wanted"))
    .with_for_update()
)
INSERT = envelopes.insert()
UPDATE = envelopes.update().where(envelopes.c.key == bindparam("wanted"))
INSERT_EVENTS = events.insert()
INSERT_TEXTS = texts.insert()
_WORDS: dict[str, BindParameter[str]] = {name: bindparam(f"new_{name}") for name in Texts._fields}
UPDATE_TEXTS = (
    texts.update()
    .where(texts.c.key == bindparam("wanted"), or_(*(texts.c[name] != word for name, word in _WORDS.items())))
    .values(_WORDS)
)
"""Touches nothing when the words are the same, and then the search index is not touched either."""


def save(connection: Connection, step: Step) -> Envelope:
    """The envelope with its new version. Raises `EnvelopeChanged` unless the stored one is what the step began with."""
    saved = replace(step.envelope, version=step.envelope.version + 1)
    if step.envelope.version == 0:
        _insert(connection, saved, step)
    else:
        _update(connection, saved, step)
    return saved


def _insert(connection: Connection, saved: Envelope, step: Step) -> None:
    """Without looking first: the unique id is what refuses an envelope that is there."""
    links = _links(Head(), step)
    try:
        (key,) = connection.execute(INSERT, _columns(saved, links[-1])).inserted_primary_key or (0,)
    except IntegrityError as problem:
        raise errors.EnvelopeChanged(envelope=saved.id) from problem
    connection.execute(INSERT_TEXTS, {"key": key, **texts_of(saved)._asdict()})
    connection.execute(INSERT_EVENTS, [{"envelope": key, **link} for link in links])


def _update(connection: Connection, saved: Envelope, step: Step) -> None:
    standing = connection.execute(STANDING, {"wanted": saved.id}).one_or_none()
    if standing is None or standing.version != step.envelope.version:
        raise errors.EnvelopeChanged(envelope=saved.id)
    links = _links(Head(standing.events, Sha256(standing.head)), step)
    connection.execute(UPDATE, {"wanted": standing.key, **_columns(saved, links[-1])})
    connection.execute(UPDATE_TEXTS, {"wanted": standing.key, **_words(saved)})
    connection.execute(INSERT_EVENTS, [{"envelope": standing.key, **link} for link in links])


def _links(head: Head, step: Step) -> list[dict[str, Any]]:
    """The new rows of the trail. The hash is taken of the very bytes that are stored."""
    bodies = [(event.sequence, canonical(event.body())) for event in audit.link(step.envelope.id, head, step.entries)]
    return [{"sequence": number, "sha256": fingerprint(body), "body": body.decode()} for number, body in bodies]


def _columns(envelope: Envelope, last: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": envelope.id,
        "title": envelope.title,
        "status": envelope.status.value,
        "created_at": to_micros(envelope.created_at),
        "updated_at": to_micros(envelope.updated_at),
        "expires_at": to_micros(envelope.expires_at) if envelope.expires_at else None,
        "needs_host": int(needs_host(envelope)),
        "version": envelope.version,
        "events": last["sequence"],
        "head": last["sha256"],
        "summary": summary_of(envelope),
        "body": codec.encode_text(envelope),
    }


def _words(envelope: Envelope) -> dict[str, str]:
    return {f"new_{name}": words for name, words in texts_of(envelope)._asdict().items()}
