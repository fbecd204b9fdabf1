"""A list's signature (XAdES enveloped, ETSI TS 119 612, 5.7 and annex B): by whom, and whether it holds.

Trust does not come from the certificate in the file: a person has confirmed its fingerprint, or a list of lists names
it. The document is parsed without entities, document types or network, and only what was signed is read on.
"""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from asn1crypto import x509
from cryptography.x509 import load_der_x509_certificate
from lxml import etree

from app.domain import errors

LARGEST: Final = 64 << 20
TSL: Final = "{http://uri.etsi.org/02231/v2#}"
DS: Final = "{http://www.w3.org/2000/09/xmldsig#}"
_ROOT: Final = f"{TSL}TrustServiceStatusList"


@dataclass(frozen=True, slots=True)
class Document:
    """`root` is what stands in the file, signed or not."""

    path: str
    data: bytes
    root: Any


def opened(path: Path) -> Document:
    """Raises `TrustedListRefused` with not_one or entities, `FileTooLarge`, `FileMissing` or `FileUnreadable`."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise errors.FileMissing(path=str(path)) from None
    except OSError as problem:
        raise errors.FileUnreadable(path=str(path), reason=problem.strerror or "") from None
    if len(data) > LARGEST:
        raise errors.FileTooLarge(path=str(path), size=len(data), limit=LARGEST)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise errors.TrustedListRefused(path=str(path), reason="not_one") from None
    if root.getroottree().docinfo.doctype:
        raise errors.TrustedListRefused(path=str(path), reason="entities")
    if root.tag != _ROOT:
        raise errors.TrustedListRefused(path=str(path), reason="not_one")
    return Document(str(path), data, root)


def signer_of(document: Document) -> x509.Certificate:
    """The certificate that the signature of the whole came with; raises `TrustedListRefused` (unsigned)."""
    place = f"{DS}Signature/{DS}KeyInfo/{DS}X509Data/{DS}X509Certificate"
    found = document.root.find(place)
    try:
        certificate = x509.Certificate.load(base64.b64decode("".join((found.text or "").split())), strict=True)
        certificate.native  # noqa: B018 - all of it is parsed, or it is none
    except (AttributeError, ValueError, TypeError):
        raise errors.TrustedListRefused(path=document.path, reason="unsigned") from None
    return certificate


def checked(document: Document, signer: x509.Certificate, expected_sha256: str) -> Any:
    """The signed part. Raises `TrustedListRefused` with signer or signature."""
    from signxml.exceptions import SignXMLException
    from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

    if signer.sha256.hex() != expected_sha256.lower():
        raise errors.TrustedListRefused(path=document.path, reason="signer")
    config = XAdESSignatureConfiguration(require_x509=True, expect_references=True, location="./")
    certificate = load_der_x509_certificate(signer.dump())
    try:
        results: Any = XAdESVerifier().verify(document.data, x509_cert=certificate, expect_config=config)
    except (SignXMLException, etree.LxmlError, ValueError, TypeError, KeyError):
        raise errors.TrustedListRefused(path=document.path, reason="signature") from None
    signed = [each.signed_xml for each in results if getattr(each.signed_xml, "tag", None) == _ROOT]
    if len(signed) != 1:
        raise errors.TrustedListRefused(path=document.path, reason="signature")
    return signed[0]
