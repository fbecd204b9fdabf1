"""What a document has promised about itself as PDF/A (ISO 19005), read from its metadata, and what that asks of an
appearance.
"""

import re
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import BasePdfFileWriter

_PART: Final = re.compile(rb"pdfaid:part(?:=[\"']|>)\s*(\d)")
_WHITE_POINT: Final = (0.9505, 1, 1.089)
_TO_XYZ: Final = (0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505)


def forbids_transparency(writer: BasePdfFileWriter) -> bool:
    """PDF/A-1 (ISO 19005-1, 6.4 and 6.7.11). Later parts allow it where the page's colours have a meaning."""
    part = _part(writer)
    return part == 1 or (part > 1 and "/OutputIntents" not in writer.root)


def colour_spaces(writer: BasePdfFileWriter) -> dict[str, generic.PdfObject]:
    """The default spaces of an appearance in a file that claims PDF/A and is meant for other than RGB devices: sRGB
    and its greys as spaces that need no device (ISO 19005-2, 6.2.4.3; ISO 32000-1, 8.6.5.6). Else none.
    """
    if not _part(writer) or _is_for_rgb(writer):
        return {}
    return {
        "/DefaultRGB": _space("/CalRGB", Gamma=_numbers(2.2, 2.2, 2.2), Matrix=_numbers(*_TO_XYZ)),
        "/DefaultGray": _space("/CalGray", Gamma=generic.FloatObject(2.2)),
    }


def _part(writer: BasePdfFileWriter) -> int:
    if "/Metadata" not in writer.root:
        return 0
    found = _PART.search(bytes(writer.root["/Metadata"].data))
    return int(found.group(1)) if found else 0


def _is_for_rgb(writer: BasePdfFileWriter) -> bool:
    if "/OutputIntents" not in writer.root:
        return False
    intents = writer.root["/OutputIntents"]
    known = [intents[at] for at in range(len(intents)) if "/DestOutputProfile" in intents[at]]
    return any(one["/DestOutputProfile"].get("/N") == 3 for one in known)


def _space(family: str, **entries: Any) -> generic.ArrayObject:
    entries["WhitePoint"] = _numbers(*_WHITE_POINT)
    values = generic.DictionaryObject({pdf_name(f"/{name}"): value for name, value in entries.items()})
    return generic.ArrayObject([pdf_name(family), values])


def _numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject(map(generic.FloatObject, values))
