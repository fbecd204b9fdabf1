"""Options of a provider on the command line: NAME=VALUE, each name once."""

from collections.abc import Sequence

from app.domain.errors import UsageError


def parse(given: Sequence[str]) -> dict[str, str]:
    """Raises `UsageError`."""
    options: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name or name in options:
            raise UsageError(problem="an option is given as NAME=VALUE, and each name once")
        options[name] = value
    return options
