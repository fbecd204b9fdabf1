"""Setting text into a box: the same lines for the canvas, the room and the PDF."""

from app.domain.drawing import BLACK, Colour, Drawing, Metrics, TextRun, advance, line
from app.domain.fields.base import Align, TextStyle

LARGEST_PT, FLOOR_PT, LEADING = 12.0, 6.0, 1.2
PADDING_PT = 2.0


def set_text(
    text: str, width: float, height: float, style: TextStyle, metrics: Metrics, colour: Colour = BLACK
) -> Drawing:
    """As large as fits from 12 pt down, wrapped at the width, never below 6 pt; what still does not fit is clipped
    by the box, the last lines first.
    """
    inner = max(width - 2 * PADDING_PT, 1.0)
    size, lines = _choose(text, inner, height, style, metrics)
    middle = (height - _tall(lines, size, style, metrics)) / 2
    top = middle if len(lines) == 1 else max(middle, 0.0)
    runs: list[TextRun] = []
    for number, words in enumerate(lines):
        x = PADDING_PT + _indent(style.align, inner, advance(metrics, words, size, style.face))
        baseline = top + metrics.ascent(style.face) * size + number * size * LEADING
        runs.extend(line(metrics, words, x, baseline, size, style.face, colour))
    return Drawing(width, height, runs=tuple(runs))


def _choose(text: str, inner: float, height: float, style: TextStyle, metrics: Metrics) -> tuple[float, list[str]]:
    if style.size_pt is not None:
        return style.size_pt, wrap(text, inner, style.size_pt, style.face, metrics)
    size = max(FLOOR_PT, min(LARGEST_PT, height * 0.72))
    while size > FLOOR_PT:
        lines = wrap(text, inner, size, style.face, metrics)
        if _tall(lines, size, style, metrics) <= height:
            return size, lines
        size -= 0.5
    return FLOOR_PT, wrap(text, inner, FLOOR_PT, style.face, metrics)


def _tall(lines: list[str], size: float, style: TextStyle, metrics: Metrics) -> float:
    """From the top of the first line to the bottom of the last, in points."""
    return (metrics.ascent(style.face) + metrics.descent(style.face) + (len(lines) - 1) * LEADING) * size


def wrap(text: str, inner: float, size: float, face: str, metrics: Metrics) -> list[str]:
    """Breaks at blanks and line ends; a word longer than the line breaks inside."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        current = ""
        for word in paragraph.split(" "):
            candidate = f"{current} {word}" if current else word
            if advance(metrics, candidate, size, face) <= inner:
                current = candidate
                continue
            if current:
                lines.append(current)
            *full, current = _broken(word, inner, size, face, metrics)
            lines.extend(full)
        lines.append(current)
    return lines


def _broken(word: str, inner: float, size: float, face: str, metrics: Metrics) -> list[str]:
    pieces, current = [], ""
    for character in word:
        if current and advance(metrics, current + character, size, face) > inner:
            pieces.append(current)
            current = character
        else:
            current += character
    return [*pieces, current]


def _indent(align: Align, inner: float, width: float) -> float:
    match align:
        case Align.CENTER:
            return max(0.0, (inner - width) / 2)
        case Align.RIGHT:
            return max(0.0, inner - width)
        case _:
            return 0.0
