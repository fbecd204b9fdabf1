"""A hundred signers nobody should sign with, each for one reason, and twenty good ones beside them; certificates,
revocation lists and answers made and served by certomancer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.support.certo import DAY, Town, certificate

SIGNING = {"profiles": ["digsig-commitment"]}
WHY = (
    "key_compromise", "ca_compromise", "affiliation_changed", "superseded", "cessation_of_operation",
    "privilege_withdrawn", "certificate_hold", "aa_compromise", "unspecified",
)  # fmt: skip
"""Reasons of RFC 5280, 5.3.1."""
SINCE = (timedelta(minutes=5), timedelta(hours=3), DAY, 20 * DAY)
OVER = (timedelta(minutes=2), timedelta(hours=1), DAY, 30 * DAY, 300 * DAY)
PURPOSES = ("server_auth", "code_signing", "time_stamping", "ocsp_signing")
USAGES = ("key_encipherment", "key_agreement", "data_encipherment", "key_cert_sign", "crl_sign")
AUTHORITIES = ("by-ocsp", "by-crl", "revoked-ca", "expired-ca", "future-ca", "no-ca")

Made = Callable[[datetime], Mapping[str, Any]]


@dataclass(frozen=True)
class Signer:
    """`reason` as in `IdentityUnusable`, empty for a good one; `signs_at` is when a file of theirs claims to be
    signed, beside the present.
    """

    name: str
    kind: str
    reason: str
    issuer: str
    made: Made
    signs_at: timedelta = timedelta()
    rsa_bits: int = 0


def bad() -> tuple[Signer, ...]:
    """A hundred."""
    return (*_revoked(), *_out_of_time(), *_of_wrong_usage(), *_below_bad_authorities(), *_weak())


def good() -> tuple[Signer, ...]:
    """Twenty: of each authority that answers, and of both kinds of key."""
    issuers = ("issuing", "by-ocsp", "by-crl", "issuing")
    return tuple(
        _signer(f"good-{number}", "good", "", issuers[number % 4], rsa_bits=2048 * (number % 2)) for number in range(20)
    )


def town() -> Town:
    people = (*bad(), *good())
    return Town(
        certificates=lambda now: {**_authorities(now), **{each.name: each.made(now) for each in people}},
        rsa_bits={**dict.fromkeys(AUTHORITIES, 0), **{each.name: each.rsa_bits for each in people}},
        services={
            "ocsp": {"by-ocsp": {"for-issuer": "by-ocsp", "responder-cert": "by-ocsp", "signing-key": "by-ocsp"}},
            "crl-repo": {
                "by-crl": {"for-issuer": "by-crl", "signing-key": "by-crl", "simulated-update-schedule": "PT1M"}
            },
        },
        chains={each.name: (each.issuer,) for each in people},
    )


def _signer(
    name: str, kind: str, reason: str, issuer: str, *, start: timedelta = -30 * DAY, end: timedelta = 300 * DAY,
    rsa_bits: int = 0, signs_at: timedelta = timedelta(), digest: str = "sha256", **more: Any,
) -> Signer:  # fmt: skip
    about = SIGNING | {"digest-algo": digest} | more

    def made(now: datetime) -> Mapping[str, Any]:
        told = {key: value(now) if callable(value) else value for key, value in about.items()}
        return certificate(name, issuer, (now + start, now + end), **told)

    return Signer(name, kind, reason, issuer, made, signs_at, rsa_bits)


def _revoked() -> Iterator[Signer]:
    """Thirty by a list alone, thirty by an answer alone."""
    for how in ("crl", "ocsp"):
        for number in range(30):
            why, since = WHY[number % len(WHY)], SINCE[number % len(SINCE)]
            bits = 2048 if number % 5 == 0 else 0
            name, kind = f"revoked-{how}-{number}", f"revoked, told by {how.upper()}"
            yield _signer(name, kind, "revoked", f"by-{how}", rsa_bits=bits, revocation=_since(since, why))


def _since(since: timedelta, why: str) -> Callable[[datetime], Mapping[str, Any]]:
    return lambda now: {"revoked-since": (now - since).isoformat(), "reason": why}


def _out_of_time() -> Iterator[Signer]:
    for number, past in enumerate(OVER * 2):
        start = -past - 100 * DAY
        yield _signer(
            f"expired-{number}", "expired", "expired", "issuing", start=start, end=-past, signs_at=start + DAY
        )
    for number, until in enumerate(OVER):
        yield _signer(
            f"early-{number}", "not yet valid", "not_yet_valid", "issuing", start=until + DAY, end=until + 90 * DAY,
            signs_at=until + 2 * DAY,
        )  # fmt: skip


def _of_wrong_usage() -> Iterator[Signer]:
    for purpose in PURPOSES:
        extensions = [{"id": "extended_key_usage", "value": [purpose]}]
        yield _signer(f"for-{purpose}", "wrong purpose", "usage", "issuing", extensions=extensions)
    for usage in USAGES:
        told = {"id": "key_usage", "critical": True, "smart-value": {"schema": "key-usage", "params": [usage]}}
        yield _signer(f"for-{usage}", "wrong usage", "usage", "issuing", profiles=[], extensions=[told])


def _below_bad_authorities() -> Iterator[Signer]:
    for number in range(4):
        yield _signer(f"below-revoked-{number}", "issuer revoked", "revoked", "revoked-ca")
        yield _signer(f"below-expired-{number}", "issuer expired", "expired", "expired-ca")
    for number in range(2):
        yield _signer(f"below-future-{number}", "issuer not yet valid", "not_yet_valid", "future-ca")
        yield _signer(f"below-none-{number}", "issuer is no authority", "chain", "no-ca")


def _weak() -> Iterator[Signer]:
    for number in range(2):
        yield _signer(f"short-{number}", "RSA of 1024 bits", "weak_key", "issuing", rsa_bits=1024)
        yield _signer(f"sha1-{number}", "signed with SHA-1", "weak_key", "issuing", digest="sha1")


def _authorities(now: datetime) -> Mapping[str, Any]:
    long = (now - 400 * DAY, now + 3650 * DAY)

    def authority(name: str, validity: tuple[datetime, datetime] = long, **more: Any) -> Mapping[str, Any]:
        services = more.pop("services", {"crl-repo": "issuing"})
        profile = {"id": "simple-ca", "params": {**services, "max-path-len": 0}}
        return certificate(name, "root", validity, profiles=[profile], **more)

    revoked = {"revoked-since": (now - 200 * DAY).isoformat(), "reason": "ca_compromise"}
    return {
        "by-ocsp": authority("by-ocsp", services={"ocsp-service": "by-ocsp"}),
        "by-crl": authority("by-crl", services={"crl-repo": "by-crl"}),
        "revoked-ca": authority("revoked-ca", services={}, revocation=revoked),
        "expired-ca": authority("expired-ca", (now - 400 * DAY, now - DAY), services={}),
        "future-ca": authority("future-ca", (now + DAY, now + 400 * DAY), services={}),
        "no-ca": certificate("no-ca", "root", long, **SIGNING),
    }


__all__ = ["Signer", "bad", "good", "town"]
