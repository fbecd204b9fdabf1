"""The functions a formula may call; each is one entry."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date as Day
from decimal import ROUND_HALF_UP, Decimal, DecimalException

from app.domain.formulas.amounts import EXACT, Amount, Unfit, combined, number, text, truth

MANY = 100


@dataclass(frozen=True, slots=True)
class Function:
    """`run` gets the values of its arguments, of a `name_*` all of them. `usage` and `says` are for people."""

    name: str
    usage: str
    says: str
    least: int
    most: int
    run: Callable[[Sequence[Amount]], Amount]


def _filled(values: Sequence[Amount]) -> list[Amount]:
    return [value for value in values if value not in (None, "")]


def _sum(values: Sequence[Amount]) -> Amount:
    total = Decimal(0)
    for value in _filled(values):
        total = number(combined("+", total, number(value)))
    return total


def _average(values: Sequence[Amount]) -> Amount:
    given = _filled(values)
    return EXACT.divide(number(_sum(given)), Decimal(len(given))) if given else None


def _extreme(values: Sequence[Amount], *, largest: bool) -> Amount:
    given = _filled(values)
    if not given:
        return None
    days = [value for value in given if isinstance(value, Day)]
    if len(days) == len(given):
        return max(days) if largest else min(days)
    numbers = [number(value) for value in given]
    return max(numbers) if largest else min(numbers)


def _round(values: Sequence[Amount]) -> Amount:
    """Half goes away from zero, as money is rounded."""
    if values[0] is None:
        return None
    places = number(values[1]) if len(values) > 1 and values[1] is not None else Decimal(0)
    if places != places.to_integral_value() or not -18 <= places <= 18:
        raise Unfit("the number of decimals is not from -18 to 18", "Write round(x, 2) for two decimals")
    try:
        rounded = number(values[0]).quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP, EXACT)
    except DecimalException:
        raise Unfit("the number is too large to be rounded so", "Check the values it is computed from") from None
    return rounded if places >= 0 else Decimal(int(rounded))


def _absolute(values: Sequence[Amount]) -> Amount:
    return None if values[0] is None else abs(number(values[0]))


def _date(values: Sequence[Amount]) -> Amount:
    if isinstance(values[0], Day) or values[0] is None:
        return values[0]
    try:
        return Day.fromisoformat(text(values[0]).strip())
    except ValueError:
        raise Unfit(f"“{text(values[0])[:40]}” is no day", 'Write it as date("2026-01-31")') from None


def _part(name: str) -> Callable[[Sequence[Amount]], Amount]:
    def run(values: Sequence[Amount]) -> Amount:
        day = _date(values)
        return Decimal(getattr(day, name)) if isinstance(day, Day) else None

    return run


def _join(values: Sequence[Amount]) -> Amount:
    return text(values[0]).join(text(value) for value in _filled(values[1:]))


FUNCTIONS: dict[str, Function] = {
    one.name: one
    for one in (
        Function("if", "if(question, then, else)", "one value or the other", 2, 3, lambda v: v[0]),
        Function("and", "and(a, b, …)", "yes when all are", 1, MANY, lambda v: all(truth(x) for x in v)),
        Function("or", "or(a, b, …)", "yes when one is", 1, MANY, lambda v: any(truth(x) for x in v)),
        Function("not", "not(a)", "the opposite", 1, 1, lambda v: not truth(v[0])),
        Function("empty", "empty(a)", "yes when nothing is filled in", 1, 1, lambda v: not _filled(v)),
        Function("sum", "sum(a, b, …) or sum([price_*])", "the sum; empty fields count nothing", 1, MANY, _sum),
        Function("average", "average(a, b, …)", "the mean of what is filled in", 1, MANY, _average),
        Function("count", "count(a, b, …)", "how many are filled in", 1, MANY, lambda v: Decimal(len(_filled(v)))),
        Function("min", "min(a, b, …)", "the smallest", 1, MANY, lambda v: _extreme(v, largest=False)),
        Function("max", "max(a, b, …)", "the largest", 1, MANY, lambda v: _extreme(v, largest=True)),
        Function("round", "round(x, decimals)", "rounded, half up", 1, 2, _round),
        Function("abs", "abs(x)", "without its sign", 1, 1, _absolute),
        Function("join", 'join(", ", a, b, …)', "texts with something between them", 2, MANY, _join),
        Function("upper", "upper(text)", "in capitals", 1, 1, lambda v: text(v[0]).upper()),
        Function("lower", "lower(text)", "in small letters", 1, 1, lambda v: text(v[0]).lower()),
        Function("length", "length(text)", "how many characters", 1, 1, lambda v: Decimal(len(text(v[0])))),
        Function("date", 'date("2026-01-31")', "a day", 1, 1, _date),
        Function("year", "year(day)", "its year", 1, 1, _part("year")),
        Function("month", "month(day)", "its month, 1 to 12", 1, 1, _part("month")),
        Function("day", "day(day)", "its day of the month", 1, 1, _part("day")),
    )
}
