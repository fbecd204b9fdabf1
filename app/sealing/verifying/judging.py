"""From what was found to what is said: pure decisions, no parsing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from app.domain import lookalike
from app.domain.ids import Sha256
from app.domain.verdict import Report, SignatureReport, Suspicion, Verdict
from app.sealing.verifying.changes import Review, name_in, signer_of
from app.sealing.verifying.examining import Examined
from app.sealing.verifying.objects import items, number_of, raw_entry, text_entry
from app.sealing.verifying.pages import Pages
from app.sealing.verifying.reasons import ALTERED, NOT_ANALYSED, NOTES, verdict_of

_PADES: Final = "ETSI.CAdES.detached"
_SIGNING_CERTIFICATE: Final = ("signing_certificate", "signing_certificate_v2")


def reported(found: Examined, review: Review, revision: int, pages: Pages, level: str) -> SignatureReport:
    """One signature, its verdict from its own reasons."""
    signature, certificate = found.signature, found.certificate
    place = pages.place_of(signature.sig_field, number_of(signature.sig_field.container_ref))
    named = lookalike.doubt(name_in(certificate.subject)) if certificate else ""
    reasons = tuple(dict.fromkeys((*found.reasons, *review.reasons, *filter(None, (named,)))))
    covered = found.coverage.byte_range
    return SignatureReport(
        field=str(signature.field_name),
        signer=signer_of(found),
        verdict=verdict_of(reasons),
        reasons=reasons,
        level=level,
        claimed_time=found.claimed,
        proven_time=found.proven,
        covers=found.coverage.what,
        intact=found.is_intact and found.coverage.what != "nothing",
        changes_after=review.changes,
        trusted_by=found.chain.source if found.chain.is_trusted else "",
        issuer=str(certificate.issuer.human_friendly) if certificate else "",
        serial=f"{certificate.serial_number:x}" if certificate else "",
        certificate_sha256=certificate.sha256.hex() if certificate else "",
        revision=revision,
        revision_end=covered.end if covered else 0,
        modification_level=review.level,
        docmdp_ok=review.is_allowed,
        certification=_certification(signature),
        name=text_entry(signature.sig_object, "/Name"),
        reason=text_entry(signature.sig_object, "/Reason"),
        location=text_entry(signature.sig_object, "/Location"),
        page=place[0],
        rect=place[1],
        is_timestamp=found.is_timestamp,
    )


def level_of(found: Examined, is_stamped: bool, has_evidence: bool, is_archived: bool) -> str:
    """The PAdES baseline level reached (ETSI EN 319 142-1, 6), by what is there and holds: `is_stamped` by a later
    document time stamp, `has_evidence` about its own certificate, `is_archived` by a time stamp over that evidence.
    """
    if found.is_timestamp:
        return "RFC 3161"
    attributes = {each["type"].native for each in found.signature.signer_info["signed_attrs"] or ()}
    is_pades = text_entry(found.signature.sig_object, "/SubFilter") == _PADES
    if not is_pades or not attributes.intersection(_SIGNING_CERTIFICATE):
        return "CMS"
    if not found.has_timestamp and not is_stamped:
        return "B-B"
    if not has_evidence:
        return "B-T"
    return "B-LTA" if is_archived else "B-LT"


def concluded(
    path: str,
    sha256: str,
    signatures: Sequence[SignatureReport],
    suspicions: Sequence[Suspicion],
    obstacles: Sequence[str],
    revisions: int,
) -> Report:
    """The whole file: as good as its worst signature, and never `valid` with an obstacle in the way."""
    judged = tuple(_capped(each, tuple(obstacles)) for each in signatures)
    of_file = (verdict_of(tuple(obstacles)),) if obstacles else ()
    verdict = Verdict.worst((*(each.verdict for each in judged), *of_file))
    report = Report(
        path, Sha256(sha256), verdict, "", judged, tuple(dict.fromkeys(suspicions)), tuple(obstacles), revisions
    )
    return replace(report, sentence_key=sentence_key(report))


def sentence_key(report: Report) -> str:
    """Which of the sentences says it; the word for meddling only where a digest or the coverage failed."""
    reasons = {reason for each in report.signatures for reason in each.reasons} | set(report.reasons)
    if report.verdict is Verdict.INVALID:
        if reasons & ALTERED:
            return "altered"
        return "changed" if reasons & {"changed_after_signing", "forbidden_change"} else "broken"
    if report.verdict is Verdict.VALID:
        return "valid_with_changes" if report.uncovered else "valid"
    if report.reasons:
        return _of_file(set(report.reasons))
    doubts = reasons - NOTES
    if "annotations_after_signing" in doubts:
        return "annotated"
    return "unknown_trust" if "unknown_trust" in doubts else "undecided"


def _of_file(reasons: set[str]) -> str:
    if "unsigned" in reasons:
        return "unsigned"
    return "not_analysed" if reasons & NOT_ANALYSED else "irregular"


def _capped(signature: SignatureReport, obstacles: tuple[str, ...]) -> SignatureReport:
    if not obstacles or signature.verdict is not Verdict.VALID:
        return signature
    return replace(signature, verdict=verdict_of(obstacles), reasons=(*signature.reasons, *obstacles))


def _certification(signature: Any) -> int | None:
    """DocMDP of this signature's own reference, not of a lock (ISO 32000-2, 12.8.2.2)."""
    for reference in items(raw_entry(signature.sig_object, "/Reference")):
        if text_entry(reference.get_object(), "/TransformMethod") == "DocMDP":
            permission = signature.docmdp_level
            return int(permission.value) if permission is not None else None
    return None
