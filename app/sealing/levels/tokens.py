"""Time-stamp tokens (RFC 3161): what is asked for, and whether the answer is to be believed.

Everything is checked here and nothing is left to the authority's good will: a token that does not hold is worth less
than none, because it looks like a proof.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from asn1crypto import cms, tsp, x509
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

from app.domain import errors
from app.sealing import der

DIGEST: Final = "sha256"
TOLERANCE: Final = timedelta(minutes=5)
"""How far the authority's clock and ours may be apart; with a greater difference one of them is wrong."""
_NONCE_BITS: Final = 64
_GRANTED: Final = (der.integer(0), der.integer(1))
"""PKIStatus granted and grantedWithMods."""


@dataclass(frozen=True, slots=True)
class Judge:
    """By whom tokens are judged. `roots` are trusted without proof; `authority` is named in errors."""

    roots: tuple[x509.Certificate, ...]
    now: datetime
    authority: str

    def context(self) -> ValidationContext:
        return ValidationContext(
            trust_roots=list(self.roots), moment=self.now, revocation_mode="soft-fail", allow_fetching=False
        )


def query_for(data_digest: bytes) -> bytes:
    """DER. With a nonce against replayed answers, and asking for the authority's certificate."""
    return bytes(
        tsp.TimeStampReq(
            {
                "version": 1,
                "message_imprint": {"hash_algorithm": {"algorithm": DIGEST}, "hashed_message": data_digest},
                "nonce": secrets.randbits(_NONCE_BITS) | 1,
                "cert_req": True,
            }
        ).dump()
    )


async def token_in(reply: bytes, query: bytes, judge: Judge) -> bytes:
    """The token of an answer to this query, as DER. Raises `TimestampRefused` with rejected, unreadable, imprint,
    replayed, signature, usage, unknown_trust, time or before_certificate.
    """
    try:
        token = _granted(reply)
        fault = await _fault_of(token, tsp.TimeStampReq.load(query, strict=True), judge)
    except _Rejected:
        fault, token = "rejected", None
    except Exception:  # noqa: BLE001 - whatever else came, it is no token; pyHanko says so with any exception
        fault, token = "unreadable", None
    if fault or token is None:
        raise errors.TimestampRefused(authority=judge.authority, reason=fault or "unreadable")
    return bytes(token.dump())


@dataclass(frozen=True, slots=True)
class Told:
    """What a token says that is kept: when, who says so, and the trusted certificate behind it; `fault` as in
    `TimestampRefused`, empty when it may be believed.
    """

    at: datetime
    authority: str
    root: x509.Certificate | None
    fault: str = ""


async def told_by(token: bytes, expected: bytes, judge: Judge) -> Told:
    """Of a token over this digest, judged as of its own time: its authority's certificate may have run out since."""
    try:
        signed = cms.ContentInfo.load(token, strict=True)["content"]
        facts = signed["encap_content_info"]["content"].parsed
        at = facts["gen_time"].native.astimezone(UTC)
        context = replace(judge, now=at).context()
        status = await validate_tst_signed_data(signed, context, lambda _algorithm: expected)
    except Exception:  # noqa: BLE001 - whatever else is kept there, it is no token; pyHanko says so with any exception
        return Told(judge.now, "", None, "unreadable")
    same = facts["message_imprint"]["hash_algorithm"]["algorithm"].native == DIGEST
    fault = "" if same and facts["message_imprint"]["hashed_message"].native == expected else "imprint"
    fault = fault or _fault_of_signature(status)
    if at < status["signing_cert"].not_valid_before:
        fault = fault or "before_certificate"
    if at > judge.now + TOLERANCE:
        fault = fault or "time"
    path = status["validation_path"]
    root = next(iter(path.iter_certs(include_root=True))) if path is not None else None
    return Told(at, _name_of(status["signing_cert"].subject), root, fault)


def _name_of(subject: x509.Name) -> str:
    """As people call it."""
    name = subject.native.get("common_name")
    return name if isinstance(name, str) else str(subject.human_friendly)


class _Rejected(Exception):
    """The authority said no."""


def _granted(reply: bytes) -> cms.ContentInfo:
    """The status is read by hand: a refusal comes without a token, which the library does not foresee."""
    status = der.children(der.children(reply)[0])[0]
    if status not in _GRANTED:
        raise _Rejected
    token = tsp.TimeStampResp.load(reply, strict=True)["time_stamp_token"]
    if token["content_type"].native != "signed_data":
        raise ValueError("no signed data")
    return token


async def _fault_of(token: cms.ContentInfo, query: tsp.TimeStampReq, judge: Judge) -> str:
    """Empty when it may be believed."""
    signed = token["content"]
    facts = signed["encap_content_info"]["content"].parsed
    asked, told = query["message_imprint"], facts["message_imprint"]
    if told["hash_algorithm"]["algorithm"].native != DIGEST:
        return "imprint"
    if told["hashed_message"].native != asked["hashed_message"].native:
        return "imprint"
    if facts["nonce"].native != query["nonce"].native:
        return "replayed"
    expected = asked["hashed_message"].native
    status = await validate_tst_signed_data(signed, judge.context(), lambda _algorithm: expected)
    return _fault_of_signature(status) or _fault_of_time(facts["gen_time"].native, status["signing_cert"], judge.now)


def _fault_of_signature(status: dict[str, Any]) -> str:
    if not (status["intact"] and status["valid"]):
        return "signature"
    if not _may_stamp(status["signing_cert"]):
        return "usage"
    if status["trust_problem_indic"] is not None or status["validation_path"] is None:
        return "unknown_trust"
    return ""


def _may_stamp(certificate: x509.Certificate) -> bool:
    """RFC 3161, 2.3: this purpose and no other."""
    purposes = certificate.extended_key_usage_value
    return purposes is not None and list(purposes.native) == ["time_stamping"]


def _fault_of_time(told: datetime, certificate: x509.Certificate, now: datetime) -> str:
    """pyHanko was measured to let a token pass that is years older than its own certificate."""
    told = told.astimezone(UTC)
    if told < certificate.not_valid_before:
        return "before_certificate"
    return "time" if abs(told - now) > TOLERANCE else ""


def digest(data: bytes) -> bytes:
    return hashlib.new(DIGEST, data).digest()
