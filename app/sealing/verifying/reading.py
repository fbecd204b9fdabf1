"""Opening the file for judgement: strictly, or leniently to explain why strictly failed."""

from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils.crypt import AuthStatus, StandardSecurityHandler
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature


@dataclass(frozen=True, slots=True)
class Opened:
    """A parsed file. `obstacles` are reasons why nothing in it may be called valid."""

    reader: PdfFileReader
    signatures: tuple[EmbeddedPdfSignature, ...]
    obstacles: tuple[str, ...] = ()


def open_file(data: bytes) -> Opened | None:
    """The file as pyHanko reads it, with every signature found in its form; None when it cannot be read at all.

    A lenient reading only explains (robustness: it may never upgrade a verdict), so it brings an obstacle with it.
    """
    strict = _attempt(data, strict=True)
    if strict is not None:
        return strict
    lenient = _attempt(data, strict=False)
    if lenient is None:
        return None
    obstacle = "hybrid_file" if lenient.reader.xrefs.hybrid_xrefs_present else "irregular_file"
    return Opened(lenient.reader, lenient.signatures, (*lenient.obstacles, obstacle))


def _attempt(data: bytes, strict: bool) -> Opened | None:
    try:
        return _open(data, strict)
    except Exception:  # noqa: BLE001 - hostile bytes raise whatever they like, and it always means: not verified
        return None


def _open(data: bytes, strict: bool) -> Opened:
    reader = PdfFileReader(BytesIO(data), strict=strict)
    if reader.encrypted and not _unlocked(reader):
        return Opened(reader, (), ("encrypted",))
    if strict and reader.xrefs.hybrid_xrefs_present:
        raise ValueError("two cross-reference tables may tell two stories")
    signatures = tuple(reader.embedded_signatures)
    return Opened(reader, signatures)


def _unlocked(reader: PdfFileReader) -> bool:
    """With the empty password, which only restricts; anything else is for a person to open."""
    if not isinstance(reader.security_handler, StandardSecurityHandler):
        return False
    return reader.decrypt("").status != AuthStatus.FAILED
