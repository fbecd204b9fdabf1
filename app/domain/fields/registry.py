"""Every field kind. To add one: a class in its own file, and an entry here."""

from dataclasses import replace

from app.domain import errors
from app.domain.drawing import INK, Drawing, Metrics
from app.domain.fields.attachment import Attachment
from app.domain.fields.base import Field, Kind, Value
from app.domain.fields.choice import Checkbox, Dropdown, Radio
from app.domain.fields.date import Date, DateSigned
from app.domain.fields.image import Image
from app.domain.fields.note import Note
from app.domain.fields.number import Number
from app.domain.fields.signature import Initials, Signature
from app.domain.fields.stamp import Stamp
from app.domain.fields.text import Company, Email, Name, Text, Title
from app.domain.fields.typesetting import colour_of

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Signature(),
        Initials(),
        Date(),
        DateSigned(),
        Text(),
        Number(),
        Checkbox(),
        Radio(),
        Dropdown(),
        Name(),
        Email(),
        Company(),
        Title(),
        Image(),
        Stamp(),
        Attachment(),
        Note(),
    )
}


def kind_of(field: Field) -> Kind:
    return KINDS[field.kind]


def check(field: Field, path: str) -> None:
    """Raises `SpecError` below `path` for demands that make no sense, and for a value they would not accept."""
    kind_of(field).check(field, path)
    if field.value is None:
        return
    try:
        accept(replace(field, required=False, read_only=False), field.value)
    except errors.ValueRefused as no:
        raise errors.SpecError(path=f"{path}.value", problem=f"{no.value!r} should be {no.expected}") from None
    except errors.MarkRefused as no:
        raise errors.SpecError(path=f"{path}.value", problem=f"this mark is {no.problem}") from None


def draw(field: Field, value: Value | None, metrics: Metrics) -> Drawing:
    """What stands in the field: the one drawing that screen and sealed page follow. `field` as `Envelope.styled` gives
    it; a chosen colour is also that of strokes drawn in ink.
    """
    drawing = KINDS[field.kind].draw(field, value, metrics)
    return drawing.recoloured(INK, colour_of(field.style, INK)) if field.style.colour else drawing


def accept(field: Field, value: Value) -> Value:
    """The value in neutral form, or `ValueRefused`. A required text must not be blank."""
    if field.read_only and value != field.value:
        raise KINDS[field.kind].refusal(field, "read_only", str(field.value), value)
    accepted = KINDS[field.kind].accept(field, value)
    if field.required and isinstance(accepted, str) and not accepted.strip():
        raise KINDS[field.kind].refusal(field, "required", field.label or KINDS[field.kind].title, value)
    return accepted
