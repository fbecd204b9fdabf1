"""A date a person chooses, and the date the program writes when they sign. Stored as ISO 8601, shown in the
field's format.
"""

from datetime import date as Day

from app.domain.fields.base import Field, Value
from app.domain.fields.text import Text
from app.domain.geometry import Size


class Date(Text):
    name = "date"
    title = "Date"
    icon = "calendar"
    key = "D"
    default_size = Size(100, 24)

    def accept(self, field: Field, value: Value) -> Value:
        if value == "":
            return ""
        day = self._parse(field, value)
        low, high = field.constraint.minimum, field.constraint.maximum
        if low is not None and day < Day.fromisoformat(low):
            raise self.refusal(field, "minimum", low, value)
        if high is not None and day > Day.fromisoformat(high):
            raise self.refusal(field, "maximum", high, value)
        return day.isoformat()

    def text_of(self, field: Field, value: Value) -> str:
        return Day.fromisoformat(str(value)).strftime(field.date_format) if value else ""

    def default_for(self, recipient_name: str, email: str, today: str) -> Value | None:
        return today

    def _parse(self, field: Field, value: Value) -> Day:
        try:
            return Day.fromisoformat(str(value).strip())
        except ValueError:
            raise self.refusal(field, "format", "2026-01-31", value) from None


class DateSigned(Date):
    name = "date_signed"
    title = "Date signed"
    icon = "calendar-check"
    automatic = True
    key = ""
