"""What must hold between values of one request: small functions, put together by the catalogues of the providers."""

from typing import Any, Final

from app.domain.errors import SpecError
from app.sync.operation import Rule, Values

SHOWN: Final = 10


def exactly_one(*names: str) -> Rule:
    """One of them is given, and no second."""

    def rule(values: Values) -> None:
        found = [name for name in names if name in values]
        if len(found) != 1:
            problem = "is missing" if not found else f"does not go with {found[0]}"
            raise SpecError(path=names[0] if not found else found[1], problem=f"{problem}; give one of: {_list(names)}")

    return rule


def at_most_one(*names: str) -> Rule:
    def rule(values: Values) -> None:
        found = [name for name in names if name in values]
        if len(found) > 1:
            raise SpecError(path=found[1], problem=f"does not go with {found[0]}")

    return rule


def at_least_one(*names: str) -> Rule:
    """A change that changes nothing is a mistake."""

    def rule(values: Values) -> None:
        if not any(name in values for name in names):
            raise SpecError(path=names[0], problem=f"is missing; give one or more of: {_list(names)}")

    return rule


def different(*names: str) -> Rule:
    def rule(values: Values) -> None:
        found = [values[name] for name in names if name in values]
        if len(set(found)) != len(found):
            raise SpecError(path=names[-1], problem=f"should differ from {names[0]}")

    return rule


def unique(list_name: str, key: str) -> Rule:
    """No two members of a list have the same value there."""

    def rule(values: Values) -> None:
        seen: set[Any] = set()
        for number, one in enumerate(values.get(list_name, ())):
            if key in one and one[key] in seen:
                raise SpecError(path=f"{list_name}[{number}].{key}", problem=f"{one[key]!r} is there already")
            seen.add(one.get(key))

    return rule


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names[:SHOWN])
