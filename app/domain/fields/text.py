"""Free text, and the kinds that are text with a meaning: name, e-mail, company, title."""

import re
from typing import ClassVar

from app.domain.drawing import Drawing, Metrics
from app.domain.fields.base import Field, Kind, Value
from app.domain.fields.typesetting import set_text
from app.domain.geometry import Size

LONGEST = 4000
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class Text(Kind):
    name = "text"
    title = "Text"
    icon = "type"
    key = "T"
    example: ClassVar[str] = "text"

    def accept(self, field: Field, value: Value) -> Value:
        if not isinstance(value, str):
            raise self.refusal(field, "format", self.example, value)
        text, limit = value.strip("\r\n"), field.constraint.max_length or LONGEST
        if len(text) > limit:
            raise self.refusal(field, "length", str(limit), value)
        if text and field.constraint.pattern and not re.fullmatch(field.constraint.pattern, text):
            raise self.refusal(field, "pattern", field.constraint.message or field.constraint.pattern, value)
        return text

    def draw(self, field: Field, value: Value | None, metrics: Metrics) -> Drawing:
        text = "" if value is None else self.text_of(field, value)
        if not text:
            return Drawing(field.rect.width, field.rect.height)
        return set_text(text, field.rect.width, field.rect.height, field.style, metrics)


class Name(Text):
    name = "name"
    title = "Full name"
    icon = "user"
    key = "N"

    def default_for(self, recipient_name: str, email: str, today: str) -> Value | None:
        return recipient_name


class Email(Text):
    name = "email"
    title = "E-mail"
    icon = "mail"
    key = "E"
    default_size = Size(180, 24)

    def accept(self, field: Field, value: Value) -> Value:
        text = super().accept(field, value)
        if text and not EMAIL.fullmatch(str(text)):
            raise self.refusal(field, "format", "name@example.com", value)
        return text

    def default_for(self, recipient_name: str, email: str, today: str) -> Value | None:
        return email or None


class Company(Text):
    name = "company"
    title = "Company"
    icon = "building-2"


class Title(Text):
    name = "title"
    title = "Job title"
    icon = "briefcase"
