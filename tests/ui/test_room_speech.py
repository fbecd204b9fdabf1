"""The room speaks five languages, and nothing it says is missing in any of them."""

from __future__ import annotations

import ast
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.fields.registry import KINDS
from app.ui.models.room_speech import LANGUAGES, language_of, say, speak, table_of

ROOM = (Path(__file__).parents[2] / "app" / "ui").resolve()
SOURCES = (*ROOM.glob("room/**/*.py"), *ROOM.glob("models/room*.py"))
CATEGORIES = {"en": {"one", "other"}, "de": {"one", "other"}, "fr": {"one", "other"}, "es": {"one", "other"},
              "ar": {"zero", "one", "two", "few", "many", "other"}}  # fmt: skip
OTHERS = pytest.mark.parametrize("code", [language.code for language in LANGUAGES if language.code != "en"])


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    yield
    speak("en")


def phrases() -> dict[str, str]:
    """All that the room says, and where."""
    found = {kind.title: kind.name for kind in KINDS.values()}
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "phrase"):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found[str(first.value)] = f"{source.name}:{node.lineno}"
    return found


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@OTHERS
def test_every_phrase_is_translated(code: str) -> None:
    table = table_of(code)
    missing = [f"{where}: {text}" for text, where in phrases().items() if text not in table]
    assert not missing, "\n".join(missing)


@OTHERS
def test_no_translation_is_left_of_a_phrase_that_is_gone(code: str) -> None:
    assert not set(table_of(code)) - set(phrases())


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_a_translation_names_the_same_facts_and_has_the_plural_forms_of_its_language(code: str) -> None:
    for text, translated in table_of(code).items():
        if isinstance(translated, dict):
            assert set(translated) == CATEGORIES[code], text
            # "one page" may leave the number out.
            assert all(braces(form) - {"n"} == braces(text) - {"n"} for form in translated.values()), text
        else:
            assert braces(translated) == braces(text), text


def test_numbers_choose_the_form() -> None:
    arabic, french, german = language_of("ar").category, language_of("fr").category, language_of("de").category
    assert [arabic(n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 103)] == [
        "zero", "one", "two", "few", "few", "many", "many", "other", "few"]  # fmt: skip
    assert [french(n) for n in (0, 1, 2)] == ["one", "one", "other"]
    assert [german(n) for n in (0, 1, 2)] == ["other", "one", "other"]
    speak("de")
    assert say("Saved: {n} files.", n=1) == "Gesichert: 1 Datei."
    assert say("Saved: {n} files.", n=3) == "Gesichert: 3 Dateien."


def test_a_sentence_with_a_name_in_it_runs_from_the_side_of_its_language() -> None:
    speak("ar")
    said = say("Thank you, {name}", name="Ana")
    assert unicodedata.bidirectional(said[0]) == "R", "else Qt takes it for a sentence from the left"
    speak("de")
    assert say("Thank you, {name}", name="Ana").endswith("Ana")


def test_an_unknown_language_is_english() -> None:
    speak("tlh")
    assert say("Next") == "Next"
