"""Every key that verification can say has words, and the words keep to their cases."""

from __future__ import annotations

import ast
import re
import string
from dataclasses import fields
from pathlib import Path

import pytest

from app.domain.ids import Sha256
from app.domain.verdict import MAINTENANCE, Change, Report, SignatureReport, Suspicion, Verdict
from app.sealing.verifying import reasons
from app.services import verdict_words
from app.services.certificate_words import LANGUAGES

PIPELINE = Path(__file__).resolve().parents[2] / "app" / "sealing" / "verifying"


KEY = re.compile(r"[a-z]+(?:_[a-z]+)+|signed|timestamped|launch|media|layers|javascript|attachments")
NO_KEYS = {"whole_file", "common_name"}


def _keys(*modules: str) -> set[str]:
    """Every literal in these modules of the pipeline that is written as keys are."""
    texts = [(PIPELINE / f"{module}.py").read_text(encoding="utf-8") for module in modules]
    nodes = (node for text in texts for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
    return {node.value for node in nodes if isinstance(node.value, str) and KEY.fullmatch(node.value)} - NO_KEYS


def test_every_reason_has_words() -> None:
    known = reasons.FATAL | reasons.DOUBTS | reasons.NOTES
    assert known == set(verdict_words.REASONS)
    assert reasons.NOTES == verdict_words.NOTES


def test_every_change_and_suspicion_the_pipeline_names_has_words() -> None:
    changes = _keys("form_changes", "page_changes")
    assert set(verdict_words.CHANGES) - changes <= {"other_change", "revision_without_effect"}
    assert changes | MAINTENANCE <= set(verdict_words.CHANGES)
    everything = set(verdict_words.CHANGES) | set(verdict_words.REASONS) | set(verdict_words.SUSPICIONS)
    assert _keys("changes", "suspecting") <= everything


def test_the_word_for_meddling_stands_in_one_sentence_only() -> None:
    tables = (verdict_words.SENTENCES, verdict_words.REASONS, verdict_words.CHANGES, verdict_words.SUSPICIONS)
    assert [key for table in tables for key, words in table.items() if "tamper" in words.lower()] == ["altered"]


@pytest.mark.parametrize("key", verdict_words.SENTENCES)
def test_a_sentence_is_whole_for_any_file(key: str) -> None:
    one = SignatureReport("f", "Jane Smith", Verdict.INDETERMINATE, ("signers_clock", "expired"))
    two = SignatureReport("g", "Bob Jones", Verdict.VALID, ("signers_clock",))
    for signatures in ((), (one,), (one, two)):
        said = verdict_words.sentence(Report("p", Sha256(""), Verdict.INDETERMINATE, key, signatures))
        assert said.endswith(".")
        assert "{" not in said


def test_names_are_told_as_people_say_them() -> None:
    signers = ("Jane Smith", "Bob Jones", "Ana Ruiz", "Jane Smith")
    all_of = tuple(SignatureReport("f", name, Verdict.VALID) for name in signers)
    stamp = SignatureReport("t", "Stamper", Verdict.VALID, is_timestamp=True)
    said = verdict_words.sentence(Report("p", Sha256(""), Verdict.VALID, "valid", (*all_of, stamp)))
    assert said == "Signed by Jane Smith, Bob Jones and Ana Ruiz. Nothing was changed since."


def test_a_change_says_where_whose_and_whether_it_was_allowed() -> None:
    allowed = Change("field_filled", 2, "buyer_name", "Bob Jones")
    assert verdict_words.change_words(allowed) == "buyer_name was filled in on page 2, signed by Bob Jones."
    labelled = Change("field_filled", field="f_17", detail="Name of the buyer")
    assert verdict_words.change_words(labelled) == "Name of the buyer was filled in."
    signed = Change("signed", 3, "f_18", "Bob Jones")
    assert verdict_words.change_words(signed) == "f_18 was signed on page 3 by Bob Jones."
    forbidden = Change("page_content_changed", 1, allowed=False)
    assert verdict_words.change_words(forbidden).endswith("on page 1. Not allowed.")


def test_the_first_telling_reason_is_said_in_the_sentence() -> None:
    one = SignatureReport("f", "Jane Smith", Verdict.INDETERMINATE, ("signers_clock", "expired"))
    report = Report("p", Sha256(""), Verdict.INDETERMINATE, "undecided", (one,))
    assert verdict_words.REASONS["expired"] in verdict_words.sentence(report)
    assert verdict_words.reasons(one) == [verdict_words.REASONS[key] for key in one.reasons]


def test_a_suspicion_says_the_page() -> None:
    assert verdict_words.suspicion_words(Suspicion("javascript")) == "It contains scripts."
    assert verdict_words.suspicion_words(Suspicion("annotation_after_signing", 3, "Ink")).endswith("(Ink) (page 3).")
    assert verdict_words.suspicion_words(Suspicion("changed_outside_signature", None, "page_added"))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_the_same_words_with_the_same_facts(language: str) -> None:
    english, other = verdict_words.ENGLISH, verdict_words.in_language(language)
    for table in fields(english)[1:]:
        ours, theirs = getattr(english, table.name), getattr(other, table.name)
        assert list(theirs) == list(ours), table.name
        for key, text in ours.items():
            assert _facts(theirs[key]) == _facts(text), (table.name, key)
            assert theirs[key].endswith(".") == text.endswith("."), (table.name, key)


def _facts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_language_nobody_has_translated_is_english() -> None:
    assert verdict_words.in_language("tlh") is verdict_words.ENGLISH
