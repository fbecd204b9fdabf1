"""What a body or query must look like, written down a second time: a fake that asked our own catalogue whether our
request is right would believe every mistake in it.

A check is called with a value and its path and tells its complaints.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Complaint:
    """`path` is empty for the whole body."""

    path: str
    problem: str

    def __str__(self) -> str:
        return f"{self.path} {self.problem}".strip()


Check = Callable[[Any, str], Iterator[Complaint]]


def text(least: int = 0, most: int = 1_000_000, pattern: str = "") -> Check:
    def check(value: Any, path: str) -> Iterator[Complaint]:
        if not isinstance(value, str):
            yield Complaint(path, "must be a string")
        elif not least <= len(value) <= most:
            yield Complaint(path, f"must have {least} to {most} characters")
        elif pattern and not re.fullmatch(pattern, value):
            yield Complaint(path, "has an invalid format")

    return check


def whole(least: float = float("-inf"), most: float = float("inf")) -> Check:
    def check(value: Any, path: str) -> Iterator[Complaint]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Complaint(path, "must be an integer")
        elif not least <= value <= most:
            yield Complaint(path, "is out of range")

    return check


def number(least: float = float("-inf"), most: float = float("inf"), *, above: float = float("-inf")) -> Check:
    def check(value: Any, path: str) -> Iterator[Complaint]:
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield Complaint(path, "must be a number")
        elif not least <= value <= most or value <= above:
            yield Complaint(path, "is out of range")

    return check


def digits(least: int, most: int = 10**9) -> Check:
    """A number in a query."""

    def check(value: Any, path: str) -> Iterator[Complaint]:
        if not re.fullmatch(r"\d{1,10}", value) or not least <= int(value) <= most:
            yield Complaint(path, "is no number in range")

    return check


def flag(value: Any, path: str) -> Iterator[Complaint]:
    if not isinstance(value, bool):
        yield Complaint(path, "must be true or false")


def one_of(*choices: Any) -> Check:
    def check(value: Any, path: str) -> Iterator[Complaint]:
        if isinstance(value, bool) or value not in choices:
            yield Complaint(path, f"must be one of {', '.join(map(str, choices))}")

    return check


email = text(3, 254, r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def https(value: Any, path: str) -> Iterator[Complaint]:
    if not isinstance(value, str) or urlsplit(value).scheme != "https" or not urlsplit(value).hostname:
        yield Complaint(path, "must be an https URL")


def moment(value: Any, path: str) -> Iterator[Complaint]:
    try:
        zoned = isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        zoned = False
    if not zoned:
        yield Complaint(path, "must be an ISO 8601 time")


def anything(value: Any, path: str) -> Iterator[Complaint]:
    return iter(())


def null_or(check: Check) -> Check:
    return lambda value, path: iter(()) if value is None else check(value, path)


def array(of: Check, least: int = 0, most: int = 10**6) -> Check:
    def check(value: Any, path: str) -> Iterator[Complaint]:
        if not isinstance(value, list):
            yield Complaint(path, "must be an array")
            return
        if not least <= len(value) <= most:
            yield Complaint(path, f"must have {least} to {most} members")
        for number_, one in enumerate(value):
            yield from of(one, f"{path}[{number_}]")

    return check


def obj(keys: Mapping[str, Check], extra: str = "") -> Check:
    """A closed object; a key that ends with `!` must be there. Keys that match `extra` are let through too."""
    known = {name.rstrip("!"): check for name, check in keys.items()}
    needed = [name[:-1] for name in keys if name.endswith("!")]

    def check(value: Any, path: str) -> Iterator[Complaint]:
        if not isinstance(value, dict):
            yield Complaint(path, "must be an object")
            return
        for name in value:
            if name not in known and not (extra and re.fullmatch(extra, name)):
                yield Complaint(_at(path, name), "is not a known key")
        for name in needed:
            if name not in value:
                yield Complaint(_at(path, name), "is required")
        for name, one in value.items():
            if name in known:
                yield from known[name](one, _at(path, name))

    return check


def mapping(of: Check = anything) -> Check:
    def check(value: Any, path: str) -> Iterator[Complaint]:
        if not isinstance(value, dict):
            yield Complaint(path, "must be an object")
            return
        for name, one in value.items():
            yield from of(one, _at(path, name))

    return check


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
