"""What the issuers of certificates say today, for two who want to know: a person about to sign, and one who judges a
file. Nothing is stored; an issuer who does not answer is told as silence and not as good news.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader

from app.domain import errors
from app.sealing.levels.gathering import Court, Question, certificates_in, known_with
from app.sealing.levels.sources import Answers
from app.sealing.levels.wants import Want
from app.sealing.verifying.evidence import evidence_in
from app.sealing.verifying.trusting import Evidence


@dataclass(frozen=True, slots=True)
class Standing:
    """What must be fetched before more can be said, and the signature fields about whose certificates nothing can."""

    wants: tuple[Want, ...]
    unknown: tuple[str, ...] = ()


async def standing_of_signer(
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    answers: Answers,
    now: datetime,
) -> Standing:
    """Raises `IdentityUnusable` with revoked, expired, not_yet_valid or chain.

    The chain is the signer's own. Where no root is known for it, its top stands for one: that its own issuer revoked a
    certificate is reason enough, whoever is trusted. An issuer who is silent keeps nobody from signing at a table
    without a network.
    """
    top = (certificate, *chain)[-1]
    known = any(root.subject == top.issuer for root in roots)
    court = Court("", roots if known else (*roots, top), known_with(Evidence(), chain, answers), answers)
    with suppress(errors.EvidenceMissing):
        await court.hear(Question(certificate, (now,)))
    return Standing(tuple(dict.fromkeys(court.wants)))


async def standing_in_file(
    reader: PdfFileReader,
    moments: Mapping[str, datetime],
    roots: Sequence[x509.Certificate],
    answers: Answers,
) -> Standing:
    """`moments`: by field, the earliest time at which that signature is proven to exist. What the file brings along
    and is still good for that time needs no asking. That a certificate was revoked is the verdict's to say; where an
    authority publishes nothing, there is nothing to know.
    """
    signatures = list(reader.embedded_signatures)
    evidence = known_with(evidence_in(reader, signatures), certificates_in(signatures), answers)
    wants: list[Want] = []
    unknown: list[str] = []
    for signature in signatures:
        field = str(signature.field_name)
        if field not in moments:
            continue
        court = Court("", roots, evidence, answers)
        try:
            await court.hear(Question(signature.signer_cert, (moments[field],)))
        except errors.EvidenceMissing as missing:
            if missing.reason != "no_source":
                unknown.append(field)
        except errors.IdentityUnusable:
            pass
        wants += court.wants
    return Standing(tuple(dict.fromkeys(wants)), tuple(unknown))
