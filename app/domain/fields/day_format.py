"""How a day is written: `%Y %y`, `%m %B %b`, `%d`, with blanks and marks between them.

Not `strftime`: that follows the locale of the process, so the window and the process that seals could write a month
in two languages, and what is seen would not be what is sealed.
"""

import re
from datetime import date as Day

from app.domain.errors import SpecError

ISO = "%Y-%m-%d"
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
}
"""By language."""
PARTS = ({"Y", "y"}, {"m", "B", "b"}, {"d"})
SHAPE = re.compile(r"(?:%[YymBbd]|[ .,/\-])*")
LONGEST = 30


def written(day: Day, form: str, language: str = "en") -> str:
    """`form` as `check` takes it, `language` one of `MONTHS`."""
    months = MONTHS[language].split()
    month = months[day.month - 1]
    texts = {
        "Y": f"{day.year:04d}",
        "y": f"{day.year % 100:02d}",
        "m": f"{day.month:02d}",
        "B": month,
        "b": _short(month, months),
        "d": f"{day.day:02d}",
    }
    return re.sub("%([YymBbd])", lambda part: texts[part[1]], form)


def _short(month: str, months: list[str]) -> str:
    """Three letters, or four where three would do for two months (juin, juillet)."""
    alone = sum(other[:3] == month[:3] for other in months) == 1
    return month[:3] if alone else month[:4]


def check(form: str, path: str) -> None:
    """Raises `SpecError` unless day, month and year are each written once, with nothing but marks between them."""
    found = re.findall("%(.)", form)
    once = all(len([part for part in found if part in parts]) == 1 for parts in PARTS)
    if len(form) > LONGEST or not SHAPE.fullmatch(form) or not once:
        problem = f"{form[:LONGEST]} should write day (%d), month (%m, %B, %b) and year (%Y, %y) once, as in %d.%m.%Y"
        raise SpecError(path=path, problem=problem)
