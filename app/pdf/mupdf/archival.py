"""What a document has promised of itself as PDF/A (ISO 19005), and how what is added keeps the promise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any, Final

import pymupdf
from PIL import Image
from pymupdf import mupdf

from app import paths
from app.pdf.mupdf import objects, pages, writing

_PART: Final = re.compile(r"pdfaid:part(?:=[\"']|>)\s*(\d)")
_LEVEL: Final = re.compile(r"pdfaid:conformance(?:=[\"']|>)\s*(\w)")
_WHITE_POINT: Final = "/WhitePoint[0.9505 1 1.089]"
_SPACES: Final = {
    "DefaultRGB": f"[/CalRGB<<{_WHITE_POINT}/Gamma[2.2 2.2 2.2]"
    "/Matrix[0.4124 0.2126 0.0193 0.3576 0.7152 0.1192 0.1805 0.0722 0.9505]>>]",
    "DefaultGray": f"[/CalGray<<{_WHITE_POINT}/Gamma 2.2>>]",
}
"""sRGB (IEC 61966-2-1) and its greys, as spaces that need no device (ISO 32000-2, 8.6.5)."""
_METADATA: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
    ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2" pdfaid:conformance="B" pdf:Producer="Paraph">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


@dataclass(frozen=True, slots=True)
class Claim:
    """`part` 0 claims nothing; `level` is B, U, A, or E and F of part 4, which has also none."""

    part: int = 0
    level: str = ""

    @property
    def opaque(self) -> bool:
        """Nothing may be transparent (ISO 19005-1, 6.4)."""
        return self.part == 1

    @property
    def may_attach(self) -> bool:
        """Files of any kind (ISO 19005-3, 6.8; ISO 19005-4, annexes A and B); parts 1 and 2 hold none or PDF/A."""
        return self.part in (0, 3) or (self.part == 4 and self.level in ("E", "F"))


def claim(document: pymupdf.Document) -> Claim:
    """Read from its metadata (XMP)."""
    told = objects.text(objects.get(objects.catalog(document), "Metadata"))
    part, level = _PART.search(told), _LEVEL.search(told)
    return Claim(int(part[1]), level[1].upper() if level else "") if part else Claim()


def declare(document: pymupdf.Document, title: str) -> None:
    """Our own sheets are PDF/A-2b: faces embedded, colours in sRGB, nothing that acts."""
    catalog = objects.catalog(document)
    metadata = _METADATA.format(title=escape(title)).encode()
    writing.put(document, catalog, "Metadata", writing.add_stream(document, "<</Type/Metadata/Subtype/XML>>", metadata))
    profile = writing.add_stream(document, "<</N 3>>", paths.resource("colour", "sRGB.icc").read_bytes())
    writing.put(
        document,
        catalog,
        "OutputIntents",
        f"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/DestOutputProfile {profile}>>]",
    )


def keep(document: pymupdf.Document) -> None:
    """Where a document that claims PDF/A is meant for other than RGB devices, our RGB gets a meaning without one (ISO
    19005-2, 6.2.4.3): nothing else in it can have used the device's, so no colour of its own changes.
    """
    if not claim(document).part or _is_for_rgb(document):
        return
    for drawn in _drawn(document):
        spaces = writing.section(document, drawn, "Resources", "ColorSpace")
        for name, source in _SPACES.items():
            if not objects.exists(objects.get(spaces, name)):
                writing.put(document, spaces, name, source)


def attach(document: pymupdf.Document, name: str, data: bytes, mime: str) -> None:
    """As a supplement of the whole document (ISO 32000-2, 14.13)."""
    document.embfile_add(name, data, filename=name, ufilename=name)
    names = objects.get(objects.catalog(document), "Names", "EmbeddedFiles", "Names")
    last = mupdf.pdf_array_len(names) - 1
    held = mupdf.pdf_add_object(objects.native(document), mupdf.pdf_array_get(names, last))
    mupdf.pdf_array_put(names, last, held)
    writing.put(document, held, "AFRelationship", "/Supplement")
    writing.put(document, objects.get(held, "EF", "F"), "Subtype", writing.name(mime))
    writing.push(document, objects.catalog(document), "AF", [writing.reference(held)])


def on_white(path: str) -> bytes:
    """A picture without transparency, as PNG."""
    with Image.open(path) as image:
        inked = image.convert("RGBA")
    paper = Image.new("RGBA", inked.size, "white")
    paper.alpha_composite(inked)
    out = BytesIO()
    paper.convert("RGB").save(out, "PNG")
    return out.getvalue()


def _is_for_rgb(document: pymupdf.Document) -> bool:
    intents = objects.items(objects.get(objects.catalog(document), "OutputIntents"))
    return any(objects.integer(objects.get(one, "DestOutputProfile", "N")) == 3 for one in intents)


def _drawn(document: pymupdf.Document) -> Iterator[Any]:
    """All that has resources of its own: pages, and the forms drawn on them or in fields."""
    for index in range(document.page_count):
        page = pages.page_object(document, index)
        if not objects.exists(objects.get(page, "Resources")):
            inherited = objects.inherited(page, "Resources")
            if objects.exists(inherited):
                writing.put_object(page, "Resources", mupdf.pdf_copy_dict(inherited))
        yield page
    native = objects.native(document)
    for number in range(1, mupdf.pdf_xref_len(native)):
        one = mupdf.pdf_new_indirect(native, number, 0)
        if objects.is_stream(one) and objects.name(objects.get(one, "Subtype")) == "Form":
            yield one
