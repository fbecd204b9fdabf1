"""What verification says, and never says better than it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geometry import Rect
from app.domain.ids import Sha256
from app.domain.verdict import Change, Report, SignatureReport, Verdict

verdicts = st.lists(st.sampled_from(list(Verdict))).map(tuple)


def report(verdict: Verdict = Verdict.VALID, *changes: Change) -> Report:
    signature = SignatureReport("S", "Jane", verdict, changes_after=changes)
    return Report("a.pdf", Sha256("0" * 64), verdict, "all_valid", (signature,))


@given(verdicts)
def test_a_file_is_as_good_as_its_worst_signature_and_none_proves_nothing(several: tuple[Verdict, ...]) -> None:
    worst = Verdict.worst(several)
    assert (worst is Verdict.VALID) == (bool(several) and set(several) == {Verdict.VALID})
    assert (worst is Verdict.INVALID) == (Verdict.INVALID in several)


def test_pages_that_look_different_are_told_and_make_a_valid_file_doubtful() -> None:
    doubtful = report().with_pages_that_differ((2, 5))
    assert doubtful.verdict is Verdict.INDETERMINATE
    assert doubtful.reasons == ("page_looks_different",)
    assert {one.key for one in doubtful.suspicions} == {"page_looks_different"}
    assert [one.page for one in doubtful.suspicions] == [2, 5]
    assert report().with_pages_that_differ(()) == report()


@pytest.mark.parametrize("verdict", [Verdict.INVALID, Verdict.INDETERMINATE])
def test_a_picture_makes_no_verdict_milder(verdict: Verdict) -> None:
    found = report(verdict).with_pages_that_differ((1,))
    assert (found.verdict, found.sentence_key) == (verdict, "all_valid")
    assert found.suspicions


def test_what_nobody_signed_is_what_no_later_signature_covers_but_for_upkeep() -> None:
    changes = (
        Change("field_filled", field="a", covered=True, who="Bob"),
        Change("field_filled", field="b"),
        Change("field_filled", field="b"),
        Change("validation_data_added"),
    )
    assert report(Verdict.VALID, *changes).uncovered == (Change("field_filled", field="b"),)


def test_a_difference_is_explained_only_by_what_was_allowed_and_has_a_place() -> None:
    here, there = Rect(1, 2, 3, 4), Rect(5, 6, 7, 8)
    changes = (
        Change("field_filled", 1, rect=here),
        Change("field_filled", 2, rect=there),
        Change("annotation_added", 1, rect=there, allowed=False),
        Change("field_filled", 1),
    )
    (signature,) = report(Verdict.VALID, *changes).signatures
    assert signature.explained(1) == (here,)
