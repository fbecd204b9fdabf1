"""A field tag in a document's text, whatever notation it is written in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tag:
    """Letters `start` to `end` of a line ask for a field. `role` is as written: `signer1`, `First Party`, `r2`.

    `width`, `height` are in points where the notation can say so, 0 where it does not.
    """

    start: int
    end: int
    kind: str
    name: str
    role: str = ""
    required: bool = True
    read_only: bool = False
    options: tuple[str, ...] = ()
    value: str = ""
    help: str = ""
    max_length: int | None = None
    multiline: bool = False
    date_format: str = ""
    width: float = 0.0
    height: float = 0.0


Notation = Callable[[str], Iterator[Tag]]
"""Finds its own tags in a line; letters that only look like one are left alone."""

TRUE = frozenset({"true", "yes", "1", "on", "req", "required"})


def strftime(pattern: str) -> str:
    """`MM/DD/YYYY` and `dd.MM.yyyy` as strftime writes them; empty for a pattern with other letters."""
    made, rest = "", pattern
    while rest:
        length, code = _day_part(rest)
        if not length:
            return ""
        made, rest = made + code, rest[length:]
    return made


def _day_part(rest: str) -> tuple[int, str]:
    for written, code in (("yyyy", "%Y"), ("mmmm", "%B"), ("mmm", "%b"), ("yy", "%y"), ("mm", "%m"), ("dd", "%d")):
        if rest[: len(written)].lower() == written:
            return len(written), code
    return (1, rest[0]) if rest[0] in "/.- ," else (0, "")
