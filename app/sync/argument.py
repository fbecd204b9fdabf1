"""What an operation takes: shapes of values, and arguments that have one. Pure data.

A shape says all that can be said about one value alone; what depends on another value is a rule of the operation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.sync.request import PDF
from app.sync.source import Source


class Kind(StrEnum):
    """What a value is. A moment is ISO 8601 with its zone, a web address is https."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    YES_NO = "yes or no"
    MOMENT = "moment"
    CHOICE = "choice"
    EMAIL = "e-mail"
    WEB = "web address"
    LIST = "list"
    OBJECT = "object"
    PLAIN = "text, number, yes or no"
    ANY = "any JSON"
    FILE = "file"


class Where(StrEnum):
    """Where in a request an argument goes. `PART` is a file beside the JSON of a `multipart/form-data` (RFC 7578),
    `WHOLE` a file that is the body. What is hidden is sent and shown nowhere. `LINK`: the address of another page, out
    of an answer; its query is sent.
    """

    PATH = "path"
    HIDDEN_PATH = "hidden path"
    QUERY = "query"
    LINK = "link"
    BODY = "body"
    HIDDEN_BODY = "hidden body"
    PART = "part"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Shape:
    """`least` and `most` bound a number, the letters of a text, the members of a list or object, the bytes of a file;
    `above` is a bound a number must exceed. `pattern` must match the whole text, `looks` is how such a text looks.
    Members of a list are `of` a shape, and so are the values of an open object; a closed one has `keys`, and more of
    them by what its `type` says where there are `variants`. `types` are the media types of a file.
    """

    kind: Kind
    least: float | None = None
    most: float | None = None
    above: float | None = None
    choices: tuple[str | int, ...] = ()
    pattern: str = ""
    looks: str = ""
    of: "Shape | None" = None
    keys: tuple["Argument", ...] = ()
    variants: tuple[tuple[str, tuple["Argument", ...]], ...] = ()
    types: tuple[str, ...] = ()
    nullable: bool = False

    @property
    def or_null(self) -> "Shape":
        return replace(self, nullable=True)


@dataclass(frozen=True, slots=True)
class Argument:
    """`name` is the vendor's key. `default` is what the service takes when nothing is sent, in words or as it is
    written; it is never sent. `option` names the option of the account that is sent when nothing is given; a yes of
    the account stands against a no.
    """

    name: str
    shape: Shape
    help: str = ""
    where: Where = Where.BODY
    required: bool = False
    default: str = ""
    source: Source = Source.SEED
    option: str = ""

    @property
    def is_secret(self) -> bool:
        return self.where in (Where.HIDDEN_PATH, Where.HIDDEN_BODY)


TEXT: Final = Shape(Kind.TEXT)
SOME_TEXT: Final = Shape(Kind.TEXT, least=1)
WHOLE: Final = Shape(Kind.WHOLE)
NUMBER: Final = Shape(Kind.NUMBER)
YES_NO: Final = Shape(Kind.YES_NO)
MOMENT: Final = Shape(Kind.MOMENT)
EMAIL: Final = Shape(Kind.EMAIL)
WEB: Final = Shape(Kind.WEB)
PLAIN: Final = Shape(Kind.PLAIN)
ANY: Final = Shape(Kind.ANY)


def text(least: int = 0, most: int | None = None, pattern: str = "", looks: str = "") -> Shape:
    return Shape(Kind.TEXT, least or None, most, pattern=pattern, looks=looks)


def whole(least: int | None = None, most: int | None = None) -> Shape:
    return Shape(Kind.WHOLE, least, most)


def number(least: float | None = None, most: float | None = None, above: float | None = None) -> Shape:
    return Shape(Kind.NUMBER, least, most, above)


def choice(*choices: str | int) -> Shape:
    return Shape(Kind.CHOICE, choices=choices)


def many(of: Shape, least: int | None = None, most: int | None = None) -> Shape:
    return Shape(Kind.LIST, least, most, of=of)


def record(*keys: Argument) -> Shape:
    """An object that has these keys and no others."""
    return Shape(Kind.OBJECT, keys=keys)


def variant(variants: Mapping[str, tuple[Argument, ...]], *keys: Argument) -> Shape:
    """An object that has `type`, these keys, and those that go with its type."""
    return Shape(
        Kind.OBJECT, keys=(Argument("type", choice(*variants), required=True), *keys), variants=tuple(variants.items())
    )


def free(of: Shape = ANY, least: int | None = None) -> Shape:
    """An object whose keys are the caller's."""
    return Shape(Kind.OBJECT, least, of=of)


def file(*types: str, most: int | None = None) -> Shape:
    return Shape(Kind.FILE, most=most, types=types or (PDF,))


def described(shape: Shape) -> str:
    """In a few words, for people who type it."""
    named: dict[Kind, str] = {
        Kind.CHOICE: " | ".join(str(one) for one in shape.choices),
        Kind.LIST: f"list of {described(shape.of)}" if shape.of else "list",
        Kind.TEXT: shape.looks or "text",
    }
    return named.get(shape.kind, str(shape.kind)) + _bounds(shape)


def _bounds(shape: Shape) -> str:
    """`, more than 0, at most 20`; nothing for what has no bounds, and for texts that must only be there."""
    unit = {Kind.TEXT: " letters", Kind.FILE: " bytes"}.get(shape.kind, "")
    found = f", more than {shape.above:.10g}" if shape.above is not None else ""
    if shape.least is not None and not (shape.kind is Kind.TEXT and shape.least == 1):
        found += f", at least {shape.least:.10g}{unit}"
    return found + (f", at most {shape.most:.10g}{unit}" if shape.most is not None else "")
