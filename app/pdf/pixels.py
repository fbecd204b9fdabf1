"""Which pixels show a page, or a part of it, and how many are sane."""

from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Final

from app.domain.geometry import Rect, Size
from app.process import BYTES_PER_PIXEL

MOST_PIXELS: Final = 16_000_000
"""64 MB; a larger wish is drawn at the largest scale that stays below (robustness, "Isolation")."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Which pixels to draw: `left, top` in pixels of the whole page at `scale` (pixels per point)."""

    left: int
    top: int
    width: int
    height: int
    scale: float

    @property
    def stride(self) -> int:
        """Bytes from one row to the next."""
        return self.width * BYTES_PER_PIXEL

    @property
    def size_bytes(self) -> int:
        return self.stride * self.height


def frame_of(page: Size, scale: float, clip: Rect | None = None) -> Frame:
    """The whole page, or the pixels that cover `clip` (points of the displayed page), never more than allowed."""
    part = clip or Rect(0, 0, page.width, page.height)
    # A pixel more on each side comes from rounding outwards.
    wanted = (part.width * scale + 1) * (part.height * scale + 1)
    if wanted > MOST_PIXELS:
        scale *= sqrt(MOST_PIXELS / wanted)
    frame = _rounded(part, scale)
    while frame.width * frame.height > MOST_PIXELS:
        scale *= 0.99
        frame = _rounded(part, scale)
    return frame


def _rounded(part: Rect, scale: float) -> Frame:
    left, top = floor(part.x * scale + 1e-6), floor(part.y * scale + 1e-6)
    right, bottom = ceil(part.right * scale - 1e-6), ceil(part.bottom * scale - 1e-6)
    return Frame(left, top, max(right - left, 1), max(bottom - top, 1), scale)
