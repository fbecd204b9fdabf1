"""Setting text into a box: the same lines for the canvas, the room and the PDF."""

from app.domain.drawing import BLACK, Colour, Drawing, Metrics, TextRun, advance, line
from app.domain.fields.base import Align, TextStyle

LARGEST_PT, FLOOR_PT, LEADING = 12.0, 6.0, 1.2
PADDING_PT = 2.0
BOLD = {"sans": "sans-bold"}
"""The bold sister of a face; handwriting has none."""


def face_of(style: TextStyle) -> str:
    """The face a style means once inheritance is settled."""
    face = style.face or "sans"
    return BOLD.get(face, face) if style.bold else face


def colour_of(style: TextStyle, usual: Colour) -> Colour:
    if style.colour is None:
        return usual
    return Colour(*bytes.fromhex(style.colour.removeprefix("#")))


def set_text(
    text: str, width: float, height: float, style: TextStyle, metrics: Metrics, colour: Colour = BLACK
) -> Drawing:
    """As large as fits from 12 pt down, wrapped at the width, never below 6 pt; what still does not fit is clipped
    by the box, the last lines first. A comb has a character a cell instead, and never wraps.
    """
    colour = colour_of(style, colour)
    if style.comb:
        return _set_comb(text, width, height, style, metrics, colour)
    face, inner = face_of(style), max(width - 2 * PADDING_PT, 1.0)
    size, lines = _choose(text, inner, height, style, metrics)
    middle = (height - _tall(lines, size, face, metrics)) / 2
    top = PADDING_PT if style.multiline else middle if len(lines) == 1 else max(middle, 0.0)
    runs: list[TextRun] = []
    for number, words in enumerate(lines):
        x = PADDING_PT + _indent(style.align, inner, advance(metrics, words, size, face))
        baseline = top + metrics.ascent(face) * size + number * size * LEADING
        runs.extend(line(metrics, words, x, baseline, size, face, colour))
    return Drawing(width, height, runs=tuple(runs))


def overflows(text: str, width: float, height: float, style: TextStyle, metrics: Metrics) -> bool:
    """Whether some of it would be clipped, or a word broken, even at the smallest size it may have."""
    face = face_of(style)
    if style.comb:
        size, cell = _comb_size(text, width, height, style, metrics), width / style.comb
        wide = max((advance(metrics, c, size, face) for c in text), default=0.0)
        return len(text) > style.comb or wide > cell or _tall([text], size, face, metrics) > height
    inner = max(width - 2 * PADDING_PT, 1.0)
    size = style.size_pt or FLOOR_PT
    lines = wrap(text, inner, size, face, metrics)
    broken = any(advance(metrics, word, size, face) > inner for word in text.split())
    return broken or _tall(lines, size, face, metrics) > _room(height, style) + 0.01


def _choose(text: str, inner: float, height: float, style: TextStyle, metrics: Metrics) -> tuple[float, list[str]]:
    face, room = face_of(style), _room(height, style)
    if style.size_pt is not None:
        return style.size_pt, wrap(text, inner, style.size_pt, face, metrics)
    size = LARGEST_PT if style.multiline else max(FLOOR_PT, min(LARGEST_PT, height * 0.72))
    while size > FLOOR_PT:
        lines = wrap(text, inner, size, face, metrics)
        if _tall(lines, size, face, metrics) <= room:
            return size, lines
        size -= 0.5
    return FLOOR_PT, wrap(text, inner, FLOOR_PT, face, metrics)


def _room(height: float, style: TextStyle) -> float:
    return max(height - 2 * PADDING_PT, 1.0) if style.multiline else height


def _tall(lines: list[str], size: float, face: str, metrics: Metrics) -> float:
    """From the top of the first line to the bottom of the last, in points."""
    return (metrics.ascent(face) + metrics.descent(face) + (len(lines) - 1) * LEADING) * size


def _set_comb(text: str, width: float, height: float, style: TextStyle, metrics: Metrics, colour: Colour) -> Drawing:
    """Each character in the middle of its cell; what has no cell is not drawn."""
    face, cells = face_of(style), style.comb or 1
    size, cell = _comb_size(text, width, height, style, metrics), width / cells
    baseline = (height - _tall([text], size, face, metrics)) / 2 + metrics.ascent(face) * size
    runs: list[TextRun] = []
    for number, character in enumerate(text.replace("\n", " ")[:cells]):
        x = number * cell + max(0.0, (cell - advance(metrics, character, size, face)) / 2)
        runs.extend(line(metrics, character, x, baseline, size, face, colour))
    return Drawing(width, height, runs=tuple(runs))


def _comb_size(text: str, width: float, height: float, style: TextStyle, metrics: Metrics) -> float:
    if style.size_pt is not None:
        return style.size_pt
    widest = max((advance(metrics, c, 1.0, face_of(style)) for c in text), default=0.5)
    return max(FLOOR_PT, min(LARGEST_PT, height * 0.72, width / (style.comb or 1) / max(widest, 0.1)))


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
