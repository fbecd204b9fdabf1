"""A mark is what a person adopts as their signature or initials: drawn, typed or a picture. Drawn marks stay
vectors to the sealed page.
"""

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, radians, tan
from typing import Literal

from app.domain import errors
from app.domain.canonical import canonical, composed, fingerprint
from app.domain.drawing import INK, Drawing, FaceSpan, Metrics, Path, Picture, Segment, TextRun, ellipse
from app.domain.geometry import Rect
from app.domain.ids import Sha256

HANDS = (
    "alex-brush",
    "allura",
    "caveat",
    "dancing-script",
    "great-vibes",
    "la-belle-aurore",
    "parisienne",
    "sacramento",
)
"""Bundled handwriting faces; as a face name each is `hand-<name>`."""

SIMPLEST_LENGTH_PT = 24.0
"""Ink shorter than this in all is a slip of the pen, not a signature."""
MOST_POINTS, LONGEST_TEXT, FARTHEST = 20_000, 200, 1e6
"""Beyond these it is no hand that wrote: points of ink, letters, coordinates of the pad."""
MOST_MS = 86_400_000
MOST_TILT = 90.0
PEN_PT = 1.3
BROADEST = 0.5
"""A pen that lies nearly flat draws a line broader by this part, across the way it leans; along it, none."""
NEAREST = 0.15
"""Smoothing moves ink by at most this part of the pen's width, thinning by half of it: together under 0.3 pt on the
page, which no eye sees."""


@dataclass(frozen=True, slots=True)
class InkPoint:
    """Points in the pad's own space, y downwards; `pressure` 0-1 (0.5 for a mouse); `ms` since the first point
    of the mark; how far the pen leans to the right and towards the hand, in degrees, 0 for what cannot lean.
    """

    x: float
    y: float
    pressure: float = 0.5
    ms: int = 0
    tilt_x: float = 0.0
    tilt_y: float = 0.0


InkStroke = tuple[InkPoint, ...]
Place = tuple[float, float, float]
"""A point of the spine with half the width of the line there."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One of: `strokes` (drawn), `text` in a `hand` (typed), `picture` with its size in pixels (image)."""

    capture: Literal["drawn", "typed", "image"]
    strokes: tuple[InkStroke, ...] = ()
    text: str = ""
    hand: str = HANDS[2]
    picture: Sha256 | None = None
    picture_size: tuple[int, int] = (0, 0)

    @property
    def fingerprint(self) -> Sha256:
        """For the audit trail: the mark itself is not told there."""
        points = [[_numbers(point) for point in stroke] for stroke in self.strokes]
        return fingerprint(canonical(composed([self.capture, points, self.text, self.hand, self.picture])))

    def checked(self) -> "Mark":
        """Itself, or `MarkRefused` when it is empty or too simple to be anybody's."""
        match self.capture:
            case "drawn" if not _is_written(self.strokes):
                raise errors.MarkRefused(problem="unreadable")
            case "drawn" if _length(self.strokes) < SIMPLEST_LENGTH_PT:
                raise errors.MarkRefused(problem="too_simple")
            case "typed" if not self.text.strip():
                raise errors.MarkRefused(problem="empty")
            case "typed" if len(self.text) > LONGEST_TEXT or any(map(_is_undrawable, self.text.strip())):
                raise errors.MarkRefused(problem="unreadable")
            case "typed" if self.hand not in HANDS:
                raise errors.MarkRefused(problem="unknown_hand")
            case "image" if self.picture is None or min(self.picture_size) < 1:
                raise errors.MarkRefused(problem="empty")
        return self

    def draw(self, width: float, height: float, metrics: Metrics) -> Drawing:
        """Fitted into the box without distortion, centred. A mark without ink or letters draws nothing."""
        match self.capture:
            case "drawn" if any(self.strokes):
                return _fit_ink(self.strokes, width, height)
            case "typed" if self.text.strip():
                return _fit_text(self.text.strip(), f"hand-{self.hand}", width, height, metrics)
            case _:
                pictures = (Picture(self.picture, Rect(0, 0, width, height)),) if self.picture else ()
                return Drawing(width, height, pictures=pictures)


def ink_path(stroke: InkStroke, pen_pt: float = 1.9) -> Path:
    """One stroke as filled outlines: smoothed, thinner when fast or light, round at its ends and where it turns back.

    All outlines run the same way round, so that where they overlap nothing is left white.
    """
    spine = _smoothed(stroke, pen_pt * NEAREST)
    if len(spine) == 1:
        return _dot(spine[0], pen_pt)
    places = _with_width(spine, pen_pt)
    turns = [0, *_turning_back(spine), len(spine) - 1]
    ribbons = [segment for a, b in pairwise(turns) for segment in _ribbon(places[a : b + 1])]
    ends = [segment for number in turns for segment in _round(*places[number])]
    return Path((*ribbons, *ends), fill=INK, stroke=INK, width=pen_pt * 0.22)


def scaled(path: Path, factor: float, dx: float, dy: float) -> Path:
    segments = tuple(
        Segment(s.verb, tuple((x * factor + dx, y * factor + dy) for x, y in s.points)) for s in path.segments
    )
    return Path(segments, path.fill, path.stroke, path.width * factor)


def _length(strokes: tuple[InkStroke, ...]) -> float:
    return sum(hypot(b.x - a.x, b.y - a.y) for stroke in strokes for a, b in pairwise(stroke))


def _fit_ink(strokes: tuple[InkStroke, ...], width: float, height: float) -> Drawing:
    xs, ys = [p.x for s in strokes for p in s], [p.y for s in strokes for p in s]
    pad = min(2.0, width / 10, height / 10)
    wide, high = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
    factor = min((width - 2 * pad) / wide, (height - 2 * pad) / high)
    dx = (width - wide * factor) / 2 - min(xs) * factor
    dy = (height - high * factor) / 2 - min(ys) * factor
    # The pen keeps its thickness whatever the box: a large pad shrunk into a small field must not turn into hair.
    pen = min(PEN_PT, pad) / factor
    paths = tuple(scaled(ink_path(stroke, pen), factor, dx, dy) for stroke in strokes if stroke)
    return Drawing(width, height, paths=_inside(paths, width, height))


def _inside(paths: tuple[Path, ...], width: float, height: float) -> tuple[Path, ...]:
    """Shrunk about the middle if a curve leaves the box: between points a spline may reach farther than its points."""
    xs = [x + side * path.width / 2 for path in paths for s in path.segments for x, _ in s.points for side in (-1, 1)]
    ys = [y + side * path.width / 2 for path in paths for s in path.segments for _, y in s.points for side in (-1, 1)]
    factor = min(
        (limit / 2) / max(max(places) - limit / 2, limit / 2 - min(places), limit / 2)
        for places, limit in ((xs, width), (ys, height))
    )
    if factor == 1.0:
        return paths
    return tuple(scaled(path, factor, width / 2 * (1 - factor), height / 2 * (1 - factor)) for path in paths)


def _numbers(p: InkPoint) -> list[int]:
    """Whole ones, as canonical JSON wants them; of the lean only where there is one."""
    lean = [round(p.tilt_x * 10), round(p.tilt_y * 10)] if p.tilt_x or p.tilt_y else []
    return [round(p.x * 100), round(p.y * 100), round(p.pressure * 1000), p.ms, *lean]


def _is_undrawable(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Cn")


def _is_written(strokes: tuple[InkStroke, ...]) -> bool:
    """Numbers a pad gives; NaN compares with nothing and so is none."""
    points = [point for stroke in strokes for point in stroke]
    return len(points) <= MOST_POINTS and all(
        abs(p.x) <= FARTHEST
        and abs(p.y) <= FARTHEST
        and 0 <= p.pressure <= 1
        and 0 <= p.ms <= MOST_MS
        and abs(p.tilt_x) <= MOST_TILT
        and abs(p.tilt_y) <= MOST_TILT
        for p in points
    )


def _fit_text(text: str, face: str, width: float, height: float, metrics: Metrics) -> Drawing:
    spans: list[FaceSpan] = list(metrics.spans(text, face))
    em = max(sum(span.em for span in spans), 0.01)
    tall = max(metrics.ascent(span.face) + metrics.descent(span.face) for span in spans)
    size = min(width * 0.96 / em, height / tall)
    x = (width - em * size) / 2
    deep = max(metrics.descent(span.face) for span in spans)
    y = (height + tall * size) / 2 - deep * size
    runs = []
    for span in spans:
        runs.append(TextRun(span.text, x, y, size, span.face, span.em * size, INK))
        x += span.em * size
    return Drawing(width, height, runs=tuple(runs))


def _smoothed(stroke: InkStroke, farthest: float) -> list[InkPoint]:
    """Exponential smoothing removes the jitter of the hand and of the digitiser, and moves no point by more than
    `farthest`; points nearer than half of that are one. The ends stay where the pen was put down and lifted.
    """
    result = [stroke[0]]
    for point in stroke[1:]:
        last = result[-1]
        apart = hypot(point.x - last.x, point.y - last.y)
        if apart <= farthest / 2:
            continue
        blend = max(0.65, 1 - farthest / apart)
        result.append(
            InkPoint(
                last.x + (point.x - last.x) * blend,
                last.y + (point.y - last.y) * blend,
                last.pressure + (point.pressure - last.pressure) * 0.4,
                point.ms,
                last.tilt_x + (point.tilt_x - last.tilt_x) * 0.4,
                last.tilt_y + (point.tilt_y - last.tilt_y) * 0.4,
            )
        )
    if len(result) > 1:
        result.append(stroke[-1])
    return result


def _with_width(spine: list[InkPoint], pen_pt: float) -> list[Place]:
    """Pressure and a leaning pen make a line broad, speed makes it thin, and neighbours agree."""
    halves = [pen_pt / 2]
    for a, b in pairwise(spine):
        speed = hypot(b.x - a.x, b.y - a.y) / max(b.ms - a.ms, 1)
        wanted = pen_pt / 2 * (0.55 + 0.9 * b.pressure) * max(0.62, 1.12 - 0.16 * speed) * _broadened(a, b)
        halves.append(halves[-1] + (wanted - halves[-1]) * 0.35)
    halves[-1] *= 0.6
    return [(p.x, p.y, half) for p, half in zip(spine, halves, strict=True)]


def _broadened(a: InkPoint, b: InkPoint) -> float:
    """1 for an upright pen, and for one drawn the way it leans; more the farther it leans to the side of its way."""
    lean_x, lean_y = tan(radians(_leaning(b.tilt_x))), tan(radians(_leaning(b.tilt_y)))
    way_x, way_y = b.x - a.x, b.y - a.y
    across = abs(lean_x * way_y - lean_y * way_x) / (hypot(way_x, way_y) or 1.0)
    return 1 + BROADEST * across / hypot(1.0, lean_x, lean_y)


def _leaning(degrees: float) -> float:
    """Short of flat, where the tangent has no value."""
    return max(-85.0, min(85.0, degrees))


def _turning_back(spine: list[InkPoint]) -> list[int]:
    """Where the pen turns by more than a right angle: one ribbon bent there would cross itself and leave a notch."""
    return [
        number
        for number, (a, b, c) in enumerate(zip(spine, spine[1:], spine[2:], strict=False), start=1)
        if (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) < 0
    ]


def _ribbon(places: list[Place]) -> tuple[Segment, ...]:
    left, right = [], []
    for number, (x, y, half) in enumerate(places):
        (ax, ay, _), (bx, by, _) = places[max(number - 1, 0)], places[min(number + 1, len(places) - 1)]
        length = hypot(bx - ax, by - ay) or 1.0
        nx, ny = (by - ay) / length * half, (ax - bx) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return (*_catmull_rom(left), *_catmull_rom(right[::-1], start="L"), Segment("Z"))


def _round(x: float, y: float, half: float) -> tuple[Segment, ...]:
    return ellipse(Rect(x - half, y - half, 2 * half, 2 * half)).segments


def _catmull_rom(points: list[tuple[float, float]], start: Literal["M", "L"] = "M") -> tuple[Segment, ...]:
    """A cubic through all points: the uniform Catmull-Rom spline in Bezier form, its handles no longer than a third
    of their piece. Unlimited, a long piece beside a short one throws a loop.
    """
    segments = [Segment(start, (points[0],))]
    for i in range(len(points) - 1):
        p0, p1, p2 = points[max(i - 1, 0)], points[i], points[i + 1]
        p3 = points[min(i + 2, len(points) - 1)]
        longest = hypot(p2[0] - p1[0], p2[1] - p1[1]) / 3
        (x1, y1), (x2, y2) = _handle(p0, p2, longest), _handle(p1, p3, longest)
        c1, c2 = (p1[0] + x1, p1[1] + y1), (p2[0] - x2, p2[1] - y2)
        segments.append(Segment("C", (c1, c2, p2)))
    return tuple(segments)


def _handle(a: tuple[float, float], b: tuple[float, float], longest: float) -> tuple[float, float]:
    dx, dy = (b[0] - a[0]) / 6, (b[1] - a[1]) / 6
    short = min(1.0, longest / (hypot(dx, dy) or 1.0))
    return dx * short, dy * short


def _dot(point: InkPoint, pen_pt: float) -> Path:
    """A tap of the pen: a line of no length with round caps is a dot in every renderer."""
    here = (point.x, point.y)
    return Path((Segment("M", (here,)), Segment("L", ((point.x + 0.01, point.y),))), stroke=INK, width=pen_pt)
