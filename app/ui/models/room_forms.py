"""Numbers and days as the person in the room writes them: shown and read in their form, stored in a neutral one.

Marks and names of months are those of CLDR (unicode.org/reports/tr35/tr35-numbers.html#Number_Symbols), as Qt has
them. Digits stay the European ones, which all five languages use on forms; Arabic ones are read, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Day
from typing import Final

from PySide6.QtCore import QLocale

from app.ui.models.room_speech import spoken_language


@dataclass(frozen=True, slots=True)
class Forms:
    """`decimal` and `group` are marks within a number; `day` is how a day is typed, in Qt's letters, empty for as the
    field writes it; `long` how it is read."""

    decimal: str
    group: str
    day: str
    long: str


# English is spoken where the day comes first and where the month does: the field's own form decides.
FORMS: Final = {
    "en": Forms(".", ",", "", "{day} {month} {year}"),
    "de": Forms(",", ".", "dd.MM.yyyy", "{day}. {month} {year}"),
    "fr": Forms(",", " ", "dd/MM/yyyy", "{day} {month} {year}"),
    "es": Forms(",", ".", "dd/MM/yyyy", "{day} de {month} de {year}"),
    "ar": Forms(".", ",", "dd/MM/yyyy", "{day} {month} {year}"),
}
BLANKS: Final = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3})")
"""Between groups of three digits."""
EUROPEAN: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")


def forms() -> Forms:
    return FORMS[spoken_language().code]


def number_typed(text: str) -> str:
    """With a point for its decimals and nothing else between its digits; what is no number stays as it is.

    A mark that groups three digits in the person's language groups them: 1.234 is one thousand and so many in German.
    One that cannot be meant so is the decimal mark, whichever it is.
    """
    own = forms()
    plain = BLANKS.sub("", text.strip().translate(EUROPEAN))
    decimal, group = re.escape(own.decimal), re.escape(own.group)
    grouped = re.fullmatch(rf"([+-]?[1-9]\d{{0,2}}(?:{group}\d{{3}})+)(?:{decimal}(\d*))?", plain)
    if grouped is not None:
        whole, rest = grouped.groups()
        return whole.replace(own.group, "") + (f".{rest}" if rest is not None else "")
    return plain.replace(",", ".") if re.fullmatch(r"[+-]?\d*,\d*", plain) else plain


def number_shown(value: str) -> str:
    """As the person would type it: it is read again as the same."""
    return value.replace(".", forms().decimal)


def typed_form(form: str) -> str:
    """How a day is typed, in Qt's letters; `form` is that of the field."""
    return forms().day or form


def day_shown(iso: str) -> str:
    """With the name of the month, so that nobody takes it for the day; what is no day stays as it is."""
    try:
        day = Day.fromisoformat(iso)
    except ValueError:
        return iso
    month = QLocale(spoken_language().code).monthName(day.month)
    return forms().long.format(day=day.day, month=month, year=day.year)


def example_shown(example: str) -> str:
    """A day or a number that was wanted, in the person's form; anything else as it is."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", example):
        day, form = Day.fromisoformat(example), forms().day
        return day.strftime(form.replace("dd", "%d").replace("MM", "%m").replace("yyyy", "%Y")) if form else example
    return number_shown(example) if re.fullmatch(r"[+-]?\d+(\.\d+)?", example) else example
