"""Archival files (ISO 19005-1 to -3, level b) of our own making."""

from __future__ import annotations

from pathlib import Path

import pymupdf

from app import paths

SPACES = (
    "<</DefaultRGB[/CalRGB<</WhitePoint[0.9505 1 1.089]>>]/DefaultGray[/CalGray<</WhitePoint[0.9505 1 1.089]>>]>>"
)


def sample(path: Path, part: int, *, for_rgb: bool = True) -> Path:
    """One page of text in an embedded face, with an output intent of sRGB or, without any, colours of its own."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_font("body", str(min(paths.resource("fonts", "document").glob("*.ttf"))))
    page.insert_text((72, 90), "An agreement for the archive", fontname="body")
    if for_rgb:
        profile = document.get_new_xref()
        document.update_object(profile, "<</N 3>>")
        data = bytearray(paths.resource("colour", "sRGB.icc").read_bytes())
        data[8:10] = b"\x02\x40"  # part 1 knows profiles of version 2 only
        document.update_stream(profile, bytes(data))
        intent = f"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/DestOutputProfile {profile} 0 R>>"
        document.xref_set_key(document.pdf_catalog(), "OutputIntents", f"[{intent}]")
    else:
        resources = int(document.xref_get_key(page.xref, "Resources")[1].split()[0])
        document.xref_set_key(resources, "ColorSpace", SPACES)
    for xref in range(1, document.xref_length()):
        if document.xref_get_key(xref, "Subtype")[1] == "/CIDFontType2":
            document.xref_set_key(xref, "CIDToGIDMap", "/Identity")
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
