"""Numbers and days as somebody in the room writes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import ValueRefused
from app.domain.fields.number import NUMBER
from app.ui.models.room_forms import FORMS, day_shown, number_shown, number_typed, typed_form
from app.ui.models.room_refusals import refusal
from app.ui.models.room_speech import LANGUAGES, speak
from app.ui.models.room_walk import shown_text
from tests.support.room import a_field

DIGITS = st.text("0123456789", min_size=1, max_size=9)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    yield
    speak("en")


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "1,234", "1234"),
        ("en", "1,234,567.50", "1234567.50"),
        ("en", "4,5", "4.5"),
        ("de", "1.234", "1234"),
        ("de", "1.234.567,50", "1234567.50"),
        ("de", "4.5", "4.5"),
        ("de", "-1.234,5", "-1234.5"),
        ("de", "0.123", "0.123"),
        ("fr", "1 234,50", "1234.50"),
        ("fr", "1\u202f234\u202f567", "1234567"),
        ("es", "12.345,6", "12345.6"),
        ("ar", "١٬٢٣٤٫٥", "1234.5"),
        ("de", "1.23.456", "1.23.456"),
        ("en", "about 5", "about 5"),
    ],
)
def test_a_number_is_read_as_its_writer_means_it(language: str, typed: str, meant: str) -> None:
    speak(language)
    assert number_typed(typed) == meant


@given(
    language=st.sampled_from([language.code for language in LANGUAGES]),
    sign=st.sampled_from(["", "-", "+"]),
    whole=DIGITS,
    rest=st.none() | DIGITS,
)
def test_a_stored_number_is_read_again_as_it_was(language: str, sign: str, whole: str, rest: str | None) -> None:
    stored = f"{sign}{whole}" + (f".{rest}" if rest is not None else "")
    assert NUMBER.fullmatch(stored)
    speak(language)
    assert number_typed(number_shown(stored)) == stored


def test_a_day_is_shown_with_its_month_in_the_persons_language() -> None:
    shown = {}
    for language in FORMS:
        speak(language)
        shown[language] = day_shown("2027-03-04")
    assert shown["en"] == "4 March 2027"
    assert shown["de"] == "4. März 2027"
    assert shown["fr"] == "4 mars 2027"
    assert shown["es"] == "4 de marzo de 2027"
    assert "مارس" in shown["ar"]
    assert day_shown("soon") == "soon"


def test_the_list_of_entries_is_in_their_form_and_the_page_in_the_senders() -> None:
    rent, begins = a_field("number"), a_field("date", date_format="%m/%d/%Y")
    speak("de")
    assert shown_text(rent, "1250.50") == "1250,50"
    assert shown_text(begins, "2027-03-04") == "4. März 2027"


def test_a_day_is_typed_in_their_form_and_in_english_in_the_fields() -> None:
    assert typed_form("MM/dd/yyyy") == "MM/dd/yyyy"
    speak("fr")
    assert typed_form("MM/dd/yyyy") == "dd/MM/yyyy"


def test_an_example_is_given_in_their_form() -> None:
    speak("de")
    day = refusal(ValueRefused(field="Move in", rule="format", expected="2026-01-31", value="x"))
    most = refusal(ValueRefused(field="Rent", rule="maximum", expected="99.50", value="x"))
    phone = refusal(ValueRefused(field="Phone", rule="format", expected="+49 30 1234.5", value="x"))
    assert day is not None
    assert "31.01.2026" in day.happened
    assert most is not None
    assert "99,50" in most.happened
    assert phone is not None
    assert "+49 30 1234.5" in phone.happened
