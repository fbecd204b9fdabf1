"""Domain values to JSON and back, by their type annotations: for the database, for child processes and for
files people write.

`encode` gives plain JSON; `decode` checks types all the way down and names the path of the first value that
does not fit.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain.errors import SpecError

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


def encode(value: object, kind: Any = None) -> Any:
    """Plain JSON (dicts, lists, strings, numbers); `kind` only where the value's class does not tell all, as in
    a union.
    """
    return _adapter(kind or type(value)).dump_python(value, mode="json")


def encode_text(value: object, kind: Any = None) -> str:
    return _adapter(kind or type(value)).dump_json(value).decode()


def decode(kind: type[T], data: Any) -> T:
    """Raises `SpecError` with the path of the wrong key, as in `fields[2].page`."""
    from pydantic import ValidationError

    try:
        value: T = _adapter(kind).validate_python(data)
    except ValidationError as problem:
        raise _first(problem) from None
    return value


def decode_text(kind: type[T], text: str | bytes) -> T:
    from pydantic import ValidationError

    try:
        value: T = _adapter(kind).validate_json(text)
    except ValidationError as problem:
        raise _first(problem) from None
    return value


def schema(kind: Any) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what `decode` takes."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_adapter(kind).json_schema()}


def _adapter(kind: Any) -> "TypeAdapter[Any]":
    return _cached(kind)


@lru_cache(maxsize=64)
def _cached(kind: Any) -> "TypeAdapter[Any]":
    """Pydantic comes with the first value: the list of a starting window needs none."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _first(problem: "ValidationError") -> SpecError:
    details = min(problem.errors(include_url=False), key=lambda found: len(found["loc"]) == 0)
    return SpecError(path=_path(details["loc"]), problem=_words(details))


UNION_TAGS = {"str", "bool", "int", "float", "none"}
"""Where a union was tried, pydantic adds the member's name to the location; people did not write that."""


def _path(location: Iterable[int | str]) -> str:
    path = ""
    for part in location:
        if part in UNION_TAGS:
            break
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path or "(the whole file)"


def _words(details: Any) -> str:
    match details["type"]:
        case "extra_forbidden" | "unexpected_keyword_argument":
            return "unknown key"
        case "missing" | "missing_argument":
            return "is missing"
        case _:
            message = str(details["msg"]).removeprefix("Value error, ")
            return message[:1].lower() + message[1:]
