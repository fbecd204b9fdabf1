"""Our fields as the form fields that are laid into a document when it is frozen."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain import errors
from app.domain.conditions.states import is_conditional
from app.domain.drawing import Drawing
from app.domain.envelope import Document, Envelope
from app.domain.fields.base import Field, FormType, Value
from app.domain.fields.registry import draw, kind_of
from app.domain.freezing import FormField, form_of, form_of_recipient
from app.domain.ids import Sha256
from app.domain.visibility import visible_to
from app.pdf import OFF, ON, LaidField, Placed
from app.sealing import EmptyField
from app.services import seals
from app.services.house import House


def laid_fields(house: House, envelope: Envelope, document: Document) -> tuple[LaidField, ...]:
    """Everything the document will ever hold, with what the preparer filled in already."""
    return tuple(_laid(house, envelope, document, form) for form in form_of(envelope, document))


def empty_fields(envelope: Envelope, document: Document) -> tuple[EmptyField, ...]:
    """The signature fields for a document that came in signed: nothing else may be added to it."""
    return tuple(_empty(form) for form in form_of(envelope, document) if form.form is FormType.SIGNATURE)


def blobs_of(house: House, drawings: Iterable[Drawing]) -> dict[Sha256, Path]:
    """Where the pictures of these drawings lie."""
    wanted = {picture.sha256 for drawing in drawings for picture in drawing.pictures}
    return {sha256: house.library.blobs.path(sha256) for sha256 in wanted}


def pictures_in(house: House, fields: Iterable[LaidField]) -> dict[Sha256, Path]:
    return blobs_of(house, (drawing for field in fields for drawing in field.drawings.values()))


@contextmanager
def own_copy(house: House, envelope: Envelope, document: Document, role: str) -> Iterator[Path]:
    """A file for the time being, of what this person may see of a document, with their own entries. For reading: the
    sealed revisions of the others could not be taken out of a sealed file.
    """
    blobs = house.library.blobs
    source = blobs.path(visible_to(envelope, role).sources[document.id], verify=True)
    stamped, flat = blobs.new_file(".pdf"), blobs.new_file(".pdf")
    mine = [f for f in envelope.fields_of(role, document.id) if kind_of(f).form is not FormType.NONE]
    entered = [(f, value) for f in mine if (value := envelope.value_of(f)) is not None]
    placed = [Placed(f.page, f.rect, seals.drawing(house, envelope, f, value)) for f, value in entered]
    try:
        house.maker.copy([source], flat)
        house.maker.stamp_drawings(flat, stamped, placed, blobs_of(house, (one.drawing for one in placed)))
        yield stamped
    except errors.DocumentError as problem:
        problem.path = document.title
        raise
    finally:
        for left in (stamped, flat):
            left.unlink(missing_ok=True)


def _laid(house: House, envelope: Envelope, document: Document, form: FormField) -> LaidField:
    field = form.field
    lock = form_of_recipient(envelope, document, form.recipient).lock if form.form is FormType.SIGNATURE else ()
    if field is None:
        return LaidField(form.pdf_name, form.form, lock=lock)
    field = envelope.styled(field)
    # What an answer may still hide, or a formula will make, starts empty: a form shows its first state for ever.
    waits = form.form is not FormType.NONE and (field.formula is not None or is_conditional(envelope, field))
    value = None if waits else field.value
    return LaidField(
        form.pdf_name,
        form.form,
        field.page,
        field.rect,
        field.tooltip or field.label or kind_of(field).title,
        kind_of(field).form_value(field, value) if value is not None else "",
        _drawings(house, form.form, field, value),
        field.options,
        lock,
        field.required,
        max_length=field.style.comb or field.constraint.max_length,
        comb=bool(field.style.comb),
        multiline=field.style.multiline,
    )


def _drawings(house: House, form: FormType, field: Field, value: Value | None) -> dict[str, Drawing]:
    match form:
        case FormType.SIGNATURE:
            return {}
        case FormType.CHECKBOX:
            return {OFF: draw(field, False, house.metrics), ON: draw(field, True, house.metrics)}
        case FormType.RADIO:
            chosen = {option: draw(field, option, house.metrics) for option in field.options}
            return {OFF: draw(field, None, house.metrics), **chosen}
        case _:
            return {"": draw(field, value, house.metrics)}


def _empty(form: FormField) -> EmptyField:
    if form.field is None:
        return EmptyField(form.pdf_name)
    return EmptyField(form.pdf_name, form.field.page, form.field.rect)
