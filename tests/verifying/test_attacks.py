"""No attack on a file of ours gets a `valid` that does not say what was done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.domain.verdict import Verdict
from tests.support.attacks import Attack, all_attacks, families
from tests.support.attacks.annotating import ATTACKS as ANNOTATIONS
from tests.support.attacks.cases import GROUNDS, Case, all_cases, grounds_in, holds, sample
from tests.support.attacks.comparing import UNEXPLAINED, rows, unlisted
from tests.support.attacks.shadow import SHADOWED
from tests.support.signed import Signed, sealed
from tests.verifying.conftest import Judge


def _named(cases: tuple[Case, ...]) -> list[Any]:
    return [pytest.param(case, id=str(case)) for case in cases]


@pytest.fixture(scope="module")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Signed]:
    return grounds_in(tmp_path_factory.mktemp("grounds"))


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_file_nobody_touched_is_valid_after_each_signature(
    ground: str, grounds: dict[str, Signed], judge: Judge
) -> None:
    for state in grounds[ground].states:
        report = judge(state, grounds[ground].trust)
        assert (report.verdict, report.sentence_key) == (Verdict.VALID, "valid")


def test_only_the_file_prepared_for_an_attack_is_suspected_before_it(grounds: dict[str, Signed], judge: Judge) -> None:
    """Fault 24: what was hidden before anybody signed is worth a look, although every signature is right."""
    found = {name: {each.key for each in judge(one.data, one.trust).suspicions} for name, one in grounds.items()}
    assert found.pop(SHADOWED) == {"hidden_layers", "objects_nobody_refers_to"}
    assert set().union(*found.values()) == set()


@pytest.mark.parametrize("case", _named(sample()))
def test_an_attack_is_seen(case: Case, grounds: dict[str, Signed], judge: Judge) -> None:
    _seen(case, grounds, judge)


@pytest.mark.slow
@pytest.mark.parametrize("case", _named(all_cases()))
def test_every_attack_of_the_set_is_seen(case: Case, grounds: dict[str, Signed], judge: Judge) -> None:
    _seen(case, grounds, judge)


def _seen(case: Case, grounds: dict[str, Signed], judge: Judge) -> None:
    altered = case.file(grounds)
    assert altered != grounds[case.ground].data
    report = judge(altered, grounds[case.ground].trust)
    assert holds(case.expect, report), (report.verdict, report.sentence_key, report.reasons)


def test_the_set_is_large_and_its_sample_knows_every_family_and_ground() -> None:
    cases = all_cases()
    assert len({str(case) for case in cases}) == len(cases) >= 500
    assert len(sample()) >= 80
    assert {case.ground for case in sample()} == set(GROUNDS)
    chosen = {case.attack for case in sample()}
    assert all(chosen.intersection(family) for family in families())


def test_no_two_cases_are_the_same_file(grounds: dict[str, Signed]) -> None:
    chosen = sample()
    assert len({case.file(grounds) for case in chosen}) == len(chosen)


def test_parts_that_no_table_names_behind_the_last_signature_are_told(grounds: dict[str, Signed], judge: Judge) -> None:
    """The tables say that nothing changed; a program that repairs the file would show what was appended."""
    for case in all_cases():
        if case.attack.name.startswith("a revision with an empty table"):
            report = judge(case.file(grounds), grounds[case.ground].trust)
            assert (report.verdict, report.sentence_key) == (Verdict.INDETERMINATE, "irregular")
            assert report.reasons == ("unlisted_objects",)


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
def open_to_comments(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    return sealed(Path(tmp_path_factory.mktemp("open")), ("Jane Smith",), docmdp=3)


def test_the_word_for_meddling_stands_only_for_digest_and_coverage(signed: Signed, judge: Judge) -> None:
    for attack in (each for each in all_attacks()[::5] if not each.ground):
        report = judge(attack.file(signed, 0))
        reasons = {key for each in report.signatures for key in each.reasons} | set(report.reasons)
        assert (report.sentence_key == "altered") == bool(reasons & {"digest_mismatch", "coverage_broken"}), attack.name


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_where_poppler_and_pyhanko_see_other_digests_or_coverage_it_is_explained(
    grounds: dict[str, Signed], tmp_path: Path
) -> None:
    found = list(rows(all_cases()[::3], grounds, tmp_path))
    agreed = sum(not row.differences for row in found)
    assert agreed > len(found) / 3, "nothing to compare with"
    assert [str(row.case) for row in found if UNEXPLAINED in dict(row.differences).values()] == []
    assert not any(unlisted(row) for row in found)
