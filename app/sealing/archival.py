"""What a document has promised about itself, read from its metadata."""

import re
from typing import Final

from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import BasePdfFileWriter

_PART: Final = re.compile(rb"pdfaid:part(?:=[\"']|>)\s*(\d)")


def forbids_transparency(writer: BasePdfFileWriter) -> bool:
    """PDF/A-1 (ISO 19005-1, 6.4 and 6.7.11). Later parts allow it."""
    metadata = writer.root.get(pdf_name("/Metadata"))
    if metadata is None:
        return False
    found = _PART.search(bytes(metadata.get_object().data))
    return found is not None and found.group(1) == b"1"
