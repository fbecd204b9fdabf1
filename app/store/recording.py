"""Saving a step: the envelope, its new events, and the words it is found by, inside a transaction that is open."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, or_, select

from app import codec
from app.domain import audit, errors
from app.domain.audit import Event, Head
from app.domain.canonical import canonical
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
    standing = connection.execute(STANDING, {"wanted": step.envelope.id}).one_or_none()
    if step.envelope.version != (standing.version if standing else 0):
        raise errors.EnvelopeChanged(envelope=step.envelope.id)
    head = Head(standing.events, Sha256(standing.head)) if standing else Head()
    links = audit.link(step.envelope.id, head, step.entries)
    saved = replace(step.envelope, version=step.envelope.version + 1)
    if standing:
        key = standing.key
        connection.execute(UPDATE, {"wanted": key, **_columns(saved, links)})
        connection.execute(UPDATE_TEXTS, {"wanted": key, **_words(saved)})
    else:
        (key,) = connection.execute(INSERT, _columns(saved, links)).inserted_primary_key or (0,)
        connection.execute(INSERT_TEXTS, {"key": key, **texts_of(saved)._asdict()})
    connection.execute(INSERT_EVENTS, [_link(key, event) for event in links])
    return saved


def _columns(envelope: Envelope, links: Sequence[Event]) -> dict[str, Any]:
    return {
        "id": envelope.id,
        "title": envelope.title,
        "status": envelope.status.value,
        "created_at": to_micros(envelope.created_at),
        "updated_at": to_micros(envelope.updated_at),
        "expires_at": to_micros(envelope.expires_at) if envelope.expires_at else None,
        "needs_host": int(needs_host(envelope)),
        "version": envelope.version,
        "events": links[-1].sequence,
        "head": links[-1].sha256,
        "summary": summary_of(envelope),
        "body": codec.encode_text(envelope),
    }


def _words(envelope: Envelope) -> dict[str, str]:
    return {f"new_{name}": words for name, words in texts_of(envelope)._asdict().items()}


def _link(key: int, event: Event) -> dict[str, Any]:
    body = canonical(event.body())
    return {"envelope": key, "sequence": event.sequence, "sha256": event.sha256, "body": body.decode()}
