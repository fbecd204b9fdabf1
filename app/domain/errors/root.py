"""The root of the tree, what belongs to no room, and the way of an error across a process border."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Final, TypeVar, dataclass_transform

_Kind = TypeVar("_Kind")

AS_IS: Final = "as_is"
"""The file as it stands, at the level it has."""

Fact = None | bool | int | float | str | list["Fact"] | dict[str, "Fact"]


@dataclass(eq=False, kw_only=True)
class ParaphError(Exception):
    """Root of the tree. Subclasses are dataclasses whose fields are the facts.

    `instead` is what a person may choose where a level of sealing could not be had: a lower `Level`, or AS_IS.
    """

    exit_code: ClassVar[int] = 1
    instead: str = ""

    @property
    def kind(self) -> str:
        return type(self).__name__

    @property
    def facts(self) -> dict[str, Any]:
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return found if self.instead else {name: fact for name, fact in found.items() if name != "instead"}

    def __str__(self) -> str:
        return f"{self.kind}({', '.join(f'{name}={value!r}' for name, value in self.facts.items())})"


@dataclass_transform(eq_default=False, kw_only_default=True)
def fact(kind: type[_Kind]) -> type[_Kind]:
    """A class of the tree: eq=False keeps identity comparison and hashing, which traceback machinery relies on."""
    return dataclass(eq=False, kw_only=True)(kind)


@fact
class Cancelled(ParaphError):
    """The person stopped it."""

    exit_code: ClassVar[int] = 130


@fact
class UsageError(ParaphError):
    """The command line was wrong."""

    exit_code: ClassVar[int] = 2
    problem: str = ""


def _tree(root: type[ParaphError]) -> dict[str, type[ParaphError]]:
    found = {root.__name__: root}
    for child in root.__subclasses__():
        found |= _tree(child)
    return found


def from_facts(kind: str, facts: dict[str, Any]) -> ParaphError:
    """Rebuilds an error that crossed a process border; an unknown kind is a bug and raises KeyError."""
    return _tree(ParaphError)[kind](**facts)


def all_kinds() -> dict[str, type[ParaphError]]:
    """Every class of the tree by name, for the contract test over the table of messages."""
    return _tree(ParaphError)
