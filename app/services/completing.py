"""The end of an envelope: the certificate of completion is made and sealed by the device, in the same step as
the last act. An envelope that is sealed once gets its one seal here, too.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain import signing
from app.domain.audit import Event
from app.domain.conditions.states import standing
from app.domain.envelope import Document, Envelope, SealingMode
from app.domain.fields.base import FormType
from app.domain.fields.registry import kind_of
from app.domain.ids import Sha256
from app.domain.steps import Step
from app.pdf import LaidField, Placed
from app.sealing import SealedRevision, SealRequest
from app.services import auditing, certifying, countersigning, device, seals
from app.services.house import House
from app.services.laying import blobs_of

SEAL_FIELD = "Paraph_device_seal"


def completed(house: House, step: Step) -> Step:
    """`step` ends with the last recipient's act; the trail it will make is already in the certificate.

    What was completed at a service has its documents from there. The chain is linked here as recording links it later:
    the version of the envelope guards that nothing comes between.
    """
    if step.envelope.sealing is SealingMode.AT_COMPLETION and step.envelope.remote is None:
        step = step.then(_documents_closed(house, step))
    certificate, _ = _sealed(house, _certificate(house, step), "Certificate of completion")
    return countersigning.countersigned(house, step.then(signing.complete(step.envelope, certificate, house.moment())))


def _documents_closed(house: House, step: Step) -> Step:
    """Each document with what was entered, the certificate and the trail, under one seal that allows no change."""
    pages, trail = _certificate(house, step), _trail_file(house, _events(house, step))
    try:
        sealed: dict[Any, dict[str, Any]] = {}
        for document in step.envelope.documents:
            whole = _closed(house, step.envelope, document, pages, trail)
            sha256, revision = _sealed(house, whole, "Completed by everybody")
            sealed[document.id] = {
                "sha256": sha256,
                "signature_field": revision.signature_field,
                "level": revision.level,
                "certificate_sha256": revision.certificate_sha256,
            }
        return signing.close_documents(step.envelope, sealed, house.moment())
    finally:
        pages.unlink(missing_ok=True)
        trail.unlink(missing_ok=True)


def _closed(house: House, envelope: Envelope, document: Document, certificate: Path, trail: Path) -> Path:
    """An unsealed file: values drawn into the page, certificate behind, trail attached."""
    stamped, whole = house.library.blobs.new_file(".pdf"), house.library.blobs.new_file(".pdf")
    fields = [f for f in envelope.fields if f.document == document.id and kind_of(f).form is not FormType.NONE]
    placed = [Placed(f.page, f.rect, seals.drawing(house, envelope, f, standing(envelope, f))) for f in fields]
    pictures = blobs_of(house, (one.drawing for one in placed))
    try:
        source = house.library.blobs.path(document.latest, verify=True)
        house.maker.stamp_drawings(source, stamped, placed, pictures)
        house.maker.close_document(stamped, certificate, whole, {"audit.json": trail})
        return whole
    finally:
        stamped.unlink(missing_ok=True)


def _certificate(house: House, step: Step) -> Path:
    out = house.library.blobs.new_file(".pdf")
    house.maker.certificate(certifying.facts_of(house, step.envelope, _events(house, step)), out)
    return out


def _events(house: House, step: Step) -> tuple[Event, ...]:
    return (*house.library.trail(step.envelope.id), *countersigning.events_of(house, step))


def _trail_file(house: House, events: Sequence[Event]) -> Path:
    out = house.library.blobs.new_file(".json")
    out.write_text(json.dumps({"events": auditing.records(tuple(events))}, indent=1, ensure_ascii=False), "utf-8")
    return out


def _sealed(house: House, page: Path, reason: str) -> tuple[Sha256, SealedRevision]:
    """Consumes `page`. DocMDP 1: what the device seals is not to be changed at all."""
    blobs = house.library.blobs
    form, out = blobs.new_file(".pdf"), blobs.new_file(".pdf")
    try:
        house.maker.lay(page, form, [LaidField(SEAL_FIELD, FormType.SIGNATURE)])
        request = SealRequest(
            source=form,
            out=out,
            signature_field=SEAL_FIELD,
            key=device.seal(house),
            at=house.clock.now(),
            certify=True,
            docmdp=1,
            name="Paraph device seal",
            reason=reason,
            location=house.settings.place,
        )
        revision = house.sealer.seal(request)
        return blobs.adopt(out), revision
    finally:
        for left in (page, form, out):
            left.unlink(missing_ok=True)
