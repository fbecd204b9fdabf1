"""The envelope as a value: finding things in it, and what stands where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain import errors
from app.domain.envelope import EnvelopeStatus
from app.domain.fields.base import Field
from app.domain.geometry import Rect
from app.domain.ids import DocumentId, FieldId, Sha256
from tests.support.drafts import document, draft, field, recipient, two_signers


def test_things_are_found_by_their_names() -> None:
    envelope = two_signers()
    assert envelope.recipient("seller").role == "seller"
    assert envelope.document(DocumentId("D1")).title == "Document 1"
    assert envelope.number_of(DocumentId("D1")) == 1
    assert envelope.field(FieldId("F2")).kind == "text"


def test_what_is_not_there_is_an_error_that_names_what_is() -> None:
    envelope = two_signers()
    with pytest.raises(errors.UnknownRole) as role:
        envelope.recipient("witness")
    assert role.value.roles == ["buyer", "seller"]
    with pytest.raises(errors.UnknownDocument) as missing:
        envelope.document(DocumentId("D9"))
    assert missing.value.known == ["Document 1"]
    with pytest.raises(errors.UnknownField) as unknown:
        envelope.field(FieldId("F9"))
    assert unknown.value.known == ["Field 1", "Field 2", "Field 3", "Field 4"]


def test_fields_are_read_by_document_then_page_then_line_then_from_the_left() -> None:
    def placed(name: str, on: str, page: int, x: float, y: float) -> Field:
        return replace(field(1), id=FieldId(name), document=DocumentId(on), page=page, rect=Rect(x, y, 50, 12))

    fields = (
        placed("second-document", "D2", 1, 0, 0),
        placed("second-page", "D1", 2, 0, 0),
        placed("right", "D1", 1, 300, 99),
        placed("left", "D1", 1, 20, 101),
        placed("top", "D1", 1, 400, 10),
    )
    envelope = draft((recipient("buyer"),), fields, documents=2)
    found = [one.id for one in envelope.fields_of("buyer")]
    assert found == ["top", "left", "right", "second-page", "second-document"]
    assert [one.id for one in envelope.fields_of("buyer", DocumentId("D2"))] == ["second-document"]
    assert envelope.fields_of("seller") == ()


@pytest.mark.parametrize("top", [0, 2, 3, 5, 8.9, 9, 99, 100])
def test_fields_placed_by_eye_on_one_line_are_read_from_the_left_wherever_the_line_is(top: float) -> None:
    fields = (field(1).at(Rect(300, top, 50, 12)), field(2).at(Rect(20, top + 5, 50, 12)))
    below = field(3).at(Rect(10, top + 7, 50, 12))
    envelope = draft((recipient("buyer"),), (below, *fields))
    assert [one.id for one in envelope.fields_of("buyer")] == ["F2", "F1", "F3"]


def test_what_was_entered_comes_before_what_the_sender_wrote() -> None:
    one = replace(field(2), value="sender's")
    envelope = draft((recipient("buyer"),), (one,))
    assert envelope.value_of(one) == "sender's"
    assert replace(envelope, values={one.id: ""}).value_of(one) == ""


def test_the_bytes_of_a_document_are_those_of_its_latest_state() -> None:
    one = document()
    assert (one.latest, one.base) == (one.original, one.original)
    normal, laid, sealed = (Sha256(letter * 64) for letter in "def")
    one = replace(one, normalised=normal)
    assert (one.latest, one.base) == (normal, normal)
    one = replace(one, prepared=laid)
    assert (one.latest, one.base) == (laid, normal)
    assert replace(one, current=sealed).latest == sealed


def test_one_document_or_recipient_is_replaced_and_the_others_stay() -> None:
    envelope = draft((recipient("a"), recipient("b")), (), documents=2)
    renamed = envelope.with_recipient(replace(envelope.recipients[1], name="New"))
    assert [one.name for one in renamed.recipients] == ["A", "New"]
    retitled = envelope.with_documents([replace(envelope.documents[0], title="New")])
    assert [one.title for one in retitled.documents] == ["New", "Document 2"]


def test_a_status_that_is_required_is_required() -> None:
    envelope = two_signers()
    envelope.require("edit", EnvelopeStatus.DRAFT, EnvelopeStatus.OUT)
    with pytest.raises(errors.WrongStatus):
        envelope.require("void", EnvelopeStatus.OUT)
