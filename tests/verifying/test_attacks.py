"""No attack on a file of ours gets a `valid` that does not say what was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.verdict import Report, Verdict
from tests.support.attacks import Attack, Expect, all_attacks
from tests.support.attacks.annotating import ATTACKS as ANNOTATIONS
from tests.support.signed import Signed, sealed
from tests.verifying.conftest import Judge

SEEDED = [pytest.param(each, seed, id=f"{each.name} {seed}") for each in all_attacks() for seed in range(each.seeds)]


def _holds(expected: Expect, report: Report) -> bool:
    match expected:
        case Expect.INVALID:
            return report.verdict is Verdict.INVALID
        case Expect.NOT_VALID:
            return report.verdict is not Verdict.VALID
        case Expect.LISTED:
            return report.verdict is not Verdict.VALID or bool(report.signatures[-1].changes_after)


def test_the_file_under_attack_is_valid_to_begin_with(signed: Signed, judge: Judge) -> None:
    report = judge(signed.data)
    assert (report.verdict, report.sentence_key, report.suspicions) == (Verdict.VALID, "valid", ())


@pytest.mark.parametrize(("attack", "seed"), SEEDED)
def test_an_attack_is_seen(attack: Attack, seed: int, signed: Signed, judge: Judge) -> None:
    altered = attack.file(signed, seed)
    assert altered != signed.data
    report = judge(altered)
    assert _holds(attack.expect, report), (report.verdict, report.sentence_key, report.reasons)


@pytest.mark.parametrize("attack", all_attacks(), ids=lambda each: each.name)
def test_a_file_that_allows_more_is_never_valid_without_a_listed_change(
    attack: Attack, two_open_to_comments: Signed, judge: Judge
) -> None:
    assert _holds(Expect.LISTED, judge(attack.file(two_open_to_comments, 0), two_open_to_comments.trust))


def test_the_same_seed_makes_the_same_attack(signed: Signed) -> None:
    flip = all_attacks()[0]
    assert flip.file(signed, 3) == flip.file(signed, 3) != flip.file(signed, 4)


@pytest.mark.parametrize("attack", ANNOTATIONS, ids=lambda each: each.name)
def test_an_annotation_on_a_file_that_allows_them_is_never_simply_valid(
    attack: Attack, open_to_comments: Signed, judge: Judge
) -> None:
    report = judge(attack.file(open_to_comments, 0), open_to_comments.trust)
    assert report.verdict is not Verdict.VALID
    assert any("annotation" in each.key or "changed" in each.key for each in report.suspicions)


def test_comments_where_they_are_allowed_are_undecided_and_not_called_meddling(
    open_to_comments: Signed, judge: Judge
) -> None:
    ink = next(each for each in ANNOTATIONS if "Ink" in each.name)
    report = judge(ink.file(open_to_comments, 0), open_to_comments.trust)
    assert (report.verdict, report.sentence_key) == (Verdict.INDETERMINATE, "annotated")
    assert next(change.key for change in report.signatures[0].changes_after if change.allowed) == "annotation_added"


@pytest.fixture(scope="module")
def two_open_to_comments(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    return sealed(Path(tmp_path_factory.mktemp("two")), docmdp=3)


@pytest.fixture(scope="module")
def open_to_comments(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    return sealed(Path(tmp_path_factory.mktemp("open")), ("Jane Smith",), docmdp=3)


def test_the_word_for_meddling_stands_only_for_digest_and_coverage(signed: Signed, judge: Judge) -> None:
    for attack in all_attacks()[::3]:
        report = judge(attack.file(signed, 0))
        reasons = {key for each in report.signatures for key in each.reasons} | set(report.reasons)
        assert (report.sentence_key == "altered") == bool(reasons & {"digest_mismatch", "coverage_broken"}), attack.name
