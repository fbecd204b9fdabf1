"""What says that the certificates behind a file's signatures were good: found in the file, or named to be fetched.

A signature is judged at the earliest time at which it is proven to exist: the newest time stamp now, and each one
before it at the time the next one tells. So a file is renewed with what is known today about its newest time stamp,
while all that lies below rests on what was stored then.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, extract_tst_data_iter
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    CRLNoMatchesError,
    CRLValidationError,
    ExpiredError,
    NotYetValidError,
    OCSPNoMatchesError,
    OCSPValidationError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.revinfo.validate_crl import verify_crl
from pyhanko_certvalidator.revinfo.validate_ocsp import verify_ocsp_response
from pyhanko_certvalidator.validate import async_validate_path

from app.domain import errors
from app.sealing.levels.sources import Answers, issuer_sources, status_sources
from app.sealing.levels.wants import Want
from app.sealing.verifying.evidence import evidence_in
from app.sealing.verifying.trusting import ANY_AGE, Evidence, says_no_revocation

_FRESH = CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("soft-fail"), retroactive_revinfo=True)
"""Answers given later than the moment count: they name the day of a revocation."""
_UNDECIDED = (CRLNoMatchesError, CRLValidationError, OCSPNoMatchesError, OCSPValidationError, ValueError)


@dataclass(frozen=True, slots=True)
class Question:
    """A certificate that must have been good at one of these moments, the first that it was."""

    certificate: x509.Certificate
    moments: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What must be fetched before it can be said; when nothing, the certificates of all chains."""

    wants: tuple[Want, ...]
    certificates: tuple[x509.Certificate, ...]


class _Expired(Exception):
    """Not at that moment, perhaps at an earlier one."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def inquire(
    reader: PdfFileReader, path: str, roots: Sequence[x509.Certificate], answers: Answers, now: datetime
) -> Inquiry:
    """Raises `EvidenceMissing`, and `IdentityUnusable` with revoked or expired."""
    signatures = list(reader.embedded_signatures)
    stored = evidence_in(reader, signatures)
    court = Court(path, roots, known_with(stored, certificates_in(signatures), answers), answers)
    for question in _questions(signatures, now):
        await court.hear(question)
    return Inquiry(tuple(dict.fromkeys(court.wants)), tuple(court.good.values()))


class Court:
    """Hears one certificate after the other; what it still wants to know piles up in `wants`."""

    def __init__(self, path: str, roots: Sequence[x509.Certificate], evidence: Evidence, answers: Answers) -> None:
        self.wants: list[Want] = []
        self.good: dict[bytes, x509.Certificate] = {}
        self._path = path
        self._roots = list(roots)
        self._evidence = evidence
        self._answers = answers

    async def hear(self, question: Question) -> None:
        problem = ""
        for moment in question.moments:
            try:
                return await self._hear_at(question.certificate, moment)
            except _Expired as expired:
                problem = expired.reason
        raise errors.IdentityUnusable(name=question.certificate.subject.human_friendly, reason=problem)

    def _context(self, moment: datetime, policy: CertRevTrustPolicy) -> ValidationContext:
        return ValidationContext(
            trust_roots=self._roots,
            other_certs=list(self._evidence.certificates),
            crls=list(self._evidence.crls),
            ocsps=list(self._evidence.ocsps),
            moment=moment,
            revinfo_policy=policy,
            allow_fetching=False,
        )

    async def _hear_at(self, certificate: x509.Certificate, moment: datetime) -> None:
        """A chain stands or falls whatever the age of what is known; but its status must be known for this moment."""
        context = self._context(moment, _FRESH)
        try:
            path = await _first_path(certificate, self._context(moment, ANY_AGE))
        except PathBuildingError:
            self._want_issuer(certificate)
            return
        except RevokedError:
            raise _Expired("revoked") from None
        except PathValidationError as problem:
            raise _Expired(_word_for(problem)) from None
        missing: list[errors.EvidenceMissing] = []
        for each in path.iter_certs(include_root=False):
            try:
                await self._hear_status(each, path, context)
            except errors.EvidenceMissing as problem:  # that of another may still be told, and be bad
                missing.append(problem)
        if missing:
            raise missing[0]
        for each in path.iter_certs(include_root=True):
            self.good[each.sha256] = each

    async def _hear_status(
        self, certificate: x509.Certificate, path: ValidationPath, context: ValidationContext
    ) -> None:
        if says_no_revocation(certificate) or await _is_known_good(certificate, path, context):
            return
        sources = status_sources(certificate, path.find_issuing_authority(certificate))
        self._want_next(certificate, sources)

    def _want_issuer(self, certificate: x509.Certificate) -> None:
        """Of the highest certificate of the chain as far as it is known."""
        known = {each.subject.hashable: each for each in self._evidence.certificates}
        top, seen = certificate, {certificate.sha256}
        while (above := known.get(top.issuer.hashable)) is not None and above.sha256 not in seen:
            top = above
            seen.add(above.sha256)
        sources = issuer_sources(top)
        if not [want for want in sources if want not in self._answers]:
            raise self._missing(certificate, "unknown_trust")
        self._want_next(top, sources)

    def _want_next(self, certificate: x509.Certificate, sources: Sequence[Want]) -> None:
        """One at a time: where a first answer is enough, nobody else learns what was signed."""
        untried = [want for want in sources if want not in self._answers]
        if untried:
            self.wants.append(untried[0])
            return
        if not sources:
            raise self._missing(certificate, "no_source")
        came = any(self._answers[want] is not None for want in sources)
        raise self._missing(certificate, "unusable" if came else "unreachable")

    def _missing(self, certificate: x509.Certificate, reason: str) -> errors.EvidenceMissing:
        subject = certificate.subject.human_friendly
        return errors.EvidenceMissing(path=self._path, subject=subject, reason=reason)


def _word_for(problem: PathValidationError) -> str:
    """As in `IdentityUnusable`."""
    if isinstance(problem, NotYetValidError):
        return "not_yet_valid"
    return "expired" if isinstance(problem, ExpiredError) else "chain"


async def _first_path(certificate: x509.Certificate, context: ValidationContext) -> ValidationPath:
    """The first that holds; raises what stood against the last one."""
    problem: Exception | None = None
    for path in await context.path_builder.async_build_paths(certificate):
        try:
            await async_validate_path(context, path)
        except (PathValidationError, ValueError) as found:
            problem = found if isinstance(found, PathValidationError) else PathBuildingError(str(found))
        else:
            return cast("ValidationPath", path)
    raise problem or PathBuildingError("no path")


async def _is_known_good(certificate: x509.Certificate, path: ValidationPath, context: ValidationContext) -> bool:
    for ask in (verify_ocsp_response, verify_crl):
        try:
            await ask(certificate, path, context)
        except RevokedError:
            raise _Expired("revoked") from None
        except _UNDECIDED:
            continue
        return True
    return False


def _questions(signatures: Sequence[Any], now: datetime) -> Iterator[Question]:
    """The newest first."""
    proven = now
    for signature in reversed(signatures):
        if signature.sig_object_type == "/DocTimeStamp":
            yield Question(signature.signer_cert, (proven,))
            proven = min(proven, _time_of(signature.signed_data))
            continue
        tokens = list(extract_tst_data_iter(signature.signer_info, signed=False))
        for token in tokens:
            yield Question(extract_certs_for_validation(token).signer_cert, (proven,))
        yield Question(signature.signer_cert, (proven, *sorted(map(_time_of, tokens))))


def _time_of(token: cms.SignedData) -> datetime:
    told: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
    return told


def certificates_in(signatures: Sequence[Any]) -> Iterator[x509.Certificate]:
    for signature in signatures:
        for message in (signature.signed_data, *extract_tst_data_iter(signature.signer_info, signed=False)):
            found = extract_certs_for_validation(message)
            yield found.signer_cert
            yield from found.other_certs


def known_with(stored: Evidence, present: Iterable[x509.Certificate], answers: Answers) -> Evidence:
    return stored.with_more(Evidence(tuple(present))).with_more(answers.evidence)
