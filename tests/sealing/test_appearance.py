"""What is seen in the sealed page: upright, in its place, in any script, as vectors; measured in poppler's pixels."""

from __future__ import annotations

import re
import struct
import subprocess
import zlib
from pathlib import Path

import pymupdf
import pytest

from app.domain import errors
from app.domain.drawing import Colour, Drawing, Picture, Segment, TextRun
from app.domain.drawing import Path as Outline
from app.domain.fields.base import FormType
from app.domain.geometry import Rect
from app.domain.identity import KeyMaterial
from app.domain.ids import Sha256
from app.sealing import Fill
from app.sealing.revising import seal_revision
from tests.support.acts import an_act, written
from tests.support.documents import SIGN, TEXT, Party, Sheet, place_of, prepared
from tests.support.pki import a_signer, judged

RED, BLUE = Colour(255, 0, 0), Colour(0, 0, 255)
DPI = 144
CROPS = [(0, 0, 595, 842), (37, -41, 437, 559)]


def filled(rect: Rect, colour: Colour) -> Outline:
    corners = ((rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom))
    first, *rest = corners
    return Outline((Segment("M", (first,)), *(Segment("L", (each,)) for each in rest), Segment("Z")), fill=colour)


def flag(width: float, height: float) -> Drawing:
    """Red all over, blue in its upper right quarter: a look that cannot be mistaken when turned or mirrored."""
    quarter = Rect(width / 2, 0, width / 2, height / 2)
    return Drawing(width, height, paths=(filled(Rect(0, 0, width, height), RED), filled(quarter, BLUE)))


def rendered(path: Path) -> pymupdf.Pixmap:
    """Page 1 by poppler, at two pixels a point."""
    options = ("-r", str(DPI), "-f", "1", "-l", "1", "-cropbox", "-png", "-singlefile")
    subprocess.run(["pdftoppm", *options, path, path], check=True, capture_output=True)
    return pymupdf.Pixmap(f"{path}.png")


def extent(pixels: pymupdf.Pixmap, colour: Colour) -> Rect:
    """Of all pixels of this colour, in points of poppler's page."""
    wanted, width = bytes((colour.red, colour.green, colour.blue)), pixels.width * 3
    xs: list[int] = []
    ys: list[int] = []
    for y in range(pixels.height):
        row = pixels.samples[y * width : (y + 1) * width]
        places = [match.start() for match in re.finditer(re.escape(wanted), row) if match.start() % 3 == 0]
        if places:
            ys.append(y)
            xs += (places[0] // 3, places[-1] // 3)
    assert xs, "the colour is not on the page"
    scale = 72 / DPI
    left, top = min(xs) * scale, min(ys) * scale
    return Rect(left, top, (max(xs) + 1) * scale - left, (max(ys) + 1) * scale - top)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", CROPS)
@pytest.mark.parametrize("user_unit", [1.0, 2.0])
def test_faults_12_13_14_a_mark_stands_upright_within_half_a_point_of_its_place(
    tmp_path: Path,
    authority: KeyMaterial,
    rotate: int,
    crop: tuple[float, float, float, float],
    user_unit: float,
) -> None:
    party = Party(1)
    sheet = Sheet(crop=crop, rotate=rotate, user_unit=user_unit, parties=(party,))
    source, out = prepared(tmp_path / "source.pdf", sheet), tmp_path / "sealed.pdf"
    seal_revision(an_act(source, out, party, a_signer(authority), fills=(), appearance=flag(SIGN.width, SIGN.height)))

    pixels = rendered(out)
    # poppler 22.12 knows no UserUnit: its points are user space units.
    place = place_of(SIGN, party)
    expected = Rect(*(edge / user_unit for edge in (place.x, place.y, place.width, place.height)))
    red, blue = extent(pixels, RED), extent(pixels, BLUE)
    assert _edges(red) == pytest.approx(_edges(expected), abs=0.5)
    upper_right = Rect(expected.center.x, expected.y, expected.width / 2, expected.height / 2)
    assert _edges(blue) == pytest.approx(_edges(upper_right), abs=0.5)


def _edges(rect: Rect) -> tuple[float, ...]:
    return rect.x, rect.y, rect.right, rect.bottom


@pytest.mark.parametrize(
    "name",
    ["Jane Smith", "Zoë Łukasz", "Ελένη Παπαδοπούλου", "Мария Иванова", "محمد العربي", "שרה כהן", "राम शर्मा",
     "محمد Ali 42", "AVATAR fi ffl"],
)  # fmt: skip
def test_fault_28_a_name_in_any_bundled_script_is_drawn_and_can_be_read_back(
    tmp_path: Path, authority: KeyMaterial, name: str
) -> None:
    party = Party(1)
    source, out = prepared(tmp_path / "source.pdf", Sheet(parties=(party,))), tmp_path / "sealed.pdf"
    fills = (Fill(party.text, FormType.TEXT, name, written(name)),)
    seal_revision(an_act(source, out, party, a_signer(authority, name), fills=fills, appearance=None))
    assert judged(out, authority)[0].good
    with pymupdf.open(out) as document:
        (widget,) = (each for each in document[0].widgets() if each.field_name == party.text)
        assert widget.field_value == name
        form = document.xref_get_key(widget.xref, "AP/N")
        text = _letters(_extracted(document, int(form[1].split()[0])))
    assert text == _letters(name)
    fonts = subprocess.run(["pdffonts", out], capture_output=True, text=True, check=True).stdout
    ours = [row.split() for row in fonts.splitlines() if "+Paraph-" in row]
    assert ours
    # Columns from the right: object (2), unicode, subset, embedded.
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in ours)


def _letters(text: str) -> list[str]:
    """Order apart: extractors disagree on how to turn right-to-left text back."""
    return sorted(character for character in text if not character.isspace())


def _extracted(document: pymupdf.Document, form: int) -> str:
    """The texts that the form's codes stand for, by the ToUnicode maps of its fonts or the actual text around them."""
    content = document.xref_stream(form).decode("ascii")
    fonts = document.xref_get_key(form, "Resources/Font")[1]
    references = dict(re.findall(r"/(F\d+)\s+(\d+) 0 R", fonts))
    said = ""
    for block in re.findall(r"BT (.*?)ET", content, re.DOTALL):
        name = re.match(r"/(F\d+)", block)
        assert name is not None
        to_unicode = document.xref_get_key(int(references[name[1]]), "ToUnicode")[1]
        cmap = document.xref_stream(int(to_unicode.split()[0])).decode("ascii")
        texts = dict(re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", cmap, re.MULTILINE))
        for actual, code in re.findall(r"<FEFF([0-9A-F]+)>>> BDC.*?EMC|<([0-9A-F]{4})>", block, re.DOTALL):
            said += bytes.fromhex(actual or texts.get(code, "")).decode("utf-16-be")
    return said


@pytest.mark.parametrize("text", ["李雷", "Jane 🖋", "\U0001f600", "ꙮ\ue000"])
def test_fault_28_what_no_face_can_draw_is_refused_and_never_a_box(
    tmp_path: Path, authority: KeyMaterial, text: str
) -> None:
    party = Party(1)
    source, out = prepared(tmp_path / "source.pdf", Sheet(parties=(party,))), tmp_path / "sealed.pdf"
    drawing = Drawing(100, 20, runs=(TextRun(text, 0, 15, 12, "sans", 50),))
    with pytest.raises(errors.GlyphsMissing) as missing:
        seal_revision(
            an_act(source, out, party, a_signer(authority), fills=(Fill(party.text, FormType.TEXT, text, drawing),))
        )
    assert set(missing.value.characters) <= set(text)
    assert not out.exists()


def test_arabic_letters_join_and_run_from_right_to_left(tmp_path: Path, authority: KeyMaterial) -> None:
    """Joined, the word is narrower than its letters apart, and its first letter stands at the right."""
    party = Party(1)
    source = prepared(tmp_path / "source.pdf", Sheet(parties=(party,)))
    widths = {}
    for name, text in (("joined", "بببب"), ("apart", "ب\u200cب\u200cب\u200cب")):
        out = tmp_path / f"{name}.pdf"
        fill = Fill(party.text, FormType.TEXT, text, Drawing(220, 24, runs=(TextRun(text, 2, 18, 14, "arabic", 90),)))
        seal_revision(an_act(source, out, party, a_signer(authority), fills=(fill,), appearance=None))
        widths[name] = _ink_width(rendered(out), place_of(TEXT, party))
    assert widths["joined"] < 0.8 * widths["apart"]


def _ink_width(pixels: pymupdf.Pixmap, area: Rect) -> float:
    scale = DPI / 72
    columns = [
        x
        for x in range(round(area.x * scale), round(area.right * scale))
        if any(pixels.pixel(x, y)[0] < 128 for y in range(round(area.y * scale), round(area.bottom * scale)))
    ]
    return max(columns) - min(columns)


def test_ink_stays_a_vector(tmp_path: Path, authority: KeyMaterial) -> None:
    party = Party(1)
    source, out = prepared(tmp_path / "source.pdf", Sheet(parties=(party,))), tmp_path / "sealed.pdf"
    curve = Outline((Segment("M", ((10, 40),)), Segment("C", ((40, 0), (80, 50), (120, 10)))), stroke=BLUE, width=1.5)
    seal_revision(an_act(source, out, party, a_signer(authority), fills=(), appearance=Drawing(200, 50, (), (curve,))))
    with pymupdf.open(out) as document:
        (widget,) = (each for each in document[0].widgets() if each.field_name == party.sign)
        form = int(document.xref_get_key(widget.xref, "AP/N")[1].split()[0])
        content = document.xref_stream(form)
        assert b"10 40 m" in content
        assert b"40 0 80 50 120 10 c" in content
        assert document.xref_get_key(form, "Resources/XObject")[0] == "null"


def a_png(width: int, height: int, kind: int, pixel: bytes) -> bytes:
    """One colour all over; `kind` is PNG's colour type."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\x00" + pixel * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def a_jpeg(width: int, height: int, colour: Colour) -> bytes:
    pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, width, height))
    pixels.set_rect(pixels.irect, (colour.red, colour.green, colour.blue))
    data: bytes = pixels.tobytes("jpeg", jpg_quality=100)
    return data


PICTURES = {
    "png": lambda: a_png(40, 10, 2, b"\x00\x00\xff"),
    "png with transparency": lambda: a_png(40, 10, 6, b"\x00\x00\xff\xff"),
    "jpeg": lambda: a_jpeg(40, 10, BLUE),
}


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_a_picture_is_fitted_without_distortion_and_centred(tmp_path: Path, authority: KeyMaterial, kind: str) -> None:
    party = Party(1)
    source, out = prepared(tmp_path / "source.pdf", Sheet(parties=(party,))), tmp_path / "sealed.pdf"
    blob, name = tmp_path / "blob", Sha256("0" * 64)
    blob.write_bytes(PICTURES[kind]())
    box = Drawing(SIGN.width, SIGN.height, pictures=(Picture(name, Rect(0, 0, 40, 50)),))
    act = an_act(source, out, party, a_signer(authority), fills=(), appearance=box, pictures={name: blob})
    seal_revision(act)
    assert judged(out, authority)[0].good
    found = _bluish(rendered(out))
    # 40 × 10 pixels in a box of 40 × 50 points: as wide as the box, 20 points below its top.
    assert _edges(found) == pytest.approx(_edges(Rect(SIGN.x, SIGN.y + 20, 40, 10)), abs=1.0)


def _bluish(pixels: pymupdf.Pixmap) -> Rect:
    places = [
        (x, y)
        for x in range(round(320 * DPI / 72))
        for y in range(round(130 * DPI / 72), round(200 * DPI / 72))
        if pixels.pixel(x, y)[0] < 60 and pixels.pixel(x, y)[2] > 200
    ]
    xs, ys = [x * 72 / DPI for x, _ in places], [y * 72 / DPI for _, y in places]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def test_a_picture_that_is_none_or_missing_is_an_error_of_ours(tmp_path: Path, authority: KeyMaterial) -> None:
    party, name = Party(1), Sha256("0" * 64)
    source, out = prepared(tmp_path / "source.pdf", Sheet(parties=(party,))), tmp_path / "sealed.pdf"
    box = Drawing(SIGN.width, SIGN.height, pictures=(Picture(name, Rect(0, 0, 40, 50)),))
    act = an_act(source, out, party, a_signer(authority), fills=(), appearance=box)
    with pytest.raises(errors.FileMissing):
        seal_revision(act)
    (tmp_path / "blob").write_bytes(b"no picture")
    with pytest.raises(errors.NotADocument):
        seal_revision(an_act(source, out, party, a_signer(authority), fills=(), appearance=box,
                             pictures={name: tmp_path / "blob"}))  # fmt: skip
