"""Conditions as sentences: “Show *Spouse* when *Married* is checked”."""

from app.domain.envelope import Envelope
from app.domain.fields.base import Field
from app.domain.fields.condition import Condition, Effect, Group, Match, Op, Test
from app.domain.fields.registry import kind_of
from app.domain.ids import FieldId

EFFECTS = {Effect.SHOW: "Show", Effect.REQUIRE: "Require", Effect.DISABLE: "Disable"}
OPS = {
    Op.IS: "is",
    Op.IS_NOT: "is not",
    Op.CONTAINS: "contains",
    Op.ABOVE: "is above",
    Op.BELOW: "is below",
    Op.AT_LEAST: "is at least",
    Op.AT_MOST: "is at most",
    Op.FILLED: "is filled in",
    Op.EMPTY: "is empty",
    Op.CHECKED: "is checked",
    Op.UNCHECKED: "is not checked",
}
JOINTS = {Match.ALL: " and ", Match.ANY: " or "}
TICKS = (Op.CHECKED, Op.UNCHECKED)
CHOICES = (Op.IS, Op.IS_NOT, Op.FILLED, Op.EMPTY)
SIZES = (Op.IS, Op.IS_NOT, Op.ABOVE, Op.BELOW, Op.AT_LEAST, Op.AT_MOST, Op.FILLED, Op.EMPTY)
TEXTS = (Op.IS, Op.IS_NOT, Op.CONTAINS, Op.FILLED, Op.EMPTY)
MARKS = (Op.FILLED, Op.EMPTY)


def ops_for(field: Field) -> tuple[Op, ...]:
    """What can sensibly be asked of this field."""
    match field.kind:
        case "checkbox":
            return TICKS
        case "radio" | "dropdown":
            return CHOICES
        case "number" | "date" | "date_signed":
            return SIZES
        case "signature" | "initials" | "image" | "stamp" | "attachment":
            return MARKS
        case _:
            return TEXTS


def sentence(envelope: Envelope, condition: Condition, target: str) -> str:
    """`target` is what people call the field or document it stands with; names between stars."""
    groups = [_group(envelope, group, len(condition.groups) > 1) for group in condition.groups]
    return f"{EFFECTS[condition.effect]} *{target}* when {JOINTS[condition.match].join(groups)}"


def sentences(envelope: Envelope, field: Field) -> tuple[str, ...]:
    """All that is said about this field."""
    name = field.label or field.mapping_key or kind_of(field).title
    return tuple(sentence(envelope, condition, name) for condition in field.conditions)


def _group(envelope: Envelope, group: Group, among_others: bool) -> str:
    words = JOINTS[group.match].join(_test(envelope, test) for test in group.tests)
    return f"({words})" if among_others and len(group.tests) > 1 else words


def _test(envelope: Envelope, test: Test) -> str:
    told = f"*{_name(envelope, test.field)}* {OPS[test.op]}"
    return f"{told} “{test.value}”" if test.op.compares else told


def _name(envelope: Envelope, name: FieldId) -> str:
    """A field that was deleted since is called so."""
    found = next((field for field in envelope.fields if field.id == name), None)
    return "a field that is gone" if found is None else found.label or found.mapping_key or kind_of(found).title
