"""From the elements of a trusted list (ETSI TS 119 612, 5.3 to 5.6) to values."""

import base64
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from asn1crypto import x509

from app.domain import errors
from app.domain.trusted_list import Period, Scheme, Service, TrustedList
from app.sealing.lists.signature import TSL

KINDS: Final = {
    "http://uri.etsi.org/TrstSvc/Svctype/CA/QC": "CA/QC",
    "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST": "TSA/QTST",
}
_STATUS: Final = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/"
GRANTED: Final = frozenset(
    _STATUS + each for each in ("granted", "undersupervision", "supervisionincessation", "accredited")
)
"""The latter three are from before 1 July 2016 and say the same of that time (ETSI TS 119 615, 4.4)."""
_NAMES: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def scheme_in(root: Any, path: str, signer: x509.Certificate) -> Scheme:
    """Raises `TrustedListRefused` (not_one) where a mandatory element is missing."""
    about = _one(root, "SchemeInformation", path)
    following = about.find(f"{TSL}NextUpdate/{TSL}dateTime")
    try:
        return Scheme(
            territory=_text(about, "SchemeTerritory", path).strip().upper(),
            operator=_named(about.find(f"{TSL}SchemeOperatorName")),
            sequence=int(_text(about, "TSLSequenceNumber", path)),
            issued=_time(_text(about, "ListIssueDateTime", path)),
            next_update=_time(following.text or "") if following is not None else None,
            signer=signer.subject.human_friendly,
            signer_sha256=signer.sha256.hex(),
        )
    except ValueError:
        raise errors.TrustedListRefused(path=path, reason="not_one") from None


def list_in(root: Any, path: str, signer: x509.Certificate) -> TrustedList:
    """Services of other kinds, and those without a certificate, are passed over."""
    scheme = scheme_in(root, path, signer)
    try:
        services = tuple(each for each in _services(root, path) if each.certificates)
        pointers: dict[str, tuple[str, ...]] = {}
        for territory, signers in _pointers(root):
            pointers[territory] = (*pointers.get(territory, ()), *signers)
        return TrustedList(scheme, services, pointers)
    except ValueError:
        raise errors.TrustedListRefused(path=path, reason="not_one") from None


def _services(root: Any, path: str) -> Iterator[Service]:
    for provider in root.iterfind(f"{TSL}TrustServiceProviderList/{TSL}TrustServiceProvider"):
        name = _named(provider.find(f"{TSL}TSPInformation/{TSL}TSPName"))
        for service in provider.iterfind(f"{TSL}TSPServices/{TSL}TSPService"):
            now = _one(service, "ServiceInformation", path)
            kind = KINDS.get(_text(now, "ServiceTypeIdentifier", path).strip())
            if kind is not None:
                called = _named(now.find(f"{TSL}ServiceName"))
                yield Service(name, called, kind, _certificates(now), _periods(service, now, path))


def _periods(service: Any, now: Any, path: str) -> tuple[Period, ...]:
    """A status lasts until the next one begins. A past status of another type says nothing of this one."""
    kind = _text(now, "ServiceTypeIdentifier", path).strip()
    past = service.iterfind(f"{TSL}ServiceHistory/{TSL}ServiceHistoryInstance")
    told = sorted(
        (
            _time(_text(each, "StatusStartingTime", path)),
            _text(each, "ServiceStatus", path).strip().rstrip("/") in GRANTED
            and _text(each, "ServiceTypeIdentifier", path).strip() == kind,
        )
        for each in (*past, now)
    )
    ends = [start for start, _ in told[1:]] + [None]
    return tuple(Period(start, end) for (start, granted), end in zip(told, ends, strict=True) if granted)


def _pointers(root: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Of a list of lists (5.3.13): who may sign the list of which territory."""
    for pointer in root.iterfind(f"{TSL}SchemeInformation/{TSL}PointersToOtherTSL/{TSL}OtherTSLPointer"):
        territory = pointer.find(f".//{TSL}SchemeTerritory")
        if territory is not None and territory.text:
            ders = (ssl.PEM_cert_to_DER_cert(pem) for pem in _certificates(pointer))
            yield territory.text.strip().upper(), tuple(x509.Certificate.load(der).sha256.hex() for der in ders)


def _certificates(part: Any) -> tuple[str, ...]:
    """PEM, each once."""
    found = (base64.b64decode("".join((each.text or "").split())) for each in part.iter(f"{TSL}X509Certificate"))
    return tuple(
        dict.fromkeys(ssl.DER_cert_to_PEM_cert(x509.Certificate.load(der, strict=True).dump()) for der in found)
    )


def _named(names: Any) -> str:
    """In English where there is English."""
    if names is None:
        return ""
    told = {each.get(_NAMES, ""): (each.text or "").strip() for each in names}
    return str(told.get("en") or next(iter(told.values()), ""))


def _one(parent: Any, name: str, path: str) -> Any:
    found = parent.find(f"{TSL}{name}")
    if found is None:
        raise errors.TrustedListRefused(path=path, reason="not_one")
    return found


def _text(parent: Any, name: str, path: str) -> str:
    return str(_one(parent, name, path).text or "")


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
