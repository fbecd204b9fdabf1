"""Lengths as people type them: a unit of their choice, and small sums ("120-4", "1/2 in", "12,5")."""

from __future__ import annotations

import re
from decimal import Decimal, DivisionByZero, InvalidOperation
from enum import Enum
from typing import Final

from app.domain.geometry import PT_PER_MM


class Unit(Enum):
    """`points` in one of it, `places` after the point when shown."""

    MM = ("mm", PT_PER_MM, 1)
    PT = ("pt", 1.0, 1)
    IN = ("in", 72.0, 3)

    @property
    def word(self) -> str:
        return str(self.value[0])

    @property
    def points(self) -> float:
        return float(self.value[1])

    @classmethod
    def called(cls, word: str) -> Unit:
        return next(unit for unit in cls if unit.word == word)


LONGEST: Final = 60
_PIECES: Final = re.compile(r"\s*(?:(\d+(?:[.,]\d*)?|[.,]\d+)|([-+*/()])|(mm|pt|in|cm|\"))", re.IGNORECASE)
_NAMES: Final = {"mm": PT_PER_MM, "cm": 10 * PT_PER_MM, "pt": 1.0, "in": 72.0, '"': 72.0}


def shown(points: float, unit: Unit) -> str:
    """Without trailing zeros."""
    text = f"{points / unit.points:.{unit.value[2]}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def typed(text: str, unit: Unit) -> float | None:
    """Points, or None when it cannot be read. A number without a unit is in `unit`; so is a whole sum of them."""
    if len(text) > LONGEST:
        return None
    try:
        return _Sum(text, unit).value()
    except (ValueError, InvalidOperation, DivisionByZero):
        return None


class _Sum:
    """A descent over + - * / and brackets. A unit turns the number before it into points; numbers without one are
    factors where they multiply or divide, and lengths in the person's unit where they add."""

    def __init__(self, text: str, unit: Unit) -> None:
        self._unit = Decimal(repr(unit.points))
        self._pieces = _cut(text)
        self._at = 0

    def value(self) -> float:
        number, is_length = self._terms()
        if self._at != len(self._pieces):
            raise ValueError("something is left over")
        return float(number if is_length else number * self._unit)

    def _terms(self) -> tuple[Decimal, bool]:
        left = self._factors()
        while (sign := self._take("+", "-")) is not None:
            right = self._factors()
            left, right = self._agree(left, right)
            left = (left[0] + right[0] if sign == "+" else left[0] - right[0], left[1])
        return left

    def _factors(self) -> tuple[Decimal, bool]:
        """A unit after a quotient is the quotient's: 1/2 in is half an inch."""
        left = self._with_unit(self._number())
        while (sign := self._take("*", "/")) is not None:
            right = self._number()
            if right[1]:
                raise ValueError("a length is no factor")
            left = self._with_unit((left[0] * right[0] if sign == "*" else left[0] / right[0], left[1]))
        return left

    def _number(self) -> tuple[Decimal, bool]:
        if self._take("-") is not None:
            number, is_length = self._number()
            return -number, is_length
        if self._take("(") is not None:
            inner = self._terms()
            if self._take(")") is None:
                raise ValueError("a bracket is open")
            return inner
        if self._at == len(self._pieces):
            raise ValueError("a number is missing")
        piece = self._pieces[self._at]
        self._at += 1
        return Decimal(piece.replace(",", ".")), False

    def _with_unit(self, number: tuple[Decimal, bool]) -> tuple[Decimal, bool]:
        name = None if number[1] else self._take(*_NAMES)
        if name is None:
            return number
        return number[0] * Decimal(repr(_NAMES[name])), True

    def _agree(
        self, left: tuple[Decimal, bool], right: tuple[Decimal, bool]
    ) -> tuple[tuple[Decimal, bool], tuple[Decimal, bool]]:
        if left[1] == right[1]:
            return left, right
        return (self._length(left), self._length(right))

    def _length(self, number: tuple[Decimal, bool]) -> tuple[Decimal, bool]:
        return number if number[1] else (number[0] * self._unit, True)

    def _take(self, *wanted: str) -> str | None:
        if self._at < len(self._pieces) and self._pieces[self._at] in wanted:
            self._at += 1
            return self._pieces[self._at - 1]
        return None


def _cut(text: str) -> list[str]:
    pieces, at = [], 0
    while at < len(text.rstrip()):
        match = _PIECES.match(text, at)
        if match is None:
            raise ValueError("not a length")
        pieces.append(next(group for group in match.groups() if group is not None).lower())
        at = match.end()
    return pieces
