"""The style of an envelope, and what its fields do otherwise."""

from collections.abc import Collection
from dataclasses import replace

from app.domain import drafting
from app.domain.changes import Changes
from app.domain.fields.base import Field
from app.domain.ids import EnvelopeId, FieldId
from app.domain.style import EnvelopeStyle
from app.services.drafting import record
from app.services.house import House


def set_style(house: House, envelope_id: str, style: EnvelopeStyle) -> Changes:
    """For every field that says nothing else."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    return record(house, drafting.change(envelope, house.moment(), style=style))


def make_default(house: House, envelope_id: str, field_id: str) -> Changes:
    """What this field looks like becomes the envelope's style, and the field inherits it."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    field = envelope.field(FieldId(field_id))
    looks = envelope.styled(field)
    style = replace(
        envelope.style,
        face=looks.style.face or envelope.style.face,
        size_pt=looks.style.size_pt,
        bold=bool(looks.style.bold),
        colour=looks.style.colour,
        language=looks.style.language or envelope.style.language,
        date_format=looks.date_format or envelope.style.date_format,
    )
    fields = tuple(inheriting(f) if f.id == field.id else f for f in envelope.fields)
    return record(house, drafting.change(envelope, house.moment(), style=style, fields=fields))


def reset_overrides(house: House, envelope_id: str, field_ids: Collection[str]) -> Changes:
    """These fields inherit everything again."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    fields = tuple(inheriting(f) if f.id in field_ids else f for f in envelope.fields)
    return record(house, drafting.change(envelope, house.moment(), fields=fields))


def inheriting(field: Field) -> Field:
    """Without a look of its own; what is a matter of the place (alignment, comb, lines) stays."""
    own = replace(field.style, face=None, size_pt=None, bold=None, colour=None, language=None)
    return replace(field, style=own, date_format=None)


def overrides(field: Field) -> tuple[str, ...]:
    """The names of what it does not inherit, to be marked."""
    own = (("date_format", field.date_format), *((k, getattr(field.style, k)) for k in ("face", "size_pt", "bold")))
    more = (("colour", field.style.colour), ("language", field.style.language))
    return tuple(name for name, value in (*own, *more) if value is not None)
