"""New PDF objects from their source text, which reads like the standard's own examples."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pymupdf
from pymupdf import mupdf

from app.pdf.mupdf import objects

_PLAIN_NAME = re.compile(rb"[^A-Za-z0-9_.+:*-]")
_REFERENCE = re.compile(r"(\d+) 0 R")


def parse(document: pymupdf.Document, source: str) -> Any:
    """The object; MuPDF's parser reads a reference only inside of something."""
    if referred := _REFERENCE.fullmatch(source):
        return mupdf.pdf_new_indirect(objects.native(document), int(referred[1]), 0)
    stream = mupdf.fz_open_buffer(mupdf.fz_new_buffer_from_copied_data(source.encode("latin-1")))
    return mupdf.pdf_parse_stm_obj(objects.native(document), stream, mupdf.PdfLexbuf(mupdf.PDF_LEXBUF_SMALL))


def add(document: pymupdf.Document, source: str) -> str:
    """A new indirect object; returns the reference to it, as in `12 0 R`."""
    made = mupdf.pdf_add_object(objects.native(document), parse(document, source))
    return reference(made)


def add_stream(document: pymupdf.Document, source: str, data: bytes) -> str:
    """A new stream with this dictionary; the save deflates it."""
    buffer = mupdf.fz_new_buffer_from_copied_data(data)
    return reference(mupdf.pdf_add_stream(objects.native(document), buffer, parse(document, source), 0))


def put(document: pymupdf.Document, owner: Any, key: str, source: str) -> None:
    """Set a key of a dictionary."""
    mupdf.pdf_dict_puts(owner, key, parse(document, source))


def drop(owner: Any, key: str) -> None:
    """Delete a key, there or not."""
    if objects.is_dict(owner):
        mupdf.pdf_dict_dels(owner, key)


def push(document: pymupdf.Document, owner: Any, key: str, references: Iterable[str]) -> None:
    """Append to the array under a key, made when it is missing or something else."""
    array = objects.get(owner, key)
    if not mupdf.pdf_is_array(array):
        put(document, owner, key, "[]")
        array = objects.get(owner, key)
    for one in references:
        mupdf.pdf_array_push(array, parse(document, one))


def section(document: pymupdf.Document, owner: Any, *keys: str) -> Any:
    """The dictionary under these keys, made where it is missing or something else."""
    for key in keys:
        if not objects.is_dict(objects.get(owner, key)):
            put(document, owner, key, "<<>>")
        owner = objects.get(owner, key)
    return owner


def resources_of(document: pymupdf.Document, page: Any, kind: str) -> Any:
    """A category of the page's own or inherited resources, to which entries may be added."""
    inherited = objects.inherited(page, "Resources")
    if not objects.is_dict(inherited):
        put(document, page, "Resources", "<<>>")
        inherited = objects.get(page, "Resources")
    return section(document, inherited, kind)


def reference(obj: Any) -> str:
    return f"{objects.number(obj)} 0 R"


def text(value: str) -> str:
    """A text string in UTF-16 with its mark (ISO 32000-2, 7.9.2.2)."""
    return f"<FEFF{value.encode('utf-16-be', 'replace').hex().upper()}>"


def name(value: str) -> str:
    """A name in UTF-8, its other bytes as `#xx` (ISO 32000-2, 7.3.5)."""
    return "/" + _PLAIN_NAME.sub(lambda found: b"#%02X" % ord(found[0]), value.encode()).decode("ascii")


def numbers(values: Iterable[float]) -> str:
    """An array; a hundredth of a thousandth of a point is finer than anything that reads it."""
    return f"[{' '.join(number(value) for value in values)}]"


def number(value: float) -> str:
    short = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def dictionary(entries: Mapping[str, str]) -> str:
    return "<<" + "".join(f"{name(key)} {value}" for key, value in entries.items()) + ">>"


def put_object(owner: Any, key: str, value: Any) -> None:
    """Set a key to an object that is there already."""
    mupdf.pdf_dict_puts(owner, key, value)
