"""Finding places to fill, measured on forms of our own making, and what it must leave alone."""

from pathlib import Path

import pymupdf
import pytest

from app.pdf import FoundField, Looker, Source
from app.pdf.wording import kind_of_label, language_of, role_of_label
from tests.benchmarks.detection import measured
from tests.support.forms import forms
from tests.support.forms.distractors import DISTRACTORS
from tests.support.scoring import Scores


@pytest.fixture(scope="module")
def scores(looker: Looker, tmp_path_factory: pytest.TempPathFactory) -> Scores:
    return measured(looker, tmp_path_factory.mktemp("forms"))


def test_what_is_asked_for_is_found_and_hardly_anything_else(scores: Scores) -> None:
    assert sum(1 for _ in forms()) >= 60
    told = "\n".join(scores.mistakes)
    assert scores.total.precision >= 0.97, told
    assert scores.total.recall >= 0.85, told


def test_every_language_and_kind_is_found_nearly_as_well(scores: Scores) -> None:
    for (sort, name), score in scores.by.items():
        if sort != "layout":
            assert score.recall >= 0.8, (sort, name)
            assert score.precision >= 0.9, (sort, name)


def test_pages_that_ask_for_nothing_get_nothing(scores: Scores) -> None:
    quiet = {distractor.__name__ for distractor in DISTRACTORS}
    wrong = {name: score.wrong for (sort, name), score in scores.by.items() if sort == "layout" and name in quiet}
    assert wrong == {}


def test_each_place_says_who_it_is_for_where_words_do(looker: Looker, tmp_path: Path) -> None:
    (form,) = (form for form in forms() if form.name == "de-signature_blocks")
    (tmp_path / "form.pdf").write_bytes(form.data)
    found = looker.find_fields(tmp_path / "form.pdf")
    hints = {one.role_hint for one in found if one.rect.x < 200}, {one.role_hint for one in found if one.rect.x > 200}
    assert hints == ({"tenant"}, {"landlord"})


def found_on(looker: Looker, path: Path, page: pymupdf.Page) -> list[FoundField]:
    page.parent.save(path)
    return [one for one in looker.find_fields(path) if one.source is Source.DETECTED]


def test_boxes_for_single_characters_are_one_field(looker: Looker, tmp_path: Path) -> None:
    page = pymupdf.open().new_page()
    page.insert_text((50, 113), "Kontonummer:")
    for n in range(10):
        page.draw_rect((130 + 14 * n, 100, 144 + 14 * n, 116))
    (found,) = found_on(looker, tmp_path / "comb.pdf", page)
    assert (found.comb, found.max_length, found.kind) == (True, 10, "text")
    assert (round(found.rect.x), round(found.rect.width)) == (130, 140)


def test_a_large_empty_box_is_for_several_lines(looker: Looker, tmp_path: Path) -> None:
    page = pymupdf.open().new_page()
    page.insert_text((50, 96), "Remarks")
    page.draw_rect((50, 100, 500, 190))
    (found,) = found_on(looker, tmp_path / "box.pdf", page)
    assert found.multiline


def test_a_signature_line_leaves_what_is_printed_above_it_alone(looker: Looker, tmp_path: Path) -> None:
    page = pymupdf.open().new_page()
    page.insert_text((120, 132), "For and on behalf of the company:")
    page.draw_line((120, 160), (320, 160))
    page.insert_text((120, 170), "Signature", fontsize=8)
    (found,) = found_on(looker, tmp_path / "line.pdf", page)
    assert 132 < found.rect.y < 140


@pytest.mark.parametrize(
    "line",
    [
        "Contents ........................................ 12",
        "Page ____ of ____",
        "The date of signature is the date of the agreement.",
        "____________________________________________",
        "Name: Jane Smith, born 12.04.1980",
        "a_long_identifier = signature______value",
    ],
)
def test_lines_that_ask_for_nothing_are_left_alone(looker: Looker, tmp_path: Path, line: str) -> None:
    page = pymupdf.open().new_page()
    page.insert_text((50, 100), line)
    assert found_on(looker, tmp_path / "quiet.pdf", page) == []


@pytest.mark.parametrize(
    ("label", "language", "kind"),
    [
        ("Firma", "de", "company"), ("Firma", "it", "signature"), ("Firma", "", "signature"), ("Data", "pt", "date"),
        ("Data", "en", None), ("Ort, Datum", "de", "text"), ("Kundenunterschrift", "de", "signature"),
        ("Nom et prénom", "fr", "name"), ("Rubrica", "pt", "initials"),
    ],
)  # fmt: skip
def test_a_word_means_what_it_means_in_the_language_of_the_page(label: str, language: str, kind: str | None) -> None:
    assert kind_of_label(label, None, language) == kind


def test_a_page_tells_its_language_or_nothing() -> None:
    assert language_of(["Der Mieter und die Vermieterin", "sind mit dem Vertrag und den Regeln", "des Hauses",
                        "nicht zu der Zeit", "Unterschrift", "Anschrift"]) == "de"  # fmt: skip
    assert language_of(["Signature", "Date"]) == ""


@pytest.mark.parametrize(
    ("label", "role"),
    [("Tenant's signature", "tenant"), ("Unterschrift des Vermieters", "landlord"), ("Firma del comprador", "buyer"),
     ("Assinatura do senhorio", "landlord"), ("Le locataire", "tenant"), ("Signature", "")],
)  # fmt: skip
def test_a_label_tells_whose_it_is(label: str, role: str) -> None:
    assert role_of_label(label) == role


def test_one_page_is_asked_for_alone(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    for number in range(3):
        document.new_page().insert_text((50, 100 + number), f"Name {number}: ____________________")
    document.save(tmp_path / "three.pdf")
    assert [one.page for one in looker.find_fields(tmp_path / "three.pdf")] == [1, 2, 3]
    assert [one.page for one in looker.find_fields(tmp_path / "three.pdf", only=2)] == [2]


def test_the_dots_of_a_matrix_are_not_to_be_written_on(looker: Looker, tmp_path: Path) -> None:
    page = pymupdf.open().new_page()
    page.insert_text((50, 100), "Aij =")
    for n in range(12):
        page.insert_text((90 + 5 * n, 96 + 2 * (n % 4)), ".")
    assert found_on(looker, tmp_path / "matrix.pdf", page) == []
