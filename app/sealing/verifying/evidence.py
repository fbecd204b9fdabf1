"""What the file itself offers for validation: its security store (ISO 32000-2, 12.8.4.3) and older attributes."""

import base64
from collections.abc import Iterable
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from app.sealing.verifying.brought import Brought
from app.sealing.verifying.trusting import Evidence


def evidence_in(reader: PdfFileReader, signatures: Iterable[EmbeddedPdfSignature]) -> Evidence:
    """Of the newest revision: later ones may add, and none can remove what an earlier signature depends on."""
    stored = _stored(reader)
    lists = [_attached(signature.signer_info) for signature in signatures]
    return Evidence(
        stored.certificates,
        (*stored.crls, *(each for crls, _ in lists for each in crls)),
        (*stored.ocsps, *(each for _, ocsps in lists for each in ocsps)),
    )


def parsed(brought: Brought) -> Evidence:
    """Read once before by whoever fetched it, so that it can be read."""
    return Evidence(
        tuple(x509.Certificate.load(base64.b64decode(each)) for each in brought.certificates),
        tuple(crl.CertificateList.load(base64.b64decode(each)) for each in brought.crls),
        tuple(ocsp.OCSPResponse.load(base64.b64decode(each)) for each in brought.ocsps),
    )


def covers_evidence(reader: PdfFileReader, stamp: EmbeddedPdfSignature) -> bool:
    """Whether a security store was there already when this time stamp was made."""
    root = reader.get_historical_resolver(stamp.signed_revision).root
    return "/DSS" in root


def _stored(reader: PdfFileReader) -> Evidence:
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return Evidence()
    return Evidence(
        tuple(store.load_certs()),
        tuple(crl.CertificateList.load(_bytes(each)) for each in store.crls),
        tuple(ocsp.OCSPResponse.load(_bytes(each)) for each in store.ocsps),
    )


def _bytes(reference: Any) -> bytes:
    return bytes(reference.get_object().data)


def _attached(signer_info: Any) -> tuple[list[Any], list[Any]]:
    """Adobe's signed attribute with revocation data, older than the store (ISO 32000-1, 12.8.3.3.2)."""
    for attribute in signer_info["signed_attrs"] or ():
        if attribute["type"].native == "adobe_revocation_info_archival":
            value = attribute["values"][0]
            return list(value["crl"] or ()), list(value["ocsp"] or ())
    return [], []
