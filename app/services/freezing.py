"""Freezing a document: its form is laid, and then tried. A seal that would not hold is found out at sending,
not at signing.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from app.domain import errors
from app.domain.envelope import Document, Envelope
from app.domain.fields.base import FormType
from app.domain.freezing import form_of
from app.domain.identity import KeyMaterial
from app.domain.ids import Sha256
from app.identities import self_signed
from app.sealing import SealRequest
from app.services.house import House
from app.services.laying import empty_fields, laid_fields, pictures_in

TEST = "TEST – not binding"
"""Across every page of what is made in test mode; it is frozen with the page, so every signature covers it."""


@dataclass(frozen=True)
class Frozen:
    """`document` may have been normalised on the way; `prepared` is what recipients will sign."""

    document: Document
    prepared: Sha256


def freeze(house: House, envelope: Envelope, document: Document) -> Frozen:
    """As it is where its seal holds; an unsigned file whose structure stands in the way is rewritten once and
    tried again.

    A document that came in signed is never rewritten: only signature fields are appended to it. Raises the error that
    signing would have met.
    """
    try:
        return Frozen(document, _laid_and_tried(house, envelope, document))
    except (errors.SealNotMade, errors.SealNotTrusted):
        if document.prior_signatures or document.normalised or document.edited:
            raise
    rewritten = replace(document, normalised=_normalised(house, document))
    return Frozen(rewritten, _laid_and_tried(house, envelope.with_documents([rewritten]), rewritten))


def _laid_and_tried(house: House, envelope: Envelope, document: Document) -> Sha256:
    source = house.library.blobs.path(document.base, verify=True)
    out, marked = house.library.blobs.new_file(".pdf"), house.library.blobs.new_file(".pdf")
    try:
        if envelope.test_mode and not document.prior_signatures:
            house.maker.watermark(source, marked, TEST)
            source = marked
        if document.prior_signatures:
            house.sealer.add_signature_fields(source, out, empty_fields(envelope, document))
        else:
            laid = laid_fields(house, envelope, document)
            house.maker.lay(source, out, laid, pictures_in(house, laid))
        _try(house, envelope, document, out)
        return house.library.blobs.adopt(out)
    except (errors.DocumentError, errors.SealNotMade, errors.SealNotTrusted) as problem:
        problem.path = document.title
        raise
    finally:
        for left in (out, marked):
            left.unlink(missing_ok=True)


def _try(house: House, envelope: Envelope, document: Document, prepared: Path) -> None:
    """Seals a throw-away copy with a throw-away key and lets the verifier read it, as strictly as a stranger would."""
    field = next((f for f in form_of(envelope, document) if f.form is FormType.SIGNATURE), None)
    if field is None:
        return
    out = house.library.blobs.new_file(".pdf")
    try:
        now, key = house.clock.now(), _throw_away(house)
        certify = not document.prior_signatures
        house.sealer.seal(SealRequest(prepared, out, field.pdf_name, key, now, certify=certify, name="Trial"))
        report = house.verifier.verify(out, (), now, renderer_repairs=house.looker.inspect(out).repaired)
        if not report.signatures or not report.signatures[-1].intact:
            raise errors.SealNotTrusted(path=document.title, reason=", ".join(report.reasons) or "not readable")
    finally:
        out.unlink(missing_ok=True)


def _throw_away(house: House) -> KeyMaterial:
    return self_signed("Trial", "", house.clock.now())


def _normalised(house: House, document: Document) -> Sha256:
    out = house.library.blobs.new_file(".pdf")
    try:
        house.maker.normalise(house.library.blobs.path(document.original), out)
        return house.library.blobs.adopt(out)
    finally:
        out.unlink(missing_ok=True)
