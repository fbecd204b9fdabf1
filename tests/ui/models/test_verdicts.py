"""What a file was found to be, in words for the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.verdict import Verdict
from app.services.verdict_words import VERDICTS, WORDS
from app.ui.models.verdicts import Verdicts, card_of, spots_of, with_icon, word_of
from tests.support.desks import NOON, FakeJudge, judged
from tests.support.inline_runner import InlineRunner

SIGNATURE = judged(Path("a.pdf")).report.signatures[0]


def test_each_file_is_judged_and_told_when_it_is(runner: InlineRunner) -> None:
    verdicts = Verdicts(FakeJudge(), runner)
    told: list[list[bool]] = []
    verdicts.changed.connect(lambda: told.append([finding.working for finding in verdicts.findings]))
    verdicts.verify([Path("a.pdf"), Path("b.pdf")], ["Agreement"])
    assert told == [[True, True], [False, True], [False, False]]
    assert [finding.title for finding in verdicts.findings] == ["Agreement", "b.pdf"]
    assert [card.signer for card in verdicts.findings[0].cards] == ["Ana Ruiz"]


def test_a_file_that_is_none_keeps_its_error_and_leaves_the_others_alone(runner: InlineRunner) -> None:
    error = errors.NotADocument(path="b.pdf", found="text")
    verdicts = Verdicts(FakeJudge({"b.pdf": error}), runner)
    verdicts.verify([Path("a.pdf"), Path("b.pdf")])
    assert verdicts.findings[0].judged is not None
    assert verdicts.findings[1].error is error


def test_a_newer_file_replaces_one_still_being_judged() -> None:
    runner = InlineRunner(held=True)
    verdicts = Verdicts(FakeJudge(), runner)
    verdicts.verify([Path("old.pdf")])
    verdicts.verify([Path("new.pdf")])
    runner.release()
    assert [finding.title for finding in verdicts.findings] == ["new.pdf"]
    assert not verdicts.findings[0].working


def test_pages_that_cannot_be_drawn_leave_the_verdict_standing(runner: InlineRunner) -> None:
    class Blind(FakeJudge):
        def pages(self, path: Path) -> tuple[()]:  # type: ignore[override]
            raise errors.DocumentCrashed(path=str(path), reason="signal 11")

    verdicts = Verdicts(Blind(), runner)
    verdicts.verify([Path("a.pdf")])
    assert verdicts.findings[0].judged is not None
    assert verdicts.findings[0].pages == ()


@pytest.mark.parametrize("verdict", list(Verdict))
def test_there_are_four_outcomes_on_the_screen(verdict: Verdict) -> None:
    unchanged = replace(SIGNATURE, verdict=verdict, changes_after=())
    assert word_of(unchanged) == with_icon(VERDICTS[verdict])
    (change,) = SIGNATURE.changes_after
    changed = replace(SIGNATURE, verdict=verdict, changes_after=(replace(change, covered=False),))
    assert word_of(changed) == with_icon(
        (WORDS["with_changes"], "good") if verdict is Verdict.VALID else VERDICTS[verdict]
    )


def test_what_the_next_signer_filled_in_and_signed_for_is_no_open_change() -> None:
    (change,) = SIGNATURE.changes_after
    later = replace(SIGNATURE, verdict=Verdict.VALID, changes_after=(replace(change, covered=True),))
    assert word_of(later) == with_icon(VERDICTS[Verdict.VALID])


def test_a_clock_is_never_told_as_a_proof() -> None:
    assert "by the signer's clock" in card_of(SIGNATURE).when
    assert "Proven" in card_of(replace(SIGNATURE, proven_time=NOON)).when
    assert card_of(replace(SIGNATURE, claimed_time=None)).when == "No time is stated"


def test_places_are_pointed_at_only_where_there_is_something_to_see() -> None:
    assert card_of(SIGNATURE).spot is not None
    assert card_of(replace(SIGNATURE, page=None)).spot is None
    assert card_of(replace(SIGNATURE, rect=None)).spot is None


def test_what_a_later_signer_has_signed_is_not_outlined_as_a_change() -> None:
    change = SIGNATURE.changes_after[0]
    assert [spot.tone for spot in spots_of(SIGNATURE)] == ["accent"]
    loose = replace(SIGNATURE, changes_after=(replace(change, covered=False),))
    assert [spot.tone for spot in spots_of(loose)] == ["accent", "warn"]
    forbidden = replace(SIGNATURE, changes_after=(replace(change, allowed=False),))
    assert [spot.tone for spot in spots_of(forbidden)] == ["accent", "bad"]
