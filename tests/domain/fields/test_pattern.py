"""Patterns of strangers: the same answers as Python's own, without its worst case."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import SpecError
from app.domain.fields.pattern import LONGEST_PATTERN, LONGEST_TEXT, MOST_STATES, read

atoms = st.sampled_from(["a", "b", ".", r"\d", "[ab]", "[^a]", r"\.", "-", "[a-c1]", r"\s", "()", "(a|)"])
signs = st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,}", "*?"])
patterns = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: f"({'|'.join(some)})"),
        st.builds(lambda one, sign: f"(?:{one}){sign}", inner, signs),
    ),
    max_leaves=6,
).filter(lambda pattern: len(pattern) <= LONGEST_PATTERN)
texts = st.text("ab1c.- \n", max_size=8)


@settings(max_examples=300)
@given(patterns, texts)
def test_the_answer_is_that_of_pythons_own_matcher(pattern: str, text: str) -> None:
    assert read(pattern).accepts(text) == (re.fullmatch(pattern, text) is not None)


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (r"^\d{5}(-\d{4})?$", ["12345", "12345-6789"], ["1234", "12345-", "a12345"]),
        (r"[A-Z]{2}\s?\d+", ["AB1", "AB 12"], ["A1", "AB"]),
        (r"[^@\s]+@[^@\s]+", ["a@b"], ["a b@c", "@"]),
        (r"\+49|0049", ["+49", "0049"], ["49"]),
        (r"^a|b$", ["a", "b"], ["ab"]),
        (r"a\\$", ["a\\"], ["a"]),
        (r"[]a]+[\[\]]", ["]a["], ["b"]),
        (r"\u00e9\x41", ["éA"], ["e"]),
        ("", [""], ["a"]),
    ],
)
def test_the_patterns_people_write_work(pattern: str, yes: list[str], no: list[str]) -> None:
    assert all(read(pattern).accepts(text) for text in yes)
    assert not any(read(pattern).accepts(text) for text in no)


EVIL = ("(a+)+b", "(a|a)*b", "(a*)*b", "(.*a){12}b", "((a?){25}){4}b", "(a|aa)+b", "a*a*a*a*a*a*a*b", r"(\s*a\s*)*b")


@pytest.mark.timeout(20)
@pytest.mark.parametrize("pattern", EVIL)
def test_patterns_that_hang_a_backtracking_matcher_are_answered(pattern: str) -> None:
    assert read(pattern).accepts("a" * 90 + "b")
    assert not read(pattern).accepts("a" * LONGEST_TEXT)


@pytest.mark.timeout(20)
def test_the_largest_machine_over_the_longest_text_of_ever_new_letters_is_answered() -> None:
    machine = read("(?:.{0,220}){2}.*x")
    assert len(machine.states) <= MOST_STATES
    assert not machine.accepts("".join(chr(0x4E00 + number) for number in range(LONGEST_TEXT)))


BROKEN = ("(", ")", "a)", "[", "[]", "a{2,1}", "a**", "*a", "+", "a|*", "{", "}", "a{99999}", "\\", "[z-a]")
FOREIGN = ("(?=a)", "(?!a)", "(?<=a)b", "(?P<n>a)", r"(a)\1", r"\b", r"\Z", "(?i)a", "a*+", r"\N{BULLET}", "a^b", "a$b")
AMBIGUOUS = ("[[a]]", "[a&&b]", "[a--b]", "(" * 60 + ")" * 60)


@pytest.mark.parametrize("pattern", BROKEN + FOREIGN + AMBIGUOUS)
def test_what_is_no_pattern_or_needs_backtracking_is_refused_with_the_place_it_was_written(pattern: str) -> None:
    with pytest.raises(SpecError) as refused:
        read(pattern, "fields[2].pattern")
    assert refused.value.path == "fields[2].pattern"
    assert refused.value.problem


@pytest.mark.parametrize("pattern", ["a" * (LONGEST_PATTERN + 1), "(((a{100}){100}){100})", "(a{9999}){9999}"])
def test_a_pattern_of_too_many_states_is_refused_before_it_is_built(pattern: str) -> None:
    with pytest.raises(SpecError):
        read(pattern)


@settings(max_examples=300)
@given(st.text(r"ab\()[]{}*+?|.^$-1,:=!<>P", max_size=14))
def test_anything_is_either_taken_or_refused(pattern: str) -> None:
    try:
        machine = read(pattern)
    except SpecError:
        return
    machine.accepts("ab1")


def test_a_text_longer_than_is_matched_at_all_does_not_match() -> None:
    assert not read("a*").accepts("a" * (LONGEST_TEXT + 1))
