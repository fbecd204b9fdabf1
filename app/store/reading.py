"""Whole envelopes out of the database, and drafts out of it for good."""

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, select

from app import codec
from app.domain import errors
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.store.tables import envelopes

BODY = select(envelopes.c.body).where(envelopes.c.id == bindparam("wanted"))
BODIES = select(envelopes.c.body)
STATUS = select(envelopes.c.status).where(envelopes.c.id == bindparam("wanted")).with_for_update()
DELETE = envelopes.delete().where(envelopes.c.id == bindparam("wanted"))


def body_of(connection: Connection, envelope: EnvelopeId) -> str:
    body: str | None = connection.scalar(BODY, {"wanted": envelope})
    if body is None:
        raise errors.UnknownEnvelope(envelope=envelope)
    return body


def envelope_of(body: str) -> Envelope:
    """Raises `SpecError` for what is no envelope."""
    return codec.decode_text(Envelope, body)


def bodies(connection: Connection) -> Iterator[str]:
    """Of all envelopes, a few at a time."""
    yield from connection.execution_options(yield_per=200).scalars(BODIES)


def delete_draft(connection: Connection, envelope: EnvelopeId) -> None:
    """Its events and its words follow by foreign key."""
    status = connection.scalar(STATUS, {"wanted": envelope})
    if status is None:
        raise errors.UnknownEnvelope(envelope=envelope)
    if status != EnvelopeStatus.DRAFT:
        raise errors.WrongStatus(action="delete", status=status, allowed=[EnvelopeStatus.DRAFT.value])
    connection.execute(DELETE, {"wanted": envelope})
