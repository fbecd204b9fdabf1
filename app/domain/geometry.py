"""One model of place: points, origin at the top-left corner of the page *as displayed*, y downwards.

A page as displayed has its CropBox, /Rotate and UserUnit applied (ISO 32000-1, 7.7.3.3 and 8.3.2.3). That is
what the eye sees, what the remote
services take and what is stored. PDF user space appears only in `PageGeometry.to_pdf` and `from_pdf`, used at
two edges: `pdf` and `sealing`.
"""

from dataclasses import dataclass
from math import cos, isfinite, radians, sin

PT_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Point:
    """Points (1/72 inch), from the top-left corner of the displayed page."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Size:
    """Points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Rect:
    """Points; `x, y` is the top-left corner. Sizes are finite and not negative."""

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        if not all(map(isfinite, (self.x, self.y, self.width, self.height))) or self.width < 0 or self.height < 0:
            raise ValueError(f"not a rectangle: {self.x}, {self.y}, {self.width}, {self.height}")

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def center(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    @property
    def size(self) -> Size:
        return Size(self.width, self.height)

    def contains(self, point: Point) -> bool:
        return self.x <= point.x <= self.right and self.y <= point.y <= self.bottom

    def within(self, size: Size, tolerance_pt: float = 0.01) -> bool:
        """Lies wholly on a page of this size."""
        return (
            self.x >= -tolerance_pt
            and self.y >= -tolerance_pt
            and self.right <= size.width + tolerance_pt
            and self.bottom <= size.height + tolerance_pt
        )

    def overlap(self, other: "Rect") -> float:
        """Shared area in square points."""
        width = min(self.right, other.right) - max(self.x, other.x)
        height = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(0.0, width) * max(0.0, height)

    def moved(self, dx: float, dy: float) -> "Rect":
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def inset(self, by: float) -> "Rect":
        return Rect(self.x + by, self.y + by, max(0.0, self.width - 2 * by), max(0.0, self.height - 2 * by))

    def clamped(self, size: Size) -> "Rect":
        """The nearest rectangle of the same size (or smaller, if the page is smaller) that lies on the page."""
        width, height = min(self.width, size.width), min(self.height, size.height)
        return Rect(
            min(max(0.0, self.x), size.width - width),
            min(max(0.0, self.y), size.height - height),
            width,
            height,
        )

    def leaned(self, page: Size, degrees: float) -> "Rect":
        """Upright and as large as before, its centre carried along when the page is turned clockwise about its own."""
        c, s = cos(radians(degrees)), sin(radians(degrees))
        across, down = self.center.x - page.width / 2, self.center.y - page.height / 2
        return self.moved(across * c - down * s - across, across * s + down * c - down)

    def turned(self, page: Size, quarter_turns: int) -> "Rect":
        """Where it goes when the page it lies on is turned clockwise by quarter turns; `page` is the size before."""
        match quarter_turns % 4:
            case 1:
                return Rect(page.height - self.bottom, self.x, self.height, self.width)
            case 2:
                return Rect(page.width - self.right, page.height - self.bottom, self.width, self.height)
            case 3:
                return Rect(self.y, page.width - self.right, self.height, self.width)
            case _:
                return self


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """What a PDF says about a page's place: CropBox in user space units (already clipped to the MediaBox),
    /Rotate, UserUnit.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotate: int = 0
    user_unit: float = 1.0

    @property
    def size(self) -> Size:
        """As displayed, in points."""
        width, height = (self.right - self.left) * self.user_unit, (self.top - self.bottom) * self.user_unit
        return Size(height, width) if self.rotate % 180 else Size(width, height)

    def to_pdf(self, rect: Rect) -> tuple[float, float, float, float]:
        """A PDF rectangle `[llx lly urx ury]` in default user space, in user space units."""
        corners = [self._point_to_pdf(rect.x, rect.y), self._point_to_pdf(rect.right, rect.bottom)]
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        return xs[0], ys[0], xs[1], ys[1]

    def from_pdf(self, box: tuple[float, float, float, float]) -> Rect:
        """The inverse of `to_pdf`; the corners may come in any order (ISO 32000-1, 7.9.5)."""
        corners = [self._point_from_pdf(box[0], box[1]), self._point_from_pdf(box[2], box[3])]
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        return Rect(xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0])

    def _point_to_pdf(self, x: float, y: float) -> tuple[float, float]:
        u, v = x / self.user_unit, y / self.user_unit
        match self.rotate % 360:
            case 90:
                return self.left + v, self.bottom + u
            case 180:
                return self.right - u, self.bottom + v
            case 270:
                return self.right - v, self.top - u
            case _:
                return self.left + u, self.top - v

    def _point_from_pdf(self, px: float, py: float) -> tuple[float, float]:
        match self.rotate % 360:
            case 90:
                u, v = py - self.bottom, px - self.left
            case 180:
                u, v = self.right - px, py - self.bottom
            case 270:
                u, v = self.top - py, self.right - px
            case _:
                u, v = px - self.left, self.top - py
        return u * self.user_unit, v * self.user_unit
