"""Printed lines become paragraphs again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reflowing import paragraphs

LEASE = """Lease of a flat
The landlord lets to the tenant the flat on the second
floor, with all that belongs to it, for as long as neither of
them gives notice.
1. The rent is due on the third working day of each month,
without any deduc-
tion.
- heating
- water"""


FLAT = (
    "The landlord lets to the tenant the flat on the second floor, with all that belongs to it, for as long as "
    "neither of them gives notice."
)


def test_lines_that_go_on_are_joined_and_headings_and_lists_stand_alone() -> None:
    assert paragraphs(LEASE) == (
        "Lease of a flat",
        FLAT,
        "1. The rent is due on the third working day of each month, without any deduction.",
        "- heating",
        "- water",
    )


def test_a_word_divided_at_the_end_of_a_line_is_whole_again_and_a_name_with_a_hyphen_stays() -> None:
    assert paragraphs("The rent is paid without any deduc-\ntion at all.") == (
        "The rent is paid without any deduction at all.",
    )
    assert paragraphs("Let by the company Smith, Baker-\nJones and others.")[0].endswith("Baker- Jones and others.")


def test_a_page_of_a_few_words_is_left_as_it_is() -> None:
    assert paragraphs("Page 1\nGas\nWood") == ("Page 1", "Gas", "Wood")


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_a_page_without_words_has_no_paragraph(text: str) -> None:
    assert paragraphs(text) == ()


@given(st.lists(st.text(st.sampled_from("ab c."), max_size=30), max_size=8))
def test_no_letter_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert "".join("".join(paragraphs(text)).split()) == "".join(text.split())
