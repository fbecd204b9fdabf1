"""Rebinding documents: where fields go, and who may."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import errors, paging
from app.domain.envelope import Document, Envelope
from app.domain.geometry import PageGeometry, Rect
from app.domain.ids import DocumentId
from app.domain.paging import Bound, Leaf
from tests.support.drafts import at, document, draft, field, recipient, sent, two_signers

FIRST, SECOND = DocumentId("D1"), DocumentId("D2")


def with_fields() -> Envelope:
    """Two documents of two pages, a field on each page."""
    places = [(FIRST, 1), (FIRST, 2), (SECOND, 1), (SECOND, 2)]
    fields = [replace(field(n), document=d, page=p) for n, (d, p) in enumerate(places, start=1)]
    return draft((recipient("buyer"),), fields, documents=2)


def bound(one: Document, leaves: list[Leaf]) -> Bound:
    """Pages keep their shape, turned as the leaves say."""
    shapes = tuple(replace(PageGeometry(0, 0, 600, 800), rotate=90 * leaf.turns % 360) for leaf in leaves)
    return Bound(replace(one, pages=shapes), tuple(leaves))


def where(envelope: Envelope) -> dict[str, tuple[str, int]]:
    return {one.id: (one.document, one.page) for one in envelope.fields}


def test_fields_follow_their_pages_into_another_document() -> None:
    envelope = with_fields()
    leaves = [Leaf(SECOND, 2), Leaf(""), Leaf(FIRST, 1)]
    step = paging.rebind(envelope, [FIRST, SECOND], [bound(document(1), leaves)], "merged", at())
    assert where(step.envelope) == {"F1": (FIRST, 3), "F4": (FIRST, 1)}
    assert [one.id for one in step.envelope.documents] == [FIRST]
    assert step.entries[0].kind == "pages_changed"
    assert step.entries[0].facts["done"] == "merged"


def test_other_documents_keep_their_place_and_their_fields() -> None:
    envelope = with_fields()
    parts = [bound(document(1), [Leaf(FIRST, 1)]), bound(document(3), [Leaf(FIRST, 2)])]
    after = paging.rebind(envelope, [FIRST], parts, "split", at()).envelope
    assert [one.id for one in after.documents] == ["D1", "D3", "D2"]
    assert where(after) == {"F1": ("D1", 1), "F2": ("D3", 1), "F3": ("D2", 1), "F4": ("D2", 2)}


@given(turns=st.integers(1, 3), x=st.floats(0, 400), y=st.floats(0, 700))
def test_a_field_turned_all_the_way_round_is_where_it_was(turns: int, x: float, y: float) -> None:
    envelope = draft((recipient("buyer"),), [replace(field(1), rect=Rect(x, y, 150, 40))])
    shape = document(1).pages[0]
    for _ in range(4):
        (one,) = envelope.documents
        shape = replace(shape, rotate=(shape.rotate + 90 * turns) % 360)
        leaves = (Leaf(FIRST, 1, turns=turns), Leaf(FIRST, 2))
        made = Bound(replace(one, pages=(shape, one.pages[1])), leaves)
        envelope = paging.rebind(envelope, [FIRST], [made], "rotated", at()).envelope
    (found,) = envelope.fields
    assert found.rect.x == pytest.approx(x)
    assert found.rect.y == pytest.approx(y)


def test_restoring_puts_documents_and_fields_back() -> None:
    envelope = with_fields()
    after = paging.rebind(envelope, [FIRST], [bound(document(1), [Leaf(FIRST, 2)])], "deleted", at()).envelope
    assert "F1" not in where(after)
    back = paging.restored(after, envelope.documents, envelope.fields, at()).envelope
    assert (back.documents, back.fields) == (envelope.documents, envelope.fields)


def test_pages_of_what_is_out_or_signed_stay() -> None:
    out = sent(two_signers())
    with pytest.raises(errors.WrongStatus):
        paging.require_loose(out, out.documents)
    loose = with_fields()
    with pytest.raises(errors.AlreadySigned):
        paging.require_loose(loose, [replace(loose.documents[0], prior_signatures=1)])
