"""Archival files (ISO 19005-1 to -3, level b) of our own making, and what in a file breaks those rules: the ones that a
signature could break, read from the file's objects.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymupdf
from PIL import ImageCms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from app import paths

HIDDEN = 1 | 2 | 32 | 256
"""Invisible, hidden, not to be seen, toggled."""
PRINTED = 4
FORBIDDEN_ACTIONS = ("/JavaScript", "/Launch", "/Sound", "/Movie", "/ImportData", "/ResetForm")


def sample(path: Path, part: int) -> Path:
    """One page of text in an embedded face, with an output intent of sRGB."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_font("body", str(min(paths.resource("fonts", "document").glob("*.ttf"))))
    page.insert_text((72, 90), "An agreement for the archive", fontname="body")
    profile = document.get_new_xref()
    document.update_object(profile, "<</N 3>>")
    document.update_stream(profile, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    intent = document.get_new_xref()
    document.update_object(
        intent, f"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/DestOutputProfile {profile} 0 R>>"
    )
    document.xref_set_key(document.pdf_catalog(), "OutputIntents", f"[{intent} 0 R]")
    document.set_metadata({})
    document.set_xml_metadata(
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        f'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="{part}" pdfaid:conformance="B"/>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    document.save(path, garbage=1)
    document.close()
    return path


def breaches(path: Path, part: int) -> list[str]:
    """Sentences, none for a file that keeps the rules."""
    with path.open("rb") as stream:
        reader = PdfFileReader(stream, strict=True)
        found = [*_whole(reader, part)]
        for each in _objects(reader):
            found += _of_object(each, part)
        return sorted(set(found))


def _whole(reader: PdfFileReader, part: int) -> Iterator[str]:
    root = reader.root
    if f'pdfaid:part="{part}"'.encode() not in root["/Metadata"].data:
        yield "the metadata no longer names the part"
    if "/OutputIntents" not in root:
        yield "there is no output intent"
    if "/ID" not in reader.trailer:
        yield "the trailer has no /ID"
    form = _got(root, "/AcroForm", {})
    if _got(form, "/NeedAppearances"):
        yield "appearances are left to the reader"
    if "/XFA" in form or "/AA" in root:
        yield "the form acts by itself"
    for number in range(int(root["/Pages"]["/Count"])):
        page = reader.root["/Pages"]["/Kids"][number]
        annotations = _got(page, "/Annots", generic.ArrayObject())
        for at in range(len(annotations)):
            yield from _of_widget(annotations[at], part)
    if part == 1 and reader.xrefs.hybrid_xrefs_present:
        yield "the cross-reference is hybrid"


def _of_widget(widget: Any, part: int) -> Iterator[str]:
    flags, box = int(_got(widget, "/F", 0)), [float(each) for each in widget["/Rect"]]
    empty = box[0] == box[2] and box[1] == box[3]
    if flags & HIDDEN or not flags & PRINTED:
        yield f"an annotation is not printed (flags {flags})"
    if "/AP" in widget and set(widget["/AP"]) != {"/N"}:
        yield "an annotation has more than one appearance"
    if "/AP" not in widget and not (empty and part > 1):
        yield "a form field has no appearance"
    if "/A" in widget or "/AA" in widget:
        yield "an annotation acts"


def _of_object(each: Any, part: int) -> Iterator[str]:
    kind = _got(each, "/Type") if isinstance(each, generic.DictionaryObject) else None
    if kind == "/Font":
        yield from _of_font(each, part)
    if isinstance(each, generic.DictionaryObject):
        if _got(each, "/S") in FORBIDDEN_ACTIONS:
            yield f"there is an action {each['/S']}"
        if part == 1 and _got(each, "/SMask", "/None") != "/None":
            yield "a picture is transparent"
        if part == 1 and (_got(each, "/S") == "/Transparency" or float(_got(each, "/CA", 1)) < 1):
            yield "something is transparent"
        if "/Filter" in each and "/LZWDecode" in str(each["/Filter"]):
            yield "LZW is used"
        if isinstance(each, generic.StreamObject) and "/F" in each:
            yield "a stream lies outside of the file"
        if part == 1 and kind in ("/ObjStm", "/XRef"):
            yield "objects are packed as PDF 1.5 does"


def _of_font(font: Any, part: int) -> Iterator[str]:
    if font["/Subtype"] == "/Type0":
        return
    descriptor = _got(font, "/FontDescriptor", {})
    if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
        yield f"{font['/BaseFont']} is not embedded"
    is_subset = str(font["/BaseFont"])[7:8] == "+"
    if part == 1 and is_subset and font["/Subtype"] == "/CIDFontType2" and "/CIDSet" not in descriptor:
        yield f"{font['/BaseFont']} does not say which glyphs it holds"


def _got(of: Any, key: str, default: Any = None) -> Any:
    """Followed, where it lies elsewhere."""
    try:
        return of[key]
    except KeyError:
        return default


def _objects(reader: PdfFileReader) -> Iterator[Any]:
    """All that can be reached from the catalog, dictionaries inside of others too."""
    waiting: list[Any] = [reader.root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, generic.IndirectObject):
            if (each.idnum, each.generation) in seen:
                continue
            seen.add((each.idnum, each.generation))
            each = each.get_object()
        if isinstance(each, generic.DictionaryObject):
            yield each
            waiting += [each.raw_get(key) for key in each]
        elif isinstance(each, generic.ArrayObject):
            waiting += [each.raw_get(at) for at in range(len(each))]
