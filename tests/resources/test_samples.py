"""The sample documents: real pages, and fields that stand on their lines."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from app.domain.fields.registry import KINDS

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLES = CHECKOUT / "resources" / "samples"
SPEC: dict[str, Any] = json.loads((SAMPLES / "samples.json").read_text("utf-8"))
AGREEMENT, FORM = (SAMPLES / document["path"] for document in SPEC["documents"])


def fields_of(document: int) -> list[dict[str, Any]]:
    return [field for field in SPEC["fields"] if field["document"] == document]


def test_the_agreement_is_three_pages_of_type_with_its_letters_inside() -> None:
    with pymupdf.open(AGREEMENT) as opened:
        assert len(opened) == 3
        assert all(len(page.get_text()) > 500 for page in opened)
        assert all(kind == "ttf" for page in opened for _, kind, *_ in page.get_fonts())


def test_the_form_is_a_turned_scan_off_the_origin() -> None:
    assert FORM.stat().st_size < 500_000
    with pymupdf.open(FORM) as opened:
        page = opened[0]
        assert page.rotation == 90
        assert page.cropbox.x0 > 0
        assert page.cropbox.y0 > 0
        assert not page.get_text().strip()
        assert len(page.get_images()) == 1


@pytest.mark.parametrize("number", [1, 2])
def test_every_field_lies_on_its_page(number: int) -> None:
    with pymupdf.open((AGREEMENT, FORM)[number - 1]) as opened:
        for field in fields_of(number):
            page = opened[field["page"] - 1].rect
            assert field["type"] in KINDS
            assert 0 <= field["x"] < field["x"] + field["width"] <= page.width
            assert 0 <= field["y"] < field["y"] + field["height"] <= page.height


def test_no_field_of_the_agreement_lies_on_printed_words() -> None:
    with pymupdf.open(AGREEMENT) as opened:
        for field in fields_of(1):
            left, top = field["x"], field["y"]
            box = pymupdf.Rect(left, top, left + field["width"], top + field["height"])
            hit = [word[4] for word in opened[field["page"] - 1].get_text("words") if (box & word[:4]).get_area() > 2]
            assert not hit, field


def test_the_fields_of_the_form_stand_on_its_lines_as_the_scanner_turned_them() -> None:
    """Below each line field there is ink within two points, and none inside it but dust."""
    with pymupdf.open(FORM) as opened:
        pixels = opened[0].get_pixmap(dpi=144, colorspace=pymupdf.csGRAY)
    for field in fields_of(2):
        if field["type"] in ("checkbox", "text"):
            continue
        x = round((field["x"] + field["width"] / 2) * 2)
        base = round((field["y"] + field["height"]) * 2)
        near = [pixels.pixel(x, y)[0] for y in range(base - 2, base + 6)]
        above = [pixels.pixel(x, y)[0] for y in range(base - 24, base - 6)]
        assert min(near) < 150, field
        assert min(above) > 170, field


def test_the_spec_is_what_the_script_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(CHECKOUT / "packaging"))
    import sample_agreement
    import sample_form

    made = [sample_agreement.make(), sample_form.make()]
    spots = [spot for _, found in made for spot in found]
    assert [(s.type, s.page, s.x, s.y, s.width, s.height) for s in spots] == [
        (f["type"], f["page"], f["x"], f["y"], f["width"], f["height"]) for f in SPEC["fields"]
    ]
    for name in ("sample_agreement", "sample_form", "sample_sheet"):
        sys.modules.pop(name)


def test_two_people_sign_in_turn_and_each_has_something_to_do() -> None:
    assert [(one["role"], one["name"], one["order"]) for one in SPEC["recipients"]] == [
        ("client", "Jane Smith", 1),
        ("contractor", "Bob Jones", 2),
    ]
    for role in ("client", "contractor"):
        kinds = {field["type"] for field in SPEC["fields"] if field["recipient"] == role}
        assert {"signature", "initials", "date_signed", "checkbox", "name"} <= kinds
