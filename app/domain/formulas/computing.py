"""Formulas over the fields of an envelope."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from decimal import ROUND_HALF_UP, Decimal

from app.domain.conditions.judging import circles
from app.domain.conditions.states import states
from app.domain.envelope import Envelope
from app.domain.errors import FormulaError, ValueRefused
from app.domain.fields.base import Field, FileValue, Value
from app.domain.fields.number import NUMBER
from app.domain.fields.registry import accept
from app.domain.formulas.amounts import EXACT, Amount, text
from app.domain.formulas.evaluating import evaluate
from app.domain.formulas.parsing import parse
from app.domain.formulas.tree import Reference, references
from app.domain.ids import FieldId

MOST_DECIMALS = 12
"""Of a result; a third has no end, and no paper is that wide."""
MOST_ROUNDS = 10
"""A value may show a field whose value changes another; after so many rounds it stands as it is."""


@dataclass(frozen=True, slots=True)
class Computed:
    """`values` of formula fields that have one; `problems` of those whose formula fails with the answers so far."""

    values: Mapping[FieldId, Value]
    problems: Mapping[FieldId, FormulaError]


def computed(envelope: Envelope) -> Computed:
    """Every formula field, in the order of dependence; fields in a circle stay empty. Hidden fields count as empty."""
    waiting = [field for field in envelope.fields if field.formula is not None]
    if not waiting:
        return Computed({}, {})
    ordered = _by_dependence(envelope, waiting)
    found = Computed({}, {})
    entered = {name: value for name, value in envelope.values.items() if name not in {f.id for f in waiting}}
    for _ in range(MOST_ROUNDS):
        again = _round(envelope, ordered, entered, found.values)
        if again.values == found.values and again.problems.keys() == found.problems.keys():
            break
        found = again
    return found


def preview(envelope: Envelope, field: Field, formula: str) -> Value | None:
    """What the formula would give in this field with the answers and presets so far. Raises `FormulaError`."""
    values = {**envelope.values, **computed(envelope).values}
    return _result(_Names(envelope, values), field, formula)


def unknown(envelope: Envelope, formula: str) -> tuple[Reference, ...]:
    """The names in it that no field bears, for who is writing it. Raises `FormulaError`."""
    names = _Names(envelope, {})
    return tuple(reference for reference in references(parse(formula)) if not names.fields(reference))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a formula field says: the fields it names, the names no field bears, or why it cannot be read."""

    field: Field
    looked_at: tuple[Field, ...] = ()
    unknown: tuple[Reference, ...] = ()
    problem: FormulaError | None = None


def readings(envelope: Envelope) -> tuple[Reading, ...]:
    """Of every formula field."""
    formulas = [field for field in envelope.fields if field.formula is not None]
    names = _Names(envelope, {}) if formulas else None
    return tuple(_reading(names, field) for field in formulas) if names else ()


def _reading(names: "_Names", field: Field) -> Reading:
    try:
        told = references(parse(field.formula or ""))
    except FormulaError as problem:
        return Reading(field, problem=problem)
    return Reading(field, _looked_at(names, field), tuple(one for one in told if not names.fields(one)))


def cycles(envelope: Envelope) -> tuple[tuple[FieldId, ...], ...]:
    """Formulas that need their own result."""
    return circles({one.field.id: [field.id for field in one.looked_at] for one in readings(envelope)})


def _looked_at(names: "_Names", field: Field) -> tuple[Field, ...]:
    found = [one for reference in references(parse(field.formula or "0")) for one in names.fields(reference)]
    return tuple({one.id: one for one in found}.values())


def _round(
    envelope: Envelope, ordered: Sequence[Field], entered: Mapping[FieldId, Value], before: Mapping[FieldId, Value]
) -> Computed:
    values, problems = dict(entered), dict[FieldId, FormulaError]()
    hidden = {name for name, state in states(envelope, {**entered, **before}).items() if not state.shown}
    results: dict[FieldId, Value] = {}
    names = _Names(envelope, values, hidden)
    for field in ordered:
        try:
            result = _result(names, field, field.formula or "")
        except FormulaError as problem:
            problems[field.id] = problem
            continue
        if result is not None:
            values[field.id] = results[field.id] = result
    return Computed(results, problems)


def _result(names: "_Names", field: Field, formula: str) -> Value | None:
    amount = evaluate(parse(formula), formula, names.amounts)
    if amount is None:
        return None
    try:
        return accept(replace(field, required=False, read_only=False), _written(amount))
    except ValueRefused as no:
        problem = f"its result {no.value} does not fit the field"
        raise FormulaError(formula=formula, column=1, problem=problem, mend=f"Wanted: {no.expected}") from None


def _written(amount: Amount) -> str:
    if isinstance(amount, Decimal) and -int(amount.as_tuple().exponent) > MOST_DECIMALS:
        amount = amount.quantize(Decimal(1).scaleb(-MOST_DECIMALS), ROUND_HALF_UP, EXACT)
    return text(amount)


def _by_dependence(envelope: Envelope, waiting: Sequence[Field]) -> list[Field]:
    """Without those in a circle and those that need one of them."""
    names = _Names(envelope, {})
    needs = {f.id: {one.id for one in _looked_at(names, f) if one.formula is not None} for f in waiting}
    ordered: list[Field] = []
    ready = {field.id for field in envelope.fields if field.formula is None}
    while found := [field for field in waiting if field.id not in ready and needs[field.id] <= ready]:
        ordered.extend(found)
        ready.update(field.id for field in found)
    return ordered


class _Names:
    """What a name in a formula stands for: a mapping key, else a label, else an id, without regard to case. `values`
    may grow while it is asked: results are inputs of the formulas after them.
    """

    def __init__(
        self, envelope: Envelope, values: Mapping[FieldId, Value], hidden: Collection[FieldId] = frozenset()
    ) -> None:
        self._values, self._hidden = values, hidden
        self._tables: tuple[dict[str, list[Field]], ...] = ({}, {}, {})
        for field in envelope.fields:
            for table, name in zip(self._tables, (field.mapping_key, field.label, field.id), strict=True):
                if name:
                    table.setdefault(name.casefold(), []).append(field)

    def fields(self, reference: Reference) -> list[Field]:
        wanted = reference.name.casefold()
        for table in self._tables:
            found = list(self._beginning(table, wanted[:-1])) if reference.many else table.get(wanted, [])
            if found:
                return found
        return []

    def amounts(self, reference: Reference) -> list[Amount]:
        return [self._amount(field) for field in self.fields(reference)]

    @staticmethod
    def _beginning(table: Mapping[str, list[Field]], start: str) -> Iterator[Field]:
        for name, fields in table.items():
            if name.startswith(start):
                yield from fields

    def _amount(self, field: Field) -> Amount:
        if field.id in self._hidden:
            return None
        value = self._values.get(field.id, field.value if field.formula is None else None)
        match value:
            case bool():
                return value
            case FileValue():
                return value.name
            case str():
                return _typed(field, value)
            case _:
                return None


def _typed(field: Field, value: str) -> Amount:
    """Text that reads as a number or a day is one, whatever its field: people compute with what they see."""
    if not value.strip():
        return None
    if NUMBER.fullmatch(value):
        return Decimal(value)
    if field.kind in ("date", "date_signed"):
        return Day.fromisoformat(value)
    return value
