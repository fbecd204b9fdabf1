"""How a day is written: `%Y %y`, `%m %B %b`, `%d`, with blanks and marks between them.

Not `strftime`: that follows the locale of the process, so the window and the process that seals could write a month
in two languages, and what is seen would not be what is sealed.
"""

import re
from datetime import date as Day

from app.domain.errors import SpecError

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
PARTS = ({"Y", "y"}, {"m", "B", "b"}, {"d"})
SHAPE = re.compile(r"(?:%[YymBbd]|[ .,/\-])*")
LONGEST = 30


def written(day: Day, form: str) -> str:
    """`form` as `check` takes it."""
    texts = {
        "Y": f"{day.year:04d}",
        "y": f"{day.year % 100:02d}",
        "m": f"{day.month:02d}",
        "B": MONTHS[day.month - 1],
        "b": MONTHS[day.month - 1][:3],
        "d": f"{day.day:02d}",
    }
    return re.sub("%([YymBbd])", lambda part: texts[part[1]], form)


def check(form: str, path: str) -> None:
    """Raises `SpecError` unless day, month and year are each written once, with nothing but marks between them."""
    found = re.findall("%(.)", form)
    once = all(len([part for part in found if part in parts]) == 1 for parts in PARTS)
    if len(form) > LONGEST or not SHAPE.fullmatch(form) or not once:
        problem = f"{form[:LONGEST]} should write day (%d), month (%m, %B, %b) and year (%Y, %y) once, as in %d.%m.%Y"
        raise SpecError(path=path, problem=problem)
