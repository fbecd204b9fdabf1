"""Sending out: each document is frozen with its form fields laid, then recipients may act."""

from collections.abc import Callable

from app.domain import errors, sending
from app.domain.changes import Changes
from app.domain.envelope import Document, Envelope
from app.domain.ids import DocumentId, EnvelopeId, Sha256
from app.services.drafting import record
from app.services.house import House
from app.services.laying import empty_fields, laid_fields, pictures_in

Report = Callable[[int, int], None]


def send(house: House, envelope_id: str, report: Report | None = None) -> Changes:
    """Raises `PreflightFailed` with the findings that stand in the way."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    sending.ready(envelope, house.moment())
    prepared: dict[DocumentId, Sha256] = {}
    for number, document in enumerate(envelope.documents):
        prepared[document.id] = _frozen(house, envelope, document)
        if report is not None:
            report(number + 1, len(envelope.documents))
    return record(house, sending.send(envelope, prepared, house.moment()))


def back_to_draft(house: House, envelope_id: str) -> Changes:
    return record(house, sending.back_to_draft(house.library.envelope(EnvelopeId(envelope_id)), house.moment()))


def _frozen(house: House, envelope: Envelope, document: Document) -> Sha256:
    """Lays the form; a document that came in signed is never rewritten, signature fields are appended to it."""
    source = house.library.blobs.path(document.base, verify=True)
    out = house.library.blobs.new_file(".pdf")
    try:
        if document.prior_signatures:
            house.sealer.add_signature_fields(source, out, empty_fields(envelope, document))
        else:
            laid = laid_fields(house, envelope, document)
            house.maker.lay(source, out, laid, pictures_in(house, laid))
        return house.library.blobs.adopt(out)
    except errors.DocumentError as problem:
        problem.path = document.title
        raise
    finally:
        out.unlink(missing_ok=True)
