"""The one file of an envelope that is sealed once: the document, the certificate's pages behind it, evidence
attached.
"""

from collections.abc import Mapping
from pathlib import Path

import pymupdf

from app.pdf.laid import LaidDocument
from app.pdf.mupdf import opening
from app.pdf.mupdf.saving import save


def close(document: pymupdf.Document, certificate: str, attached: Mapping[str, str], out: str) -> LaidDocument:
    """See `Maker.close_document`."""
    with opening.open_pdf(certificate, None) as pages:
        document.insert_pdf(pages)
    for name, path in attached.items():
        document.embfile_add(name, Path(path).read_bytes(), filename=name, ufilename=name)
    return save(document, out)
