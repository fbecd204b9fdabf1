"""The one file of an envelope that is sealed once: the document, the certificate's pages behind it, evidence
attached.
"""

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pymupdf

from app.pdf.laid import LaidDocument
from app.pdf.mupdf import archival, opening
from app.pdf.mupdf.saving import save

_BYTES: Final = "application/octet-stream"


def close(document: pymupdf.Document, certificate: str, attached: Mapping[str, str], out: str) -> LaidDocument:
    """See `Maker.close_document`."""
    with opening.open_pdf(certificate, None) as pages:
        document.insert_pdf(pages)
    if archival.claim(document).may_attach:
        for name, path in attached.items():
            archival.attach(document, name, Path(path).read_bytes(), mimetypes.guess_type(name)[0] or _BYTES)
    return save(document, out)
