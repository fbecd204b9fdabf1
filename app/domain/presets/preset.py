"""One named demand and how it is checked."""

import re
from collections.abc import Callable
from dataclasses import dataclass

TEXTS = frozenset({"text", "company", "title", "name"})


@dataclass(frozen=True, slots=True)
class Preset:
    """`check` gives the text in the preset's own writing, or raises `ValueError` with words that say what is wanted.
    `locale` is a country (ISO 3166-1 alpha-2) or empty for everywhere; `example` passes its own check.
    """

    name: str
    title: str
    example: str
    check: Callable[[str], str]
    locale: str = ""
    kinds: frozenset[str] = TEXTS


def shaped(pattern: str, wanted: str, *, drop: str = "", upper: bool = False) -> Callable[[str], str]:
    """A check by shape alone; the characters of `drop` are left out first."""
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        kept = "".join(c for c in text.strip() if c not in drop)
        kept = kept.upper() if upper else kept
        if not compiled.fullmatch(kept):
            raise ValueError(wanted)
        return kept

    return check
