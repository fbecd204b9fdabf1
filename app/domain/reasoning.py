"""Preflight of what fields say about each other: conditions and formulas."""

from collections.abc import Iterable, Iterator

from app.domain.conditions import judging
from app.domain.conditions.judging import Verdict, verdict
from app.domain.envelope import Envelope, Routing
from app.domain.fields.base import Field
from app.domain.fields.condition import Condition, Effect
from app.domain.finding import Finding, error, warning
from app.domain.formulas import computing
from app.domain.formulas.computing import Reading
from app.domain.ids import FieldId


def findings(envelope: Envelope) -> Iterator[Finding]:
    """Nothing for an envelope without conditions and formulas, at no cost."""
    if any(field.conditions for field in envelope.fields) or any(d.conditions for d in envelope.documents):
        yield from _conditions(envelope)
    for reading in computing.readings(envelope):
        yield from _formula(envelope, reading)
    for circle in computing.cycles(envelope):
        yield error("formula_cycle", _chain(envelope, circle), field=circle[0])


def _conditions(envelope: Envelope) -> Iterator[Finding]:
    known = {field.id for field in envelope.fields}
    for field in envelope.fields:
        where = {"field": field.id, "document": field.document}
        for condition in field.conditions:
            if not known.issuperset(condition.looks_at):
                yield error("condition_broken", field.name, **where)
            else:
                yield from _said_for_nothing(envelope, field, condition)
                yield from _later(envelope, field, condition.looks_at, "condition_on_later")
    for document in envelope.documents:
        for condition in document.conditions:
            if not known.issuperset(condition.looks_at):
                yield error("condition_broken", document.title, document=document.id)
            elif (found := verdict(envelope, condition)) is not Verdict.DEPENDS:
                yield warning(f"condition_{found}", document.title, document=document.id)
    for circle in judging.cycles(envelope):
        yield error("condition_cycle", _chain(envelope, circle), field=circle[0])


def _said_for_nothing(envelope: Envelope, field: Field, condition: Condition) -> Iterator[Finding]:
    found = verdict(envelope, condition)
    where = {"field": field.id, "document": field.document}
    if found is Verdict.NEVER and condition.effect is Effect.SHOW and field.required:
        yield error("required_never_shown", field.name, **where)
    elif found is not Verdict.DEPENDS:
        yield warning(f"condition_{found}", field.name, **where)


def _formula(envelope: Envelope, reading: Reading) -> Iterator[Finding]:
    field = reading.field
    where = {"field": field.id, "document": field.document}
    if reading.problem is not None:
        told = f"{field.name}, character {reading.problem.column}: {reading.problem.problem}"
        yield error("formula_broken", told, **where)
    for reference in reading.unknown:
        yield error("formula_unknown", f"{field.name}: {reference.name}", **where)
    yield from _later(envelope, field, [one.id for one in reading.looked_at], "formula_on_later")


def _later(envelope: Envelope, field: Field, looked_at: Iterable[FieldId], code: str) -> Iterator[Finding]:
    """What is filled in after this recipient has sealed changes nothing any more."""
    order = {recipient.role: recipient.order for recipient in envelope.recipients}
    if envelope.routing is not Routing.SEQUENTIAL or field.recipient not in order:
        return
    owners = (envelope.field(name).recipient for name in looked_at)
    if any(owner in order and order[owner] > order[field.recipient] for owner in owners):
        yield warning(code, field.name, field=field.id, document=field.document)


def _chain(envelope: Envelope, circle: tuple[FieldId, ...]) -> str:
    names = [envelope.field(name).name for name in circle]
    return " → ".join([*names, names[0]])
