"""What one answer does to the others: formulas follow it, fields of the same key share it, conditions refuse it."""

from dataclasses import replace

from app.domain import errors
from app.domain.conditions.states import State, state_of
from app.domain.envelope import Envelope
from app.domain.fields.base import Field, Value
from app.domain.fields.registry import accept, kind_of
from app.domain.formulas.computing import computed
from app.domain.ids import FieldId


def shared_answer(envelope: Envelope, field: Field, accepted: Value) -> dict[FieldId, Value]:
    """What stands in this field and in all that share its answer and can take it."""
    others = {one.id: accepted for one in sharing(envelope, field) if _takes(one, accepted)}
    return {field.id: accepted, **others}


def with_computed(envelope: Envelope) -> Envelope:
    """The results of all formulas, but for those of recipients whose part is over: what is sealed stays."""
    over = {recipient.role for recipient in envelope.recipients if recipient.status.over}
    open_formulas = {f.id for f in envelope.fields if f.formula is not None and f.recipient not in over}
    if not open_formulas:
        return envelope
    kept = {name: value for name, value in envelope.values.items() if name not in open_formulas}
    results = {name: value for name, value in computed(envelope).values.items() if name in open_formulas}
    return replace(envelope, values={**kept, **results})


def sharing(envelope: Envelope, field: Field) -> tuple[Field, ...]:
    """The other fields of the same recipient, kind and mapping key: one answer stands in all of them."""
    if not field.mapping_key:
        return ()
    alike = (field.recipient, field.kind, field.mapping_key)
    others = (one for one in envelope.fields if one.id != field.id)
    return tuple(one for one in others if (one.recipient, one.kind, one.mapping_key) == alike)


def _takes(field: Field, value: Value) -> bool:
    if field.read_only or field.formula is not None or kind_of(field).automatic:
        return False
    try:
        accept(replace(field, required=False), value)
    except errors.RuleError:
        return False
    return True


def why_not_by_hand(field: Field, state: State) -> str:
    """Why nobody may write into it now; empty if they may."""
    if kind_of(field).automatic:
        return "written by the program when they sign"
    if field.formula is not None:
        return "computed by its formula"
    if not state.shown:
        return "nothing, as long as its condition hides it"
    return "" if state.enabled else "nothing, as long as its condition disables it"


def check_formulas(envelope: Envelope, role: str) -> None:
    """A result that is wanted and fails is refused here, with the place, rather than left blank in a signed paper."""
    problems = computed(envelope).problems
    for field in envelope.fields_of(role):
        if field.required and field.id in problems and state_of(envelope, field).shown:
            raise problems[field.id]
