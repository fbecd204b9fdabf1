"""What a document asks for becomes fields of a draft, and the originals go where that is wanted."""

import subprocess
from pathlib import Path

import pymupdf
import pytest

from app.domain import errors
from app.domain.envelope import Envelope
from app.pdf import Source
from app.services import drafting, importing, pages, reading, viewing
from app.services.house import House
from app.services.importing import ImportChoices, Reason

TAGS = (
    "Sign here {{Sig_es_:signer2:signature}} thank you",
    "{{Full name;role=buyer;type=text;required=false;default=Jane}}",
    "{{DROPDOWN, r1, label=Colour, options=red|blue}} {{DROPDOWN, r1, label=Empty}}",
    r"Date \d1\ and company **company_2** end",
)


def tagged(path: Path, rotation: int = 0) -> Path:
    document = pymupdf.open()
    page = document.new_page(width=600, height=400)
    for number, line in enumerate(TAGS):
        page.insert_text((40, 80 + 14 * number), line, fontsize=10)
    page.draw_line((40, 83), (500, 83))
    page.set_rotation(rotation)
    document.save(path)
    return path


def form(path: Path) -> Path:
    document = pymupdf.open()
    page = document.new_page(width=600, height=400)
    wanted: tuple[tuple[str, int, dict[str, object]], ...] = (
        ("iban", pymupdf.PDF_WIDGET_TYPE_TEXT, {"text_maxlen": 22, "field_flags": 1 << 24, "field_value": "DE1"}),
        ("remarks", pymupdf.PDF_WIDGET_TYPE_TEXT, {"field_flags": (1 << 12) | (1 << 1)}),
        ("agree", pymupdf.PDF_WIDGET_TYPE_CHECKBOX, {"field_value": True}),
        ("colour", pymupdf.PDF_WIDGET_TYPE_COMBOBOX, {"choice_values": ["red", "blue"], "field_value": "blue"}),
    )
    for number, (name, kind, settings) in enumerate(wanted):
        widget = pymupdf.Widget()
        widget.field_name, widget.field_type = name, kind
        for key, value in settings.items():
            setattr(widget, key, value)
        widget.rect = pymupdf.Rect(50, 50 + 50 * number, 250, 80 + 50 * number)
        page.add_widget(widget)
    document.save(path)
    return path


def draft(house: House, path: Path) -> Envelope:
    """A buyer and a seller; the document is the first."""
    envelope_id = drafting.from_files(house, [path]).one("envelope")
    for name in ("buyer", "seller"):
        envelope = reading.envelope(house, envelope_id)
        added = drafting.new_recipient(house, envelope, name)
        drafting.set_recipients(house, envelope_id, [*envelope.recipients, added])
    return reading.envelope(house, envelope_id)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_tags_become_fields_of_whom_they_name_and_their_letters_are_gone(
    house: House, tmp_path: Path, rotation: int
) -> None:
    envelope = draft(house, tagged(tmp_path / "tags.pdf", rotation))
    document = envelope.documents[0].id
    found = importing.offers(house, envelope.id, document)
    report = importing.bring_in(house, envelope.id, document, ImportChoices(found, "seller"))
    after = reading.envelope(house, envelope.id)
    told = {(field.kind, field.recipient, field.label) for field in after.fields}
    assert told == {
        ("signature", "seller", "Sig"), ("text", "buyer", "Full name"), ("dropdown", "buyer", "Colour"),
        ("date_signed", "buyer", "date_signed"), ("company", "seller", "company"),
    }  # fmt: skip
    assert [left.reason for left in report.left] == [Reason.NO_OPTIONS]
    assert report.stripped == 5
    assert viewing.words(house, after.documents[0].base, 1).text.split() == [
        "Sign", "here", "thank", "you", "{{DROPDOWN,", "r1,", "label=Empty}}", "Date", "and", "company", "end",
    ]  # fmt: skip
    raw = subprocess.run(
        ["qpdf", "--qdf", str(viewing.blob_path(house, after.documents[0].base)), "-"], capture_output=True, check=True
    ).stdout
    assert b"signer2" not in raw, "stripped means gone from the file, not painted over"
    name = next(field for field in after.fields if field.label == "Full name")
    assert (name.value, name.required, name.mapping_key) == ("Jane", False, "Full name")


def test_kept_originals_stay_and_undo_goes_back(house: House, tmp_path: Path) -> None:
    envelope = draft(house, tagged(tmp_path / "tags.pdf"))
    document = envelope.documents[0].id
    found = importing.offers(house, envelope.id, document)
    report = importing.bring_in(house, envelope.id, document, ImportChoices(found, "seller", strip=False))
    after = reading.envelope(house, envelope.id)
    assert after.documents == envelope.documents
    assert (report.stripped, len(report.taken)) == (0, 5)
    again = importing.offers(house, envelope.id, document)
    assert [each.label for each in again] == ["Empty"], "what has its field is not offered twice"
    pages.restore(house, envelope.id, report.before)
    assert reading.envelope(house, envelope.id).fields == ()


def test_form_fields_keep_names_options_lengths_and_answers_and_leave_the_form(house: House, tmp_path: Path) -> None:
    envelope = draft(house, form(tmp_path / "form.pdf"))
    document = envelope.documents[0].id
    found = importing.offers(house, envelope.id, document)
    report = importing.bring_in(house, envelope.id, document, ImportChoices(found, "buyer"))
    after = reading.envelope(house, envelope.id)
    fields = {field.mapping_key: field for field in after.fields}
    assert set(fields) == {"iban", "remarks", "agree", "colour"}
    assert (fields["iban"].style.comb, fields["iban"].constraint.max_length, fields["iban"].value) == (22, 22, "DE1")
    assert (fields["remarks"].style.multiline, fields["remarks"].required) == (True, True)
    assert fields["agree"].value is True
    assert (fields["colour"].options, fields["colour"].value) == (("red", "blue"), "blue")
    assert report.stripped == 4
    assert house.looker.read_fields(viewing.blob_path(house, after.documents[0].base)) == ()
    assert house.looker.read_fields(viewing.blob_path(house, after.documents[0].original)) != ()


def test_hints_are_heard_as_the_sender_says(house: House, tmp_path: Path) -> None:
    envelope = draft(house, tagged(tmp_path / "tags.pdf"))
    document = envelope.documents[0].id
    found = tuple(each for each in importing.offers(house, envelope.id, document) if each.kind == "signature")
    assert [(each.source, each.role_hint) for each in found] == [(Source.TOKEN, "signer2")]
    importing.bring_in(house, envelope.id, document, ImportChoices(found, "seller", {"signer2": "buyer"}))
    assert [field.recipient for field in reading.envelope(house, envelope.id).fields] == ["buyer"]
    with pytest.raises(errors.UnknownRole):
        importing.bring_in(house, envelope.id, document, ImportChoices(found, "nobody"))
