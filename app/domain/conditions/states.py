"""How every field stands by the answers so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.conditions.testing import holds
from app.domain.envelope import Envelope
from app.domain.fields.base import Field, Value
from app.domain.fields.condition import Condition, Effect, Match
from app.domain.ids import DocumentId, FieldId


@dataclass(frozen=True, slots=True)
class State:
    """A hidden field is neither required nor enabled."""

    shown: bool = True
    required: bool = True
    enabled: bool = True


def states(envelope: Envelope, values: Mapping[FieldId, Value] | None = None) -> dict[FieldId, State]:
    """Of every field. `values` instead of those entered, to try conditions out."""
    look = _Look(envelope, envelope.values if values is None else values)
    return {field.id: look.at(field) for field in envelope.fields}


def state_of(envelope: Envelope, field: Field) -> State:
    return _Look(envelope, envelope.values).at(field)


def shown_documents(envelope: Envelope, values: Mapping[FieldId, Value] | None = None) -> frozenset[DocumentId]:
    look = _Look(envelope, envelope.values if values is None else values)
    return frozenset(document.id for document in envelope.documents if look.shows(document.id))


def standing(envelope: Envelope, field: Field) -> Value | None:
    """What stands in the field now; nothing in a hidden one."""
    shown = not is_conditional(envelope, field) or state_of(envelope, field).shown
    return envelope.value_of(field) if shown else None


def is_conditional(envelope: Envelope, field: Field) -> bool:
    """Whether it could be hidden by an answer."""
    conditions = (*field.conditions, *envelope.document(field.document).conditions)
    return any(condition.effect is Effect.SHOW for condition in conditions)


class _Look:
    """One evaluation. A field that is hidden counts as empty for others, so the order of looking is that of
    dependence; where conditions go round in a circle, the field the look came from counts as shown.
    """

    def __init__(self, envelope: Envelope, values: Mapping[FieldId, Value]) -> None:
        self._fields = {field.id: field for field in envelope.fields}
        self._documents = {document.id: document for document in envelope.documents}
        self._values = values
        self._shown: dict[FieldId, bool] = {}

    def at(self, field: Field) -> State:
        if not self._is_shown(field.id):
            return State(shown=False, required=False, enabled=False)
        disabled = self._any(field.conditions, Effect.DISABLE)
        required = (field.required or self._any(field.conditions, Effect.REQUIRE)) and not disabled
        return State(True, required, not disabled)

    def shows(self, document: DocumentId) -> bool:
        found = self._documents.get(document)
        return found is None or self._all_shows(found.conditions)

    def _is_shown(self, name: FieldId) -> bool:
        if name not in self._shown:
            self._shown[name] = True
            field = self._fields[name]
            self._shown[name] = self._all_shows(field.conditions) and self.shows(field.document)
        return self._shown[name]

    def _all_shows(self, conditions: tuple[Condition, ...]) -> bool:
        return all(self._met(condition) for condition in conditions if condition.effect is Effect.SHOW)

    def _any(self, conditions: tuple[Condition, ...], effect: Effect) -> bool:
        return any(self._met(condition) for condition in conditions if condition.effect is effect)

    def _met(self, condition: Condition) -> bool:
        return met(condition, {name: self._value(name) for name in condition.looks_at})

    def _value(self, name: FieldId) -> Value | None:
        field = self._fields.get(name)
        if field is None or not self._is_shown(name):
            return None
        return self._values.get(name, field.value)


def met(condition: Condition, values: Mapping[FieldId, Value | None]) -> bool:
    """Pure logic over the values of the fields it looks at."""
    groups = (
        _quantified(group.match, [holds(test, values.get(test.field)) for test in group.tests])
        for group in condition.groups
    )
    return _quantified(condition.match, list(groups))


def _quantified(match: Match, answers: list[bool]) -> bool:
    return all(answers) if match is Match.ALL else any(answers)
