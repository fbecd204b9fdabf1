"""Where the words around a field went."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.anchoring import Landmark, around, found
from app.domain.geometry import Rect

LINES = (
    "This agreement is made between the parties named below",
    "Seller: ____________ Buyer: ____________",
    "Date: ____________ Date: ____________",
)
FIELD = Rect(130, 118, 100, 20)


def words(lines: tuple[str, ...] = LINES, page: int = 1, top: float = 100, left: float = 72) -> list[Landmark]:
    placed = []
    for row, line in enumerate(lines):
        x = left
        for word in line.split():
            placed.append(Landmark(word, page, Rect(x, top + 24 * row, 6.0 * len(word), 12)))
            x += 6.0 * len(word) + 6
    return placed


@given(st.integers(-60, 200), st.integers(-60, 400), st.integers(1, 4))
def test_a_field_goes_with_its_words(dx: int, dy: int, page: int) -> None:
    place = found(FIELD, 1, words(), words(page=page, top=100 + dy, left=72 + dx))
    assert place is not None
    assert (place.page, place.rect) == (page, FIELD.moved(dx, dy))


def test_a_paragraph_put_in_above_moves_it_down_and_other_lines_do_not_confuse_it() -> None:
    longer = (*("New words that were not there before in any line",) * 5, *LINES, "Seller: Buyer: Date:")
    place = found(FIELD, 1, words(), words(longer))
    assert place is not None
    assert place.rect == FIELD.moved(0, 5 * 24)


def test_words_that_are_gone_are_not_found() -> None:
    assert found(FIELD, 1, words(), words(("Something else entirely",))) is None
    assert found(FIELD, 1, words(), []) is None


def test_one_common_word_alone_is_no_proof() -> None:
    assert found(FIELD, 1, words(), words(("the",))) is None


def test_a_field_in_the_white_has_no_words_around() -> None:
    assert around(Rect(100, 700, 50, 20), 1, words()) == ()
    assert around(FIELD, 2, words()) == ()
    assert {"Seller:", "Buyer:", "Date:"} <= {word.text for word in around(FIELD, 1, words())}
