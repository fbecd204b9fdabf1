"""Sending out: each document is frozen, then recipients may act. And back to draft while nobody has."""

from collections.abc import Callable

from app.domain import sending
from app.domain.changes import Changes
from app.domain.envelope import Envelope
from app.domain.ids import EnvelopeId
from app.domain.steps import Step
from app.services.drafting import record
from app.services.freezing import Frozen, freeze
from app.services.house import House

Report = Callable[[int, int], None]


def send(house: House, envelope_id: str, report: Report | None = None) -> Changes:
    """Raises `PreflightFailed` with the findings that stand in the way, or why a document could not be sealed."""
    return record(house, out(house, house.library.envelope(EnvelopeId(envelope_id)), report))


def out(house: House, envelope: Envelope, report: Report | None = None) -> Step:
    """The step that sends it out, for `record`."""
    sending.ready(envelope, house.moment())
    frozen: list[Frozen] = []
    for number, document in enumerate(envelope.documents):
        frozen.append(freeze(house, envelope, document))
        if report is not None:
            report(number + 1, len(envelope.documents))
    prepared = {one.document.id: one.prepared for one in frozen}
    with_rewritten = envelope.with_documents(one.document for one in frozen)
    return sending.send(with_rewritten, prepared, house.moment())


def back_to_draft(house: House, envelope_id: str) -> Changes:
    return record(house, sending.back_to_draft(house.library.envelope(EnvelopeId(envelope_id)), house.moment()))
