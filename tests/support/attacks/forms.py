"""What form filling is allowed to do, and what hides behind it: locked fields, swapped looks, new fields."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.support.attacks import Attack, Expect
from tests.support.attacks.revising import Edit, dictionary, field_of, opaque, page_of, revised, value

LOCKED, FREE, SIGNED = "Paraph_1_text", "Paraph_3_text", "Paraph_2_sign"


def _edit(edit: Edit):  # type: ignore[no-untyped-def]
    return lambda signed, _: revised(signed.data, edit)


def _entry(field: str, key: str, plain: Any) -> Edit:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        field_of(writer, field)[key] = value(plain)

    return edit


def _look(field: str) -> Edit:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        field_of(writer, field)["/AP"] = dictionary(N=opaque(writer, 400, 400))

    return edit


def _look_in_place(writer: IncrementalPdfFileWriter) -> None:
    """The signature's picture keeps its number and shows something else."""
    appearance = field_of(writer, SIGNED)["/AP"].raw_get("/N")
    replacement = generic.StreamObject(stream_data=b"1 g 0 0 900 900 re f")
    replacement.update(dictionary(Type="/XObject", Subtype="/Form", BBox=[0, 0, 900, 900]))
    writer.objects[(0, appearance.idnum)] = replacement


def new_field(kind: str, name: str = "evil") -> Edit:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        field = dictionary(Type="/Annot", Subtype="/Widget", FT=kind, T=name, Rect=[0, 0, 400, 400], F=4)
        field["/AP"] = dictionary(N=opaque(writer, 400, 400))
        reference = writer.add_object(field)
        form = writer.root["/AcroForm"]
        form["/Fields"].append(reference)
        writer.update_container(form)
        page = page_of(writer)
        page["/Annots"] = value([*(page["/Annots"].raw_get(i) for i in range(len(page["/Annots"]))), reference])

    return edit


def _without_field(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    del form["/Fields"][0]
    writer.update_container(form)


def _without_form(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


def _form_entry(key: str, plain: Any) -> Edit:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form[key] = value(plain)
        writer.update_container(form)

    return edit


ATTACKS = (
    Attack("another value in a locked field", _edit(_entry(LOCKED, "/V", "evil")), Expect.INVALID),
    Attack("another look of a locked field", _edit(_look(LOCKED)), Expect.INVALID),
    Attack("a locked field hidden", _edit(_entry(LOCKED, "/F", 2)), Expect.INVALID),
    Attack("a locked field moved", _edit(_entry(LOCKED, "/Rect", [0, 0, 500, 500])), Expect.INVALID),
    Attack("another look of a signature", _edit(_look(SIGNED)), Expect.INVALID),
    Attack("another look of a signature in place", _edit(_look_in_place), Expect.INVALID),
    Attack("a signature moved", _edit(_entry(SIGNED, "/Rect", [0, 0, 500, 500])), Expect.INVALID),
    Attack("a free field filled", _edit(_entry(FREE, "/V", "later")), Expect.LISTED),
    Attack("another look of a free field", _edit(_look(FREE)), Expect.LISTED),
    Attack("a free field hidden", _edit(_entry(FREE, "/F", 2)), Expect.LISTED),
    Attack("a new text field", _edit(new_field("/Tx")), Expect.INVALID),
    Attack("a new button", _edit(new_field("/Btn")), Expect.INVALID),
    Attack("a new opaque signature field", _edit(new_field("/Sig")), Expect.INVALID),
    Attack("a field removed", _edit(_without_field), Expect.INVALID),
    Attack("the form removed", _edit(_without_form)),
    Attack("viewers told to redraw", _edit(_form_entry("/NeedAppearances", True)), Expect.LISTED),
    Attack("another default font", _edit(_form_entry("/DA", "/Evil 40 Tf")), Expect.LISTED),
    Attack("an XML form", _edit(_form_entry("/XFA", "<xdp/>"))),
)
