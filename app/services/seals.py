"""What is seen of a signature in an envelope: the signer's mark alone, or in the design that the envelope names.

The one place that decides it, for the editor, the signing room and the sealed page.
"""

from dataclasses import replace
from datetime import datetime

from app.domain import errors
from app.domain.appearance import Stated
from app.domain.drawing import Drawing
from app.domain.envelope import Envelope
from app.domain.fields.base import Field, Value
from app.domain.fields.registry import draw
from app.domain.mark import Mark
from app.services import designs
from app.services.house import House

REASONS = {"sign": "Signed", "approve": "Approved", "acknowledge": "Acknowledged", "witness": "Witnessed"}


def drawing(house: House, envelope: Envelope, field: Field, value: Value | None, at: datetime | None = None) -> Drawing:
    """`at` is the moment told; None means when they signed, or now where they have not. A name that no face can write,
    or a design that is gone, leaves the mark alone: nobody is kept from signing by a look.
    """
    styled = envelope.styled(field)
    plain = draw(styled, value, house.metrics)
    if not envelope.style.design or field.kind != "signature" or not isinstance(value, Mark):
        return plain
    try:
        look = replace(designs.find(house, envelope.style.design).look, mark=value, picture=None)
        signed = next((each.completed_at for each in envelope.recipients if each.role == field.recipient), None)
        stated = stated_of(house, envelope, field, at or signed or house.clock.now())
        return designs.drawing(house, look, stated, field.rect.width, field.rect.height)
    except (errors.UnknownDesign, errors.GlyphsMissing):
        return plain


def preview(house: House, envelope: Envelope, field: Field, value: Value | None) -> Drawing:
    """For the editor: what is not signed yet is shown with the name of who will, where a design is chosen."""
    name = _name(envelope, field)
    is_open = field.kind == "signature" and value is None and bool(envelope.style.design)
    return drawing(house, envelope, field, Mark("typed", text=name) if is_open and name.strip() else value)


def stated_of(house: House, envelope: Envelope, field: Field, at: datetime) -> Stated:
    """As the signature itself will state it."""
    return Stated(_name(envelope, field), at, reason_of(envelope, field.recipient or ""), house.settings.place)


def reason_of(envelope: Envelope, role: str) -> str:
    """As in: Signed as buyer."""
    recipient = next((each for each in envelope.recipients if each.role == role), None)
    return f"{REASONS.get(recipient.action, REASONS['sign'])} as {role}" if recipient is not None else ""


def _name(envelope: Envelope, field: Field) -> str:
    return next((each.name or each.role for each in envelope.recipients if each.role == field.recipient), "")
