"""Text, and the kinds that are text with a meaning."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import errors
from app.domain.fields.base import Constraint, Field
from app.domain.fields.registry import accept, check
from app.domain.fields.text import LONGEST
from tests.support.drafts import field


def demanding(kind: str = "text", **demands: object) -> Field:
    return replace(field(1, kind), constraint=Constraint(**demands))  # type: ignore[arg-type]


def rule_of(one: Field, value: object) -> str:
    with pytest.raises(errors.ValueRefused) as refused:
        accept(one, value)  # type: ignore[arg-type]
    return refused.value.rule


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=60).filter(str.strip))
def test_any_writing_that_can_be_drawn_is_kept(text: str) -> None:
    assert str(accept(field(1), text)).strip()


def test_text_is_kept_in_one_neutral_form() -> None:
    assert accept(field(1), "\r\nA\u030ane\tlie\r\nsecond\rthird\n") == "\u00c5ne lie\nsecond\nthird"


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x85b", "a\ud800b", "a\uffffb"])
def test_what_no_font_can_draw_is_refused_before_it_is_sealed(text: str) -> None:
    assert rule_of(field(1), text) == "format"


def test_a_required_text_is_more_than_blanks() -> None:
    assert rule_of(field(1), "  \n ") == "required"
    assert accept(replace(field(1), required=False), "") == ""


def test_length_is_counted_in_characters_after_tidying() -> None:
    assert accept(demanding(max_length=3), "abc\r\n") == "abc"
    assert rule_of(demanding(max_length=3), "abcd") == "length"
    assert rule_of(field(1), "x" * (LONGEST + 1)) == "length"
    assert accept(field(1), "x" * LONGEST)


def test_a_pattern_must_match_the_whole_text_and_says_the_senders_words_if_not() -> None:
    one = demanding(pattern=r"[A-Z]{2}\d{4}", message="two letters and four digits")
    assert accept(one, "AB1234") == "AB1234"
    for text in ("AB12345", "xAB1234", "AB1234\nAB1234"):
        with pytest.raises(errors.ValueRefused) as refused:
            accept(one, text)
        assert (refused.value.rule, refused.value.expected) == ("pattern", "two letters and four digits")


def test_an_optional_field_with_a_pattern_may_stay_empty() -> None:
    assert accept(replace(demanding(pattern="a+"), required=False), "") == ""


@pytest.mark.parametrize("most", [-5, 0, LONGEST + 1])
def test_a_length_that_is_none_is_refused_when_the_field_is_made(most: int) -> None:
    with pytest.raises(errors.SpecError) as refused:
        check(demanding(max_length=most), "fields[7]")
    assert refused.value.path == "fields[7].max_length"


@pytest.mark.parametrize("pattern", ["(", "[a", "a{2", "*", r"(?=x)", r"(a)\1", "a" * 400])
def test_a_pattern_that_is_none_is_refused_when_the_field_is_made(pattern: str) -> None:
    with pytest.raises(errors.SpecError) as refused:
        check(demanding(pattern=pattern), "fields[7]")
    assert refused.value.path == "fields[7].pattern"


@pytest.mark.parametrize("address", ["jane@example.com", " jane@example.com ", "j.s+x@a-b.example.org", "ü@exämple.de"])
def test_addresses_are_taken(address: str) -> None:
    assert accept(field(1, "email"), address) == address.strip()


@pytest.mark.parametrize("address", ["jane", "@example.com", "jane@", "jane@localhost", "a b@example.com", "a@b@c.de"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert rule_of(field(1, "email"), address) == "format"


@pytest.mark.parametrize("kind", ["name", "company", "title", "note"])
def test_the_other_texts_follow_the_rules_of_text(kind: str) -> None:
    one = demanding(kind, max_length=3)
    assert accept(one, "Bob") == "Bob"
    assert rule_of(one, "Robert") == "length"
