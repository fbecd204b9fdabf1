"""What a field must have room for: the longest answer one may expect, so that a narrow box is found before sending."""

from datetime import date as Day

from app.domain import presets
from app.domain.drawing import Metrics
from app.domain.fields import day_format
from app.domain.fields.base import Field, Value
from app.domain.fields.choice import button_in, rows
from app.domain.fields.registry import kind_of
from app.domain.fields.typesetting import overflows as _overflows

WORDS = "The parties agree on what is written here and on nothing beside it, as far as the law allows it to them. "
ANSWER, ANSWERS = 20, 160
"""Letters of an answer in a line, and of one in several lines, where the sender sets no limit."""
USUAL = {
    "name": "Alexandra Montgomery-Wellington",
    "email": "alexandra.montgomery@example.com",
    "company": "Montgomery, Wellington & Partners Ltd.",
    "title": "Deputy Head of Human Resources",
    "number": "1234567.89",
    "attachment": "certificate-of-insurance.pdf, 999.9 KB, 1a2b3c4d",
}


def longest_plausible(field: Field) -> str:
    """As it would be drawn; empty for kinds without letters. `field` as `Envelope.styled` gives it."""
    if field.value is not None and (field.read_only or field.kind == "note"):
        return kind_of(field).text_of(field, field.value)
    match field.kind:
        case "date" | "date_signed":
            return kind_of(field).text_of(field, _longest_day(field))
        case "radio" | "dropdown":
            return max(field.options, key=len, default="")
        case "text":
            return _answer(field)
        case "number" if field.constraint.maximum or field.constraint.minimum:
            return max(field.constraint.maximum or "", field.constraint.minimum or "", key=len)
        case kind:
            return USUAL.get(kind, "")[: _limit(field) or None]


def longest_value(field: Field) -> Value | None:
    """An answer that is written as `longest_plausible` says; None for kinds without letters. `field` styled."""
    if field.kind in ("date", "date_signed"):
        return _longest_day(field)
    return None if field.kind == "attachment" else longest_plausible(field) or None


def overflows(field: Field, text: str, metrics: Metrics) -> bool:
    """Whether part of `text` would not be seen. Of radio buttons every label has its row. `field` styled."""
    if not text:
        return False
    if field.kind != "radio":
        return _overflows(text, field.rect.width, field.rect.height, field.style, metrics)
    row = rows(field)[0]
    width = row.width - button_in(row).right - 3
    return _overflows(text, max(width, 1.0), row.height, field.style, metrics)


def _answer(field: Field) -> str:
    if field.style.comb:
        return "W" * field.style.comb
    if field.constraint.preset:
        return presets.PRESETS[field.constraint.preset].example
    limit = _limit(field) or (ANSWERS if field.style.multiline else ANSWER)
    return (WORDS * (limit // len(WORDS) + 1))[:limit].strip()


def _limit(field: Field) -> int:
    """0 for none."""
    return field.style.comb or field.constraint.max_length or 0


def _longest_day(field: Field) -> str:
    """ISO 8601."""
    form, language = field.date_format or day_format.ISO, field.style.language or "en"
    days = (Day(2028, month, 28) for month in range(1, 13))
    return max(days, key=lambda day: len(day_format.written(day, form, language))).isoformat()
