"""An attacker's tool: append a revision that does anything at all, with a well-formed table."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

Edit = Callable[[IncrementalPdfFileWriter], None]


def revised(data: bytes, edit: Edit) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=False)
    edit(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def page_of(writer: IncrementalPdfFileWriter, index: int = 0) -> Any:
    """A page's dictionary, marked as changed."""
    ref, _ = writer.find_page_for_modification(index)
    writer.mark_update(ref)
    return ref.get_object()


def field_of(writer: IncrementalPdfFileWriter, name: str) -> Any:
    """A form field's dictionary, marked as changed."""
    for ref in writer.root["/AcroForm"]["/Fields"]:
        if str(ref.get_object()["/T"]) == name:
            writer.mark_update(ref)
            return ref.get_object()
    raise KeyError(name)


def dictionary(**entries: Any) -> generic.DictionaryObject:
    """`Type="/Annot"` and the like; strings that begin with a slash are names."""
    return generic.DictionaryObject({pdf_name(f"/{key}"): value(each) for key, each in entries.items()})


def value(plain: Any) -> Any:
    """A PDF object from a Python value."""
    match plain:
        case bool():
            return generic.BooleanObject(plain)
        case str() if plain.startswith("/"):
            return pdf_name(plain)
        case str():
            return generic.pdf_string(plain)
        case int():
            return generic.NumberObject(plain)
        case float():
            return generic.FloatObject(plain)
        case list() | tuple() if not isinstance(plain, generic.ArrayObject):
            return generic.ArrayObject([value(each) for each in plain])
        case _:
            return plain


def opaque(writer: IncrementalPdfFileWriter, width: float, height: float) -> Any:
    """A reference to a white form XObject of this size: it hides whatever lies beneath."""
    stream = generic.StreamObject(stream_data=b"1 g 0 0 %d %d re f" % (width, height))
    stream.update(dictionary(Type="/XObject", Subtype="/Form", BBox=[0, 0, int(width), int(height)]))
    return writer.add_object(stream)


def stream(writer: IncrementalPdfFileWriter, content: bytes) -> Any:
    return writer.add_object(generic.StreamObject(stream_data=content))
