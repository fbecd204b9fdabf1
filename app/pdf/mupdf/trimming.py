"""A photographed or scanned signature made fit for a field: straight, cut, and without its paper."""

from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageOps

from app.domain.trim import PLAIN, Trim

LEAST_SIDE: Final = 8
"""Pixels that stay whatever is cut away."""
SHADOW_PX: Final = 31
"""Paper is lit unevenly: its brightness is that of the neighbourhood, about so many pixels of a small copy wide."""
SMALL: Final = 400
SPAN: Final = 90
"""Levels of grey, of 255, from where ink begins to show to where it is full: edges stay soft."""
MARGIN: Final = 6
BARELY: Final = 24
"""Opacity, of 255, below which a speck does not count when the picture is cut to the ink."""


def trimmed(image: Image.Image, trim: Trim) -> Image.Image:
    if trim == PLAIN:
        return image
    turned = _turned(image, trim.degrees)
    cut = turned.crop(_box(turned.size, trim))
    return _ink_of(cut, trim.darkness) if trim.ink_only else cut


def _turned(image: Image.Image, degrees: float) -> Image.Image:
    """The corners that come into being are transparent."""
    if not degrees % 360:
        return image
    return image.convert("RGBA").rotate(-degrees, Image.Resampling.BICUBIC, expand=True)


def _box(size: tuple[int, int], trim: Trim) -> tuple[int, int, int, int]:
    width, height = size
    left, top = round(width * _share(trim.left)), round(height * _share(trim.top))
    right, bottom = round(width * (1 - _share(trim.right))), round(height * (1 - _share(trim.bottom)))
    left, top = min(left, max(0, width - LEAST_SIDE)), min(top, max(0, height - LEAST_SIDE))
    return left, top, max(right, min(width, left + LEAST_SIDE)), max(bottom, min(height, top + LEAST_SIDE))


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _ink_of(image: Image.Image, darkness: float) -> Image.Image:
    """As opaque as it is darker than the paper around it; the colour of the ink stays."""
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    grey = ImageOps.grayscale(flat)
    darker = ImageChops.subtract(_paper_of(grey), grey)
    begins = round(255 * (0.5 - 0.45 * (2 * _share(darkness) - 1)) * 0.35)
    opacity = darker.point([min(255, max(0, round((level - begins) * 255 / SPAN))) for level in range(256)])
    inked = flat.convert("RGBA")
    inked.putalpha(opacity)
    return inked.crop(_around(opacity))


def _paper_of(grey: Image.Image) -> Image.Image:
    """How bright the paper is at each place: the brightest nearby, smoothed."""
    small = grey.copy()
    small.thumbnail((SMALL, SMALL))
    bright = small.filter(ImageFilter.MaxFilter(SHADOW_PX)).filter(ImageFilter.GaussianBlur(SHADOW_PX / 3))
    return bright.resize(grey.size, Image.Resampling.BILINEAR)


def _around(opacity: Image.Image) -> tuple[int, int, int, int]:
    found = opacity.point([255 if level > BARELY else 0 for level in range(256)]).getbbox()
    if found is None:
        return (0, 0, *opacity.size)
    left, top, right, bottom = found
    width, height = opacity.size
    return max(0, left - MARGIN), max(0, top - MARGIN), min(width, right + MARGIN), min(height, bottom + MARGIN)
