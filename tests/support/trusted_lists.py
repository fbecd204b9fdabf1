"""Trusted lists of our own making (ETSI TS 119 612), signed as supervisors sign theirs: XAdES, enveloped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key
from lxml import etree
from signxml.xades.xades import XAdESSigner

from app.domain.identity import KeyMaterial
from app.identities import self_signed

DS = "http://www.w3.org/2000/09/xmldsig#"
TSL = "http://uri.etsi.org/02231/v2#"
STATUS = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/"
CA, TSA = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC", "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """`past` are earlier states, by the day each began; `certificates` are DER."""

    certificate: bytes
    status: str = "granted"
    since: datetime = field(default_factory=lambda: datetime.now(UTC) - 100 * DAY)
    kind: str = CA
    past: tuple[tuple[str, datetime], ...] = ()


def operator(name: str = "Supervisor") -> KeyMaterial:
    """Who signs a list."""
    return self_signed(name, "", datetime.now(UTC))


def fingerprint(who: KeyMaterial) -> str:
    return hashlib.sha256(who.certificate_der).hexdigest()


def xml(
    entries: Sequence[Entry] = (),
    territory: str = "AT",
    sequence: int = 7,
    pointers: Mapping[str, bytes] = {},
    due: timedelta = 90 * DAY,
) -> Any:
    """Without a signature."""
    now = datetime.now(UTC).replace(microsecond=0)
    root = etree.Element(
        f"{{{TSL}}}TrustServiceStatusList", nsmap={None: TSL}, TSLTag="http://uri.etsi.org/19612/TSLTag"
    )
    about = _put(root, "SchemeInformation")
    _put(about, "TSLVersionIdentifier", "5")
    _put(about, "TSLSequenceNumber", str(sequence))
    _name(_put(about, "SchemeOperatorName"), "Supervisor of Testland")
    _put(about, "SchemeTerritory", territory)
    if pointers:
        others = _put(about, "PointersToOtherTSL")
        for where, certificate in pointers.items():
            pointer = _put(others, "OtherTSLPointer")
            _identity(_put(pointer, "ServiceDigitalIdentities"), certificate)
            _put(_put(_put(pointer, "AdditionalInformation"), "OtherInformation"), "SchemeTerritory", where)
    _put(about, "ListIssueDateTime", now.isoformat())
    _put(_put(about, "NextUpdate"), "dateTime", (now + due).isoformat())
    provider = _put(_put(root, "TrustServiceProviderList"), "TrustServiceProvider")
    _name(_put(_put(provider, "TSPInformation"), "TSPName"), "Trust Services of Testland")
    services = _put(provider, "TSPServices")
    for entry in entries:
        service = _put(services, "TSPService")
        _state(_put(service, "ServiceInformation"), entry, entry.status, entry.since, certificate=True)
        history = _put(service, "ServiceHistory")
        for status, since in entry.past:
            _state(_put(history, "ServiceHistoryInstance"), entry, status, since, certificate=False)
    return root


def signed(root: Any, who: KeyMaterial) -> bytes:
    """The place of the signature stands before it is made: its canonical form depends on what is around it."""
    key = load_der_private_key(who.key_der, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    etree.SubElement(root, f"{{{DS}}}Signature", Id="placeholder", nsmap={"ds": DS})
    certificate = x509.load_der_x509_certificate(who.certificate_der)
    signer = XAdESSigner(
        signature_algorithm="ecdsa-sha256",
        digest_algorithm="sha256",
    )
    made = signer.sign(root, key=key, cert=[certificate], always_add_key_value=False)
    return bytes(etree.tostring(made, xml_declaration=True, encoding="UTF-8"))


def written(path: Path, root: Any, who: KeyMaterial) -> Path:
    path.write_bytes(signed(root, who))
    return path


def _state(part: Any, entry: Entry, status: str, since: datetime, *, certificate: bool) -> None:
    """Real lists often name past services by key identifier alone."""
    _put(part, "ServiceTypeIdentifier", entry.kind)
    _name(_put(part, "ServiceName"), "A service")
    if certificate:
        _identity(part, entry.certificate)
    _put(part, "ServiceStatus", STATUS + status)
    _put(part, "StatusStartingTime", since.replace(microsecond=0).isoformat())


def _identity(part: Any, certificate: bytes) -> None:
    place = _put(_put(part, "ServiceDigitalIdentity"), "DigitalId")
    _put(place, "X509Certificate", base64.b64encode(certificate).decode())


def _name(part: Any, text: str) -> None:
    for language, told in (("de", f"{text} (de)"), ("en", text)):
        name = _put(part, "Name", told)
        name.set("{http://www.w3.org/XML/1998/namespace}lang", language)


def _put(parent: Any, name: str, text: str = "") -> Any:
    made = etree.SubElement(parent, f"{{{TSL}}}{name}")
    made.text = text or None
    return made
