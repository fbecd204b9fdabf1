"""Handing an envelope to a service: the plan is shown first; then it waits in the outbox, which alone uses the
network.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app import codec
from app.domain import errors, finding, handing
from app.domain.changes import Changes
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.finding import Finding
from app.domain.ids import EnvelopeId, FieldId
from app.domain.remote import Remote
from app.domain.steps import Step
from app.services import drafting, packing, plan_words, sending
from app.services.house import House
from app.services.packing import Packed
from app.services.sending import Report
from app.store import AccountRecord, OperationRecord
from app.sync.flow import Kind, Plan, Remark
from app.sync.flow_registry import flow_of
from app.sync.outgoing import Outgoing
from app.sync.provider import FormField

Options = Mapping[str, str]
AS_FOUND: Final = {"name_missing": "recipient_without_name", "email_missing": "no_email", "email_twice": "same_email"}
"""What preflight calls the same."""
OF_THE_WHOLE: Final = ("expired", "message_too_long", "inputs_need_order")
"""Mended in the settings of the envelope."""


@dataclass(frozen=True)
class Journey:
    """A plan in words: how it travels, what stays behind, and why it cannot go, if it cannot. `mends` say what to do
    about each of the `problems`, `places` where: None where it is no matter of one place of the envelope."""

    account: str
    way: str
    sentence: str
    lost: tuple[str, ...]
    problems: tuple[str, ...]
    recipients: tuple[str, ...]
    mends: tuple[str, ...] = ()
    places: tuple[Finding | None, ...] = ()


@dataclass(frozen=True)
class Pushed:
    """What was decided; `operation` is its row in the outbox."""

    operation: str
    journey: Journey
    changes: Changes


def questions(house: House, account: str) -> tuple[FormField, ...]:
    """What is asked of each sending through this account. Raises `UnknownAccount`, `UnknownProvider`."""
    return flow_of(house.library.accounts.get(account).provider).asks


def plan(house: House, envelope_id: str, account: str, options: Options | None = None) -> Journey:
    """Nothing is sent and nothing is changed."""
    record = house.library.accounts.get(account)
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    packed = packing.pack(house, envelope, "", options or {})
    return _journey(record, packed, _plan(record, packed))


def push(
    house: House, envelope_id: str, account: str, options: Options | None = None, report: Report | None = None
) -> Pushed:
    """A draft is sent out first, in the same transaction.

    Raises `CannotTravel` with what is in the way, `AlreadyHandedOver`, `UnknownAccount`, and what `send` raises.
    """
    record = house.library.accounts.get(account)
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    if envelope.remote is not None:
        raise errors.AlreadyHandedOver(account=envelope.remote.account)
    envelope.require("hand over", EnvelopeStatus.DRAFT, EnvelopeStatus.OUT, EnvelopeStatus.COMPLETED)
    operation = house.clock.new_id()
    packed = packing.pack(house, envelope, operation, options or {})
    journey = _journey(record, packed, _plan(record, packed))
    if journey.problems:
        raise errors.CannotTravel(account=account, problems=list(journey.problems))
    step = sending.out(house, envelope, report) if envelope.status is EnvelopeStatus.DRAFT else Step(envelope, ())
    step = step.then(_handed(house, step.envelope, record, packed.outgoing))
    row = operation_of(house, operation, Kind.SEND, record.name, envelope, codec.encode(packed.outgoing))
    return Pushed(operation, journey, drafting.record(house, step, row))


def operation_of(
    house: House, operation: str, kind: Kind, account: str, envelope: Envelope, request: Mapping[str, object]
) -> OperationRecord:
    """A new row, due at once."""
    now = house.clock.now()
    return OperationRecord(operation, str(kind), account, envelope.id, now, now, now, request)


def _plan(record: AccountRecord, packed: Packed) -> Plan:
    return flow_of(record.provider).plan(packed.outgoing, record.options)


def _journey(record: AccountRecord, packed: Packed, found: Plan) -> Journey:
    problems = (*packed.problems, *found.problems)
    return Journey(
        record.name,
        str(found.way),
        plan_words.WAYS[found.way],
        tuple(map(plan_words.sentence, (*packed.lost, *found.lost))),
        tuple(map(plan_words.sentence, problems)),
        tuple(one.role for one in packed.outgoing.signers),
        tuple(map(plan_words.mend, problems)),
        tuple(map(_place, problems)),
    )


def _place(problem: Remark) -> Finding | None:
    """As preflight tells places, so that the editor goes there the same way."""
    if problem.field:
        return finding.error(problem.code, problem.subject, field=FieldId(problem.field))
    if problem.role:
        code = AS_FOUND.get(problem.code, problem.code)
        return finding.error(code, problem.subject, role=problem.role)
    return finding.error(problem.code) if problem.code in OF_THE_WHOLE else None


def _handed(house: House, envelope: Envelope, record: AccountRecord, outgoing: Outgoing) -> Step:
    roles = tuple(one.role for one in outgoing.signers)
    remote = Remote(record.name, record.provider, outgoing.operation, roles)
    documents = {one.title: one.sha256 for one in outgoing.documents}
    return handing.hand_over(envelope, remote, documents, house.moment())
