"""Changing a draft: consistent as a whole, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain import drafting, errors
from app.domain.envelope import EnvelopeStatus, Routing
from app.domain.fields.base import Constraint, Field
from app.domain.geometry import Rect
from app.domain.ids import DocumentId, EnvelopeId, FieldId
from app.domain.recipient import Action, AuthMethod, RecipientStatus
from tests.support.drafts import NOW, at, document, draft, field, finished, recipient, sent, two_signers


def refused(*fields: Field) -> errors.SpecError:
    with pytest.raises(errors.SpecError) as problem:
        drafting.set_fields(two_signers(), fields, at())
    return problem.value


def test_a_new_envelope_is_an_empty_draft_with_a_title() -> None:
    step = drafting.create(EnvelopeId("E1"), "  Lease ", at())
    assert (step.envelope.status, step.envelope.title) == (EnvelopeStatus.DRAFT, "Lease")
    assert [entry.kind for entry in step.entries] == ["created"]
    assert drafting.create(EnvelopeId("E1"), " ", at()).envelope.title == "Untitled"


def test_a_change_is_told_by_its_keys_and_not_by_its_values() -> None:
    step = drafting.change(two_signers(), at(5), message="Please", routing=Routing.PARALLEL)
    assert step.envelope.message == "Please"
    assert step.envelope.updated_at == at(5).wall
    assert [entry.facts for entry in step.entries] == [{"changed": ["message", "routing"]}]


HAPPENS = ("id", "status", "values", "version", "certificate", "sent_at", "completed_at", "nonsense")


@pytest.mark.parametrize("key", HAPPENS)
def test_what_happens_to_an_envelope_cannot_be_edited(key: str) -> None:
    with pytest.raises(errors.SpecError) as problem:
        drafting.change(two_signers(), at(), **{key: None})
    assert problem.value.path == key


def test_only_a_draft_is_changed() -> None:
    out = sent(two_signers())
    calls: list[Any] = [
        lambda: drafting.change(out, at(), title="New"),
        lambda: drafting.add_documents(out, [document(2)], at()),
        lambda: drafting.remove_document(out, DocumentId("D1"), at()),
        lambda: drafting.set_recipients(out, [], at()),
        lambda: drafting.set_fields(out, [], at()),
    ]
    for call in calls:
        with pytest.raises(errors.WrongStatus) as problem:
            call()
        assert problem.value.allowed == ["draft"]


def test_documents_come_with_their_fingerprints_and_go_with_their_fields() -> None:
    added = drafting.add_documents(two_signers(), [document(2, pages=3)], at())
    assert added.entries[0].facts == {
        "documents": [{"title": "Document 2", "pages": 3, "sha256": f"{2:064x}"}],
    }
    gone = drafting.remove_document(added.envelope, DocumentId("D1"), at())
    assert [one.id for one in gone.envelope.documents] == ["D2"]
    assert gone.envelope.fields == ()
    with pytest.raises(errors.UnknownDocument):
        drafting.remove_document(gone.envelope, DocumentId("D1"), at())


def test_the_same_document_twice_would_share_its_fields_and_is_refused() -> None:
    with pytest.raises(errors.SpecError) as problem:
        drafting.add_documents(two_signers(), [document(1)], at())
    assert problem.value.path == "documents[1].id"


def test_fields_go_with_their_recipient_and_notes_stay() -> None:
    envelope = drafting.upsert_field(two_signers(), field(9, "note", value="Draft"), at()).envelope
    step = drafting.set_recipients(envelope, [recipient("seller")], at())
    assert [one.id for one in step.envelope.fields] == ["F3", "F4", "F9"]


def test_a_field_is_placed_once_and_replaced_when_it_is_placed_again() -> None:
    envelope = two_signers()
    moved = field(2).at(Rect(1, 1, 60, 20))
    step = drafting.upsert_field(envelope, moved, at())
    assert len(step.envelope.fields) == 4
    assert step.envelope.field(FieldId("F2")).rect == Rect(1, 1, 60, 20)
    assert len(drafting.delete_fields(envelope, {FieldId("F1"), FieldId("F2")}, at()).envelope.fields) == 2


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"kind": "nonsense"}, "type"),
        ({"document": DocumentId("D9")}, "document"),
        ({"page": 0}, "page"),
        ({"page": 3}, "page"),
        ({"recipient": "witness"}, "recipient"),
        ({"recipient": None}, "recipient"),
        ({"rect": Rect(500, 10, 200, 20)}, "x"),
        ({"rect": Rect(-5, 10, 200, 20)}, "x"),
        ({"rect": Rect(10, 790, 20, 20)}, "x"),
        ({"rect": Rect(10, 10, 0.5, 20)}, "width"),
        ({"constraint": Constraint(pattern="(")}, "pattern"),
        ({"constraint": Constraint(max_length=-1)}, "max_length"),
        ({"constraint": Constraint(minimum="abc")}, "minimum"),
        ({"value": True}, "value"),
    ],
)
def test_a_field_that_cannot_be_is_refused_with_its_path(changes: dict[str, Any], key: str) -> None:
    assert refused(field(1, "signature"), replace(field(2), **changes)).path == f"fields[1].{key}"


def test_the_refusal_says_what_is_there() -> None:
    assert refused(replace(field(1), page=9)).problem == "9, the document has 2 pages"
    assert "buyer, seller" in refused(replace(field(1), recipient="x")).problem
    assert "600 x 800 pt" in refused(replace(field(1), rect=Rect(590, 0, 20, 20))).problem


def test_a_note_belongs_to_nobody() -> None:
    assert refused(replace(field(1, "note"), recipient="buyer")).path == "fields[0].recipient"


def test_two_fields_of_one_id_or_two_recipients_of_one_role_are_refused() -> None:
    assert refused(field(1), field(1)).path == "fields[1].id"
    with pytest.raises(errors.SpecError) as problem:
        drafting.set_recipients(two_signers(), [recipient("a"), recipient("b"), recipient("a")], at())
    assert problem.value.path == "recipients[2].role"


def test_a_limit_without_a_time_zone_is_no_instant() -> None:
    with pytest.raises(errors.SpecError) as problem:
        drafting.change(two_signers(), at(), expires_at=NOW.replace(tzinfo=None))
    assert problem.value.path == "expires_at"


def test_a_field_at_the_very_edge_is_on_the_page() -> None:
    step = drafting.set_fields(two_signers(), [field(1).at(Rect(400, 780, 200, 20))], at())
    assert len(step.envelope.fields) == 1


def test_a_copy_is_a_draft_with_nothing_of_what_happened() -> None:
    secret = AuthMethod("access_code", "hash")
    people = (recipient("buyer", auth=(secret,), email="a@example.com"), recipient("file", 2, Action.COPY))
    original = draft(people, (field(1, "signature"), field(2)), expires_at=NOW + timedelta(days=1), metadata={"a": "b"})
    done = replace(finished(replace(sent(original), recipients=sent(original).recipients), "buyer"), version=7)
    step = drafting.copy_of(done, EnvelopeId("E2"), at(9))
    copy = step.envelope
    assert (copy.id, copy.status, copy.version, copy.values) == (EnvelopeId("E2"), EnvelopeStatus.DRAFT, 0, {})
    assert copy.fields == original.fields
    assert copy.documents == original.documents
    assert copy.recipients == original.recipients
    assert {one.status for one in copy.recipients} == {RecipientStatus.WAITING}
    assert copy.metadata == {"a": "b"}
    assert step.entries[0].facts["copied_from"] == done.id


def test_a_copy_does_not_take_over_a_limit_that_has_passed() -> None:
    envelope = two_signers(expires_at=NOW + timedelta(minutes=5))
    assert drafting.copy_of(envelope, EnvelopeId("E2"), at(5)).envelope.expires_at is None
    assert drafting.copy_of(envelope, EnvelopeId("E2"), at(4)).envelope.expires_at == envelope.expires_at
