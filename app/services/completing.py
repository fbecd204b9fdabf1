"""The end of an envelope: the certificate of completion is made and sealed by the device, in the same step as
the last act.
"""

from app.domain import signing
from app.domain.audit import link
from app.domain.fields.base import FormType
from app.domain.ids import Sha256
from app.domain.steps import Step
from app.pdf import CertificateFacts, LaidField
from app.sealing import SealRequest
from app.services import certifying, device
from app.services.house import House

SEAL_FIELD = "Paraph_device_seal"


def completed(house: House, step: Step) -> Step:
    """`step` ends with the last recipient's act; the trail it will make is already in the certificate.

    The chain is linked here as recording links it later: the version of the envelope guards that nothing comes
    between.
    """
    envelope = step.envelope
    so_far = house.library.trail(envelope.id)
    events = (*so_far, *link(envelope.id, house.library.head(envelope.id), step.entries))
    certificate = _sealed(house, certifying.facts_of(house, envelope, events))
    return step.then(signing.complete(envelope, certificate, house.moment()))


def _sealed(house: House, facts: CertificateFacts) -> Sha256:
    """DocMDP 1: a certificate is not to be changed at all."""
    blobs = house.library.blobs
    page, form, out = (blobs.new_file(".pdf") for _ in range(3))
    try:
        house.maker.certificate(facts, page)
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
            reason="Certificate of completion",
            location=house.settings.place,
        )
        house.sealer.seal(request)
        return blobs.adopt(out)
    finally:
        for left in (page, form, out):
            left.unlink(missing_ok=True)
