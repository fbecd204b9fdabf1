"""Names in any script in the page that was sealed: the right letters, shaped, found again by poppler; or a refusal that
names the letters (robustness, fault 28).
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from datetime import datetime
from pathlib import Path

import pymupdf
import pytest

from app.domain import errors
from app.domain.appearance import Appearance, Line, Stated, draw
from app.domain.identity import KeyMaterial
from app.fonts import BundledMetrics
from app.glyphs import qr
from app.glyphs.shaping import glyphs_of
from app.sealing.revising import seal_revision
from tests.support.acts import an_act
from tests.support.documents import SIGN, Party, Sheet, prepared
from tests.support.pki import NOW, a_signer, judged

METRICS = BundledMetrics()
NAMES = {
    "latin": "Zażółć Gęślą Nguyễn Øst",
    "greek": "Ελένη Παπαδοπούλου",
    "cyrillic": "Олександра Ґонта",
    "arabic": "محمد بن عبد الله",
    "hebrew": "דוד בן־גוריון",
    "devanagari": "श्रीमती प्रिया",
    "mixed": "Leila ليلى 12 קטע Ωμ",
}
REFUSED = {"han": "王小明", "emoji": "Jane 😀", "thai": "สมชาย"}


def page_of(tmp_path: Path, authority: KeyMaterial, name: str) -> Path:
    party = Party(1)
    source, out = prepared(tmp_path / "source.pdf", Sheet(parties=(party,))), tmp_path / "sealed.pdf"
    stated = Stated(name, datetime.fromisoformat("2026-06-01T12:00:00+00:00"))
    look = draw(Appearance(lines=(Line.NAME,)), stated, SIGN.width, SIGN.height, METRICS, qr.drawing)
    seal_revision(an_act(source, out, party, a_signer(authority), fills=(), appearance=look))
    return out


def letters(text: str) -> list[str]:
    """Without blanks and in no order: poppler tells mixed lines as it thinks they are read."""
    return sorted(c for c in unicodedata.normalize("NFC", text) if not c.isspace() and unicodedata.category(c) != "Cf")


@pytest.mark.parametrize("script", sorted(NAMES))
def test_fault_28_a_name_is_written_and_read_again_in_its_script(
    tmp_path: Path, authority: KeyMaterial, script: str
) -> None:
    out = page_of(tmp_path, authority, NAMES[script])
    assert judged(out, authority, NOW)[0].good
    told = subprocess.run(["pdftotext", out, "-"], check=True, capture_output=True, text=True).stdout
    assert letters(told) == letters(f"Agreement{NAMES[script]}")


@pytest.mark.parametrize("script", sorted(NAMES))
def test_fault_28_no_letter_is_the_box_that_stands_for_a_missing_one(
    tmp_path: Path, authority: KeyMaterial, script: str
) -> None:
    with pymupdf.open(page_of(tmp_path, authority, NAMES[script])) as document:
        (widget,) = (each for each in document[0].widgets() if each.field_name == Party(1).sign)
        form = int(document.xref_get_key(widget.xref, "AP/N")[1].split()[0])
        shown = re.findall(rb"<([0-9A-F]{4})>", document.xref_stream(form))
        fonts = [font for font in document.get_page_fonts(0, full=True) if "Paraph" in font[3]]
    assert shown
    assert b"0000" not in shown
    assert all(font[1] == "ttf" and "+" in font[3] for font in fonts)


def test_letters_that_join_are_joined_and_marks_are_placed() -> None:
    def glyphs(text: str) -> list[int]:
        stated = Stated(text, NOW)
        (run,) = draw(Appearance(lines=(Line.NAME,)), stated, 300, 40, METRICS, qr.drawing).runs
        return [glyph.number for glyph in glyphs_of(run)]

    assert sorted(glyphs("بيت")) != sorted(number for letter in "بيت" for number in glyphs(letter))
    assert len(glyphs("श्री")) < len("श्री")


@pytest.mark.parametrize("script", sorted(REFUSED))
def test_fault_28_what_no_face_can_write_is_refused_by_its_letters(script: str) -> None:
    with pytest.raises(errors.GlyphsMissing) as missing:
        draw(Appearance(), Stated(REFUSED[script], NOW), 200, 50, METRICS, qr.drawing)
    assert set(missing.value.characters) == {c for c in REFUSED[script] if ord(c) > 127}
