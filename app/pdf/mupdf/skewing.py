"""How far a scan leans: lines of text make the sharpest steps in a page's profile when the page stands straight.

The profile of ink by rows is taken at every angle that a feeder leaves (Postl's measure: the sum of the squared
differences of neighbouring rows); the sharpest wins, first coarsely, then finely around the winner.
"""

from itertools import pairwise
from typing import Any, Final

import pymupdf
from PIL import Image, ImageOps

from app.domain.geometry import Size
from app.pdf.mupdf import pages, rendering
from app.pdf.pixels import frame_of

_PIXELS_HIGH: Final = 900.0
_MOST_DEGREES: Final = 8.0
_COARSE, _FINE = 0.5, 0.05
_LEAST_DEGREES: Final = 0.25
_SCAN_SHARE: Final = 0.4
_CLEAR: Final = 1.4
_LEAST_INK: Final = 0.002


def skew(display_list: Any, size: Size) -> float:
    """Degrees clockwise to turn the page by; 0 for a page that stands straight, or shows no lines."""
    ink = _ink(display_list, size)
    if sum(ink.histogram()[128:]) < _LEAST_INK * ink.width * ink.height:
        return 0.0
    straight = _sharpness(ink, 0.0)
    steps = int(_MOST_DEGREES / _COARSE)
    near = max((_COARSE * n for n in range(-steps, steps + 1)), key=lambda angle: _sharpness(ink, angle))
    fine = int(_COARSE / _FINE)
    best = max((near + _FINE * n for n in range(-fine, fine + 1)), key=lambda angle: _sharpness(ink, angle))
    if abs(best) < _LEAST_DEGREES or abs(near) >= _MOST_DEGREES or _sharpness(ink, best) < _CLEAR * straight:
        return 0.0
    return round(-best, 2)


def is_scan(document: pymupdf.Document, index: int) -> bool:
    """Mostly a picture: what was typed stands as straight as its author wanted."""
    page = document[index]
    boxes = (pages.rect_of(image["bbox"]) for image in page.get_image_info())
    area = max(page.rect.width * page.rect.height, 1.0)
    return any(box.width * box.height >= _SCAN_SHARE * area for box in boxes)


def _ink(display_list: Any, size: Size) -> Image.Image:
    """The page in grey, dark where there is ink turned to white; edges of the scanner's glass cut away."""
    frame = frame_of(size, _PIXELS_HIGH / max(size.height, size.width))
    pixels = bytearray(frame.size_bytes)
    rendering.draw(display_list, frame, memoryview(pixels))
    page = Image.frombuffer("RGB", (frame.width, frame.height), pixels, "raw", "BGRX", frame.stride, 1)
    border = round(0.04 * min(page.size))
    return ImageOps.invert(ImageOps.crop(page.convert("L"), border)).point(lambda grey: 255 if grey > 110 else 0)


def _sharpness(ink: Image.Image, degrees: float) -> float:
    """Of the row profile after turning anticlockwise by so much."""
    turned = ink.rotate(degrees, Image.Resampling.BILINEAR) if degrees else ink
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return float(sum((a - b) ** 2 for a, b in pairwise(rows)))
