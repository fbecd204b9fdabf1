"""The form of a frozen document: names, and one signature field for each recipient who seals."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import errors
from app.domain.envelope import Envelope, SealingMode
from app.domain.fields.base import FormType
from app.domain.fields.registry import KINDS
from app.domain.freezing import form_of, form_of_recipient, pdf_names, slug
from app.domain.ids import DocumentId, EnvelopeId
from app.domain.recipient import Action
from tests.support.drafts import draft, field, recipient, two_signers

ROLES = ("buyer", "Buyer", "bu.yer", "bu yer", "\u4e70\u65b9", "\u5356\u65b9")


@st.composite
def envelopes(draw: st.DrawFn) -> Envelope:
    roles = draw(st.lists(st.sampled_from(ROLES), min_size=1, unique=True))
    people = [recipient(role, action=draw(st.sampled_from(list(Action)))) for role in roles]
    for_whom = st.sampled_from(roles)
    placed = draw(st.lists(st.tuples(st.sampled_from(sorted(KINDS)), for_whom, st.integers(1, 3)), max_size=15))
    fields = [
        field(number, kind, role, document=DocumentId(f"D{on}")) for number, (kind, role, on) in enumerate(placed)
    ]
    return draft(people, fields, documents=3)


@given(envelopes())
def test_names_are_unique_in_a_document_have_no_dots_and_stay_the_same(envelope: Envelope) -> None:
    for document in envelope.documents:
        names = [laid.pdf_name for laid in form_of(envelope, document)]
        assert len(names) == len(set(names))
        assert all(name.isascii() and name.replace("_", "").isalnum() for name in names)
        assert names == [laid.pdf_name for laid in form_of(replace(envelope, title="Other"), document)]


@given(envelopes())
def test_who_seals_has_one_signature_field_in_every_document_and_nobody_else_has(envelope: Envelope) -> None:
    sealing = Counter(one.role for one in envelope.recipients if one.action.seals)
    for document in envelope.documents:
        laid = form_of(envelope, document)
        assert Counter(one.recipient for one in laid if one.form is FormType.SIGNATURE) == sealing


@given(envelopes())
def test_every_field_of_who_seals_and_every_note_is_laid_once_in_its_own_document(envelope: Envelope) -> None:
    sealing = {one.role for one in envelope.recipients if one.action.seals}
    for document in envelope.documents:
        laid = [one.field.id for one in form_of(envelope, document) if one.field is not None]
        here = [f for f in envelope.fields if f.document == document.id]
        assert sorted(laid) == sorted(f.id for f in here if f.recipient in sealing or f.recipient is None)


@given(envelopes())
def test_the_names_of_all_fields_are_those_of_their_documents(envelope: Envelope) -> None:
    one_by_one = {
        laid.field.id: laid.pdf_name
        for document in envelope.documents
        for laid in form_of(envelope, document)
        if laid.field is not None
    }
    assert pdf_names(envelope) == one_by_one


@given(envelopes())
def test_a_recipients_lock_covers_their_fields_and_their_signature_and_nothing_of_others(envelope: Envelope) -> None:
    for document in envelope.documents:
        locked: list[str] = []
        for one in envelope.recipients:
            if one.action.seals:
                form = form_of_recipient(envelope, document, one.role)
                assert form.signature.form is FormType.SIGNATURE
                locked += form.lock
        everything = [laid.pdf_name for laid in form_of(envelope, document) if laid.recipient is not None]
        assert sorted(locked) == sorted(everything)


def test_a_file_that_was_sealed_here_and_comes_in_again_gets_fields_of_other_names() -> None:
    first = two_signers()
    again = replace(first, id=EnvelopeId("01J0000000000000000000ABCD"))
    names = [{laid.pdf_name for laid in form_of(one, one.documents[0])} for one in (first, again)]
    assert names[0].isdisjoint(names[1])


def test_only_the_first_signature_field_seals_and_further_ones_show_the_mark() -> None:
    fields = (field(0, "signature"), field(2, "signature"), field(4, "initials"))
    envelope = draft((recipient("buyer"),), fields)
    laid = form_of(envelope, envelope.documents[0])
    assert [one.form for one in laid] == [FormType.SIGNATURE, FormType.TEXT, FormType.TEXT]


def test_who_approves_without_a_place_seals_invisibly() -> None:
    envelope = draft((recipient("boss", action=Action.APPROVE),), ())
    (laid,) = form_of(envelope, envelope.documents[0])
    assert (laid.form, laid.field, laid.pdf_name) == (FormType.SIGNATURE, None, "Paraph_000000_1_boss_seal")


def test_notes_are_part_of_the_page_and_not_of_the_form() -> None:
    envelope = draft((recipient("buyer"),), (field(1, "note"), field(2, "note")))
    notes = [one for one in form_of(envelope, envelope.documents[0]) if one.recipient is None]
    assert [(one.pdf_name, one.form) for one in notes] == [("note_1", FormType.NONE), ("note_2", FormType.NONE)]


def test_sealed_once_at_completion_a_document_needs_no_form() -> None:
    envelope = two_signers(sealing=SealingMode.AT_COMPLETION)
    assert form_of(envelope, envelope.documents[0]) == ()


def test_who_closes_no_revision_has_no_form_of_their_own() -> None:
    envelope = draft((recipient("file", action=Action.COPY),), ())
    with pytest.raises(errors.FieldNotInDocument):
        form_of_recipient(envelope, envelope.documents[0], "file")


@pytest.mark.parametrize(("text", "name"), [("a.b c", "a_b_c"), ("..", "x"), ("", "x"), ("Käufer", "K_ufer")])
def test_a_name_without_dots_is_made_of_anything(text: str, name: str) -> None:
    assert slug(text) == name
