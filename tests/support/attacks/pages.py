"""Pages replaced, covered, added and taken away by a later revision."""

from __future__ import annotations

import random
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.support.attacks import Attack, Expect
from tests.support.attacks.revising import Edit, dictionary, page_of, revised, stream, value
from tests.support.signed import Signed

_WHITE = b"1 g 0 0 2000 2000 re f"


def _edit(edit: Edit):  # type: ignore[no-untyped-def]
    return lambda signed, _: revised(signed.data, edit)


def _set(key: str, plain: Any) -> Edit:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        page_of(writer)[key] = value(plain)

    return edit


def _new_contents(writer: IncrementalPdfFileWriter) -> None:
    page_of(writer)["/Contents"] = stream(writer, _WHITE)


def _overlay(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer)
    page["/Contents"] = value([page.raw_get("/Contents"), stream(writer, _WHITE)])


def _contents_in_place(writer: IncrementalPdfFileWriter) -> None:
    """The content stream keeps its number and gets another body."""
    contents = page_of(writer).raw_get("/Contents")
    if isinstance(contents.get_object(), generic.ArrayObject):
        contents = contents.get_object().raw_get(0)
    reference = generic.Reference(contents.idnum, 0, writer)
    target = reference.get_object()
    writer.objects[(0, reference.idnum)] = replacement = generic.StreamObject(stream_data=_WHITE)
    replacement.container_ref = reference
    assert target is not replacement


def _new_resources(writer: IncrementalPdfFileWriter) -> None:
    page_of(writer)["/Resources"] = dictionary(Font=dictionary())


def _another_page(writer: IncrementalPdfFileWriter) -> None:
    root = writer.root["/Pages"]
    page = dictionary(Type="/Page", MediaBox=[0, 0, 595, 842], Contents=stream(writer, _WHITE))
    page["/Parent"] = writer.root.raw_get("/Pages")
    root["/Kids"].append(writer.add_object(page))
    root["/Count"] = value(int(root["/Count"]) + 1)
    writer.update_container(root)


def _no_page(writer: IncrementalPdfFileWriter) -> None:
    _another_page(writer)
    root = writer.root["/Pages"]
    del root["/Kids"][0]
    root["/Count"] = value(1)


def _new_tree(writer: IncrementalPdfFileWriter) -> None:
    page = dictionary(Type="/Page", MediaBox=[0, 0, 595, 842], Contents=stream(writer, _WHITE))
    tree = writer.add_object(dictionary(Type="/Pages", Count=1, Kids=[writer.add_object(page)]))
    page["/Parent"] = tree
    writer.root["/Pages"] = tree
    writer.update_root()


def _back_to_the_first(signed: Signed, chance: random.Random) -> bytes:
    """The file as it was before the second person signed, with another page."""
    return revised(signed.states[0], _new_contents)


ATTACKS = (
    Attack("other page content", _edit(_new_contents), Expect.INVALID),
    Attack("page content drawn over", _edit(_overlay), Expect.INVALID),
    Attack("page content in place", _edit(_contents_in_place), Expect.INVALID),
    Attack("other fonts on the page", _edit(_new_resources), Expect.INVALID),
    Attack("another media box", _edit(_set("/MediaBox", [0, 0, 100, 100])), Expect.INVALID),
    Attack("another crop box", _edit(_set("/CropBox", [0, 0, 100, 100])), Expect.INVALID),
    Attack("a turned page", _edit(_set("/Rotate", 180)), Expect.INVALID),
    Attack("another unit", _edit(_set("/UserUnit", 2)), Expect.INVALID),
    Attack("one page more", _edit(_another_page), Expect.INVALID),
    Attack("another page instead", _edit(_no_page), Expect.INVALID),
    Attack("another page tree", _edit(_new_tree), Expect.INVALID),
    Attack("other content before the second signature", _back_to_the_first, Expect.INVALID),
)
