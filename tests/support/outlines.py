"""Curves as points, and where a point lies to them: what a renderer would make of a drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

from app.domain.drawing import Drawing, Path
from app.domain.geometry import Rect

Points = list[tuple[float, float]]
STEPS = 4


def flattened(path: Path) -> Points:
    """All points of all outlines; a curve becomes four chords."""
    return [point for outline in outlines(path) for point in outline]


def outlines(path: Path) -> list[Points]:
    """Each from its move to its end; what is closed ends where it began."""
    found: list[Points] = []
    points: Points = []
    for segment in path.segments:
        if segment.verb == "M":
            points = []
            found.append(points)
        if segment.verb == "Z":
            points.append(points[0])
        elif segment.verb == "C":
            (x0, y0), ((x1, y1), (x2, y2), (x3, y3)) = points[-1], segment.points
            for step in range(1, STEPS + 1):
                t, u = step / STEPS, 1 - step / STEPS
                a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
                points.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
        else:
            points.extend(segment.points)
    return found


def is_inked(point: tuple[float, float], path: Path, slack: float) -> bool:
    """Inside the filled outlines, or no farther than `slack` from where they and their pen are."""
    closed = outlines(path)
    if path.fill is not None and sum(winding(point, outline) for outline in closed) != 0:
        return True
    pen = path.width / 2 if path.stroke is not None else 0.0
    return min(distance(point, outline) for outline in closed) <= pen + slack


def distance(point: tuple[float, float], line: Sequence[tuple[float, float]]) -> float:
    """From a point to the nearest place on a line of chords."""
    if len(line) == 1:
        return hypot(point[0] - line[0][0], point[1] - line[0][1])
    return min(_to_chord(point, a, b) for a, b in pairwise(line))


def winding(point: tuple[float, float], outline: Points) -> int:
    """How often the closed outline goes round the point; not 0 is inside by the rule drawings are filled with."""
    x, y = point
    turns = 0
    for (ax, ay), (bx, by) in pairwise([*outline, outline[0]]):
        side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
        if ay <= y < by and side > 0:
            turns += 1
        elif by <= y < ay and side < 0:
            turns -= 1
    return turns


def bounds(drawing: Drawing) -> Iterator[Rect]:
    """The box of every path with its pen and of every picture; text is not measured here."""
    for path in drawing.paths:
        pen = path.width / 2 if path.stroke is not None else 0.0
        points = flattened(path)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        yield Rect(min(xs) - pen, min(ys) - pen, max(xs) - min(xs) + 2 * pen, max(ys) - min(ys) + 2 * pen)
    yield from (picture.rect for picture in drawing.pictures)


def _to_chord(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    along = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / square if square else 0.0
    along = min(1.0, max(0.0, along))
    return hypot(point[0] - a[0] - along * dx, point[1] - a[1] - along * dy)
