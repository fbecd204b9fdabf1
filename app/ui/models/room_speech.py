"""What the room says, in the language of the person in it.

A phrase is looked up by its English wording, so that the code reads as the room speaks. `resources/room/<code>.json`
holds one table a language: a phrase and its translation, or, where a number decides, its plural forms by the
categories of CLDR (unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules). The English table holds only
those forms.

One language is spoken at a time, as with Qt's own translators: there is one room, and one person in front of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.paths import resource

Forms = str | dict[str, str]


def _one_is_one(n: int) -> str:
    return "one" if n == 1 else "other"


def _french(n: int) -> str:
    return "one" if n in (0, 1) else "other"


def _arabic(n: int) -> str:
    if n in (0, 1, 2):
        return ("zero", "one", "two")[n]
    if 3 <= n % 100 <= 10:
        return "few"
    return "many" if n % 100 >= 11 else "other"


@dataclass(frozen=True)
class Language:
    """`name` as its speakers write it; `category` tells the plural form of a whole number."""

    code: str
    name: str
    category: Callable[[int], str] = _one_is_one
    right_to_left: bool = False


LANGUAGES: Final = (
    Language("en", "English"),
    Language("de", "Deutsch"),
    Language("fr", "Français", _french),
    Language("es", "Español"),
    Language("ar", "العربية", _arabic, right_to_left=True),
)


class _Tongue:
    """Holds the language being spoken."""

    language = LANGUAGES[0]


def speak(code: str) -> None:
    """From now on; English where there is no table for `code`."""
    _Tongue.language = language_of(code)


def spoken_language() -> Language:
    return _Tongue.language


def language_of(code: str) -> Language:
    return next((one for one in LANGUAGES if one.code == code), LANGUAGES[0])


def say(phrase: str, **facts: object) -> str:
    """`phrase` with `facts` in its braces. Of a phrase with plural forms, the fact `n` chooses one."""
    language = _Tongue.language
    found: Forms = table_of(language.code).get(phrase, phrase)
    if isinstance(found, dict):
        number = facts["n"]
        found = found[language.category(number if isinstance(number, int) else 0)]
    said = found.format(**facts) if facts else found
    # A sentence that begins with a foreign name would otherwise be laid out as that name's script is (UAX 9, RLI), and
    # Qt looks for its side before isolates only (RLM).
    return f"\u200f\u2067{said}\u2069" if language.right_to_left and facts else said


@lru_cache(maxsize=len(LANGUAGES))
def table_of(code: str) -> Mapping[str, Forms]:
    found: dict[str, Forms] = json.loads(resource("room", f"{code}.json").read_text("utf-8"))
    return found


def phrase(text: str) -> str:
    """Marks what stands in a table here and is said elsewhere: every language must have it."""
    return text
