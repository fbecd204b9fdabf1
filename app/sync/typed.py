"""What a person typed, as a value of a shape: the words of the command line have no types of their own."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from app.domain.errors import SpecError
from app.sync import parsing
from app.sync.argument import Kind, Shape

YES: Final = ("yes", "true", "1", "on")
NO: Final = ("no", "false", "0", "off")


def value_of(shape: Shape, text: str, path: str) -> Any:
    """Lists and objects are JSON. Raises `SpecError`; bounds are judged later, with all other values."""
    if text == "null" and shape.nullable:
        return None
    read = READERS.get(shape.kind)
    return read(shape, text, path) if read else text


def _whole(_: Shape, text: str, path: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise SpecError(path=path, problem="should be a whole number") from None


def _number(_: Shape, text: str, path: str) -> int | float:
    try:
        return int(text) if text.lstrip("+-").isdigit() else float(text)
    except ValueError:
        raise SpecError(path=path, problem="should be a number") from None


def _yes_no(_: Shape, text: str, path: str) -> bool:
    if text.lower() not in (*YES, *NO):
        raise SpecError(path=path, problem="should be yes or no")
    return text.lower() in YES


def _choice(shape: Shape, text: str, _: str) -> Any:
    """Some choices are numbers."""
    return {str(one): one for one in shape.choices}.get(text, text)


def _json(_: Shape, text: str, path: str) -> Any:
    try:
        return parsing.parse(text.encode())
    except parsing.NotJson as problem:
        raise SpecError(path=path, problem=f"should be JSON, or @FILE with JSON in it; {problem}") from None


READERS: Final[Mapping[Kind, Callable[[Shape, str, str], Any]]] = {
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.LIST: _json,
    Kind.OBJECT: _json,
    Kind.ANY: _json,
}
