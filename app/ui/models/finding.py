"""Finding an action by a few of its letters."""

from __future__ import annotations

from typing import Final

START_OF_WORD: Final = 8
FOLLOWING: Final = 5
GAP: Final = 1


def score(wanted: str, text: str) -> int | None:
    """How well `wanted` fits `text`: its letters in order, better at the start of words and in a row.
    None when it does not fit at all; everything fits an empty wish equally."""
    letters, target = wanted.casefold().replace(" ", ""), text.casefold()
    total, at, last = 0, 0, -2
    for letter in letters:
        found = _best_place(letter, target, at, last)
        if found < 0:
            return None
        if found == 0 or not target[found - 1].isalnum():
            total += START_OF_WORD
        if found == last + 1:
            total += FOLLOWING
        total -= GAP * (found - at)
        last, at = found, found + 1
    return total - len(target) // 8


def _best_place(letter: str, target: str, at: int, last: int) -> int:
    """In a row if it can be, else the next start of a word, else anywhere later."""
    if at < len(target) and target[at] == letter and at == last + 1:
        return at
    for place in range(at, len(target)):
        if target[place] == letter and (place == 0 or not target[place - 1].isalnum()):
            return place
    return target.find(letter, at)
