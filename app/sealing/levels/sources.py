"""Where a certificate says its issuer and its status can be asked, and what came from there."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from asn1crypto import cms, crl, ocsp, pem, x509
from pyhanko_certvalidator.authority import Authority
from pyhanko_certvalidator.fetchers.common_utils import format_ocsp_request

from app.sealing.levels.tokens import TOLERANCE
from app.sealing.levels.wants import Kind, Want
from app.sealing.verifying.trusting import Evidence

_ISSUERS = "ca_issuers"


class Answers(Mapping[Want, bytes | None]):
    """What each want brought: bytes, or None when nobody answered. What cannot be read counts as no answer."""

    def __init__(self, came: Iterable[tuple[Want, bytes | None]]) -> None:
        self._read = {want: (data, _readable(want.kind, data)) for want, data in came}

    def __getitem__(self, want: Want) -> bytes | None:
        data, read = self._read[want]
        return data if read else None

    def __iter__(self) -> Any:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    @property
    def evidence(self) -> Evidence:
        return Evidence(self._of(Kind.ISSUER), self._of(Kind.CRL), self._of(Kind.OCSP))

    def _of(self, kind: Kind) -> tuple[Any, ...]:
        return tuple(each for want, (_, read) in self._read.items() if want.kind is kind for each in read)


def status_sources(certificate: x509.Certificate, issuer: Authority) -> tuple[Want, ...]:
    """OCSP first: an answer about this one is smaller and newer than a list of all."""
    urls = _web(certificate.ocsp_urls)
    request = format_ocsp_request(certificate, issuer, certid_hash_algo="sha1", request_nonces=False).dump()
    points = certificate.crl_distribution_points
    lists = _web(point.url for point in points if point.url)
    return (*(Want(Kind.OCSP, url, request) for url in urls), *(Want(Kind.CRL, url) for url in lists))


def issuer_sources(certificate: x509.Certificate) -> tuple[Want, ...]:
    access = certificate.authority_information_access_value or ()
    found = (
        each["access_location"].native
        for each in access
        if each["access_method"].native == _ISSUERS
        and each["access_location"].name == "uniform_resource_identifier"
    )
    return tuple(Want(Kind.ISSUER, url) for url in _web(found))


def good_until(kind: Kind, data: bytes, now: datetime) -> datetime | None:
    """How long an answer may serve other files too. None where it is bad news, where it does not say when a newer one
    comes, or where its time is not ours (RFC 6960, 4.2.2.1; RFC 5280, 5.1.2.5).
    """
    try:
        spans = [span for each in _readable(kind, data) for span in _spans(kind, each)]
    except (ValueError, TypeError, KeyError):
        return None
    ends = [end for begin, end in spans if end is not None and begin <= now + TOLERANCE and now < end]
    return min(ends) if ends and len(ends) == len(spans) else None


def _spans(kind: Kind, answer: Any) -> Iterable[tuple[datetime, datetime | None]]:
    """From when to when each part is good; without end where it may not be relied on."""
    match kind:
        case Kind.OCSP:
            for each in answer.response_data["responses"]:
                is_good = each["cert_status"].name == "good"
                yield each["this_update"].native, each["next_update"].native if is_good else None
        case Kind.CRL:
            told = answer["tbs_cert_list"]
            yield told["this_update"].native, told["next_update"].native
        case _:
            yield answer.not_valid_before, answer.not_valid_after


def wants_to_json(wants: Sequence[Want]) -> list[list[str]]:
    return [[str(want.kind), want.url, _text(want.body)] for want in wants]


def answers_from_json(data: Any) -> Answers:
    """`[kind, url, body, answer or None]` each."""
    return Answers(
        (Want(Kind(kind), url, base64.b64decode(body)), None if came is None else base64.b64decode(came))
        for kind, url, body, came in data
    )


def _web(urls: Iterable[str]) -> list[str]:
    """Directories (LDAP) are not asked."""
    return [url for url in urls if url.startswith(("http://", "https://"))]


def _readable(kind: Kind, data: bytes | None) -> tuple[Any, ...]:
    try:
        return tuple(_read(kind, data)) if data else ()
    except (ValueError, TypeError, KeyError):
        return ()


def _read(kind: Kind, data: bytes) -> Iterable[Any]:
    der = pem.unarmor(data)[2] if pem.detect(data) else data
    match kind:
        case Kind.OCSP:
            response = ocsp.OCSPResponse.load(der, strict=True)
            return [response] if response["response_status"].native == "successful" else []
        case Kind.CRL:
            found = crl.CertificateList.load(der, strict=True)
            return [found] if found.native else []
        case _:
            return _issuers(der)


def _issuers(der: bytes) -> Iterable[x509.Certificate]:
    """One certificate, or a bundle of them (RFC 5280, 4.2.2.1)."""
    try:
        certificate = x509.Certificate.load(der, strict=True)
        return [certificate] if certificate.subject else []
    except (ValueError, TypeError):
        bundle = cms.ContentInfo.load(der, strict=True)["content"]["certificates"]
        return [each.chosen for each in bundle if each.name == "certificate"]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
