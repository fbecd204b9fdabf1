"""A date a person chooses, and the date the program writes when they sign. Stored as ISO 8601, shown in the
field's format.
"""

from datetime import date as Day

from app.domain.errors import SpecError
from app.domain.fields import day_format
from app.domain.fields.base import Field, Value
from app.domain.fields.text import Text
from app.domain.geometry import Size


class Date(Text):
    """A day of the calendar, without a clock or a zone."""

    name = "date"
    title = "Date"
    icon = "calendar"
    key = "D"
    default_size = Size(100, 24)
    demands = frozenset({"minimum", "maximum"})
    looks = frozenset()

    def check(self, field: Field, path: str) -> None:
        super().check(field, path)
        if field.date_format is not None:
            day_format.check(field.date_format, f"{path}.date_format")
        low, high = field.constraint.minimum, field.constraint.maximum
        for key, bound in (("minimum", low), ("maximum", high)):
            if bound is not None and _day(bound) is None:
                raise SpecError(path=f"{path}.{key}", problem=f"{bound[:40]} is no day such as 2026-01-31")
        if low is not None and high is not None and Day.fromisoformat(low) > Day.fromisoformat(high):
            raise SpecError(path=f"{path}.minimum", problem=f"{low} is after the maximum {high}")

    def accept(self, field: Field, value: Value) -> Value:
        if value == "":
            return ""
        day = _day(value.strip()) if isinstance(value, str) else None
        if day is None:
            raise self.refusal(field, "format", "2026-01-31", value)
        low, high = field.constraint.minimum, field.constraint.maximum
        if low is not None and day < Day.fromisoformat(low):
            raise self.refusal(field, "minimum", low, value)
        if high is not None and day > Day.fromisoformat(high):
            raise self.refusal(field, "maximum", high, value)
        return day.isoformat()

    def text_of(self, field: Field, value: Value) -> str:
        if not value:
            return ""
        form, language = field.date_format or day_format.ISO, field.style.language or "en"
        return day_format.written(Day.fromisoformat(str(value)), form, language)

    def default_for(self, recipient_name: str, email: str, today: str) -> Value | None:
        return today


class DateSigned(Date):
    """The day by the signer's own clock, written by the program: nobody dates their signature back."""

    name = "date_signed"
    title = "Date signed"
    icon = "calendar-check"
    automatic = True
    computable = False
    key = ""


def _day(text: str) -> Day | None:
    try:
        return Day.fromisoformat(text)
    except ValueError:
        return None
