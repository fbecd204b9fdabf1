"""Places to fill that are in a file already: form fields, tokens, and what is only printed."""

from pathlib import Path

import pymupdf
import pytest

from app.pdf import FoundField, Looker, Source
from app.pdf.wording import kind_of_label


def test_form_fields_of_other_programs_are_read(looker: Looker, corpus: Path) -> None:
    found = looker.read_fields(corpus / "sample-files" / "libreoffice-form.pdf")
    assert {field.kind for field in found} >= {"text", "checkbox", "dropdown"}
    assert all(field.source is Source.ACROFORM and field.name for field in found)


def test_tokens_in_the_text_are_found_where_they_stand(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=300)
    page.insert_text((50, 100), "Sign here: {{signature:buyer}} and {{ Date : buyer }} {{nonsense:x}} {{signature}}")
    page.set_rotation(90)
    document.save(tmp_path / "tokens.pdf")
    found = [field for field in looker.find_fields(tmp_path / "tokens.pdf") if field.source is Source.TOKEN]
    assert [(field.kind, field.name) for field in found] == [("signature", "buyer"), ("date", "buyer")]
    # Turned clockwise the line runs down: x from the right edge, y from where the text began.
    assert found[0].rect.x == pytest.approx(300 - 100 - 4, abs=12)
    assert found[0].rect.height > 3 * found[0].rect.width


def test_printed_lines_with_a_label_are_found(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((50, 100), "Name: ______________________")
    page.insert_text((50, 150), "Unterschrift")
    page.draw_line((130, 152), (330, 152))
    page.draw_line((50, 220), (250, 220))
    page.insert_text((60, 232), "Date of signature", fontsize=8)
    page.draw_rect((50, 260, 62, 272))
    page.insert_text((68, 270), "I agree to the terms")
    document.save(tmp_path / "form.pdf")
    found = {field.kind: field for field in looker.find_fields(tmp_path / "form.pdf")}
    assert set(found) == {"name", "signature", "date", "checkbox"}
    assert all(field.source is Source.DETECTED and 0 < field.confidence < 1 for field in found.values())
    _expect(found["name"], "Name", x=84, bottom=100)
    _expect(found["signature"], "Unterschrift", x=130, bottom=152)
    _expect(found["date"], "Date of signature", x=50, bottom=220)
    assert found["checkbox"].name == "I agree to the terms"


def test_places_turn_with_their_page(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=300)
    page.draw_rect((50, 260, 62, 272))
    page.insert_text((68, 270), "Agreed")
    page.set_rotation(180)
    document.save(tmp_path / "turned.pdf")
    assert looker.find_fields(tmp_path / "turned.pdf") == (), "upside down nothing stands right of the square"


def test_what_is_written_on_already_is_left_alone(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((50, 148), "Name:")
    page.insert_text((100, 148), "Jane Smith")
    page.draw_line((95, 150), (300, 150))
    page.draw_line((50, 300), (300, 300))
    document.save(tmp_path / "full.pdf")
    assert looker.find_fields(tmp_path / "full.pdf") == ()


def test_the_empty_cell_beside_a_word_is_found_and_no_other(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    for y in (200, 220, 240):
        page.draw_line((50, y), (300, y))
    for x in (50, 175, 300):
        page.draw_line((x, 200), (x, 240))
    page.insert_text((55, 214), "Date:")
    document.save(tmp_path / "table.pdf")
    (found,) = looker.find_fields(tmp_path / "table.pdf")
    assert found.kind == "date"
    assert (round(found.rect.x), round(found.rect.y)) == (175, 200)


def test_known_fields_hide_what_is_printed_beneath(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((50, 150), "Signature")
    page.draw_line((110, 152), (330, 152))
    widget = pymupdf.Widget()
    widget.field_type, widget.field_name = pymupdf.PDF_WIDGET_TYPE_TEXT, "sig"
    widget.rect = pymupdf.Rect(110, 130, 330, 152)
    page.add_widget(widget)
    document.save(tmp_path / "both.pdf")
    assert [field.source for field in looker.find_fields(tmp_path / "both.pdf")] == [Source.ACROFORM]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Buyer signature date", "date"), ("Date of signature", "date"), ("Unterschrift:", "signature"),
        ("fullName", "name"), ("E-Mail", "email"), ("Подпись", "signature"), ("Datum", "date"), ("Total", None),
    ],
)  # fmt: skip
def test_a_label_tells_the_kind(label: str, kind: str | None) -> None:
    assert kind_of_label(label) == kind


def _expect(field: FoundField, name: str, x: float, bottom: float) -> None:
    assert field.name == name
    assert field.rect.x == pytest.approx(x, abs=4)
    assert field.rect.bottom == pytest.approx(bottom, abs=4)
