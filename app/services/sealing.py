"""One recipient's revisions: values and appearances into their fields, closed by their signature, in every
document.
"""

from collections.abc import Callable
from typing import Any

from app.domain import errors
from app.domain.audit import Moment
from app.domain.conditions.states import standing
from app.domain.envelope import Document, Envelope
from app.domain.fields.base import Field
from app.domain.fields.registry import draw, kind_of
from app.domain.freezing import FormField, form_of_recipient
from app.domain.identity import KeyMaterial
from app.domain.ids import DocumentId
from app.domain.recipient import Recipient
from app.identities import issue_signer
from app.sealing import Fill, SealedRevision, SealRequest
from app.services import device, seals
from app.services import identities as people
from app.services.house import House
from app.services.laying import blobs_of


def seal_all(
    house: House,
    envelope: Envelope,
    role: str,
    moment: Moment,
    identity: str | None = None,
    passphrase: str | None = None,
    report: Callable[[int, int], None] | None = None,
) -> dict[DocumentId, dict[str, Any]]:
    """The facts of each document's new revision. The one-time key lives in this call only."""
    recipient = envelope.recipient(role)
    key = people.key(house, identity, passphrase) if identity else _one_time(house, envelope, recipient, moment)
    requests = [_request(house, envelope, document, recipient, key, moment) for document in envelope.documents]
    sealed: dict[DocumentId, dict[str, Any]] = {}
    try:
        outcomes = house.sealer.seal_many(requests)
        for document, request, outcome in zip(envelope.documents, requests, outcomes, strict=True):
            sealed[document.id] = _adopted(house, document, request, outcome)
            if report is not None:
                report(len(sealed), len(requests))
    finally:
        for request in requests:
            request.out.unlink(missing_ok=True)
    return sealed


def _one_time(house: House, envelope: Envelope, recipient: Recipient, moment: Moment) -> KeyMaterial:
    return issue_signer(
        device.authority(house),
        name=recipient.name,
        email=recipient.email,
        identified_by=recipient.ceremony.identified_by if recipient.ceremony else "",
        envelope=envelope.id,
        role=recipient.role,
        now=moment.wall,
    )


def _request(
    house: House, envelope: Envelope, document: Document, recipient: Recipient, key: KeyMaterial, moment: Moment
) -> SealRequest:
    form = form_of_recipient(envelope, document, recipient.role)
    fills = tuple(fill for laid in form.fills if (fill := _fill(house, envelope, laid)) is not None)
    appearance = _appearance(house, envelope, form.signature.field, moment)
    drawings = [fill.drawing for fill in fills] + ([appearance] if appearance else [])
    return SealRequest(
        source=house.library.blobs.path(document.latest, verify=True),
        out=house.library.blobs.new_file(".pdf"),
        signature_field=form.signature.pdf_name,
        lock=form.lock,
        fills=fills,
        appearance=appearance,
        pictures=blobs_of(house, drawings),
        key=key,
        certify=document.current is None and not document.prior_signatures,
        name=recipient.name,
        reason=seals.reason_of(envelope, recipient.role),
        location=house.settings.place,
        contact=recipient.email,
        at=moment.wall,
    )


def _adopted(
    house: House, document: Document, request: SealRequest, outcome: SealedRevision | errors.ParaphError
) -> dict[str, Any]:
    """The facts of the revision, which is a blob now. Raises the outcome where it is an error."""
    if isinstance(outcome, errors.ParaphError):
        if isinstance(outcome, errors.SealingError) and hasattr(outcome, "path"):
            outcome.path = document.title
        raise outcome
    return {
        "sha256": house.library.blobs.adopt(request.out),
        "signature_field": outcome.signature_field,
        "level": outcome.level,
        "certificate_sha256": outcome.certificate_sha256,
    }


def _appearance(house: House, envelope: Envelope, field: Field | None, moment: Moment) -> Any:
    value = standing(envelope, field) if field is not None else None
    if field is None or value is None:
        return None
    return seals.drawing(house, envelope, field, value, moment.wall)


def _fill(house: House, envelope: Envelope, laid: FormField) -> Fill | None:
    """None for an optional field left empty, and for a hidden one: it stays as it was laid."""
    value = standing(envelope, laid.field) if laid.field is not None else None
    if laid.field is None or value is None or value == "":
        return None
    field, kind = envelope.styled(laid.field), kind_of(laid.field)
    return Fill(laid.pdf_name, laid.form, kind.form_value(field, value), draw(field, value, house.metrics))
