"""Signature and initials: a person's adopted mark."""

from app.domain.drawing import Drawing, Metrics
from app.domain.fields.base import Field, FormType, Kind, Value
from app.domain.geometry import Size
from app.domain.mark import Mark


class Signature(Kind):
    """The place where a recipient's seal stands, with their mark as what is seen of it."""

    name = "signature"
    title = "Signature"
    icon = "signature"
    key = "S"
    form = FormType.SIGNATURE
    default_size = Size(200, 50)
    minimum_size = Size(40, 16)

    def accept(self, field: Field, value: Value) -> Value:
        if not isinstance(value, Mark):
            raise self.refusal(field, "format", "a drawn, typed or picture signature", value)
        return value.checked()

    def draw(self, field: Field, value: Value | None, metrics: Metrics) -> Drawing:
        if not isinstance(value, Mark):
            return Drawing(field.rect.width, field.rect.height)
        return value.draw(field.rect.width, field.rect.height, metrics)

    def text_of(self, field: Field, value: Value) -> str:
        return value.capture if isinstance(value, Mark) else ""


class Initials(Signature):
    """In the PDF a read-only text field whose appearance is the mark: only one PAdES signature closes a
    recipient's act.
    """

    name = "initials"
    title = "Initials"
    icon = "case-sensitive"
    key = "I"
    form = FormType.TEXT
    default_size = Size(72, 32)
    minimum_size = Size(20, 12)

    def form_value(self, field: Field, value: Value) -> str:
        return value.text if isinstance(value, Mark) else ""
