"""Settling a finding of preflight by itself, where there is one sensible way; every mend is a step like any other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from app.domain import drafting, errors
from app.domain.changes import Changes
from app.domain.envelope import Document, Envelope, SealingMode
from app.domain.fields.base import Field, FormType
from app.domain.fields.condition import Condition, Group
from app.domain.fields.plausible import longest_plausible, overflows
from app.domain.fields.registry import KINDS, kind_of
from app.domain.finding import Finding
from app.domain.geometry import Rect, Size
from app.domain.ids import DocumentId, EnvelopeId, FieldId
from app.domain.recipient import Action, Recipient
from app.services.drafting import new_field, record
from app.services.house import House

MARGIN_PT, GAP_PT = 54.0, 6.0
DAYS_AHEAD = 30


@dataclass(frozen=True)
class Case:
    """A finding, where it was found, and what the mend may use."""

    house: House
    envelope: Envelope
    finding: Finding


Mend = Callable[[Case], dict[str, Any]]
"""Gives the top-level keys of the draft to replace."""


def can_mend(finding: Finding) -> bool:
    return finding.code in MENDS


def mend(house: House, envelope_id: str, finding: Finding) -> Changes:
    """Raises `NothingToMend` where only a person can decide."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    if not can_mend(finding):
        raise errors.NothingToMend(code=finding.code)
    changes = MENDS[finding.code](Case(house, envelope, finding))
    return record(house, drafting.change(envelope, house.moment(), **changes))


def _later(case: Case) -> dict[str, Any]:
    return {"expires_at": case.house.clock.now() + timedelta(days=case.house.settings.expires_after_days or DAYS_AHEAD)}


def _named_by_role(case: Case) -> dict[str, Any]:
    """From the address where there is one, else from the role."""
    mine = case.envelope.recipient(case.finding.role or "")
    name = mine.email.partition("@")[0] or mine.role
    told = " ".join(part for part in name.replace(".", " ").replace("_", " ").title().split())
    return _recipients(case.envelope, replace(mine, name=told or "Signer"))


def _sign_where(case: Case) -> dict[str, Any]:
    """A signature at the foot of the last page of the first document, over whatever fields are there already."""
    if not case.envelope.documents:
        raise errors.NothingToMend(code=case.finding.code)
    document = case.envelope.documents[0]
    size, page = KINDS["signature"].default_size, len(document.pages)
    taken = [f.rect for f in case.envelope.fields if f.document == document.id and f.page == page]
    place = _free(document.pages[page - 1].size, size, taken)
    made = new_field(case.house, case.envelope, "signature", document.id, page, place, case.finding.role)
    return {"fields": (*case.envelope.fields, made)}


def _free(page: Size, size: Size, taken: list[Rect]) -> Rect:
    """From the foot upwards, left before right; the foot itself where the page is full."""
    y = page.height - MARGIN_PT - size.height
    while y >= MARGIN_PT:
        for x in (MARGIN_PT, page.width - MARGIN_PT - size.width):
            place = Rect(max(x, 0.0), y, size.width, size.height).clamped(page)
            if not any(place.overlap(other) for other in taken):
                return place
        y -= size.height + GAP_PT
    return Rect(MARGIN_PT, max(0.0, page.height - MARGIN_PT - size.height), size.width, size.height).clamped(page)


def _let_sign(case: Case) -> dict[str, Any]:
    """Who has fields acts: with a signature they sign, without they approve."""
    mine = {field.kind for field in case.envelope.fields if field.recipient == case.finding.role}
    action = Action.SIGN if "signature" in mine else Action.APPROVE
    return _recipients(case.envelope, replace(case.envelope.recipient(case.finding.role or ""), action=action))


def _without_recipient(case: Case) -> dict[str, Any]:
    return {"recipients": tuple(r for r in case.envelope.recipients if r.role != case.finding.role)}


def _larger(case: Case) -> dict[str, Any]:
    def grown(field: Field, page: Size) -> Field:
        least = kind_of(field).minimum_size
        size = Size(max(field.rect.width, least.width), max(field.rect.height, least.height))
        return field.at(Rect(field.rect.x, field.rect.y, size.width, size.height).clamped(page))

    return _one_field(case.envelope, case.finding, grown)


def _roomy(case: Case) -> dict[str, Any]:
    """Wider first, to the edge of the page, then higher; a size chosen for the letters gives way last."""

    def grown(field: Field, page: Size) -> Field:
        for wider in _wider(field, page):
            styled = case.envelope.styled(wider)
            if not overflows(styled, longest_plausible(styled), case.house.metrics):
                return wider
        raise errors.NothingToMend(code=case.finding.code)

    return _one_field(case.envelope, case.finding, grown)


def _wider(field: Field, page: Size) -> Iterator[Field]:
    for shrinking in (False, True):
        style = replace(field.style, size_pt=None) if shrinking else field.style
        for down in range(12):
            for across in range(24):
                width = min(field.rect.width + 12 * across, page.width)
                height = min(field.rect.height + 6 * down, page.height)
                rect = Rect(field.rect.x, field.rect.y, width, height).clamped(page)
                yield replace(field, rect=rect, style=style)


def _apart(case: Case) -> dict[str, Any]:
    """To the nearest place of the same page where it lies on no other field: down, up, right or left."""

    def moved(field: Field, page: Size) -> Field:
        others = [
            other.rect
            for other in case.envelope.fields
            if other.id != field.id and (other.document, other.page) == (field.document, field.page)
        ]
        for rect in _ways_out(field.rect, others):
            if rect.within(page) and not any(rect.overlap(other) > 0.01 for other in others):
                return field.at(rect)
        raise errors.NothingToMend(code=case.finding.code)

    return _one_field(case.envelope, case.finding, moved)


def _ways_out(rect: Rect, others: list[Rect]) -> list[Rect]:
    """Beside, above and below each of the others, the shortest way first."""
    places = [
        place
        for other in others
        for place in (
            replace(rect, y=other.bottom + GAP_PT),
            replace(rect, y=other.y - GAP_PT - rect.height),
            replace(rect, x=other.right + GAP_PT),
            replace(rect, x=other.x - GAP_PT - rect.width),
        )
    ]
    return sorted(places, key=lambda place: (abs(place.x - rect.x) + abs(place.y - rect.y), place.y, place.x))


def _onto_page(case: Case) -> dict[str, Any]:
    field = case.envelope.field(case.finding.field or FieldId(""))
    document = case.envelope.document(field.document)
    page = min(max(field.page, 1), len(document.pages))
    return _fields(case.envelope, {field.id: field.at(field.rect.clamped(document.pages[page - 1].size), page)})


def _another_key(case: Case) -> dict[str, Any]:
    """The kind is put behind the key, in every field of that key and kind: those still share their answer."""
    odd = case.envelope.field(case.finding.field or FieldId(""))
    taken = {field.mapping_key for field in case.envelope.fields}
    key, number = f"{odd.mapping_key}_{odd.kind}", 2
    while key in taken:
        key, number = f"{odd.mapping_key}_{odd.kind}_{number}", number + 1
    alike = (f for f in case.envelope.fields if (f.mapping_key, f.kind) == (odd.mapping_key, odd.kind))
    return _fields(case.envelope, {field.id: replace(field, mapping_key=key) for field in alike})


def _signatures_only(case: Case) -> dict[str, Any]:
    """Nothing else may be added to a signed document."""
    kept = (
        f for f in case.envelope.fields if f.document != case.finding.document or kind_of(f).form is FormType.SIGNATURE
    )
    return {"fields": tuple(kept)}


def _without_document(case: Case) -> dict[str, Any]:
    """With its fields: nothing can be done to it that would leave its certification whole."""
    return {
        "documents": tuple(d for d in case.envelope.documents if d.id != case.finding.document),
        "fields": tuple(f for f in case.envelope.fields if f.document != case.finding.document),
    }


def _without_condition(case: Case) -> dict[str, Any]:
    """All conditions of the field, or of the document: shown and enabled is what is meant when nothing is said."""
    if case.finding.field is not None:
        return _fields(
            case.envelope, {case.finding.field: replace(case.envelope.field(case.finding.field), conditions=())}
        )
    return _documents(case.envelope, case.finding, ())


def _without_the_gone(case: Case) -> dict[str, Any]:
    """Only the tests that look at a field that is gone."""
    known = {field.id for field in case.envelope.fields}
    if case.finding.field is not None:
        field = case.envelope.field(case.finding.field)
        return _fields(case.envelope, {field.id: replace(field, conditions=_known_only(field.conditions, known))})
    document = case.envelope.document(case.finding.document or DocumentId(""))
    return _documents(case.envelope, case.finding, _known_only(document.conditions, known))


def _known_only(conditions: tuple[Condition, ...], known: set[FieldId]) -> tuple[Condition, ...]:
    left: list[Condition] = []
    for condition in conditions:
        groups = (tuple(test for test in group.tests if test.field in known) for group in condition.groups)
        kept = tuple(Group(t, g.match) for t, g in zip(groups, condition.groups, strict=True) if t)
        if kept:
            left.append(replace(condition, groups=kept))
    return tuple(left)


def _one_field(envelope: Envelope, finding: Finding, change: Callable[[Field, Size], Field]) -> dict[str, Any]:
    field = envelope.field(finding.field or FieldId(""))
    size = envelope.document(field.document).pages[field.page - 1].size
    return _fields(envelope, {field.id: change(field, size)})


def _fields(envelope: Envelope, changed: Mapping[FieldId, Field]) -> dict[str, Any]:
    return {"fields": tuple(changed.get(field.id, field) for field in envelope.fields)}


def _documents(envelope: Envelope, finding: Finding, conditions: tuple[Condition, ...]) -> dict[str, Any]:
    def mended(document: Document) -> Document:
        return replace(document, conditions=conditions) if document.id == finding.document else document

    return {"documents": tuple(map(mended, envelope.documents))}


def _recipients(envelope: Envelope, changed: Recipient) -> dict[str, Any]:
    return {"recipients": tuple(changed if r.id == changed.id else r for r in envelope.recipients)}


MENDS: dict[str, Mend] = {
    "expires_in_the_past": _later,
    "recipient_without_name": _named_by_role,
    "signer_without_signature": _sign_where,
    "fields_of_a_reader": _let_sign,
    "recipient_unused": _without_recipient,
    "field_too_small": _larger,
    "text_does_not_fit": _roomy,
    "fields_overlap": _apart,
    "field_off_page": _onto_page,
    "key_with_two_kinds": _another_key,
    "required_never_shown": _without_condition,
    "condition_never": _without_condition,
    "condition_always": _without_condition,
    "condition_cycle": _without_condition,
    "condition_broken": _without_the_gone,
    "certified_against_changes": _without_document,
    "signed_document_takes_signatures_only": _signatures_only,
    "signed_document_needs_each_recipient": lambda _: {"sealing": SealingMode.EACH_RECIPIENT},
}
"""The other findings need a person: a document, a recipient, a formula or an order only they can know."""
