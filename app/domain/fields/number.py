"""A decimal number, kept exactly as decimal text with a point."""

from decimal import Decimal, InvalidOperation

from app.domain.fields.base import Field, Value
from app.domain.fields.text import Text
from app.domain.geometry import Size


class Number(Text):
    name = "number"
    title = "Number"
    icon = "hash"
    key = "R"
    default_size = Size(100, 24)

    def accept(self, field: Field, value: Value) -> Value:
        text = str(super().accept(field, value)).strip()
        if not text:
            return ""
        number = self._parse(field, text)
        low, high = field.constraint.minimum, field.constraint.maximum
        if low is not None and number < Decimal(low):
            raise self.refusal(field, "minimum", low, value)
        if high is not None and number > Decimal(high):
            raise self.refusal(field, "maximum", high, value)
        return text

    def _parse(self, field: Field, text: str) -> Decimal:
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise self.refusal(field, "format", "1234.50", text) from None
        if not number.is_finite():
            raise self.refusal(field, "format", "1234.50", text)
        return number
