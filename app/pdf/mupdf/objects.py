"""Reading PDF objects without tripping: every function takes an object that may be missing or of a wrong type.

Files are hostile: a key may hold anything. MuPDF answers a wrong type with null, and so do these.
"""

from collections.abc import Iterator
from typing import Any

import pymupdf
from pymupdf import mupdf

Obj = Any
"""A `mupdf.PdfObj`; the library has no types of its own."""

_DEEPEST = 64
_MOST = 200_000


def trailer(document: pymupdf.Document) -> Obj:
    return mupdf.pdf_trailer(native(document))


def catalog(document: pymupdf.Document) -> Obj:
    return get(trailer(document), "Root")


def native(document: pymupdf.Document) -> Any:
    """The `mupdf.PdfDocument` behind a `pymupdf.Document`."""
    return mupdf.pdf_document_from_fz_document(document.this)


def get(obj: Obj, *keys: str) -> Obj:
    """Follow keys down; null when one is missing."""
    for key in keys:
        obj = mupdf.pdf_dict_gets(obj, key)
    return obj


def inherited(obj: Obj, key: str) -> Obj:
    """The value here or in the nearest ancestor over /Parent."""
    value = get(obj, key)
    for _ in range(_DEEPEST):
        if exists(value):
            break
        obj = get(obj, "Parent")
        value = get(obj, key)
    return value


def exists(obj: Obj) -> bool:
    return bool(obj.m_internal) and not mupdf.pdf_is_null(obj)


def is_dict(obj: Obj) -> bool:
    return bool(mupdf.pdf_is_dict(obj))


def is_stream(obj: Obj) -> bool:
    return bool(mupdf.pdf_is_stream(obj))


def name(obj: Obj) -> str:
    """A name without its slash; empty for anything else."""
    return str(mupdf.pdf_to_name(obj)) if mupdf.pdf_is_name(obj) else ""


def text(obj: Obj) -> str:
    """A text string (ISO 32000-2, 7.9.2.2); a name also passes, streams of text too."""
    if mupdf.pdf_is_string(obj):
        return str(mupdf.pdf_to_text_string(obj))
    if is_stream(obj):
        return bytes(mupdf.pdf_load_stream(obj).fz_buffer_extract_copy()).decode("utf-8", "replace")
    return name(obj)


def integer(obj: Obj, default: int = 0) -> int:
    return int(mupdf.pdf_to_int(obj)) if mupdf.pdf_is_number(obj) else default


def truth(obj: Obj) -> bool:
    return bool(mupdf.pdf_is_bool(obj) and mupdf.pdf_to_bool(obj))


def items(obj: Obj) -> Iterator[Obj]:
    """The members of an array; nothing for anything else."""
    if mupdf.pdf_is_array(obj):
        for index in range(min(mupdf.pdf_array_len(obj), _MOST)):
            yield mupdf.pdf_array_get(obj, index)


def entries(obj: Obj) -> Iterator[tuple[str, Obj]]:
    """The keys and values of a dictionary; nothing for anything else."""
    if mupdf.pdf_is_dict(obj):
        for index in range(min(mupdf.pdf_dict_len(obj), _MOST)):
            yield name(mupdf.pdf_dict_get_key(obj, index)), mupdf.pdf_dict_get_val(obj, index)


def number(obj: Obj) -> int:
    """The object number of what a reference points at; 0 for a direct object."""
    return int(mupdf.pdf_to_num(obj))


def numbers(obj: Obj) -> tuple[float, ...]:
    """An array of numbers; empty unless it is one."""
    members = list(items(obj))
    if not all(mupdf.pdf_is_number(member) for member in members):
        return ()
    return tuple(float(mupdf.pdf_to_real(member)) for member in members)


def box(obj: Obj) -> tuple[float, float, float, float] | None:
    """A rectangle (ISO 32000-2, 7.9.5), None unless it is one."""
    found = numbers(obj)
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None


def leaves(tree: Obj) -> Iterator[tuple[str, Obj]]:
    """The pairs of a name tree (ISO 32000-2, 7.9.6); a loop ends at the first node seen twice."""
    waiting, seen = [tree], set[int]()
    while waiting:
        node = waiting.pop()
        if number(node):
            if number(node) in seen:
                continue
            seen.add(number(node))
        pairs = list(items(get(node, "Names")))
        yield from ((text(key), value) for key, value in zip(pairs[::2], pairs[1::2], strict=False))
        waiting.extend(reversed(list(items(get(node, "Kids")))))
