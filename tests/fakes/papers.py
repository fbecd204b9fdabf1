"""Real PDFs for the answers of fakes: what was uploaded, with a mark, and never rewritten."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import pymupdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.support.pages import pdf

LETTERS = re.compile(r"[^A-Za-z0-9 .,:#-]")


@dataclass(frozen=True)
class FormField:
    """A field of an AcroForm as it lies on its page, from the top-left corner."""

    name: str
    kind: str
    page: int
    x: float
    y: float
    width: float
    height: float


def sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page as displayed, in points. Raises ValueError for what is no PDF."""
    if b"%PDF-" not in data[:1024]:
        raise ValueError("no PDF")
    try:
        with pymupdf.open(stream=data, filetype="pdf") as opened:
            return [(page.rect.width, page.rect.height) for page in opened]
    except (RuntimeError, pymupdf.FileDataError) as problem:
        raise ValueError(str(problem)) from None


def words(data: bytes) -> str:
    """What is written on the pages."""
    with pymupdf.open(stream=data, filetype="pdf") as opened:
        return "\n".join(str(page.get_text()) for page in opened)


def form_fields(data: bytes) -> list[FormField]:
    with pymupdf.open(stream=data, filetype="pdf") as opened:
        return [
            FormField(
                widget.field_name,
                widget.field_type_string,
                page.number + 1,
                *(widget.rect.x0, widget.rect.y0, widget.rect.width, widget.rect.height),
            )
            for page in opened
            for widget in page.widgets()
        ]


@cache
def marked(data: bytes, mark: str) -> bytes:
    """One more revision with a line of text at the foot of the first page: signatures that are in it stay whole. The
    same bytes whenever it is asked for again.
    """
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=False)
    font = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Font"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Type1"),
            generic.pdf_name("/BaseFont"): generic.pdf_name("/Helvetica"),
        }
    )
    # A name no earlier mark has.
    name = f"/Mark{len(data)}"
    fonts = generic.DictionaryObject({generic.pdf_name(name): writer.add_object(font)})
    resources = generic.DictionaryObject({generic.pdf_name("/Font"): fonts})
    drawn = f"q BT {name} 8 Tf 20 12 Td ({LETTERS.sub('', mark)}) Tj ET Q".encode("ascii")
    stream = writer.add_object(generic.StreamObject(stream_data=drawn))
    writer.add_stream_to_page(0, stream, resources)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def made(pages: int, mark: str) -> bytes:
    """For what the service itself renders."""
    return marked(pdf(pages), mark)
