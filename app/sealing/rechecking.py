"""Our own output is read again like a stranger's file before anybody gets it (sealing rule 2)."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from app.domain import errors

# What is wrong is told as an error with facts; pyHanko's own report of a refused change would only be noise.
logging.getLogger("pyhanko.sign.diff_analysis").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the file must hold: the new signature's field and certificate, and how many signatures in all."""

    signature_field: str
    certificate_der: bytes
    signatures: int


def recheck(stream: BinaryIO, path: str, expected: Expected) -> None:
    """Raises `SealNotTrusted`: unreadable, count, certificate, coverage or signature for the new one, and for those
    before it earlier_signature, changes or docmdp.
    """
    _judge(stream, path, lambda reader: _fault(reader, expected))


def _fault(reader: PdfFileReader, expected: Expected) -> str | None:
    signatures = reader.embedded_signatures
    if len(signatures) != expected.signatures:
        return "count"
    last = signatures[-1]
    if last.field_name != expected.signature_field or last.signer_cert.dump() != expected.certificate_der:
        return "certificate"
    last.compute_integrity_info()
    if last.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        return "coverage"
    if not _intact(last):
        return "signature"
    return _fault_of_earlier(signatures[:-1])


def recheck_earlier(stream: BinaryIO, path: str, signatures: int) -> None:
    """For a revision that adds no signature; raises `SealNotTrusted` as `recheck` does."""

    def fault(reader: PdfFileReader) -> str | None:
        if len(reader.embedded_signatures) != signatures:
            return "count"
        return _fault_of_earlier(reader.embedded_signatures)

    _judge(stream, path, fault)


def _judge(stream: BinaryIO, path: str, fault: Callable[[PdfFileReader], str | None]) -> None:
    try:
        reader = PdfFileReader(stream, strict=True)
        if reader.encrypted:
            reader.decrypt("")
        reason = fault(reader)
    except MemoryError:
        raise
    except Exception as error:
        # pyHanko's "not valid" often arrives as an exception, of any kind.
        raise errors.SealNotTrusted(path=path, reason="unreadable") from error
    if reason:
        raise errors.SealNotTrusted(path=path, reason=reason)


def _fault_of_earlier(signatures: Sequence[EmbeddedPdfSignature]) -> str | None:
    return next((fault for each in signatures if (fault := _earlier_fault(each))), None)


def _earlier_fault(signature: EmbeddedPdfSignature) -> str | None:
    signature.compute_integrity_info()
    if not _intact(signature):
        return "earlier_signature"
    facts = signature.summarise_integrity_info()
    level = getattr(facts["diff_result"], "modification_level", ModificationLevel.OTHER)
    if level > ModificationLevel.FORM_FILLING:
        return "changes"
    return None if facts["docmdp_ok"] else "docmdp"


def _intact(signature: EmbeddedPdfSignature) -> bool:
    """Document digest and signature value, without a word about trust."""
    content_type = "tst_info" if signature.sig_object_type == "/DocTimeStamp" else "data"
    intact, valid = validate_sig_integrity(
        signature.signer_info, signature.signer_cert, content_type, signature.compute_digest()
    )
    return intact and valid
