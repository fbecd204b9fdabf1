"""What stands in the way of sending."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.envelope import Envelope, SealingMode
from app.domain.fields.base import Field
from app.domain.geometry import Rect
from app.domain.ids import DocumentId, FieldId, Sha256
from app.domain.preflight import Severity, blocks, check
from app.domain.recipient import Action
from tests.support.drafts import NOW, document, draft, field, recipient, two_signers


def found(envelope: Envelope) -> dict[str, Severity]:
    return {finding.code: finding.severity for finding in check(envelope, NOW)}


def with_document(**more: object) -> Envelope:
    return replace(two_signers(), documents=(document(**more),))


def test_a_sound_envelope_has_no_findings() -> None:
    assert check(two_signers(), NOW) == ()


@pytest.mark.parametrize(
    ("envelope", "code"),
    [
        (draft((recipient("a", action=Action.APPROVE),), (), documents=0), "no_documents"),
        (draft((), ()), "nobody_acts"),
        (draft((recipient("file", action=Action.COPY),), ()), "nobody_acts"),
        (two_signers(expires_at=NOW), "expires_in_the_past"),
        (draft((recipient("a", action=Action.VIEW, name=" "),), ()), "recipient_without_name"),
        (draft((recipient("buyer"),), (field(1),)), "signer_without_signature"),
        (draft((recipient("buyer", action=Action.VIEW),), (field(1),)), "fields_of_a_reader"),
        (draft((recipient("buyer", action=Action.COPY), recipient("b")), (field(1),)), "fields_of_a_reader"),
        (with_document(certification=1, prior_signatures=1), "certified_against_changes"),
        (with_document(certification=2, prior_signatures=1), "certified_without_room"),
        (with_document(certification=3, prior_signatures=1), "certified_without_room"),
        (with_document(prior_signatures=1), "signed_document_takes_signatures_only"),
    ],
)
def test_what_would_fail_later_is_an_error_before_sending(envelope: Envelope, code: str) -> None:
    assert found(envelope)[code] is Severity.ERROR
    assert blocks(check(envelope, NOW))


def test_fault_17_a_signed_document_takes_signatures_recipient_by_recipient() -> None:
    people, fields = (recipient("buyer"),), (field(1, "signature"),)
    signed = replace(draft(people, fields), documents=(document(prior_signatures=1),))
    assert found(signed) == {"already_signed": Severity.WARNING}
    at_once = replace(signed, sealing=SealingMode.AT_COMPLETION)
    assert found(at_once) == {"signed_document_needs_each_recipient": Severity.ERROR}


def test_what_deserves_a_look_is_a_warning_and_blocks_nothing() -> None:
    envelope = replace(
        two_signers(),
        documents=(document(normalised=Sha256("d" * 64)),),
        recipients=(recipient("buyer", email="A@example.com"), recipient("seller", 2, email="a@Example.com")),
    )
    envelope = replace(envelope, fields=(*envelope.fields, replace(field(8), rect=Rect(20, 400, 5, 5))))
    findings = check(envelope, NOW)
    assert {one.code for one in findings} == {"same_email", "field_too_small", "was_normalised"}
    assert not blocks(findings)


@pytest.mark.parametrize(
    ("written", "is_named"),
    [
        ("", False),
        ("jane@example.org", False),
        ("jane@office", False),
        ("jane@", True),
        ("jane", True),
        ("a b@c", True),
    ],
)
def test_what_is_no_address_is_named_before_a_message_is_lost(written: str, is_named: bool) -> None:
    envelope = replace(two_signers(), recipients=(recipient("buyer", email=written), recipient("seller", 2)))
    assert found(envelope) == ({"no_email": Severity.WARNING} if is_named else {})


def test_fault_86_a_name_that_may_be_another_is_named_with_its_contact() -> None:
    spoofed = replace(recipient("buyer", email="jane@example.com"), name="J\u0430ne\u202e Smith")
    (finding,) = check(replace(two_signers(), recipients=(spoofed, recipient("seller", 2))), NOW)
    assert (finding.code, finding.severity) == ("name_hidden", Severity.WARNING)
    assert finding.subject == "J\u0430ne Smith (jane@example.com)"


def test_people_without_an_address_do_not_share_one() -> None:
    assert "same_email" not in found(two_signers())


def test_a_limit_just_ahead_is_no_finding() -> None:
    assert found(two_signers(expires_at=NOW + timedelta(seconds=1))) == {}


def test_one_key_for_two_kinds_of_value_is_an_error_and_for_one_kind_is_meant() -> None:
    keyed = [field(n, kind, mapping_key="k") for n, kind in ((5, "text"), (6, "text"), (7, "number"))]
    same = replace(two_signers(), fields=(*two_signers().fields, *keyed[:2]))
    assert found(same) == {}
    assert found(replace(same, fields=(*same.fields, keyed[2]))) == {"key_with_two_kinds": Severity.ERROR}


def test_errors_come_first() -> None:
    envelope = replace(two_signers(expires_at=NOW), documents=(document(normalised=Sha256("d" * 64)),))
    severities = [finding.severity for finding in check(envelope, NOW)]
    assert severities == sorted(severities, key=lambda one: one is Severity.WARNING)
    assert len(severities) == 2


@st.composite
def scattered(draw: st.DrawFn) -> tuple[Field, ...]:
    place = st.tuples(st.integers(1, 2), *[st.integers(0, 60)] * 2, *[st.integers(25, 60)] * 2)
    places = draw(st.lists(place, max_size=9))
    return tuple(
        replace(field(n), id=FieldId(f"F{n}"), page=page, rect=Rect(x, y, w, h))
        for n, (page, x, y, w, h) in enumerate(places)
    )


@given(scattered())
def test_every_pair_of_fields_that_share_a_twentieth_of_the_smaller_is_told(fields: tuple[Field, ...]) -> None:
    envelope = draft((recipient("buyer"),), fields)
    told = [f for f in check(envelope, NOW) if f.code == "fields_overlap"]
    expected = [
        (one.id, other.id)
        for n, one in enumerate(fields)
        for other in fields[n + 1 :]
        if one.page == other.page
        and one.rect.overlap(other.rect)
        > 0.05 * min(one.rect.width * one.rect.height, other.rect.width * other.rect.height)
    ]
    assert len(told) == len(expected)
    assert {finding.field for finding in told} <= {name for pair in expected for name in pair}


def test_fields_of_different_documents_do_not_overlap() -> None:
    twins = (field(1), replace(field(1), id=FieldId("F2"), document=DocumentId("D2")))
    envelope = draft((recipient("buyer"),), twins, documents=2)
    assert "fields_overlap" not in found(envelope)
