"""Lines of mixed scripts, in the order they are seen: examples worked out by hand from UAX #9."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bidi import turned, visual_pieces

LATIN = "abc"
HEBREW = "אבג"
ARABIC = "عقد"


def seen(text: str, *, leftwards: bool = False) -> str:
    """As it would be printed: what runs leftwards is spelled from its end, signs mirrored."""
    mirrored = str.maketrans("()[]{}", ")(][}{")
    return "".join(
        piece.text if piece.rightwards else piece.text[::-1].translate(mirrored)
        for piece in visual_pieces(text, leftwards=leftwards)
    )


@pytest.mark.parametrize(
    ("text", "leftwards", "expected"),
    [
        ("abc def", False, "abc def"),
        (f"abc {HEBREW} def", False, f"abc {HEBREW[::-1]} def"),
        (f"{HEBREW} abc", False, f"abc {HEBREW[::-1]}"),
        (f"{HEBREW}: abc", False, f"abc :{HEBREW[::-1]}"),
        (f"{HEBREW} (abc) {HEBREW}", False, f"{HEBREW[::-1]} (abc) {HEBREW[::-1]}"),
        (f"{HEBREW} (abc)", False, f"(abc) {HEBREW[::-1]}"),
        (f"abc ({HEBREW})", False, f"abc ({HEBREW[::-1]})"),
        ("abc (def)", True, "abc (def)"),
        (f"abc: 1 {HEBREW} 2", True, f"2 {HEBREW[::-1]} abc: 1"),
        (f"abc: 1 {HEBREW} 2", False, f"abc: 1 2 {HEBREW[::-1]}"),
        ("2026-11-20 14:03", True, "14:03 2026-11-20"),
        ("4. abc", True, "abc .4"),
        ("2/5", True, "2/5"),
        (f"{HEBREW} 12-13", False, f"12-13 {HEBREW[::-1]}"),
        ("[abc", True, "abc]"),
        ("", True, ""),
    ],
)
def test_lines_stand_as_the_algorithm_says(text: str, leftwards: bool, expected: str) -> None:
    assert seen(text, leftwards=leftwards) == expected


def test_numbers_after_arabic_letters_keep_their_order() -> None:
    assert [piece.text for piece in visual_pieces(f"{ARABIC} 2026")] == ["2026", f"{ARABIC} "]


@given(st.text(st.sampled_from([*LATIN, *HEBREW, *ARABIC, *"0123 ()[]:;,.-/"]), max_size=24), st.booleans())
def test_every_letter_is_set_once_whichever_way(text: str, leftwards: bool) -> None:
    pieces = visual_pieces(text, leftwards=leftwards)
    assert sorted("".join(piece.text for piece in pieces)) == sorted(text)


def test_signs_that_are_set_alone_are_turned_and_letters_are_left_to_the_shaper() -> None:
    assert turned(": (") == ") :"
    assert turned(f"({ARABIC})") == f"({ARABIC})"
