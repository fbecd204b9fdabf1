"""Pixels of pages: white paper, right part, sane size, memory given back."""

import threading
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from app.domain import errors
from app.domain.fields.base import FormType
from app.domain.geometry import Rect, Size
from app.pdf import Looker, Maker
from app.pdf.laid import NOWHERE, LaidField
from app.pdf.pixels import MOST_PIXELS, frame_of
from app.process import Limits, Pixels
from tests.pdf.strange import inked
from tests.support.pages import write_pdf


def test_paper_is_white_and_opaque(looker: Looker, plain: Path) -> None:
    pixels = looker.render(plain, 1, 1.0)
    assert (pixels.width, pixels.height, pixels.stride) == (595, 842, 595 * 4)
    assert bytes(pixels.buffer[:8]) == b"\xff" * 8
    pixels.release()


def test_colours_come_blue_green_red(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=10, height=10)
    page.draw_rect(page.rect, color=(1, 0, 0), fill=(1, 0, 0))
    document.save(tmp_path / "red.pdf")
    pixels = looker.render(tmp_path / "red.pdf", 1, 1.0)
    middle = 5 * pixels.stride + 20
    assert bytes(pixels.buffer[middle : middle + 3]) == b"\x00\x00\xff"
    pixels.release()


def test_a_part_shows_the_same_pixels_as_the_whole(looker: Looker, plain: Path) -> None:
    whole, part = looker.render(plain, 1, 2.0), looker.render(plain, 1, 2.0, Rect(60, 60, 100, 50))
    cut = _image(whole).crop((120, 120, 320, 220))
    assert _image(part).tobytes() == cut.tobytes()
    assert cut.getextrema() != ((255, 255),) * 3, "there is text in it"
    for pixels in (whole, part):
        pixels.release()


def test_a_part_at_any_zoom_covers_what_was_asked_for() -> None:
    for scale in (0.37, 1.0, 1.333, 7.9):
        frame = frame_of(Size(600, 800), scale, Rect(10.3, 20.7, 33.1, 44.9))
        assert frame.left <= 10.3 * scale
        assert frame.top <= 20.7 * scale
        assert frame.left + frame.width >= (10.3 + 33.1) * scale - 0.001
        assert frame.top + frame.height >= (20.7 + 44.9) * scale - 0.001


@pytest.mark.parametrize("size", [Size(200_000, 200_000), Size(14_400, 10), Size(0.5, 0.5), Size(595, 842)])
@pytest.mark.parametrize("scale", [0.01, 1.0, 64.0])
def test_fault_11_no_wish_makes_too_many_pixels(size: Size, scale: float) -> None:
    frame = frame_of(size, scale)
    assert 1 <= frame.width * frame.height <= MOST_PIXELS
    assert frame.scale <= scale


def test_a_wish_too_large_is_drawn_smaller_and_says_so(looker: Looker, plain: Path) -> None:
    pixels = looker.render(plain, 1, 60.0)
    assert pixels.scale < 60
    assert pixels.width * pixels.height <= MOST_PIXELS
    assert inked(_image(pixels), pixels.scale).x == pytest.approx(72, abs=3)
    pixels.release()


def test_a_page_that_is_not_there(looker: Looker, plain: Path) -> None:
    for page in (0, 4, -1):
        with pytest.raises(errors.PageOutOfRange) as caught:
            looker.render(plain, page, 1.0)
        assert caught.value.pages == 3


def test_a_page_becomes_a_png(looker: Looker, plain: Path, tmp_path: Path) -> None:
    assert looker.picture(plain, 2, 150 / 72, tmp_path / "page.png") == (1240, 1755)
    with Image.open(tmp_path / "page.png") as image:
        assert image.size == (1240, 1755)
        assert image.info["dpi"][0] == pytest.approx(150, abs=0.1)
        assert inked(image, 150 / 72).x == pytest.approx(72, abs=2)
    with pytest.raises(errors.NotWritable):
        looker.picture(plain, 1, 1.0, tmp_path / "no" / "folder.png")


def test_an_empty_signature_field_is_shown_as_empty(looker: Looker, maker: Maker, tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page()
    document.save(tmp_path / "white.pdf")
    seal = LaidField("seal", FormType.SIGNATURE, 1, Rect(50, 50, 200, 50))
    maker.lay(tmp_path / "white.pdf", tmp_path / "laid.pdf", [seal, LaidField("b", FormType.SIGNATURE, rect=NOWHERE)])
    pixels = looker.render(tmp_path / "laid.pdf", 1, 1.0)
    assert _image(pixels).getextrema() == ((255, 255),) * 3
    pixels.release()


def test_released_memory_is_used_again(looker: Looker, plain: Path) -> None:
    for _ in range(30):
        looker.render(plain, 1, 3.0).release()
    assert looker._slots.size_bytes <= 128 * 2**20


def test_many_threads_see_their_own_page(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "many.pdf", pages=12, width=300, height=300)
    two = Looker.with_children(2)
    seen: dict[int, bytes] = {}

    def look(page: int) -> None:
        pixels = two.render(path, page, 1.0)
        seen[page] = bytes(pixels.buffer)
        pixels.release()

    threads = [threading.Thread(target=look, args=(page,)) for page in range(1, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    two.close()
    assert len(set(seen.values())) == 12


def test_fault_9_10_a_page_without_end_kills_its_child_and_not_the_program(tmp_path: Path, plain: Path) -> None:
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(_laughing())
    small = Looker.with_children(1, Limits(cpu_s=1, wall_s=6.0))
    try:
        for _ in range(2):
            with pytest.raises((errors.DocumentTimedOut, errors.DocumentTooHeavy, errors.DocumentCrashed)):
                small.render(bomb, 1, 1.0).release()
        with pytest.raises(errors.DocumentQuarantined):
            small.render(bomb, 1, 1.0).release()
        small.render(plain, 1, 1.0).release()
    finally:
        small.close()


def _laughing() -> bytes:
    """Forty forms, each drawing the next one twice: a million million squares in eight kilobytes."""
    document = pymupdf.open()
    page = document.new_page(width=500, height=500)
    inner = document.get_new_xref()
    document.update_object(inner, "<</Type/XObject/Subtype/Form/BBox[0 0 500 500]>>")
    document.update_stream(inner, b"0 0 9 9 re f")
    for _ in range(40):
        outer = document.get_new_xref()
        head = f"<</Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</XObject<</X {inner} 0 R>>>>>>"
        document.update_object(outer, head)
        document.update_stream(outer, b"/X Do 1 0 0 1 1 1 cm /X Do")
        inner = outer
    document.xref_set_key(page.xref, "Resources", f"<</XObject<</X {inner} 0 R>>>>")
    content = document.get_new_xref()
    document.update_object(content, "<<>>")
    document.update_stream(content, b"/X Do")
    document.xref_set_key(page.xref, "Contents", f"{content} 0 R")
    return document.tobytes()


def _image(pixels: Pixels) -> Image.Image:
    size = (pixels.width, pixels.height)
    return Image.frombytes("RGB", size, bytes(pixels.buffer), "raw", "BGRX", pixels.stride, 1)


def test_the_first_pages_of_a_long_document_look_as_they_do_later(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "long.pdf", pages=1_000, extra="/Rotate 90")
    fresh = Looker.with_children(1)
    try:
        for page in (7, 7, 900, 7):
            pixels = fresh.render(path, page, 1.0)
            assert (pixels.width, pixels.height) == (842, 595)
            assert fresh.text(path, page).text == f"Page {page}"
            pixels.release()
        with pytest.raises(errors.PageOutOfRange):
            fresh.render(path, 1_001, 1.0)
        assert len(fresh.inspect(path).pages) == 1_000
    finally:
        fresh.close()
