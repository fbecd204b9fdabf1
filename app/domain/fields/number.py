"""A decimal number, kept exactly as decimal text with a point."""

import re
from decimal import Decimal

from app.domain.errors import SpecError
from app.domain.fields.base import Field, Value
from app.domain.fields.text import Text
from app.domain.geometry import Size

NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
"""Narrower than `Decimal`, which also takes 1_000, 1e9, NaN and the digits of every script."""


class Number(Text):
    """What was typed is kept, zeros and all: 1234.50 is not 1234.5 to who wrote it."""

    name = "number"
    title = "Number"
    icon = "hash"
    key = "N"
    default_size = Size(100, 24)
    demands = frozenset({"minimum", "maximum", "max_length", "pattern", "preset"})
    looks = frozenset({"comb"})

    def check(self, field: Field, path: str) -> None:
        super().check(field, path)
        low, high = field.constraint.minimum, field.constraint.maximum
        for key, bound in (("minimum", low), ("maximum", high)):
            if bound is not None and not NUMBER.fullmatch(bound):
                raise SpecError(path=f"{path}.{key}", problem=f"{bound[:40]} is no number such as 1234.50")
        if low is not None and high is not None and Decimal(low) > Decimal(high):
            raise SpecError(path=f"{path}.minimum", problem=f"{low} is above the maximum {high}")

    def accept(self, field: Field, value: Value) -> Value:
        text = str(super().accept(field, value.strip() if isinstance(value, str) else value))
        if not text:
            return ""
        if not NUMBER.fullmatch(text):
            raise self.refusal(field, "format", "1234.50", text)
        number = Decimal(text)
        low, high = field.constraint.minimum, field.constraint.maximum
        if low is not None and number < Decimal(low):
            raise self.refusal(field, "minimum", low, value)
        if high is not None and number > Decimal(high):
            raise self.refusal(field, "maximum", high, value)
        return text
