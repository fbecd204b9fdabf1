"""Sending out: the documents are frozen, recipients may act. And back to draft while nobody has acted."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain import errors, preflight
from app.domain.audit import Moment
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import DocumentId, Sha256
from app.domain.recipient import RecipientStatus
from app.domain.routing import advanced, current
from app.domain.steps import SENDER, Step, step


def ready(envelope: Envelope, moment: Moment) -> None:
    """Raises unless the envelope may be sent now."""
    envelope.require("send", EnvelopeStatus.DRAFT)
    findings = preflight.check(envelope, moment.wall)
    if preflight.blocks(findings):
        listed = [{"code": f.code, "severity": str(f.severity), "subject": f.subject} for f in findings]
        raise errors.PreflightFailed(findings=listed)


def send(envelope: Envelope, prepared: Mapping[DocumentId, Sha256], moment: Moment) -> Step:
    """`prepared`: the fingerprint of each frozen document."""
    ready(envelope, moment)
    documents = tuple(replace(d, prepared=prepared[d.id]) for d in envelope.documents)
    out = advanced(
        replace(
            envelope,
            status=EnvelopeStatus.OUT,
            documents=documents,
            sent_at=moment.wall,
            updated_at=moment.wall,
        )
    )
    frozen = [
        {
            "title": d.title,
            "pages": len(d.pages),
            "original": d.original,
            "made_of": list(d.made_of),
            "normalised": d.normalised,
            "edited": d.edited,
            "prepared": d.prepared,
        }
        for d in documents
    ]
    template = {key: envelope.metadata[key] for key in ("template", "template_sha256") if key in envelope.metadata}
    about = {"title": envelope.title, "fields": len(envelope.fields), **template}
    done = step(out, "frozen", SENDER, moment, documents=frozen, **about)
    people = [
        {"role": r.role, "name": r.name, "contact": r.email, "action": str(r.action), "order": r.order}
        for r in out.recipients
    ]
    out = done.envelope
    return done.then(step(out, "out", SENDER, moment, turn=[r.role for r in current(out)], recipients=people))


def back_to_draft(envelope: Envelope, moment: Moment) -> Step:
    """Only while nobody has acted."""
    envelope.require("move back to draft", EnvelopeStatus.OUT)
    if envelope.remote is not None:
        raise errors.AlreadyHandedOver(account=envelope.remote.account)
    for recipient in envelope.recipients:
        if recipient.status is RecipientStatus.COMPLETED:
            raise errors.AlreadyActed(role=recipient.role, status=recipient.status)
    draft = replace(
        envelope,
        status=EnvelopeStatus.DRAFT,
        sent_at=None,
        updated_at=moment.wall,
        values={},
        documents=tuple(replace(d, prepared=None, current=None) for d in envelope.documents),
        recipients=tuple(
            replace(r, status=RecipientStatus.WAITING, ceremony=None, viewed_at=None) for r in envelope.recipients
        ),
    )
    return step(draft, "back_to_draft", SENDER, moment)
