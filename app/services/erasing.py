"""Erasing what an envelope tells of people, as the law may demand."""

from app.domain import erasing
from app.domain.changes import Changes
from app.domain.ids import EnvelopeId
from app.services import countersigning
from app.services.drafting import record
from app.services.house import House


def erase(house: House, envelope_id: str) -> Changes:
    """Only of an envelope that is over. The trail stays whole and says that and when it was done."""
    step = erasing.erase(house.library.envelope(EnvelopeId(envelope_id)), house.moment())
    changes = record(house, countersigning.countersigned_if_possible(house, step))
    countersigning.anchor(house, envelope_id)
    return changes
