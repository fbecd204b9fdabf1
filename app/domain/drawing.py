"""A field draws itself once, in points, and three interpreters follow it: the canvas, the signing room and the
PDF writer.

Coordinates are relative to the field's top-left corner, y downwards. Text is laid out here, with metrics handed
in, so that a line breaks at the
same letter on the screen and in the sealed page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from app.domain.geometry import Rect
from app.domain.ids import Sha256


@dataclass(frozen=True, slots=True)
class Colour:
    """sRGB, 0-255 each."""

    red: int
    green: int
    blue: int


INK = Colour(22, 30, 66)
BLACK = Colour(0, 0, 0)
GREY = Colour(96, 102, 116)

Verb = Literal["M", "L", "C", "Z"]


@dataclass(frozen=True, slots=True)
class Segment:
    """One path operator: move, line, cubic curve (two control points, then the end), close."""

    verb: Verb
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Filled (non-zero winding), stroked, or both. `width` in points; joins and caps are round."""

    segments: tuple[Segment, ...]
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of one line in one face; `x` is its left edge, `y` its baseline, `size` in points, `width` its
    advance as laid out.
    """

    text: str
    x: float
    y: float
    size: float
    face: str
    width: float
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG blob, fitted into `rect` without distortion, centred."""

    sha256: Sha256
    rect: Rect


@dataclass(frozen=True, slots=True)
class Drawing:
    """What stands in a field of this size (points)."""

    width: float
    height: float
    runs: tuple[TextRun, ...] = ()
    paths: tuple[Path, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.runs or self.paths or self.pictures)

    def recoloured(self, old: Colour, new: Colour) -> "Drawing":
        """What is drawn in `old`, in `new`; pictures and everything else stay."""
        if old == new:
            return self
        runs = tuple(replace(run, colour=new) if run.colour == old else run for run in self.runs)
        paths = tuple(
            replace(path, fill=new if path.fill == old else path.fill, stroke=line)
            for path in self.paths
            for line in (new if path.stroke == old else path.stroke,)
        )
        return replace(self, runs=runs, paths=paths)

    def faces(self) -> tuple[str, ...]:
        return tuple(sorted({run.face for run in self.runs}))


@dataclass(frozen=True, slots=True)
class FaceSpan:
    """A piece of text that one face can draw; `em` is its advance at size 1."""

    face: str
    text: str
    em: float


class Metrics(Protocol):
    """Font knowledge handed in from outside; faces are names such as `sans`, `sans-semibold`, `hand-caveat`."""

    def spans(self, text: str, face: str) -> Sequence[FaceSpan]:
        """Splits text over the face and its fall-backs; raises `errors.GlyphsMissing` when no face has a character."""
        ...

    def ascent(self, face: str) -> float:
        """Height above the baseline at size 1."""
        ...

    def descent(self, face: str) -> float:
        """Depth below the baseline at size 1, positive."""
        ...


def line(
    metrics: Metrics, text: str, x: float, y: float, size: float, face: str, colour: Colour
) -> tuple[TextRun, ...]:
    """One line of text from `x`, on baseline `y`."""
    runs = []
    for span in metrics.spans(text, face):
        runs.append(TextRun(span.text, x, y, size, span.face, span.em * size, colour))
        x += span.em * size
    return tuple(runs)


def advance(metrics: Metrics, text: str, size: float, face: str) -> float:
    """Width of one line in points."""
    return sum(span.em for span in metrics.spans(text, face)) * size


def polyline(points: Sequence[tuple[float, float]], colour: Colour, width: float) -> Path:
    first, *rest = points
    return Path((Segment("M", (first,)), *(Segment("L", (point,)) for point in rest)), stroke=colour, width=width)


def ellipse(rect: Rect, *, fill: Colour | None = None, stroke: Colour | None = None, width: float = 0.0) -> Path:
    """Four cubic arcs; the constant is the usual 4/3·(√2-1), off by at most 0.03 % of the radius."""
    k = 0.5522847498
    cx, cy, rx, ry = rect.center.x, rect.center.y, rect.width / 2, rect.height / 2
    arcs = (
        ((cx + rx, cy + k * ry), (cx + k * rx, cy + ry), (cx, cy + ry)),
        ((cx - k * rx, cy + ry), (cx - rx, cy + k * ry), (cx - rx, cy)),
        ((cx - rx, cy - k * ry), (cx - k * rx, cy - ry), (cx, cy - ry)),
        ((cx + k * rx, cy - ry), (cx + rx, cy - k * ry), (cx + rx, cy)),
    )
    segments = (Segment("M", ((cx + rx, cy),)), *(Segment("C", arc) for arc in arcs), Segment("Z"))
    return Path(segments, fill, stroke, width)
