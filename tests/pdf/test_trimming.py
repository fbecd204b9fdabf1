"""Pictures of signatures: straightened, cut, and without the paper they were photographed on."""

from __future__ import annotations

from PIL import Image, ImageDraw

from app.domain.trim import PLAIN, Trim
from app.pdf.mupdf.trimming import trimmed


def photographed() -> Image.Image:
    """Blue ink on yellowish paper that is in the shade on its right."""
    image = Image.new("RGB", (600, 300))
    for x in range(600):
        for y in range(300):
            image.putpixel((x, y), (230 - x // 6, 225 - x // 6, 205 - x // 6))
    draw = ImageDraw.Draw(image)
    draw.line([(150, 180), (220, 90), (290, 190), (360, 100), (450, 170)], fill=(30, 40, 120), width=7)
    return image


def test_nothing_is_done_where_nothing_was_asked() -> None:
    image = photographed()
    assert trimmed(image, PLAIN) is image


def test_paper_goes_and_ink_stays_also_in_the_shade() -> None:
    inked = trimmed(photographed(), Trim(ink_only=True))
    assert inked.mode == "RGBA"
    assert inked.getpixel((1, 1))[3] == 0, "a corner is paper"
    strong = sum(1 for level in inked.getchannel("A").tobytes() if level > 200)
    faint = sum(1 for level in inked.getchannel("A").tobytes() if level < 20)
    assert strong > 1500
    assert faint > 10 * strong / 4
    width, height = inked.size
    assert 300 <= width <= 330, "cut to the ink with a small margin"
    assert 100 <= height <= 130
    red, _, blue, _ = max(inked.get_flattened_data(), key=lambda pixel: pixel[3])
    assert blue > red, "the colour of the ink stays"


def test_darkness_moves_where_ink_begins() -> None:
    def opaque(darkness: float) -> int:
        inked = trimmed(photographed(), Trim(ink_only=True, darkness=darkness))
        return sum(inked.getchannel("A").tobytes())

    assert opaque(0.1) < opaque(0.5) < opaque(0.9)


def test_sides_are_cut_as_shares_and_something_is_always_left() -> None:
    image = photographed()
    assert trimmed(image, Trim(left=0.25, right=0.25, top=0.5)).size == (300, 150)
    assert min(trimmed(image, Trim(left=1, right=1, top=1, bottom=1)).size) >= 8


def test_a_quarter_turn_swaps_the_sides_and_a_slant_leaves_clear_corners() -> None:
    image = photographed()
    assert trimmed(image, Trim(degrees=90)).size == (300, 600)
    slanted = trimmed(image, Trim(degrees=10))
    assert slanted.mode == "RGBA"
    assert slanted.getpixel((0, 0))[3] == 0


def test_blank_paper_stays_whole() -> None:
    blank = Image.new("RGB", (200, 100), "white")
    assert trimmed(blank, Trim(ink_only=True)).size == (200, 100)
