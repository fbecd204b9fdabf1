"""The bundled faces: which draws what, and how wide."""

from __future__ import annotations

import pytest

from app.domain.drawing import TextRun
from app.domain.errors import GlyphsMissing
from app.domain.fields.base import TextStyle
from app.domain.fields.typesetting import set_text
from app.domain.mark import HANDS, Mark
from app.fonts import FACES, BundledMetrics, face_file
from app.glyphs.shaping import face, glyphs_of

METRICS = BundledMetrics()
every_face = pytest.mark.parametrize("face", sorted(FACES))


def faces_of(text: str, face: str = "sans") -> list[tuple[str, str]]:
    return [(span.face, span.text) for span in METRICS.spans(text, face)]


@every_face
def test_every_face_ships_with_the_program_and_has_sensible_heights(face: str) -> None:
    assert face_file(face).is_file()
    assert 0.5 < METRICS.ascent(face) < 2
    assert 0 < METRICS.descent(face) < 1


def test_every_hand_a_mark_may_be_written_in_has_its_face() -> None:
    assert {f"hand-{hand}" for hand in HANDS} <= set(FACES)


def test_a_face_that_does_not_exist_is_a_bug_and_not_a_default() -> None:
    with pytest.raises(KeyError):
        face_file("comic")


@pytest.mark.parametrize(
    ("text", "face"),
    [("Zażółć gęślą jaźń", "sans"), ("Ελληνικά", "sans"), ("Українська", "sans"), ("Nguyễn", "sans-bold")],
)
def test_latin_greek_and_cyrillic_are_written_in_the_face_asked_for(text: str, face: str) -> None:
    assert faces_of(text, face) == [(face, text)]


JOINED = ("\u0645\u062d\u0645\u062f \u0639\u0644\u064a", "\u05d3\u05d5\u05d3", "\u0930\u093e\u092e")


@pytest.mark.parametrize("text", JOINED)
def test_fault_28_arabic_hebrew_and_hindi_stay_in_one_face_so_that_joined_letters_stay_joined(text: str) -> None:
    ((_, piece),) = faces_of(text)
    assert piece == text


def test_a_line_that_runs_leftwards_is_set_from_its_end() -> None:
    text = "\u0634\u0631\u0643\u0629 Acme 24"
    assert [span.text for span in METRICS.spans(text, "sans")] == ["Acme 24", "\u0634\u0631\u0643\u0629 "]


def test_a_mixed_line_is_split_where_the_script_changes_and_loses_nothing() -> None:
    text = "Anna \u0645\u062d\u0645\u062f 12"
    spans = METRICS.spans(text, "sans")
    assert [(span.face, span.text) for span in spans] == [
        ("sans", "Anna "), ("sans", "12"), ("arabic", "\u0645\u062d\u0645\u062f "),
    ]  # fmt: skip


def test_a_hand_without_the_letter_is_helped_out_by_a_plain_face() -> None:
    assert [face for face, _ in faces_of("Ana \u05d3", "hand-great-vibes")] == ["hand-great-vibes", "hebrew"]


@pytest.mark.parametrize("text", ["\U0001f600", "a\u6f22b", "\u2603", "line\nend", "\x00"])
def test_fault_28_what_no_face_can_draw_is_refused_and_named_never_a_box(text: str) -> None:
    with pytest.raises(GlyphsMissing) as missing:
        METRICS.spans(text, "sans")
    assert missing.value.text == text
    assert missing.value.characters
    assert set(missing.value.characters) <= set(text)


def test_letters_are_as_wide_as_the_font_says() -> None:
    (span,) = METRICS.spans("MMMM", "sans")
    (one,) = METRICS.spans("M", "sans")
    assert span.em == pytest.approx(4 * one.em)
    (thin,) = METRICS.spans("i", "sans")
    assert thin.em < one.em
    (bold,) = METRICS.spans("M", "sans-bold")
    assert bold.em != one.em


@pytest.mark.parametrize(
    "text", ["AVATAR, To Wave", "Příliš žluťoučký", "Ελλάδα", "Москва", "सलाम", "السلام عليكم", "שלום"]
)
def test_a_line_ends_where_the_writer_ends_it(text: str) -> None:
    for span in METRICS.spans(text, "sans"):
        run = TextRun(span.text, 0, 0, 1, span.face, span.em)
        written = sum(glyph.advance for glyph in glyphs_of(run)) / face(span.face).units
        assert span.em == pytest.approx(written, rel=0.005)


def test_kerning_counts() -> None:
    (pair,), (one,), (other,) = (METRICS.spans(text, "sans") for text in ("AV", "A", "V"))
    assert pair.em < one.em + other.em


def test_composed_and_decomposed_letters_are_one_letter() -> None:
    assert METRICS.spans("A\u030a", "sans") == METRICS.spans("\u00c5", "sans")


def test_no_text_is_no_span() -> None:
    assert METRICS.spans("", "sans") == ()


def test_text_set_in_the_real_face_keeps_to_its_box() -> None:
    drawing = set_text("The quick brown fox jumps over the lazy dog. " * 3, 160, 60, TextStyle("sans"), METRICS)
    low, high = METRICS.descent("sans"), METRICS.ascent("sans")
    assert len(drawing.runs) > 1
    for run in drawing.runs:
        assert run.x >= 2
        assert run.x + run.width <= 158.01
        assert run.y - high * run.size >= -0.01
        assert run.y + low * run.size <= 60.01


@pytest.mark.parametrize("hand", HANDS)
def test_a_typed_signature_fits_its_field_in_every_hand(hand: str) -> None:
    drawing = Mark("typed", text="Jane Q. Smythe", hand=hand).draw(200, 50, METRICS)
    for run in drawing.runs:
        assert run.x >= 0
        assert run.x + run.width <= 200.01
        assert run.y - METRICS.ascent(run.face) * run.size >= -0.01
        assert run.y + METRICS.descent(run.face) * run.size <= 50.01
