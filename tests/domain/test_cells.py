"""Nothing that is written into a table is run by a spreadsheet."""

import pytest

from app.domain.cells import harmless


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_fault_84_a_formula_becomes_text(begins: str) -> None:
    assert harmless(f"{begins}cmd|' /C calc'!A0") == f"'{begins}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["", "Jane = Smith", "1-2", " =1", "a@b"])
def test_fault_84_other_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
