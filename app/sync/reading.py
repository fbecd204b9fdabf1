"""Answers of services, read leniently: what is missing is empty, what must be there is asked for by `must`."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any


class Missing(ValueError):
    """What must be there is not; the text is its path."""


def at(data: Any, *path: str) -> Any:
    """What lies there, or None."""
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def must(data: Any, *path: str) -> str:
    """A text that is not empty; raises `Missing`."""
    found = at(data, *path)
    if not isinstance(found, str) or not found:
        raise Missing(f"no {'.'.join(path)}")
    return found


def text(data: Any, *path: str) -> str:
    """Empty for everything that is no text."""
    found = at(data, *path)
    return found if isinstance(found, str) else ""


def items(data: Any, *path: str) -> Iterator[Mapping[str, Any]]:
    """The objects of a list; what is none is left out."""
    found = at(data, *path)
    return (one for one in found if isinstance(one, Mapping)) if isinstance(found, list) else iter(())


def moment(data: Any, *path: str) -> datetime | None:
    """ISO 8601 with or without fractions; without a zone it is UTC. None for what is no time."""
    try:
        found = datetime.fromisoformat(text(data, *path))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def wrapped(data: Any, name: str) -> Any:
    """The object, whether or not it stands in a wrapper of that name."""
    inside = at(data, name)
    return inside if isinstance(inside, Mapping) else data


def values(data: Any, *path: str) -> dict[str, str | bool]:
    """A flat object of texts and ticks; numbers as text, everything else left out."""
    found = at(data, *path)
    pairs = found.items() if isinstance(found, Mapping) else ()
    told = ((str(key), str(one) if type(one) in (int, float) else one) for key, one in pairs)
    return {key: one for key, one in told if isinstance(one, str | bool)}
