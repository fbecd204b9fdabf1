"""The values formulas work with, and what can be done with two of them."""

from collections.abc import Callable
from datetime import date as Day
from datetime import timedelta
from decimal import Context, Decimal, DecimalException

Amount = Decimal | str | Day | bool | None
"""None is an empty field: arithmetic with nothing is nothing, joining and `sum` pass over it."""

EXACT = Context(prec=60, Emax=999, Emin=-999)
"""Sixty digits: products of money are exact, and nothing grows without end."""
OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": EXACT.add,
    "-": EXACT.subtract,
    "*": EXACT.multiply,
    "/": EXACT.divide,
}


class Unfit(Exception):
    """Two values that do not go together; `problem` and `mend` become those of the `FormulaError`, which alone knows
    the place. Never leaves this package.
    """

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem)
        self.problem, self.mend = problem, mend


def combined(sign: str, left: Amount, right: Amount) -> Amount:
    """`left` `sign` `right` for an arithmetic sign; raises `Unfit`."""
    if left is None or right is None:
        return None
    if isinstance(left, Day) and sign in "+-":
        return _with_days(sign, left, right)
    if isinstance(right, Day) and sign == "+":
        return _with_days(sign, right, left)
    try:
        return OPERATIONS[sign](number(left), number(right))
    except DecimalException:
        if sign == "/" and number(right) == 0:
            raise Unfit("it divides by zero", "Ask first: if(b = 0, 0, a / b)") from None
        raise Unfit("the number becomes too large", "Check the values it is computed from") from None


def compared(sign: str, left: Amount, right: Amount) -> bool:
    """Nothing is smaller than everything and equal to an empty text; text is compared without regard to case."""
    one, other = _comparable(left, right)
    match sign:
        case "=":
            return one == other
        case "<>":
            return one != other
        case "<":
            return one < other
        case "<=":
            return one <= other
        case ">":
            return one > other
        case _:
            return one >= other


def number(value: Amount) -> Decimal:
    """Raises `Unfit` for what is none."""
    match value:
        case bool():
            return Decimal(int(value))
        case Decimal():
            return value
        case Day():
            raise Unfit("a day is no number", "Take one day from another, or add days to it")
        case _:
            raise Unfit(f"“{str(value)[:40]}” is no number", "Use a number field, or join texts with &")


def text(value: Amount) -> str:
    """As it is joined to other text: numbers without an exponent, days as ISO 8601, yes and no."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return plain(value)
        case Day():
            return value.isoformat()
        case _:
            return value


def plain(value: Decimal) -> str:
    """No exponent, and no minus before zero; zeros at the end stay as computed, as after `round`."""
    if value == 0:
        value = abs(value)
    return format(value, "f")


def truth(value: Amount) -> bool:
    """What `if` asks; raises `Unfit` for text."""
    match value:
        case None:
            return False
        case bool():
            return value
        case Decimal():
            return value != 0
        case _:
            raise Unfit("yes or no is wanted here", "Compare with something, as in [a] = 1, or use a checkbox")


def _with_days(sign: str, day: Day, other: Amount) -> Amount:
    if isinstance(other, Day):
        if sign == "+":
            raise Unfit("two days cannot be added", "Add a number of days to a day")
        return Decimal((day - other).days)
    days = number(other)
    if days != days.to_integral_value():
        raise Unfit(f"{plain(days)} is no whole number of days", "Round it first: round(x)")
    try:
        return day + timedelta(int(days) if sign == "+" else -int(days))
    except OverflowError:
        raise Unfit("the day lies outside the calendar", "Check the number of days") from None


def _comparable(left: Amount, right: Amount) -> tuple[tuple[int, Decimal | Day | str], tuple[int, Decimal | Day | str]]:
    one, other = _ranked(left), _ranked(right)
    if {one[0], other[0]} in ({1, 2}, {1, 3}, {2, 3}):
        raise Unfit(
            f"“{text(left)[:40]}” and “{text(right)[:40]}” cannot be compared",
            "Compare numbers with numbers, days with days and text with text",
        )
    return one, other


def _ranked(value: Amount) -> tuple[int, Decimal | Day | str]:
    """Sorted by sort first: nothing, numbers, days, text."""
    match value:
        case None | "":
            return (0, "")
        case bool():
            return (1, Decimal(int(value)))
        case Decimal():
            return (1, value)
        case Day():
            return (2, value)
        case _:
            return (3, value.casefold())
