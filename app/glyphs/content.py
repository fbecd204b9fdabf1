"""A drawing as operators of a content stream (ISO 32000-1, 8 and 9); its own space is the drawing's, y downwards."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.drawing import Colour, Drawing, Path, Picture, Segment, TextRun
from app.glyphs.shaping import Glyph
from app.glyphs.subset import Subset

_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}


@dataclass(frozen=True, slots=True)
class Typeset:
    """A run with its glyphs, the subset they are in, and the resource name of that font."""

    run: TextRun
    glyphs: Sequence[Glyph]
    subset: Subset
    font: str


def content_of(
    drawing: Drawing, texts: Sequence[Typeset], placed: Callable[[Picture], tuple[str, tuple[float, float]]]
) -> bytes:
    """`placed` gives a picture's resource name and its size in pixels. Pictures lie below paths, text on top."""
    lines = ["q", f"1 0 0 -1 0 {_n(drawing.height)} cm"]
    lines.extend(_picture(picture, *placed(picture)) for picture in drawing.pictures)
    for path in drawing.paths:
        lines.extend(_path(path))
    for text in texts:
        lines.extend(_text(text))
    lines.append("Q")
    return "\n".join(lines).encode("ascii")


def _picture(picture: Picture, name: str, pixels: tuple[float, float]) -> str:
    """Fitted without distortion, centred; an image's own space has its origin at the bottom."""
    box = picture.rect
    factor = min(box.width / pixels[0], box.height / pixels[1])
    width, height = pixels[0] * factor, pixels[1] * factor
    x, y = box.x + (box.width - width) / 2, box.y + (box.height - height) / 2
    return f"q {_n(width)} 0 0 {_n(-height)} {_n(x)} {_n(y + height)} cm {name} Do Q"


def _path(path: Path) -> Iterator[str]:
    paint = {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
        (path.fill is not None, path.stroke is not None)
    )
    if paint is None:
        return
    yield "q 1 J 1 j"
    if path.fill is not None:
        yield f"{_colour(path.fill)} rg"
    if path.stroke is not None:
        yield f"{_colour(path.stroke)} RG {_n(path.width)} w"
    for segment in path.segments:
        yield _segment(segment)
    yield f"{paint} Q"


def _segment(segment: Segment) -> str:
    numbers = [_n(coordinate) for point in segment.points for coordinate in point]
    return " ".join((*numbers, _OPERATORS[segment.verb]))


def _text(text: Typeset) -> Iterator[str]:
    run, pen = text.run, text.run.x
    yield f"BT {text.font} {_n(run.size)} Tf {_colour(run.colour)} rg"
    for actual, glyphs in _stretches(text):
        if actual:
            yield f"/Span <</ActualText <FEFF{actual.encode('utf-16-be').hex().upper()}>>> BDC"
        yield from _placed(text, glyphs, pen)
        if actual:
            yield "EMC"
        pen += sum(glyph.advance for glyph in glyphs) * run.size / text.subset.face.units
    yield "ET"


def _stretches(text: Typeset) -> Iterator[tuple[str, Sequence[Glyph]]]:
    """Glyphs that stand for what the font says, many together; else one cluster with the text it stands for (14.9.4).

    A font tells one text for a glyph, but in joined scripts the same glyph is now a letter, now part of a syllable.
    """
    plain: list[Glyph] = []
    for cluster in _clusters(text.glyphs):
        if all(glyph.text == text.subset.texts[glyph.number] for glyph in cluster):
            plain += cluster
            continue
        if plain:
            yield "", plain
        yield "".join(glyph.text for glyph in cluster), cluster
        plain = []
    if plain:
        yield "", plain


def _clusters(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    cluster: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text and cluster:
            yield cluster
            cluster = []
        cluster.append(glyph)
    if cluster:
        yield cluster


def _placed(text: Typeset, glyphs: Sequence[Glyph], x: float) -> Iterator[str]:
    """Glyphs that stand on the line go in one array with their kerning; one that does not gets a place of its own."""
    run, em = text.run, text.run.size / text.subset.face.units
    pen, start, array = x, x, ""
    for glyph in glyphs:
        code = f"<{text.subset.numbers[glyph.number]:04X}>"
        if glyph.dx or glyph.dy:
            if array:
                yield _shown(start, run.y, array)
            yield _shown(pen + glyph.dx * em, run.y - glyph.dy * em, code)
            array, start = "", pen + glyph.advance * em
        else:
            kern = text.subset.width(glyph.number) - glyph.advance * 1000 / text.subset.face.units
            array += code + (_n(kern) if abs(kern) > 0.5 else "")
        pen += glyph.advance * em
    if array:
        yield _shown(start, run.y, array)


def _shown(x: float, y: float, array: str) -> str:
    return f"1 0 0 -1 {_n(x)} {_n(y)} Tm [{array}] TJ"


def _colour(colour: Colour) -> str:
    return f"{_n(colour.red / 255)} {_n(colour.green / 255)} {_n(colour.blue / 255)}"


def _n(number: float) -> str:
    """Three decimals: a thousandth of a point is finer than any printer."""
    text = f"{number:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
