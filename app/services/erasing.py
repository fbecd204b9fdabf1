"""Erasing what an envelope tells of people, as the law may demand."""

from dataclasses import replace
from typing import Any

from app.domain import erasing
from app.domain.changes import Changes
from app.domain.ids import EnvelopeId
from app.services import countersigning
from app.services.drafting import record
from app.services.house import House
from app.store import OperationRecord
from app.store.outbox import UNWANTED


def erase(house: House, envelope_id: str) -> Changes:
    """Only of an envelope that is over. The trail stays whole and says that and when it was done."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    step = erasing.erase(envelope, house.moment())
    there = house.library.outbox.list(envelope_id) if envelope.remote else ()
    rows = [_without_people(row) for row in there if row.account is not None]
    changes = record(house, countersigning.countersigned_if_possible(house, step), *rows)
    if envelope.remote:
        _forget_links(house, envelope_id)
    countersigning.anchor(house, envelope_id)
    return changes


def _without_people(row: OperationRecord) -> OperationRecord:
    """What went up and what was learnt, without those it was about; what is still to be done can be done."""
    bare: dict[str, Any] = {"people": [], "fields": [], "signed_here": [], "metadata": {}, "message": "", "reason": ""}
    request = {name: bare.get(name, value) for name, value in row.request.items()}
    kept = ("id", "polled", "file", "voided", "draft", "document", "state", "discarded", UNWANTED)
    return replace(row, request=request, facts={name: row.facts[name] for name in kept if name in row.facts})


def _forget_links(house: House, envelope_id: str) -> None:
    from app.services.desk import Secrets, secret_name

    for name in tuple(Secrets(house, envelope_id)):
        house.vault.delete(secret_name(envelope_id, name))
