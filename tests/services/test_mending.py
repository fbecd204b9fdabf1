"""Every finding the program can settle is settled by its mend, and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.domain.envelope import Envelope, SealingMode
from app.domain.fields.base import Field, TextStyle
from app.domain.fields.condition import Condition, Effect, Group, Op, Test
from app.domain.finding import Finding, Severity
from app.domain.geometry import Rect
from app.domain.ids import FieldId
from app.domain.recipient import Action, Recipient
from app.domain.steps import step
from app.services import checking, drafting, finding_words, mending, reading, sending
from app.services.house import House
from tests.support import leases


def put(house: House, envelope_id: str, **changes: Any) -> None:
    """As it may come from elsewhere: past the rules of drafting, where they would refuse it."""
    envelope = reading.envelope(house, envelope_id)
    house.library.record(step(replace(envelope, **changes), "edited", "sender", house.moment(), changed=[]))


def text(envelope: Envelope, number: int, **more: Any) -> Field:
    usual: dict[str, Any] = {"rect": Rect(300, 400 + 40 * number, 160, 24), "label": f"Extra {number}"}
    return Field(FieldId(f"X{number}"), "text", envelope.documents[0].id, 1, recipient="buyer", **{**usual, **more})


def with_fields(*extra: Callable[[Envelope], Field]) -> Callable[[Envelope], dict[str, Any]]:
    return lambda envelope: {"fields": (*envelope.fields, *(one(envelope) for one in extra))}


def shown_when(*tests: Test) -> tuple[Condition, ...]:
    return (Condition(Effect.SHOW, (Group(tests),)),)


def person(envelope: Envelope, **more: Any) -> dict[str, Any]:
    first, *others = envelope.recipients
    return {"recipients": (replace(first, **more), *others)}


ONE, TWO = FieldId("X1"), FieldId("X2")
NEVER = shown_when(Test(ONE, Op.FILLED), Test(ONE, Op.EMPTY))
FAULTS: dict[str, Callable[[Envelope], dict[str, Any]]] = {
    "expires_in_the_past": lambda e: {"expires_at": e.created_at - timedelta(days=1)},
    "recipient_without_name": lambda e: person(e, name=" ", email="jane.smith@example.com"),
    "signer_without_signature": lambda e: {"fields": tuple(f for f in e.fields if f.kind != "signature")},
    "fields_of_a_reader": lambda e: person(e, action=Action.VIEW),
    "recipient_unused": lambda e: {
        "recipients": (*e.recipients, Recipient(e.recipients[0].id, "witness", "Wim", action=Action.WITNESS, order=9))
    },
    "field_too_small": with_fields(lambda e: text(e, 1, rect=Rect(300, 500, 10, 5))),
    "text_does_not_fit": with_fields(lambda e: text(e, 1, rect=Rect(560, 400, 30, 12), style=TextStyle(size_pt=10))),
    "fields_overlap": with_fields(
        lambda e: text(e, 1), lambda e: text(e, 2, rect=Rect(310, 445, 160, 24)), lambda e: text(e, 3)
    ),
    "field_off_page": with_fields(lambda e: text(e, 1, rect=Rect(580, 830, 100, 24))),
    "key_with_two_kinds": with_fields(
        lambda e: text(e, 1, mapping_key="k"), lambda e: replace(text(e, 2, mapping_key="k"), kind="number")
    ),
    "required_never_shown": with_fields(lambda e: text(e, 1), lambda e: text(e, 2, conditions=NEVER)),
    "condition_never": with_fields(lambda e: text(e, 1), lambda e: text(e, 2, conditions=NEVER, required=False)),
    "condition_always": with_fields(
        lambda e: text(e, 1), lambda e: text(e, 2, conditions=shown_when(Test(ONE, Op.FILLED)))
    ),
    "condition_cycle": with_fields(
        lambda e: text(e, 1, required=False, conditions=shown_when(Test(TWO, Op.FILLED))),
        lambda e: text(e, 2, required=False, conditions=shown_when(Test(ONE, Op.FILLED))),
    ),
    "condition_broken": with_fields(
        lambda e: text(e, 1, required=False),
        lambda e: text(e, 2, conditions=shown_when(Test(ONE, Op.FILLED), Test(FieldId("gone"), Op.FILLED))),
    ),
    "certified_against_changes": lambda e: {"documents": (replace(e.documents[0], certification=1),)},
    "signed_document_takes_signatures_only": lambda e: {"documents": (replace(e.documents[0], prior_signatures=1),)},
    "signed_document_needs_each_recipient": lambda e: {
        "documents": (replace(e.documents[0], prior_signatures=1),),
        "sealing": SealingMode.AT_COMPLETION,
        "fields": tuple(f for f in e.fields if f.kind == "signature"),
    },
}


def found(house: House, envelope_id: str, code: str) -> list[Finding]:
    words = checking.findings(house, reading.envelope(house, envelope_id))
    assert all(one.mendable == mending.can_mend(one.finding) for one in words)
    return [one.finding for one in words if one.finding.code == code]


@pytest.mark.parametrize("code", sorted(mending.MENDS))
def test_a_mend_settles_its_finding_in_one_step(house: House, tmp_path: Path, code: str) -> None:
    envelope_id = leases.draft(house, tmp_path)
    put(house, envelope_id, **FAULTS[code](reading.envelope(house, envelope_id)))
    first, *others = found(house, envelope_id, code)
    before = reading.envelope(house, envelope_id).version
    mending.mend(house, envelope_id, first)
    assert len(found(house, envelope_id, code)) == len(others)
    after = reading.envelope(house, envelope_id)
    assert after.version == before + 1
    pages = {d.id: d.pages for d in after.documents}
    assert all(f.rect.within(pages[f.document][f.page - 1].size) for f in after.fields)


def test_every_mend_has_words_and_its_fault_here() -> None:
    assert set(mending.MENDS) == set(FAULTS)
    assert set(mending.MENDS) <= set(finding_words.TABLE)


@pytest.mark.parametrize("code", sorted(set(finding_words.TABLE) - set(mending.MENDS)))
def test_what_a_person_must_decide_is_left_to_them(house: House, tmp_path: Path, code: str) -> None:
    envelope_id = leases.draft(house, tmp_path)
    with pytest.raises(errors.NothingToMend):
        mending.mend(house, envelope_id, Finding(code, Severity.ERROR))


def test_a_placed_signature_lies_on_nothing_and_lets_the_envelope_be_sent(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    envelope = reading.envelope(house, envelope_id)
    kept = [f for f in envelope.fields if f.kind != "signature"]
    drafting.set_fields(house, envelope_id, kept)
    with pytest.raises(errors.PreflightFailed):
        sending.send(house, envelope_id)
    while findings := found(house, envelope_id, "signer_without_signature"):
        mending.mend(house, envelope_id, findings[0])
    placed = [f for f in reading.envelope(house, envelope_id).fields if f.kind == "signature"]
    assert [f.recipient for f in placed] == ["buyer", "seller"]
    assert placed[0].rect.overlap(placed[1].rect) == 0
    sending.send(house, envelope_id)


def test_a_name_is_made_of_the_address(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    put(house, envelope_id, **FAULTS["recipient_without_name"](reading.envelope(house, envelope_id)))
    mending.mend(house, envelope_id, found(house, envelope_id, "recipient_without_name")[0])
    assert reading.envelope(house, envelope_id).recipients[0].name == "Jane Smith"


def test_warnings_do_not_stand_in_the_way_of_sending(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    put(house, envelope_id, **FAULTS["fields_overlap"](reading.envelope(house, envelope_id)))
    put(house, envelope_id, **FAULTS["condition_always"](reading.envelope(house, envelope_id)) | {
        "fields": reading.envelope(house, envelope_id).fields})  # fmt: skip
    words = checking.findings(house, reading.envelope(house, envelope_id))
    assert {one.finding.severity for one in words} == {Severity.WARNING}
    sending.send(house, envelope_id)


def test_an_overlap_says_how_much(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    put(house, envelope_id, **FAULTS["fields_overlap"](reading.envelope(house, envelope_id)))
    assert "%" in found(house, envelope_id, "fields_overlap")[0].subject
