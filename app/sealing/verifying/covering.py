"""What a signature covers, measured on the bytes and confirmed by the parser; both have to agree.

pyHanko compares sums of lengths. Here the hole itself is looked at: exactly one string, the very one the parser calls
/Contents, and behind it signed bytes to the end of a revision.
"""

import re
from dataclasses import dataclass

from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel as Level

from app.sealing.verifying.raw import ByteRange, RawFile, contents_of

_REVISION_END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?\Z")
_MARK_BYTES = 8


@dataclass(frozen=True, slots=True)
class Coverage:
    """`what` is whole_file, revision or nothing; `byte_range` None where it has no usable shape."""

    what: str
    byte_range: ByteRange | None
    reasons: tuple[str, ...] = ()


def coverage_of(raw: RawFile, signature: EmbeddedPdfSignature) -> Coverage:
    """Sets pyHanko's own `coverage` on the way, which its difference analysis asks for."""
    covered = _byte_range(signature, raw.size)
    if covered is None:
        return Coverage("nothing", None, ("coverage_broken",))
    if contents_of(raw.hole(covered)) != signature.pkcs7_content:
        return Coverage("nothing", covered, ("coverage_broken",))
    parsed: Level = signature.evaluate_signature_coverage()
    signature.coverage = parsed  # type: ignore[assignment]  # pyHanko declares it by its first value, None
    if covered.end == raw.size and parsed is Level.ENTIRE_FILE:
        return Coverage("whole_file", covered)
    ends_a_revision = _REVISION_END.search(raw.data, covered.end - _MARK_BYTES, covered.end) is not None
    if parsed is Level.ENTIRE_REVISION and ends_a_revision:
        return Coverage("revision", covered)
    return Coverage("nothing", covered, ("coverage_broken",))


def _byte_range(signature: EmbeddedPdfSignature, size: int) -> ByteRange | None:
    numbers = signature.byte_range
    if not all(isinstance(number, int) for number in numbers):
        return None
    covered = ByteRange.read([int(number) for number in numbers])
    return covered if covered is not None and covered.fits(size) else None
