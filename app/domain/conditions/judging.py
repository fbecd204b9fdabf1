"""Whether a condition says anything: one that always or never holds is a slip of who wrote it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date as Day
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import islice, product

from app.domain import errors
from app.domain.conditions.states import met
from app.domain.conditions.testing import comparable
from app.domain.envelope import Envelope
from app.domain.fields.base import Field, Value
from app.domain.fields.condition import Condition, Op, Test
from app.domain.fields.registry import accept, kind_of
from app.domain.ids import FieldId
from app.domain.mark import Mark

MOST_CASES = 20_000
"""Combinations of answers that are tried; a condition with more is taken to depend."""


class Verdict(StrEnum):
    """Over all answers that may be given."""

    ALWAYS = "always"
    NEVER = "never"
    DEPENDS = "depends"


def verdict(envelope: Envelope, condition: Condition) -> Verdict:
    """Tries an answer of every sort the tests tell apart, as a person with a pencil would. A required field counts as
    filled in, since it will be. A field that is gone counts as empty.
    """
    known = {field.id: field for field in envelope.fields}
    tests = [test for group in condition.groups for test in group.tests]
    names = condition.looks_at
    cases = [_answers(known.get(name), [t for t in tests if t.field == name]) for name in names]
    seen: set[bool] = set()
    for number, combination in enumerate(product(*cases)):
        seen.add(met(condition, dict(zip(names, combination, strict=True))))
        if len(seen) == 2 or number >= MOST_CASES:
            return Verdict.DEPENDS
    return Verdict.ALWAYS if seen == {True} else Verdict.NEVER


def cycles(envelope: Envelope) -> tuple[tuple[FieldId, ...], ...]:
    """Fields whose conditions go round in a circle: each circle once, in order, beginning with its first field. A
    condition of a document is one of all its fields.
    """
    of_documents = {d.id: [n for c in d.conditions for n in c.looks_at] for d in envelope.documents}
    edges = {
        field.id: [*(n for c in field.conditions for n in c.looks_at), *of_documents.get(field.document, [])]
        for field in envelope.fields
    }
    return circles(edges)


def circles(edges: dict[FieldId, list[FieldId]]) -> tuple[tuple[FieldId, ...], ...]:
    """The circles a walk along the edges meets, at least one in every knot."""
    done: set[FieldId] = set()
    found: dict[frozenset[FieldId], tuple[FieldId, ...]] = {}
    for start in edges:
        path: list[FieldId] = []
        walks: list[Iterator[FieldId]] = [iter([start])]
        while walks:
            step = next(walks[-1], None)
            if step is None:
                walks.pop()
                if path:
                    done.add(path.pop())
            elif step in path:
                circle = tuple(path[path.index(step) :])
                found.setdefault(frozenset(circle), circle)
            elif step not in done and step in edges:
                path.append(step)
                walks.append(iter(edges[step]))
    return tuple(found.values())


def _answers(field: Field | None, tests: list[Test]) -> list[Value | None]:
    """One of every sort the tests tell apart, among those the field takes."""
    if field is None:
        return [None]
    if field.read_only and field.formula is None:
        return [field.value]
    match field.kind:
        case "checkbox":
            return [True] if field.required else [True, False]
        case "radio" | "dropdown":
            return [*field.options, *([] if field.required else [None])]
        case "signature" | "initials":
            return [Mark("typed", text="x"), *([] if field.required else [None])]
    candidates = dict.fromkeys(islice(_texts(field, tests), 200))
    fitting: list[Value | None] = [text for text in candidates if _fits(field, text)]
    return [*fitting, *([] if field.required else [None])] or [None]


def _texts(field: Field, tests: Iterable[Test]) -> Iterator[str]:
    """Every value that is compared with, and neighbours on both sides of it."""
    yield from {"number": ("0", "1"), "date": ("2026-01-31",)}.get(field.kind, ("something else",))
    for bound in (field.constraint.minimum, field.constraint.maximum):
        yield from _around(bound or "")
    contained = [test.value for test in tests if test.op is Op.CONTAINS]
    for test in tests:
        yield test.value
        yield from _around(test.value)
        yield f"{test.value} and more"
    yield " ".join(contained)


def _around(text: str) -> Iterator[str]:
    match comparable(text):
        case Decimal() as number:
            yield from (format(number + step, "f") for step in (0, -1, 1, Decimal("0.5")))
        case Day() as day if Day.min < day < Day.max:
            yield from (day.isoformat(), (day - timedelta(1)).isoformat(), (day + timedelta(1)).isoformat())


def _fits(field: Field, text: str) -> bool:
    if not text:
        return False
    if field.kind not in ("text", "number", "date") or kind_of(field).automatic:
        return True
    try:
        accept(replace(field, read_only=False), text)
    except errors.ValueRefused:
        return False
    return True
