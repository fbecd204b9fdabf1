"""Canonical JSON: the examples of RFC 8785 as far as strings, integers and objects go."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.canonical import MOST, canonical, composed, fingerprint

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-MOST, MOST) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="ascii")), inner),
    max_leaves=20,
)


@given(plain)
def test_what_is_written_reads_back_as_the_same(value: object) -> None:
    assert json.loads(canonical(value)) == value  # type: ignore[arg-type]


@given(st.dictionaries(st.text(st.characters(codec="ascii")), st.integers(-9, 9)))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(value) == canonical(dict(reversed(value.items())))


def test_rfc_8785_3_2_2_strings_literals_and_order() -> None:
    # The sample of 3.2.2 without its floats, which evidence does without.
    value = {"string": '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"\u002f', "literals": [None, True, False]}
    expected = '{"literals":[null,true,false],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical(value) == expected.encode()


def test_rfc_8785_3_2_2_2_only_what_must_be_escaped_is_escaped() -> None:
    assert canonical("\b\t\n\f\r") == b'"\\b\\t\\n\\f\\r"'
    assert canonical("\x00\x1f") == b'"\\u0000\\u001f"'
    assert canonical("\x7f\u2028/<\U0001f600") == '"\x7f\u2028/<\U0001f600"'.encode()


def test_rfc_8785_3_2_3_keys_are_sorted_at_every_depth() -> None:
    inner = {"f": {"f": "hi", "F": 5}, "\n": 56}
    value = {"1": inner, "10": {}, "": "empty", "a": {}, "111": [{"e": 1, "E": 2}], "A": {}}
    expected = b'{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":2,"e":1}],"A":{},"a":{}}'
    assert canonical(value) == expected


def test_text_is_hashed_as_it_is_and_composed_only_when_asked() -> None:
    assert canonical("A\u030a") != canonical("\u00c5")
    assert composed(["A\u030a", {"key": ("A\u030a", 5)}]) == ["\u00c5", {"key": ["\u00c5", 5]}]


BAD = (1.5, float("nan"), b"ab", {1: "a"}, {"\u00e9": 1}, 2**53, -(2**53), {"a": {2}}, object())


@pytest.mark.parametrize("bad", BAD)
def test_what_has_no_canonical_form_here_is_refused(bad: object) -> None:
    with pytest.raises(ValueError, match=r"canonical|ASCII"):
        canonical([bad])  # type: ignore[list-item]


def test_half_a_surrogate_pair_and_a_bottomless_list_are_refused_as_values_too() -> None:
    bottomless: list[object] = []
    for _ in range(5000):
        bottomless = [bottomless]
    with pytest.raises(ValueError, match="nested"):
        canonical(bottomless)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="surrogates"):
        canonical("\ud800")


def test_a_fingerprint_is_what_sha256sum_prints() -> None:
    assert fingerprint(b"abc") == sha256(b"abc").hexdigest()
