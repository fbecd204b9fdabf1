"""Values against shapes: whatever does not fit is refused before anything is sent, with the path of the value."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from app.domain.errors import SpecError
from app.sync.argument import Argument, Kind, Shape
from app.sync.request import ANY_TYPE, TYPES, File

MAIL: Final = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s.<>,;\"]+(\.[^@\s.<>,;\"]+)+")
LONGEST_MAIL: Final = 254
LONGEST_URL: Final = 2048
MOST_CHARACTERS: Final = 1_000_000


def checked(shape: Shape, value: Any, path: str) -> Any:
    """The value as it is sent. Raises `SpecError`."""
    if value is None and shape.nullable:
        return None
    return CHECKS[shape.kind](shape, value, path)


def checked_keys(keys: tuple[Argument, ...], given: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Known keys only, all required ones, in the order of the contract."""
    known = {one.name: one for one in keys}
    for name in given:
        if name not in known:
            raise SpecError(path=_at(path, str(name)), problem=f"unknown key; known are: {', '.join(known)}")
    for name, one in known.items():
        if one.required and name not in given:
            raise SpecError(path=_at(path, name), problem="is missing")
    return {name: checked(known[name].shape, given[name], _at(path, name)) for name in known if name in given}


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _text(shape: Shape, value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise SpecError(path=path, problem="should be text")
    if shape.least and len(value.strip()) < shape.least:
        raise SpecError(path=path, problem="is empty" if shape.least == 1 else f"needs {shape.least:g} letters")
    if len(value) > (shape.most or MOST_CHARACTERS):
        raise SpecError(path=path, problem=f"is longer than {shape.most or MOST_CHARACTERS:g} letters")
    if shape.pattern and not re.fullmatch(shape.pattern, value):
        raise SpecError(path=path, problem=f"should look like {shape.looks or shape.pattern}")
    return value


def _number(shape: Shape, value: Any, path: str) -> int | float:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if shape.kind is Kind.WHOLE and not is_whole:
        raise SpecError(path=path, problem="should be a whole number")
    if not is_whole and not (isinstance(value, float) and math.isfinite(value)):
        raise SpecError(path=path, problem="should be a number")
    if shape.above is not None and value <= shape.above:
        raise SpecError(path=path, problem=f"should be more than {shape.above:g}")
    if shape.least is not None and value < shape.least:
        raise SpecError(path=path, problem=f"should be at least {shape.least:g}")
    if shape.most is not None and value > shape.most:
        raise SpecError(path=path, problem=f"should be at most {shape.most:g}")
    found: int | float = value
    return found


def _yes_no(_: Shape, value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise SpecError(path=path, problem="should be true or false")
    return value


def _moment(_: Shape, value: Any, path: str) -> str:
    """ISO 8601 (RFC 3339); a moment without a zone would mean another time to the service."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise SpecError(path=path, problem="should be a moment as 2030-01-31T12:00:00Z") from None
    if moment.tzinfo is None:
        raise SpecError(path=path, problem="needs a time zone, as in 2030-01-31T12:00:00Z")
    return value if isinstance(value, str) else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _choice(shape: Shape, value: Any, path: str) -> Any:
    if isinstance(value, bool) or value not in shape.choices:
        raise SpecError(path=path, problem=f"should be one of: {', '.join(str(one) for one in shape.choices)}")
    return value


def _email(_: Shape, value: Any, path: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_MAIL or not MAIL.fullmatch(value):
        raise SpecError(path=path, problem="should be an e-mail address")
    return value


def _web(_: Shape, value: Any, path: str) -> str:
    refused = SpecError(path=path, problem="should be an address that begins with https://")
    if not isinstance(value, str) or len(value) > LONGEST_URL or re.search(r"[\s\\\x00-\x1f\x7f]", value):
        raise refused
    try:
        parts = urlsplit(value)
    except ValueError:
        raise refused from None
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        raise refused
    return value


def _list(shape: Shape, value: Any, path: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise SpecError(path=path, problem="should be a list")
    if shape.least is not None and len(value) < shape.least:
        raise SpecError(path=path, problem=f"needs at least {shape.least:g}")
    if shape.most is not None and len(value) > shape.most:
        raise SpecError(path=path, problem=f"takes at most {shape.most:g}")
    return [checked(shape.of, one, f"{path}[{number}]") if shape.of else one for number, one in enumerate(value)]


def _object(shape: Shape, value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise SpecError(path=path, problem="should be an object")
    if shape.keys:
        more = dict(shape.variants).get(value.get("type", ""), ()) if shape.variants else ()
        return checked_keys((*shape.keys, *more), value, path)
    if shape.least is not None and len(value) < shape.least:
        raise SpecError(path=path, problem="is empty")
    if not all(isinstance(key, str) for key in value):
        raise SpecError(path=path, problem="should have texts as keys")
    return {key: checked(shape.of, one, _at(path, key)) if shape.of else one for key, one in value.items()}


def _plain(_: Shape, value: Any, path: str) -> str | bool | int | float:
    if isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        return _number(Shape(Kind.NUMBER), value, path)
    raise SpecError(path=path, problem="should be text, a number, true or false")


def _any(shape: Shape, value: Any, path: str) -> Any:
    """What JSON has (RFC 8259)."""
    match value:
        case None | bool() | str():
            return value
        case int() | float():
            return _number(Shape(Kind.NUMBER), value, path)
        case list() | tuple():
            return [_any(shape, one, f"{path}[{number}]") for number, one in enumerate(value)]
        case dict():
            return {str(key): _any(shape, one, _at(path, str(key))) for key, one in value.items()}
    raise SpecError(path=path, problem="should be JSON")


def _file(shape: Shape, value: Any, path: str) -> File:
    if not isinstance(value, str | Path | File) or not str(value):
        raise SpecError(path=path, problem="should be the path of a file")
    found = value if isinstance(value, File) else File.named(Path(value))
    if found.content_type not in shape.types and ANY_TYPE not in shape.types:
        ends = " or ".join(end for end, kind in TYPES.items() if kind in shape.types)
        raise SpecError(path=path, problem=f"should be a file whose name ends with {ends}")
    return found


CHECKS: Final[Mapping[Kind, Callable[[Shape, Any, str], Any]]] = {
    Kind.TEXT: _text,
    Kind.WHOLE: _number,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.MOMENT: _moment,
    Kind.CHOICE: _choice,
    Kind.EMAIL: _email,
    Kind.WEB: _web,
    Kind.LIST: _list,
    Kind.OBJECT: _object,
    Kind.PLAIN: _plain,
    Kind.ANY: _any,
    Kind.FILE: _file,
}
