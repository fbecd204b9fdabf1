"""Taking back what was entered: until they finish, a person may change their mind also about a required tick."""

from dataclasses import replace

from app.domain import errors, routing
from app.domain.answering import sharing, with_computed
from app.domain.audit import Moment
from app.domain.ceremony import Stage
from app.domain.envelope import Envelope
from app.domain.ids import FieldId
from app.domain.steps import Step, by, step


def clear(envelope: Envelope, role: str, name: FieldId, moment: Moment) -> Step:
    """The field is as the sender prepared it, with all that share its answer; a required one is missing again, and
    formulas follow. The trail keeps that it was filled.
    """
    recipient = routing.require_turn(envelope, role, "sign")
    stage = recipient.ceremony.stage if recipient.ceremony else None
    if stage is not Stage.CONSENTED:
        raise errors.WrongStage(role=role, step="clear", stage=stage or "not opened")
    field = envelope.field(name)
    if field.recipient != role:
        raise errors.NotTheirField(name=field.name, role=role)
    cleared = {field.id, *(one.id for one in sharing(envelope, field))}
    values = {key: value for key, value in envelope.values.items() if key not in cleared}
    changed = with_computed(replace(envelope, values=values, updated_at=moment.wall))
    return step(changed, "field_cleared", by(role), moment, role=role, field=field.name, type=field.kind)
