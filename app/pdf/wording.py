"""What the words beside an empty place say about what belongs there and who fills it in."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Final

from app.pdf.wordlists import TABLES, Table, folded

_LONGEST_PHRASE: Final = 4
_EVIDENCE: Final = 12
_A_LABEL: Final = 3
_SHARE: Final = 1.4


def kind_of_label(label: str, default: str | None = None, language: str = "") -> str | None:
    """The kind of field a label asks for; `default` when no word of it is known.

    "Name of the company" asks for a name only by its first word; "Date of signature" for a date: so the first
    known word wins in a phrase with "of", the last in "Buyer signature date". A place and a date together are text.
    """
    words = folded(label).split()
    tables = _tables(language)
    known = _known(words, tables)
    if not known:
        return default
    joined = any(word in table.joins for table in tables for word in words)
    return known[0] if joined else known[-1]


def role_of_label(label: str, language: str = "") -> str:
    """Who the words say it is, as an English role (`tenant` for Mieter); empty when they do not."""
    words = folded(label).split()
    found = (table.roles.get(word) for word in words for table in _tables(language))
    return next((role for role in found if role), "")


def language_of(texts: Iterable[str]) -> str:
    """The code of a page's language, by its small words and by the labels that stand alone; empty where in doubt."""
    counted: Counter[str] = Counter()
    lines = [tuple(folded(text).split()) for text in texts]
    words = Counter(word for line in lines for word in line)
    for table in TABLES:
        if table.code:
            labels = sum(line in table.kinds for line in lines)
            counted[table.code] = sum(words[word] for word in table.common) + _A_LABEL * labels
    (first, most), (_, next_most) = counted.most_common(2)
    return first if most >= _EVIDENCE and most >= next_most * _SHARE else ""


@cache
def _tables(language: str) -> tuple[Table, ...]:
    """The language's own and English beside it; all where it is not known."""
    own = tuple(table for table in TABLES if table.code == language) if language else ()
    if not own:
        return TABLES
    return own if language == "en" else (*own, TABLES[0])


def _known(words: list[str], tables: Iterable[Table]) -> list[str]:
    """The kinds of the known phrases from left to right, the longest phrase at each word."""
    found, at = [], 0
    while at < len(words):
        length, kind = _phrase_at(words, at, tuple(tables))
        if kind:
            found.append(kind)
        at += length
    return found


def _phrase_at(words: list[str], at: int, tables: tuple[Table, ...]) -> tuple[int, str]:
    for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        phrase = tuple(words[at : at + length])
        kinds = [table.kinds[phrase] for table in tables if phrase in table.kinds]
        if kinds:
            return length, "signature" if "signature" in kinds and len(tables) == len(TABLES) else kinds[0]
    heads = (kind for table in tables for head, kind in table.heads.items() if words[at].endswith(head))
    return 1, next(heads, "")
