"""What a formula is once it was read. `column` counts the characters from 1, for the words of an error."""

from dataclasses import dataclass
from decimal import Decimal

Constant = Decimal | str | bool


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text in quotes, true or false."""

    value: Constant
    column: int


@dataclass(frozen=True, slots=True)
class Reference:
    """Another field, by its key, label or id; with a `*` at the end, all whose name begins so."""

    name: str
    column: int

    @property
    def many(self) -> bool:
        return self.name.endswith("*")


@dataclass(frozen=True, slots=True)
class Operation:
    """`left` is None for a sign before a number."""

    sign: str
    left: "Node | None"
    right: "Node"
    column: int


@dataclass(frozen=True, slots=True)
class Call:
    """One of `functions.FUNCTIONS`, with as many arguments as it takes."""

    name: str
    arguments: tuple["Node", ...]
    column: int


Node = Literal | Reference | Operation | Call


def references(node: Node) -> tuple[Reference, ...]:
    """In the order they are written, repeated ones too."""
    match node:
        case Reference():
            return (node,)
        case Operation():
            left = references(node.left) if node.left is not None else ()
            return (*left, *references(node.right))
        case Call():
            return tuple(found for argument in node.arguments for found in references(argument))
        case _:
            return ()
