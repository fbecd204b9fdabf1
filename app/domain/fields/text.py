"""Free text, and the kinds that are text with a meaning: name, e-mail, company, title."""

import re
import unicodedata
from typing import ClassVar

from app.domain import presets
from app.domain.drawing import Drawing, Metrics
from app.domain.errors import SpecError
from app.domain.fields import pattern
from app.domain.fields.base import Field, Kind, Value
from app.domain.fields.typesetting import set_text
from app.domain.geometry import Size

LONGEST = 4000
UNDRAWABLE = ("Cc", "Cs", "Cn")
"""Control characters, halves of surrogate pairs, and what is no character at all."""
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class Text(Kind):
    """What a person writes: lines kept, in NFC, without what no font can draw. Drawn as large as fits."""

    name = "text"
    title = "Text"
    icon = "type"
    key = "T"
    example: ClassVar[str] = "text"
    demands = frozenset({"max_length", "pattern", "preset"})
    looks = frozenset({"multiline", "comb"})
    computable = True

    def check(self, field: Field, path: str) -> None:
        super().check(field, path)
        most, wanted = field.constraint.max_length, field.constraint.pattern
        if most is not None and not 1 <= most <= LONGEST:
            raise SpecError(path=f"{path}.max_length", problem=f"{most}, but should be from 1 to {LONGEST}")
        if wanted is not None:
            pattern.read(wanted, f"{path}.pattern")
        presets.check(field.constraint.preset, self.name, f"{path}.preset")

    def accept(self, field: Field, value: Value) -> Value:
        if not isinstance(value, str):
            raise self.refusal(field, "format", self.example, value)
        text, limit = _plain(value), field.style.comb or field.constraint.max_length or LONGEST
        if any(unicodedata.category(c) in UNDRAWABLE and c != "\n" for c in text):
            raise self.refusal(field, "format", "letters, digits and marks that can be printed", ascii(value))
        text = self._by_preset(field, text)
        if len(text) > limit:
            raise self.refusal(field, "length", str(limit), value)
        wanted = field.constraint.pattern
        if text and wanted and not pattern.read(wanted).accepts(text):
            raise self.refusal(field, "pattern", field.constraint.message or wanted, value)
        return text

    def _by_preset(self, field: Field, text: str) -> str:
        """In the preset's own writing, such as an IBAN in capitals without blanks."""
        if not text or field.constraint.preset is None:
            return text
        preset = presets.PRESETS[field.constraint.preset]
        try:
            return preset.check(text)
        except ValueError as problem:
            expected = field.constraint.message or f"{problem}, as in {preset.example}"
            raise self.refusal(field, "format", expected, text) from None

    def draw(self, field: Field, value: Value | None, metrics: Metrics) -> Drawing:
        text = "" if value is None else self.text_of(field, value)
        if not text:
            return Drawing(field.rect.width, field.rect.height)
        return set_text(text, field.rect.width, field.rect.height, field.style, metrics)


class Name(Text):
    """The person's own name; the envelope's is offered."""

    name = "name"
    title = "Full name"
    icon = "user"
    key = "F"

    def default_for(self, recipient_name: str, email: str, today: str) -> Value | None:
        return recipient_name


class Email(Text):
    """An address that looks like one; that it is theirs is not proven by it."""

    name = "email"
    title = "E-mail"
    icon = "mail"
    key = "E"
    default_size = Size(180, 24)

    def accept(self, field: Field, value: Value) -> Value:
        text = super().accept(field, value.strip() if isinstance(value, str) else value)
        if text and not EMAIL.fullmatch(str(text)):
            raise self.refusal(field, "format", "name@example.com", value)
        return text

    def default_for(self, recipient_name: str, email: str, today: str) -> Value | None:
        return email or None


class Company(Text):
    """For whom they sign."""

    name = "company"
    title = "Company"
    icon = "building-2"
    key = ""


class Title(Text):
    """What they are where they work."""

    name = "title"
    title = "Job title"
    icon = "briefcase"
    key = ""


def _plain(text: str) -> str:
    """As people mean it: one kind of line end, blanks for tabs, composed letters (NFC), no empty lines around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", lines).strip("\n")
