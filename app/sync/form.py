"""An account form, filled in: checked before anything is kept, so that a wrong value is named and nothing is sent."""

import re
from collections.abc import Mapping
from typing import Final

from app.domain.errors import SpecError
from app.sync.provider import FormField, Provider

LONGEST: Final = 4096
HEADER_SAFE: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
"""What may stand in a header (RFC 9110, 5.5): a line break there would begin another header."""


def options(provider: Provider, given: Mapping[str, str]) -> dict[str, str]:
    """Defaults for what is missing. Raises `SpecError` with the path `option NAME`."""
    known = {field.name: field for field in provider.options}
    for name in given:
        if name not in known:
            raise SpecError(path=f"option {name}", problem=f"unknown; {provider.title} has: {_names(known)}")
    filled = {name: given.get(name, field.default) for name, field in known.items()}
    for name, field in known.items():
        _expect(field, filled[name], f"option {name}", needed=_is_needed(field, filled))
    return {name: value for name, value in filled.items() if value}


def secret(provider: Provider, given: str) -> str:
    """Without the blanks a paste brings along. Raises `SpecError` with the path `secret`, never with the value."""
    value = given.strip()
    if not value:
        raise SpecError(path="secret", problem=f"is missing; wanted: {provider.secret.title}")
    if len(value) > LONGEST or not HEADER_SAFE.fullmatch(value):
        raise SpecError(
            path="secret", problem="holds what no key holds: line breaks, letters beyond ASCII, or too much"
        )
    return value


def remarks(provider: Provider, value: str) -> tuple[str, ...]:
    """What is odd about a secret, without telling it. A key of another look is taken: vendors change theirs."""
    field = provider.secret
    if field.looks_like and not re.fullmatch(field.looks_like, value):
        return (f"It does not look like a key of {provider.title}. {field.help}",)
    return ()


def _is_needed(field: FormField, filled: Mapping[str, str]) -> bool:
    return field.required or (field.needed_when is not None and filled[field.needed_when[0]] == field.needed_when[1])


def _expect(field: FormField, value: str, path: str, *, needed: bool) -> None:
    if not value:
        if needed:
            raise SpecError(path=path, problem="is missing")
        return
    if field.choices and value not in field.choices:
        raise SpecError(path=path, problem=f"should be one of: {', '.join(field.choices)}")
    if len(value) > LONGEST or not HEADER_SAFE.fullmatch(value):
        raise SpecError(path=path, problem="holds what does not belong there")
    if field.pattern and not re.fullmatch(field.pattern, value):
        raise SpecError(path=path, problem=f"is not in its form; {field.help}")


def _names(known: Mapping[str, FormField]) -> str:
    return ", ".join(known) or "no options"
