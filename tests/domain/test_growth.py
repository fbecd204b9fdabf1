"""A thousand fields on three hundred pages: what is asked of the whole envelope grows with it, not with its square.

Work is counted in calls of our own functions, which no other program on the machine disturbs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import pytest

from app.domain import drafting, freezing, preflight, signing
from app.domain.envelope import Envelope
from app.domain.ids import DocumentId, FieldId
from app.domain.recipient import Action
from tests.support.drafts import NOW, document, draft, field, recipient

KINDS = ("text", "signature", "checkbox", "date", "number")
Asked = Callable[[Envelope], object]


def large(times: int) -> Envelope:
    """`times` 1: 250 fields on 75 pages in five documents, ten people; as many on a page whatever `times`."""
    people = [recipient(f"r{n}", action=Action.SIGN) for n in range(10)]
    fields = [
        replace(
            field(n // (75 * times), KINDS[n % len(KINDS)], f"r{n % 10}"),
            id=FieldId(f"F{n}"),
            document=DocumentId(f"D{n % 5 + 1}"),
            page=n // 5 % (15 * times) + 1,
        )
        for n in range(250 * times)
    ]
    documents = tuple(document(number, pages=15 * times) for number in range(1, 6))
    return replace(draft(people, fields), documents=documents)


def calls(asked: Asked, envelope: Envelope) -> int:
    count = 0

    def counted(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        asked(envelope)
    finally:
        sys.setprofile(before)
    return count


ASKED: dict[str, Asked] = {
    "consistent": drafting.consistent,
    "preflight": lambda envelope: preflight.check(envelope, NOW),
    "pdf_names": freezing.pdf_names,
    "fields_of": lambda envelope: [envelope.fields_of(one.role) for one in envelope.recipients],
    "form_of": lambda envelope: [freezing.form_of(envelope, one) for one in envelope.documents],
    "missing": lambda envelope: [signing.missing(envelope, one.role) for one in envelope.recipients],
}


@pytest.mark.parametrize("name", sorted(ASKED))
def test_four_times_the_fields_cost_about_four_times_the_work(name: str) -> None:
    small, great = large(1), large(4)
    assert len(great.fields) == 1000
    assert sum(len(one.pages) for one in great.documents) == 300
    ASKED[name](small)
    assert calls(ASKED[name], great) <= 5 * calls(ASKED[name], small)


def test_more_documents_or_recipients_do_not_multiply_the_naming_of_fields() -> None:
    envelope = large(2)
    apart = replace(
        envelope,
        documents=tuple(document(number, pages=30) for number in range(1, 101)),
        fields=tuple(
            replace(one, document=DocumentId(f"D{number % 100 + 1}")) for number, one in enumerate(envelope.fields)
        ),
    )
    assert calls(freezing.pdf_names, apart) <= 6 * calls(freezing.pdf_names, envelope)
    assert calls(ASKED["preflight"], apart) <= 2 * calls(ASKED["preflight"], envelope)
