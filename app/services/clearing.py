"""Taking back what a recipient entered."""

from app.domain import clearing
from app.domain.changes import Changes
from app.domain.ids import EnvelopeId, FieldId
from app.services.drafting import record
from app.services.house import House


def clear(house: House, envelope_id: str, role: str, field_id: str) -> Changes:
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    return record(house, clearing.clear(envelope, role, FieldId(field_id), house.moment()))
