"""Making a document's interactive form ready to take our fields (ISO 32000-2, 12.7.3)."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import pymupdf
import uharfbuzz as hb

from app.domain import errors
from app.glyphs.shaping import face
from app.glyphs.subset import NOT_NEEDED
from app.pdf.inspection import Xfa
from app.pdf.mupdf import inspecting, objects, pages, writing
from app.pdf.mupdf.fields import fields_of

FONT_NAME: Final = "ParaphSans"
DEFAULT_APPEARANCE: Final = f"(/{FONT_NAME} 0 Tf 0 g)"

_SIGNATURES_EXIST, _APPEND_ONLY = 1, 2
_NONSYMBOLIC: Final = 32
_FIRST, _LAST = 32, 255


def prepare_form(document: pymupdf.Document, names: set[str], replaced: Sequence[str]) -> dict[str, str]:
    """An AcroForm without XFA and without work left to viewers; returns old names of fields that got new ones.

    A dynamic XFA form has no pages to sign: `SigningForbidden`.
    """
    if inspecting.xfa(document) is Xfa.DYNAMIC:
        raise errors.SigningForbidden(path=str(document.name), by="xfa")
    form = writing.section(document, objects.catalog(document), "AcroForm")
    _finish_appearances(document, form)
    for key in ("XFA", "NeedAppearances"):
        writing.drop(form, key)
    take_out(document, set(replaced))
    renamed = _rename(document, form, names)
    fonts = writing.section(document, form, "DR", "Font")
    writing.put(document, fonts, FONT_NAME, _form_font(document))
    writing.put(document, form, "DA", DEFAULT_APPEARANCE)
    writing.put(document, form, "SigFlags", str(_SIGNATURES_EXIST | _APPEND_ONLY))
    writing.push(document, form, "Fields", ())
    return renamed


def _finish_appearances(document: pymupdf.Document, form: Any) -> None:
    """What a viewer was asked to draw is drawn now: after sealing nobody may."""
    if objects.truth(objects.get(form, "NeedAppearances")):
        for page in document:
            for widget in page.widgets():
                widget.update()


def _rename(document: pymupdf.Document, form: Any, names: set[str]) -> dict[str, str]:
    """Our names are agreed with `sealing`, so a field of the file that bears one gives way (fault 29)."""
    renamed: dict[str, str] = {}
    for root in objects.items(objects.get(form, "Fields")):
        old = objects.text(objects.get(root, "T"))
        if old in names:
            new = next(f"{old}_{n}" for n in range(1, 10_000) if f"{old}_{n}" not in names)
            writing.put(document, root, "T", writing.text(new))
            renamed[old] = new
    return renamed


def take_out(document: pymupdf.Document, names: set[str]) -> None:
    """Remove fields by their full names, with their places on pages."""
    gone = {
        objects.number(obj)
        for field in fields_of(document)
        if field.name in names
        for obj in (field.obj, *(widget.obj for widget in field.widgets))
    } - {0}
    if not gone:
        return
    _filter(document, objects.get(objects.catalog(document), "AcroForm"), "Fields", gone)
    for index in range(document.page_count):
        _filter(document, pages.page_object(document, index), "Annots", gone)


def _filter(document: pymupdf.Document, owner: Any, key: str, gone: set[int]) -> None:
    kept = []
    for item in objects.items(objects.get(owner, key)):
        if objects.number(item) in gone:
            continue
        if objects.exists(objects.get(item, "Kids")):
            _filter(document, item, "Kids", gone)
        kept.append(item)
    if len(kept) != sum(1 for _ in objects.items(objects.get(owner, key))):
        writing.put(document, owner, key, f"[{' '.join(writing.reference(item) for item in kept)}]")


def _form_font(document: pymupdf.Document) -> str:
    """A simple font for viewers that let somebody type: embedded, in the usual Western encoding."""
    program, widths = _western()
    told = face("sans").font.get_font_extents("ltr")
    em = 1000 / face("sans").units
    file = writing.add_stream(document, f"<</Length1 {len(program)}>>", program)
    descriptor = writing.add(
        document,
        f"<</Type/FontDescriptor/FontName/{FONT_NAME}/Flags {_NONSYMBOLIC}/FontBBox[-600 -400 2000 1200]"
        f"/ItalicAngle 0/Ascent {round(told.ascender * em)}/Descent {round(told.descender * em)}"
        f"/CapHeight 714/StemV 80/FontFile2 {file}>>",
    )
    return writing.add(
        document,
        f"<</Type/Font/Subtype/TrueType/BaseFont/{FONT_NAME}/Encoding/WinAnsiEncoding"
        f"/FirstChar {_FIRST}/LastChar {_LAST}/Widths{writing.numbers(widths)}/FontDescriptor {descriptor}>>",
    )


@lru_cache(maxsize=1)
def _western() -> tuple[bytes, tuple[int, ...]]:
    """The face cut down to Windows code page 1252, and the width of each code."""
    of = face("sans")
    letters = [bytes([code]).decode("cp1252", "ignore") for code in range(_FIRST, _LAST + 1)]
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(sorted({ord(letter) for letter in letters if letter}))
    wanted.drop_table_tag_set.update(NOT_NEEDED)
    program = bytes(hb.SubsetPlan(of.face, wanted).execute().blob.data)
    advances = [of.font.get_glyph_h_advance(of.font.get_nominal_glyph(ord(x)) or 0) if x else 0 for x in letters]
    return program, tuple(round(advance * 1000 / of.units) for advance in advances)
