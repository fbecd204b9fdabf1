"""Reading what people give as a signature and as values."""

import json
from pathlib import Path
from typing import Any

from app.domain import errors
from app.domain.fields.base import PictureValue, Value
from app.domain.mark import InkPoint, Mark
from app.services import files, pictures
from app.services.house import House
from app.services.spec import read_text

FORMS = "typed:NAME, image:FILE or drawn:STROKES.json"


def mark(house: House, given: str) -> Mark:
    """`typed:Jane Smith`, `image:FILE`, `drawn:STROKES.json`."""
    how, colon, what = given.partition(":")
    match how if colon and what else "":
        case "typed":
            return Mark("typed", text=what).checked()
        case "image":
            taken = pictures.take_picture(house, Path(what))
            return Mark("image", picture=taken.sha256, picture_size=(taken.width, taken.height)).checked()
        case "drawn":
            return Mark("drawn", strokes=_strokes(Path(what))).checked()
        case _:
            raise errors.UsageError(problem=f"a signature is given as {FORMS}, not as {given!r}")


def values(house: House, path: Path) -> dict[str, Value]:
    """An object of values by mapping key or label; `{"image": FILE}` for a picture, `{"file": FILE}` for an
    attachment.
    """
    try:
        found = json.loads(read_text(path))
    except (ValueError, RecursionError) as problem:
        raise errors.SpecError(path=str(path), problem=f"is not JSON: {problem}") from None
    if not isinstance(found, dict):
        raise errors.SpecError(path=str(path), problem="should be an object of values by field")
    return {name: _value(house, name, value, path.parent) for name, value in found.items()}


def _value(house: House, name: str, value: Any, folder: Path) -> Value:
    if isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict) and set(value) == {"image"} and isinstance(value["image"], str):
        taken = pictures.take_picture(house, folder / value["image"])
        return PictureValue(taken.sha256, taken.width, taken.height)
    if isinstance(value, dict) and set(value) == {"file"} and isinstance(value["file"], str):
        return files.take_file(house, folder / value["file"])
    wanted = 'should be text, true, false, a number, {"image": FILE} or {"file": FILE}'
    raise errors.SpecError(path=name, problem=wanted)


def _strokes(path: Path) -> tuple[tuple[InkPoint, ...], ...]:
    """Strokes of points `[x, y]`, with as many of pressure, ms and the two tilts (degrees) behind as are known; y
    downwards.
    """
    try:
        found = json.loads(read_text(path))
        strokes = found["strokes"] if isinstance(found, dict) else found
        return tuple(tuple(_point(point) for point in stroke) for stroke in strokes if stroke)
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise errors.SpecError(
            path=str(path), problem=f"should be a list of strokes of [x, y] points ({problem})"
        ) from None


def _point(numbers: Any) -> InkPoint:
    if not 2 <= len(numbers) <= 6 or not all(isinstance(n, int | float) and abs(n) < 1e6 for n in numbers):
        raise ValueError(f"{numbers!r} is no point")
    x, y, *more = map(float, numbers)
    pressure = min(max(more[0], 0.0), 1.0) if more else 0.5
    return InkPoint(x, y, pressure, int(more[1]) if len(more) > 1 else 0, *more[2:])
