"""Cutting a formula into its smallest parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import FormulaError


class Sort(StrEnum):
    """What a part is."""

    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    FIELD = "field"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` without quotes and brackets."""

    sort: Sort
    text: str
    column: int


# `price*2` multiplies; only a name cut off at an underscore, as in `price_*`, means several fields.
PARTS = re.compile(
    r"""(?P<blank>\s+)"""
    r"""|(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"""
    r"""|"(?P<text>[^"]*)"|'(?P<quoted>[^']*)'"""
    r"""|\[(?P<field>[^\[\]]+)\]"""
    r"""|(?P<name>[^\W\d]\w*(?:(?<=_)\*)?)"""
    r"""|(?P<sign><=|>=|<>|!=|[-+*/&=<>(),;])"""
)
OPENERS = {
    '"': ("a quotation mark is not closed", 'Write a second " at the end of the text'),
    "'": ("a quotation mark is not closed", "Write a second ' at the end of the text"),
    "[": ("a bracket is not closed", "Write ] behind the name of the field"),
}


def tokens(text: str) -> Iterator[Token]:
    """Ends with a token of sort END. Raises `FormulaError` at the first character that begins nothing."""
    at = 0
    while at < len(text):
        found = PARTS.match(text, at)
        if found is None:
            raise _strange(text, at)
        if found.lastgroup != "blank":
            yield _token(found, at + 1)
        at = found.end()
    yield Token(Sort.END, "", len(text) + 1)


def _token(found: re.Match[str], column: int) -> Token:
    group = found.lastgroup or ""
    part = found[group]
    return Token(Sort.TEXT if group == "quoted" else Sort(group), part.strip() if group == "field" else part, column)


def _strange(text: str, at: int) -> FormulaError:
    character = text[at]
    problem, mend = OPENERS.get(
        character,
        (f"{character} has no meaning here", "Leave it out; text stands in quotation marks, fields in [ ]"),
    )
    return FormulaError(formula=text, column=at + 1, problem=problem, mend=mend)
