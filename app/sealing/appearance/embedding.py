"""A face's subset as the objects of a composite font (ISO 32000-1, 9.7)."""

from collections.abc import Mapping

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from app.glyphs.subset import SYMBOLIC, USUAL_STEM, Subset


def embed(subset: Subset, writer: BasePdfFileWriter) -> generic.IndirectObject:
    """Cuts the subset, which fixes its codes, and writes the font."""
    program = subset.cut()
    name = pdf_name("/" + subset.tagged_name)
    descendant = _descendant(subset, name, _descriptor(subset, name, program, writer), writer)
    return writer.add_object(
        generic.DictionaryObject({
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name("/Type0"),
            pdf_name("/BaseFont"): name,
            pdf_name("/Encoding"): pdf_name("/Identity-H"),
            pdf_name("/DescendantFonts"): generic.ArrayObject([descendant]),
            pdf_name("/ToUnicode"): _stream(writer, subset.to_unicode()),
        })
    )


def _descriptor(
    subset: Subset, name: generic.NameObject, program: bytes, writer: BasePdfFileWriter
) -> generic.IndirectObject:
    face = subset.describing()
    numbers = {
        "/Flags": SYMBOLIC,
        "/ItalicAngle": 0,
        "/Ascent": face.ascent,
        "/Descent": face.descent,
        "/CapHeight": face.cap_height,
        "/StemV": USUAL_STEM,
    }
    return writer.add_object(
        generic.DictionaryObject({
            pdf_name("/Type"): pdf_name("/FontDescriptor"),
            pdf_name("/FontName"): name,
            pdf_name("/FontBBox"): generic.ArrayObject(map(generic.NumberObject, face.box)),
            pdf_name("/FontFile2"): _stream(writer, program, {"/Length1": len(program)}),
            pdf_name("/CIDSet"): _stream(writer, subset.held()),
            **{pdf_name(key): generic.NumberObject(number) for key, number in numbers.items()},
        })
    )


def _descendant(
    subset: Subset, name: generic.NameObject, descriptor: generic.IndirectObject, writer: BasePdfFileWriter
) -> generic.IndirectObject:
    widths = generic.ArrayObject()
    for code, width in subset.widths():
        widths.append(generic.NumberObject(code))
        widths.append(generic.ArrayObject([generic.NumberObject(width)]))
    return writer.add_object(
        generic.DictionaryObject({
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name("/CIDFontType2"),
            pdf_name("/BaseFont"): name,
            pdf_name("/CIDSystemInfo"): generic.DictionaryObject({
                pdf_name("/Registry"): generic.TextStringObject("Adobe"),
                pdf_name("/Ordering"): generic.TextStringObject("Identity"),
                pdf_name("/Supplement"): generic.NumberObject(0),
            }),
            pdf_name("/FontDescriptor"): descriptor,
            pdf_name("/CIDToGIDMap"): pdf_name("/Identity"),
            pdf_name("/DW"): generic.NumberObject(0),
            pdf_name("/W"): widths,
        })
    )


def _stream(writer: BasePdfFileWriter, data: bytes, extra: Mapping[str, int] | None = None) -> generic.IndirectObject:
    entries = {pdf_name(key): generic.NumberObject(number) for key, number in (extra or {}).items()}
    stream = generic.StreamObject(entries, stream_data=data)
    stream.compress()
    return writer.add_object(stream)
