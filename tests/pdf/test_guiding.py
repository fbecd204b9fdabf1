"""What the editor snaps to: where the page shows it, on every kind of page, fast."""

import time
from pathlib import Path

import pymupdf
import pytest

from app.domain.geometry import PageGeometry, Rect
from app.pdf import Looker

SHAPES = (
    PageGeometry(0, 0, 400, 600),
    PageGeometry(30, 50, 430, 650, 90),
    PageGeometry(0, 0, 400, 600, 180),
    PageGeometry(100, 20, 500, 620, 270),
    PageGeometry(10, 10, 310, 410, 90, 1.5),
    PageGeometry(0, 0, 300, 400, 0, 2.0),
)
BOX = Rect(60, 80, 120, 40)


def drawn(path: Path, shape: PageGeometry) -> Path:
    """A frame at BOX, with an upright line through its middle, as displayed."""
    document = pymupdf.open()
    page = document.new_page(width=700, height=900)
    left, bottom, right, top = shape.to_pdf(BOX)
    half = shape.to_pdf(Rect(BOX.center.x, BOX.y, 0, BOX.height))
    content = f"0.5 w {left} {bottom} {right - left} {top - bottom} re S {half[0]} {half[1]} m {half[2]} {half[3]} l S"
    stream = document.get_new_xref()
    document.update_object(stream, "<<>>")
    document.update_stream(stream, content.encode())
    for key, value in (
        ("Contents", f"{stream} 0 R"), ("Rotate", str(shape.rotate)), ("UserUnit", str(shape.user_unit)),
        ("CropBox", f"[{shape.left} {shape.bottom} {shape.right} {shape.top}]"),
    ):  # fmt: skip
        document.xref_set_key(page.xref, key, value)
    document.save(path)
    return path


@pytest.mark.parametrize("shape", SHAPES)
def test_lines_and_cells_are_where_the_page_shows_them(looker: Looker, tmp_path: Path, shape: PageGeometry) -> None:
    guides = looker.guides(drawn(tmp_path / "page.pdf", shape), 1)
    assert [round(one.at) for one in guides.horizontals] == [80, 120]
    assert [round(one.at) for one in guides.verticals] == [60, 120, 180]
    assert guides.horizontals[0].start == pytest.approx(60, abs=0.6)
    assert guides.horizontals[0].end == pytest.approx(180, abs=0.6)
    cells = [(round(one.x), round(one.width), round(one.height)) for one in guides.cells]
    assert cells == [(60, 60, 40), (120, 60, 40)]
    assert guides.boxes == ()
    assert guides.margins.x == pytest.approx(60, abs=0.6)


def test_baselines_are_where_letters_stand(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=300)
    page.insert_text((50, 100), "Signature", fontsize=14)
    page.insert_text((50, 130), "gypsy", fontsize=9)
    page.draw_rect((200, 200, 212, 212))
    document.save(tmp_path / "words.pdf")
    guides = looker.guides(tmp_path / "words.pdf", 1)
    assert [one.at for one in guides.baselines] == [pytest.approx(100, abs=0.05), pytest.approx(130, abs=0.05)]
    assert [(round(box.x), round(box.y)) for box in guides.boxes] == [(200, 200)]
    assert (round(guides.margins.x), round(guides.margins.bottom)) == (50, 212)


def test_an_empty_page_has_its_edges_as_margins(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page(width=400, height=300)
    document.save(tmp_path / "empty.pdf")
    guides = looker.guides(tmp_path / "empty.pdf", 1)
    assert guides.margins == Rect(0, 0, 400, 300)
    assert guides.horizontals == guides.baselines == ()


def test_a_drawing_of_thousands_of_lines_gives_a_bounded_answer(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    shape = page.new_shape()
    for n in range(7000):
        shape.draw_line((n % 590, n % 83 * 10), (n % 590 + 20, n % 83 * 10))
    shape.finish()
    shape.commit()
    document.save(tmp_path / "plan.pdf")
    guides = looker.guides(tmp_path / "plan.pdf", 1)
    assert len(guides.horizontals) <= 400
    started = time.monotonic()
    looker.guides(tmp_path / "plan.pdf", 1)
    assert time.monotonic() - started < 1, "asked again, the child remembers"


def test_the_outline_is_read_and_leads_to_pages(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    for _ in range(3):
        document.new_page()
    document.set_toc([[1, "First", 1], [2, "Deeper", 2], [1, "Last", 3]])
    document.save(tmp_path / "outline.pdf")
    found = looker.outline(tmp_path / "outline.pdf")
    assert [(one.level, one.title, one.page) for one in found] == [(1, "First", 1), (2, "Deeper", 2), (1, "Last", 3)]
