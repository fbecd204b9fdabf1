"""One look at one value."""

from datetime import date as Day
from decimal import Decimal

from app.domain.fields.base import FileValue, PictureValue, Value
from app.domain.fields.condition import Op, Test
from app.domain.fields.number import NUMBER
from app.domain.mark import Mark


def holds(test: Test, value: Value | None) -> bool:
    """Whether what stands in the field (None: nothing) passes. By size, an empty field never does."""
    text = written(value)
    match test.op:
        case Op.FILLED:
            return text != ""
        case Op.EMPTY:
            return text == ""
        case Op.CHECKED:
            return value is True
        case Op.UNCHECKED:
            return value is not True
        case Op.IS:
            return _same(text, test.value)
        case Op.IS_NOT:
            return not _same(text, test.value)
        case Op.CONTAINS:
            return test.value.casefold() in text.casefold()
        case _:
            return _by_size(test, text)


def written(value: Value | None) -> str:
    """Neutral form; a ticked box is "true", an empty one nothing."""
    match value:
        case bool():
            return "true" if value else ""
        case str():
            return value
        case Mark():
            return value.capture
        case PictureValue() | FileValue():
            return value.sha256
        case _:
            return ""


def comparable(text: str) -> Decimal | Day | None:
    """A number or a day; None for other text."""
    if NUMBER.fullmatch(text):
        return Decimal(text)
    try:
        return Day.fromisoformat(text)
    except ValueError:
        return None


def _same(text: str, wanted: str) -> bool:
    one, other = comparable(text), comparable(wanted)
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one == other
    return text.casefold() == wanted.casefold()


def _by_size(test: Test, text: str) -> bool:
    one, other = comparable(text), comparable(test.value)
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return _ordered(test.op, one > other, one == other)
    if isinstance(one, Day) and isinstance(other, Day):
        return _ordered(test.op, one > other, one == other)
    return False


def _ordered(op: Op, above: bool, equal: bool) -> bool:
    match op:
        case Op.ABOVE:
            return above
        case Op.AT_LEAST:
            return above or equal
        case Op.BELOW:
            return not above and not equal
        case _:
            return not above
