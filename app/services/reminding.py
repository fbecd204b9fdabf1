"""Reminders: by e-mail where there is an account and an address; else the host sees who is due, and says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from app.domain import errors, reminding
from app.domain.changes import Changes
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.domain.recipient import Recipient
from app.services import mailing
from app.services.drafting import record
from app.services.house import House
from app.store import Query

TEXT = "“{title}” still waits for you, {name}.\n\n{message}\n{host}"


@dataclass(frozen=True)
class Due:
    """Who should be reminded of what; without an `email` only in person."""

    envelope_id: str
    title: str
    role: str
    name: str
    email: str


def due(house: House) -> tuple[Due, ...]:
    """As the preferences say; the longest waiting are not told apart."""
    return tuple(Due(envelope.id, envelope.title, one.role, one.name, one.email) for envelope, one in _due(house))


def remind(house: House, envelope_id: str, role: str) -> Changes:
    """E-mails them. Raises `NoMailAccount` or `MailNotSent`; then they stay due."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    one = envelope.recipient(role)
    step = reminding.remind(envelope, role, house.moment(), "email", one.email)
    told = {"title": envelope.title, "name": one.name, "message": envelope.message, "host": house.settings.host_name}
    mailing.send(house, mailing.Letter(one.email, envelope.title, TEXT.format(**told)))
    return record(house, step)


def remind_in_person(house: House, envelope_id: str, role: str) -> Changes:
    """The host says that they told them."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    return record(house, reminding.remind(envelope, role, house.moment(), "host"))


def remind_all(house: House) -> Changes:
    """The scheduler's round: everybody due who has an address. Who cannot be reached stays due for the next round."""
    if mailing.account(house) is None:
        return Changes()
    reminded = []
    for one in due(house):
        try:
            if one.email:
                remind(house, one.envelope_id, one.role)
                reminded.append(one.envelope_id)
        except (errors.RemoteError, errors.VaultError, errors.EnvelopeChanged):
            continue
    return Changes.of("envelope", *reminded)


def _due(house: House) -> Iterator[tuple[Envelope, Recipient]]:
    after, now = timedelta(days=house.settings.remind_after_days), house.clock.now()
    if not after:
        return
    for envelope_id in house.library.ids(Query((EnvelopeStatus.OUT,))):
        envelope = house.library.envelope(envelope_id)
        for one in reminding.due(envelope, now, after):
            yield envelope, one
