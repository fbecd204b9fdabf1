"""Whether a certificate is trusted, by whose decision, and at what time that has to be asked.

The question is put for the present first (ETSI EN 319 102-1, 5.3, basic validation). A certificate that has expired or
was revoked by now is asked again for the earliest time at which the signature is *proven* to have existed (5.5, past
validation). Without a proof it stays undecided: whoever holds an old key can claim any time.

One exception, made on purpose. Certificates of the device authority live for days and their key is destroyed in the
act of signing (compare `validity-assured-short-term`, ETSI EN 319 412-1, 5.2, and RFC 9608): no key is left that could
be misused after expiry, and no revocation would ever be published. If the authority is trusted, such a certificate is
judged at the claimed time, and the note says that this is the signer's clock. It holds only for anchors whose source
is `device` and for certificates that say it of themselves (noRevAvail) and live no longer than a month; with an
imported anchor the general rule holds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from asn1crypto import pem, x509
from pyhanko.sign.ades.report import AdESIndeterminate as Problem
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, FreshnessReqType, RevocationCheckingPolicy

from app.sealing.verifying.anchors import DEVICE, TrustAnchor

ANY_AGE: Final = CertRevTrustPolicy(
    RevocationCheckingPolicy.from_legacy("soft-fail"),
    freshness=timedelta(days=36525),
    freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
)
"""An answer about revocation counts whenever it was given."""
SHORT_LIFE: Final = timedelta(days=31)
NO_REVOCATION: Final = "2.5.29.56"
"""id-ce-noRevAvail, RFC 9608."""

_OTHER_PURPOSES: Final = {"server_auth", "code_signing", "time_stamping", "ocsp_signing"}
_REASONS: Final = {
    Problem.NO_CERTIFICATE_CHAIN_FOUND: "unknown_trust",
    Problem.NO_SIGNING_CERTIFICATE_FOUND: "certificate_missing",
    Problem.REVOKED_NO_POE: "revoked",
    Problem.REVOKED_CA_NO_POE: "revoked",
    Problem.OUT_OF_BOUNDS_NO_POE: "expired",
    Problem.OUT_OF_BOUNDS_NOT_REVOKED: "expired",
    Problem.EXPIRED: "expired",
    Problem.NOT_YET_VALID: "not_yet_valid",
    Problem.CHAIN_CONSTRAINTS_FAILURE: "wrong_usage",
    Problem.CRYPTO_CONSTRAINTS_FAILURE: "weak_algorithm",
    Problem.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "weak_algorithm",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a file brings along to help: certificates and answers about revocation, all unproven until checked."""

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[Any, ...] = ()
    ocsps: tuple[Any, ...] = ()

    def with_more(self, other: "Evidence") -> "Evidence":
        """Both, what the file brings along first."""
        return Evidence(
            (*self.certificates, *other.certificates), (*self.crls, *other.crls), (*self.ocsps, *other.ocsps)
        )

    def speaks_of(self, certificate: x509.Certificate | None) -> bool:
        """Whether some answer is about this certificate, or none is ever needed (RFC 9608) and others are there."""
        if certificate is None or not (self.crls or self.ocsps):
            return False
        if certificate.self_signed != "no" or says_no_revocation(certificate):
            return True
        if any(each.issuer == certificate.issuer for each in self.crls):
            return True
        serials = (number for each in self.ocsps for number in _serials(each))
        return certificate.serial_number in serials


@dataclass(frozen=True, slots=True)
class Chain:
    """The answer for one certificate at one time: the source of the anchor it leads to, or why it does not."""

    source: str = ""
    problem: str = ""

    @property
    def is_trusted(self) -> bool:
        return not self.problem


class Trust:
    """The anchors of one verification, and pyHanko's contexts made from them for the times that are asked for."""

    def __init__(self, anchors: Iterable[TrustAnchor], evidence: Evidence, at: datetime) -> None:
        self.at = at
        self._evidence = evidence
        known = tuple(_certificates(anchors))
        self._decisions: dict[bytes, TrustAnchor] = {}
        for certificate, anchor in known:
            self._decisions.setdefault(certificate.sha256, anchor)
        self.roots = [certificate for certificate, _ in known]
        self._contexts: dict[datetime, ValidationContext] = {}

    def context(self, moment: datetime) -> ValidationContext:
        """For asking at `moment`. Answers about revocation given later still count: they name the day it happened.

        So do old ones, of any age. A file is judged without a network; that it brings the last word there was when it
        was sealed must not count for less than bringing none.
        """
        if moment not in self._contexts:
            self._contexts[moment] = ValidationContext(
                trust_roots=self.roots,
                other_certs=list(self._evidence.certificates),
                crls=list(self._evidence.crls),
                ocsps=list(self._evidence.ocsps),
                moment=moment,
                revinfo_policy=ANY_AGE,
                allow_fetching=False,
            )
        return self._contexts[moment]

    def chain(self, status: dict[str, Any]) -> Chain:
        """pyHanko's answer in our words. A signature that does not verify has no chain worth telling."""
        problem, path, certificate = status["trust_problem_indic"], status["validation_path"], status["signing_cert"]
        source = self._source(path)
        if problem is None and path is not None and not self._is_granted(path, status["validation_time"]):
            return Chain(source, "service_withdrawn")
        if problem is None:
            return Chain(source, "" if path is not None else "unknown_trust")
        reason = _REASONS.get(problem, "chain_broken")
        if reason == "wrong_usage" and path is None and certificate.self_signed != "no":
            reason = "unknown_trust"  # pyHanko calls a stranger's own certificate an invalid one
        if reason in ("expired", "chain_broken") and status["validation_time"] < certificate.not_valid_before:
            reason = "not_yet_valid"
        return Chain(source, reason)

    def _source(self, path: Any) -> str:
        decision = self._decision(path)
        return decision.source if decision is not None else ""

    def _is_granted(self, path: Any, moment: datetime) -> bool:
        """Whether the list that names the anchor vouched for it then (ETSI TS 119 615, 4.4)."""
        decision = self._decision(path)
        return decision is None or not decision.granted or any(each.holds(moment) for each in decision.granted)

    def _decision(self, path: Any) -> TrustAnchor | None:
        """The first of several: a person's own comes before that of a list."""
        certificate = getattr(path.trust_anchor.authority, "certificate", None) if path is not None else None
        return self._decisions.get(certificate.sha256) if certificate is not None else None


def lives_shortly(certificate: x509.Certificate, chain: Chain, claimed: datetime | None) -> bool:
    """The exception told above applies: the certificate may be judged at the claimed time."""
    start, end = certificate.not_valid_before, certificate.not_valid_after
    is_short = chain.source == DEVICE and says_no_revocation(certificate) and end - start <= SHORT_LIFE
    return is_short and chain.problem == "expired" and claimed is not None and start <= claimed <= end


def says_no_revocation(certificate: x509.Certificate) -> bool:
    """That no revocation of it will ever be published."""
    return any(each["extn_id"].dotted == NO_REVOCATION for each in certificate["tbs_certificate"]["extensions"])


def is_for_other_purposes(certificate: x509.Certificate) -> bool:
    """Its owner may use it for web sites, code, time stamps or answers, and says nothing of documents (RFC 5280,
    4.2.1.12).
    """
    stated = certificate.extended_key_usage_value
    return stated is not None and {each.native for each in stated} <= _OTHER_PURPOSES


def _serials(response: Any) -> list[int]:
    """Of the certificates an OCSP answer is about; their issuers were compared when the chain was judged."""
    answers = response.response_data["responses"] if response["response_status"].native == "successful" else ()
    return [each["cert_id"]["serial_number"].native for each in answers]


def _certificates(anchors: Iterable[TrustAnchor]) -> Iterator[tuple[x509.Certificate, TrustAnchor]]:
    """Every certificate of every anchor; a PEM text may hold several."""
    for anchor in anchors:
        for _, _, encoded in pem.unarmor(anchor.pem.encode(), multiple=True):
            yield x509.Certificate.load(encoded), anchor
