"""Erasing personal data of an envelope that is over: the chain stays whole, what its hashes stood for is gone."""

from dataclasses import replace

from app.domain.audit import Moment
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.recipient import Recipient
from app.domain.remote import Remote
from app.domain.steps import SENDER, Step, step

OVER = (EnvelopeStatus.COMPLETED, EnvelopeStatus.DECLINED, EnvelopeStatus.VOIDED, EnvelopeStatus.EXPIRED)


def erase(envelope: Envelope, moment: Moment) -> Step:
    """Names, addresses, statements, values and the salt itself, so that nobody can try names against the trail. The
    sealed files are not touched: they are the signers' own papers and go by the retention of their owner.
    """
    envelope.require("erase personal data", *OVER)
    gone = len(envelope.personal)
    bare = replace(
        envelope,
        recipients=tuple(_bare(recipient) for recipient in envelope.recipients),
        values={},
        personal={},
        salt="",
        end_reason="",
        message="",
        updated_at=moment.wall,
        remote=envelope.remote and _without_words(envelope.remote),
    )
    return step(bare, "erased", SENDER, moment, texts=gone)


def _without_words(remote: Remote) -> Remote:
    """That a service had it, and how it ended there; not what people said or entered."""
    people = tuple(replace(one, reason="") for one in remote.people)
    return replace(remote, people=people, values={}, events=())


def _bare(recipient: Recipient) -> Recipient:
    ceremony = recipient.ceremony and replace(
        recipient.ceremony, identified_by="", signature=None, initials=None, acknowledged_as="", spots=()
    )
    return replace(recipient, name="", email="", phone="", decline_reason="", ceremony=ceremony)
