"""When a field is shown, required or disabled: the values of a condition. What they mean stands in `conditions`."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import FieldId


class Effect(StrEnum):
    """What happens to the target while the condition holds; without it, the opposite."""

    SHOW = "show"
    REQUIRE = "require"
    DISABLE = "disable"


class Op(StrEnum):
    """How one field is looked at; numbers and days compare by size, everything else as written."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    ABOVE = "above"
    BELOW = "below"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    FILLED = "filled"
    EMPTY = "empty"
    CHECKED = "checked"
    UNCHECKED = "unchecked"

    @property
    def compares(self) -> bool:
        """Needs a value to be held against."""
        return self not in (self.FILLED, self.EMPTY, self.CHECKED, self.UNCHECKED)


class Match(StrEnum):
    """Whether every part must hold or one is enough."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Test:
    """One look at one field; `value` in neutral form, empty for an `op` that compares nothing."""

    __test__ = False

    field: FieldId
    op: Op
    value: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """At least one test."""

    tests: tuple[Test, ...]
    match: Match = Match.ALL


@dataclass(frozen=True, slots=True)
class Condition:
    """At least one group; a target has at most one condition of each effect."""

    effect: Effect
    groups: tuple[Group, ...]
    match: Match = Match.ALL

    @property
    def looks_at(self) -> tuple[FieldId, ...]:
        """The fields it depends on, each once, in order."""
        return tuple(dict.fromkeys(test.field for group in self.groups for test in group.tests))
