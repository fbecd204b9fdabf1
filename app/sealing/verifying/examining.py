"""One signature examined: is it what was signed, by whom, when, and is that certificate trusted then."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from asn1crypto import x509
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import cms_basic_validation, validate_tst_signed_data
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus

from app.sealing.verifying import timing
from app.sealing.verifying.anchors import DEVICE
from app.sealing.verifying.covering import Coverage, coverage_of
from app.sealing.verifying.digests import SUPPORTED, Digests
from app.sealing.verifying.message import Message
from app.sealing.verifying.objects import text_entry
from app.sealing.verifying.raw import RawFile, has_mixed_digits
from app.sealing.verifying.trusting import Chain, Trust, is_for_other_purposes, lives_shortly
from app.sealing.verifying.wrapping import carries_strangers, lacks_the_signed_certificate, oddities

SUBFILTERS: Final = {
    "/Sig": ("adbe.pkcs7.detached", "ETSI.CAdES.detached"),
    "/DocTimeStamp": ("ETSI.RFC3161",),
}
_SINCE: Final = {"revoked": "revoked_since", "service_withdrawn": "service_withdrawn_since"}
LATE: Final = timedelta(days=1)
EARLY: Final = timedelta(minutes=5)


@dataclass(slots=True)
class Examined:
    """What was found out so far. `proven` is the earliest time at which the signature is known to have existed."""

    signature: EmbeddedPdfSignature
    coverage: Coverage
    certificate: x509.Certificate | None = None
    chain: Chain = field(default_factory=lambda: Chain(problem="unknown_trust"))
    is_intact: bool = False
    claimed: datetime | None = None
    proven: datetime | None = None
    has_timestamp: bool = False
    reasons: list[str] = field(default_factory=list)

    @property
    def is_timestamp(self) -> bool:
        return str(self.signature.sig_object_type) == "/DocTimeStamp"

    @property
    def is_trusted_timestamp(self) -> bool:
        """It proves when everything it covers existed."""
        return self.is_timestamp and self.is_intact and self.chain.is_trusted and self.coverage.what != "nothing"


class Examiner:
    """Examines the signatures of one file, the newest first, so that a later timestamp can speak for an earlier one."""

    def __init__(self, raw: RawFile, digests: Digests, trust: Trust) -> None:
        self._raw = raw
        self._digests = digests
        self._trust = trust

    async def examine(self, signature: EmbeddedPdfSignature, proven: datetime | None) -> Examined:
        """`proven` is the earliest trusted timestamp over a later revision. Never raises for what a file contains."""
        found = Examined(signature, coverage_of(self._raw, signature), proven=proven)
        found.reasons += found.coverage.reasons
        try:
            await self._fill(found)
        except SignatureValidationError as problem:
            found.reasons.append(_refusal(problem, signature))
        except Exception:  # noqa: BLE001 - any exception means: not verified
            found.reasons.append("signature_unreadable")
        return found

    async def _fill(self, found: Examined) -> None:
        message = Message(found.signature.pkcs7_content, found.signature.signed_data)
        found.reasons += [*_form_of(message, found.signature), *oddities(message, self._trust.roots)]
        if found.coverage.byte_range is None:
            return
        if has_mixed_digits(self._raw.hole(found.coverage.byte_range)):
            found.reasons.append("digits_mixed")
        if message.digest_algorithm in SUPPORTED:
            digest = self._digests.covered(message.digest_algorithm, found.coverage.byte_range)
            found.signature.external_digests[message.digest_algorithm] = digest
        found.claimed = _utc(found.signature.self_reported_timestamp)
        status = await self._ask(found, self._trust.at)
        found.is_intact = bool(status["intact"] and status["valid"])
        found.reasons += _integrity(status)
        found.certificate = status["signing_cert"]
        if found.is_intact:
            await self._date(found, status)
            await self._trace(found, status)
            is_ours = found.chain.is_trusted and found.chain.source == DEVICE
            if is_ours and carries_strangers(message, found.certificate, self._trust.roots):
                found.reasons.append("certificate_damaged")

    async def _ask(self, found: Examined, moment: datetime) -> dict[str, Any]:
        """pyHanko's view of integrity and chain at one moment."""
        signature, context = found.signature, self._trust.context(moment)
        if found.is_timestamp:
            stamp: dict[str, Any] = await validate_tst_signed_data(
                signature.signed_data, context, signature.compute_digest
            )
            return stamp
        return await cms_basic_validation(
            signature.signed_data,
            raw_digest=signature.compute_digest(),
            validation_context=context,
            status_kwargs={},
            key_usage_settings=PdfSignatureStatus.default_usage_constraints(),
        )

    async def _date(self, found: Examined, status: dict[str, Any]) -> None:
        """The earliest proof of existence, and whether the times agree with one another."""
        certificate = status["signing_cert"]
        if found.is_timestamp:
            found.claimed = _utc(status["timestamp"])
            if found.claimed is None or found.claimed < certificate.not_valid_before:
                found.reasons.append("timestamp_before_certificate")
            return
        stamp = await timing.signature_timestamp(found.signature.signer_info, self._trust, found.proven)
        if stamp is not None:
            found.has_timestamp = stamp.is_intact
            found.reasons += stamp.reasons
            if stamp.proves is not None:
                found.proven = min(filter(None, (stamp.proves, found.proven)))
        found.reasons += _times(found, certificate)

    async def _trace(self, found: Examined, status: dict[str, Any]) -> None:
        """The chain now; failing that at the proven time; failing that by the exception for short lives."""
        found.chain = self._trust.chain(status)
        later = found.chain.problem
        if later in ("expired", "revoked", "chain_broken", "service_withdrawn") and found.proven is not None:
            past = self._trust.chain(await self._ask(found, found.proven))
            if past.is_trusted:
                found.chain = past
                found.reasons.append(_SINCE.get(later, "expired_since"))
        elif found.claimed is not None and lives_shortly(status["signing_cert"], found.chain, found.claimed):
            past = self._trust.chain(await self._ask(found, found.claimed))
            if past.is_trusted:
                found.chain = past
                found.reasons.append("short_lived_certificate")
        if found.chain.problem:
            found.reasons.append(found.chain.problem)
        elif not found.is_timestamp and is_for_other_purposes(status["signing_cert"]):
            found.reasons.append("wrong_usage")


def _refusal(problem: SignatureValidationError, signature: EmbeddedPdfSignature) -> str:
    """Why pyHanko would not even look."""
    if problem.ades_subindication is not AdESIndeterminate.NO_SIGNING_CERTIFICATE_FOUND:
        return "signature_unreadable"
    replaced = lacks_the_signed_certificate(signature.pkcs7_content)
    return "certificate_replaced" if replaced else "certificate_missing"


def _form_of(message: Message, signature: EmbeddedPdfSignature) -> list[str]:
    kind = str(signature.sig_object_type)
    checks = {
        "unsupported_signature": text_entry(signature.sig_object, "/SubFilter") in SUBFILTERS.get(kind, ()),
        "padding_not_empty": message.is_padded_with_zeros,
        "contents_not_der": message.is_strict,
    }
    return [reason for reason, holds in checks.items() if not holds]


def _integrity(status: dict[str, Any]) -> list[str]:
    if not status["intact"]:
        return ["digest_mismatch"]
    return [] if status["valid"] else ["signature_mismatch"]


def _times(found: Examined, certificate: x509.Certificate) -> list[str]:
    """Claims that contradict the certificate or a proof; a claim without any proof is only noted."""
    claimed, proven, reasons = found.claimed, found.proven, []
    start, end = certificate.not_valid_before, certificate.not_valid_after
    if proven is None:
        reasons.append("signers_clock")
        if claimed is not None and not start <= claimed <= end:
            reasons.append("claimed_outside_certificate")
        return reasons
    if proven < start:
        reasons.append("timestamp_before_certificate")
    if claimed is not None and proven < claimed - EARLY:
        reasons.append("timestamp_before_claimed")
    if claimed is not None and proven > claimed + LATE:
        reasons.append("timestamp_late")
    return reasons


def _utc(moment: datetime | None) -> datetime | None:
    """A time without zone is no time (ISO 32000-2, 7.9.4: the relation to UTC is then unknown)."""
    return moment if moment is not None and moment.tzinfo is not None else None
