"""Values into every kind of form field, after which every earlier signature must stand."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter

from app.domain.drawing import Drawing
from app.domain.fields.base import FormType
from app.domain.identity import KeyMaterial
from app.sealing import Fill
from app.sealing.form import form_of, geometry_of
from app.sealing.revising import seal_revision
from tests.support.acts import an_act, ticked, written
from tests.support.documents import Party, Sheet, prepared
from tests.support.pki import a_signer, judged

OPTIONS = ("Paris", "Rome", "A/B é")


def with_choices(path: Path) -> Path:
    """Adds a list and a group of buttons to the prepared page, as the room that lays fields does."""
    with pymupdf.open(path) as document:
        widget = pymupdf.Widget()
        widget.field_name, widget.field_type = "city", pymupdf.PDF_WIDGET_TYPE_COMBOBOX
        widget.choice_values, widget.rect = list(OPTIONS), pymupdf.Rect(50, 500, 150, 520)
        document[0].add_widget(widget)
        document.saveIncr()
    with path.open("r+b") as stream:
        writer = IncrementalPdfFileWriter(stream)
        _add_buttons(writer)
        writer.write_in_place()
    return path


def _add_buttons(writer: IncrementalPdfFileWriter) -> None:
    """A field for each option below the group's name; its on-state bears the option."""
    group = generic.DictionaryObject({
        pdf_name("/FT"): pdf_name("/Btn"), pdf_name("/T"): generic.TextStringObject("trip"),
    })  # fmt: skip
    parent = writer.add_object(group)
    page = writer.find_page_for_modification(0)[0]
    kids = generic.ArrayObject()
    for number, option in enumerate(OPTIONS):
        look = writer.add_object(_empty_form())
        states = generic.DictionaryObject({pdf_name("/" + option): look, pdf_name("/Off"): look})
        kid = writer.add_object(
            generic.DictionaryObject({
                pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/Widget"),
                pdf_name("/T"): generic.TextStringObject(str(number)),
                pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 50 + 20 * number, 60, 60))),
                pdf_name("/Parent"): parent, pdf_name("/P"): page, pdf_name("/AS"): pdf_name("/Off"),
                pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): states}),
            })
        )  # fmt: skip
        kids.append(kid)
        writer.register_annotation(page, kid)
    group[pdf_name("/Kids")] = kids
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.append(parent)
    writer.update_container(fields)


def _empty_form() -> generic.StreamObject:
    entries = {pdf_name("/Subtype"): pdf_name("/Form"), pdf_name("/BBox"): generic.ArrayObject()}
    return generic.StreamObject(entries, stream_data=b"")


def field(path: Path, name: str) -> generic.DictionaryObject:
    reader = PdfFileReader(path.open("rb"))
    return form_of(reader)[name].field


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return with_choices(prepared(tmp_path / "source.pdf"))


def filled(source: Path, tmp_path: Path, authority: KeyMaterial, *fills: Fill) -> Path:
    """Filled by the second signer of two, so that an earlier signature judges the change."""
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    seal_revision(an_act(source, first, Party(1), a_signer(authority)))
    seal_revision(an_act(first, second, Party(2), a_signer(authority), fills=fills))
    assert all(each.good for each in judged(second, authority))
    return second


@pytest.mark.parametrize("state", ["Yes", "Off"])
def test_a_checkbox_shows_its_state(source: Path, tmp_path: Path, authority: KeyMaterial, state: str) -> None:
    out = filled(source, tmp_path, authority, Fill(Party(2).check, FormType.CHECKBOX, state, ticked()))
    with pymupdf.open(out) as document:
        (widget,) = (each for each in document[0].widgets() if each.field_name == Party(2).check)
        assert widget.field_value == state
        assert document.xref_get_key(widget.xref, "AS") == ("name", f"/{state}")


@pytest.mark.parametrize("chosen", [0, 1, 2, None])
def test_at_most_one_button_of_a_group_is_on(
    source: Path, tmp_path: Path, authority: KeyMaterial, chosen: int | None
) -> None:
    option = "" if chosen is None else OPTIONS[chosen]
    out = filled(source, tmp_path, authority, Fill("trip", FormType.RADIO, option, Drawing(10, 10)))
    with out.open("rb") as stream:
        form = form_of(PdfFileReader(stream))
        states = [str(form[f"trip.{number}"].field["/AS"]) for number in range(3)]
        values = [str(form[f"trip.{number}"].field["/V"]) for number in range(3)]
    assert states == values == [f"/{each}" if n == chosen else "/Off" for n, each in enumerate(OPTIONS)]


def test_a_list_holds_the_chosen_text_and_shows_it(source: Path, tmp_path: Path, authority: KeyMaterial) -> None:
    out = filled(source, tmp_path, authority, Fill("city", FormType.CHOICE, OPTIONS[2], written(OPTIONS[2])))
    with pymupdf.open(out) as document:
        (widget,) = (each for each in document[0].widgets() if each.field_name == "city")
        assert widget.field_value == OPTIONS[2]
        assert document.xref_get_key(widget.xref, "AP/N")[0] == "xref"


def test_only_value_state_and_look_of_a_field_change(source: Path, tmp_path: Path, authority: KeyMaterial) -> None:
    out = filled(source, tmp_path, authority, Fill(Party(2).text, FormType.TEXT, "x", written("x")))
    with source.open("rb") as one, out.open("rb") as two:
        before, after = (form_of(PdfFileReader(stream))[Party(2).text].field for stream in (one, two))
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert changed <= {"/V", "/AS", "/AP"}


def test_an_empty_value_is_filled_as_such(source: Path, tmp_path: Path, authority: KeyMaterial) -> None:
    out = filled(source, tmp_path, authority, Fill(Party(2).text, FormType.TEXT, "", Drawing(220, 24)))
    with pymupdf.open(out) as document:
        (widget,) = (each for each in document[0].widgets() if each.field_name == Party(2).text)
        assert widget.field_value == ""


def test_fields_are_found_by_their_full_name_wherever_the_form_lies(tmp_path: Path) -> None:
    """Indirect form, indirect list, a field below a field, a widget below its field."""
    writer = PdfFileWriter(stream_xrefs=False)
    leaf = generic.DictionaryObject({pdf_name("/T"): generic.TextStringObject("c")})
    widget = generic.DictionaryObject({pdf_name("/Subtype"): pdf_name("/Widget")})
    leaf[pdf_name("/Kids")] = generic.ArrayObject([writer.add_object(widget)])
    kids = generic.ArrayObject([writer.add_object(leaf)])
    branch = generic.DictionaryObject({
        pdf_name("/T"): generic.TextStringObject("a.b"), pdf_name("/FT"): pdf_name("/Tx"),
        pdf_name("/Kids"): writer.add_object(kids),
    })  # fmt: skip
    fields = generic.ArrayObject([writer.add_object(branch)])
    form = generic.DictionaryObject({pdf_name("/Fields"): writer.add_object(fields)})
    writer.root[pdf_name("/AcroForm")] = writer.add_object(form)
    with (tmp_path / "form.pdf").open("w+b") as stream:
        writer.write(stream)
        (entry,) = form_of(PdfFileReader(stream)).values()
    assert (entry.name, entry.kind, entry.filled) == ("a.b.c", "/Tx", False)
    assert entry.widgets[0]["/Subtype"] == "/Widget"


def test_a_pages_geometry_is_inherited_clipped_and_never_empty(tmp_path: Path) -> None:
    sheet = Sheet(crop=(10, 20, 300, 400), rotate=90, user_unit=2)
    with prepared(tmp_path / "a.pdf", sheet).open("rb") as stream:
        page = PdfFileReader(stream).root["/Pages"]["/Kids"][0]
        assert geometry_of(page) == sheet.geometry
        page[pdf_name("/CropBox")] = generic.ArrayObject(map(generic.NumberObject, (9000, 9000, 9100, 9100)))
        assert geometry_of(page).size.width > 0


def test_a_field_is_found_however_its_name_is_written(tmp_path: Path) -> None:
    """Names as hexadecimal digits, in UTF-16, in a stream of objects, and a reference to nothing beside them."""
    path = tmp_path / "a.pdf"
    document = pymupdf.open()
    document.new_page()
    written = ["(Plain)", "<506c61696e32>", "<FEFF00550054004600310036>", "(Par\\145nt)"]
    kids = []
    for name in written:
        xref = document.get_new_xref()
        document.update_object(xref, f"<</FT/Tx/T{name}/Type/Annot/Subtype/Widget/Rect[0 0 9 9]>>")
        kids.append(f"{xref} 0 R")
    form = f"<</Fields[{document.xref_length() + 40} 0 R {' '.join(kids)}]>>"
    document.xref_set_key(document.pdf_catalog(), "AcroForm", form)
    document.save(path, use_objstms=1)
    with path.open("rb") as stream:
        reader = PdfFileReader(stream, strict=False)
        for name in ("Plain", "Plain2", "UTF16", "Parent"):
            assert form_of(reader, [name])[name].name == name
        assert form_of(reader, ["Nobody"]).keys() == {"Plain", "Plain2", "UTF16", "Parent"}
