"""Finding the place of a field in a new version of its document, by the words that stood around it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from app.domain.geometry import Rect

NEAREST, FARTHEST_PT, GRAIN_PT = 14, 220.0, 4.0
"""Words that are asked, how far from the field they may stand, and how close two votes must lie to agree."""
ON_LINE = 0.3
"""Of its distance, what counts of a word beside the field."""
MOST_PLACES = 200
"""A word that stands oftener says nothing about a place."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A word and where it stands; `page` counts from 1."""

    text: str
    page: int
    rect: Rect


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field goes."""

    page: int
    rect: Rect


def around(rect: Rect, page: int, words: Sequence[Landmark]) -> tuple[Landmark, ...]:
    """The nearest words of its page, nearest first."""
    here = ((_distance(rect, word.rect), word) for word in words if word.page == page and _says_something(word.text))
    near = sorted((pair for pair in here if pair[0] <= FARTHEST_PT), key=lambda pair: (pair[0], pair[1].rect.y))
    return tuple(word for _, word in near[:NEAREST])


def found(rect: Rect, page: int, before: Sequence[Landmark], after: Sequence[Landmark]) -> Place | None:
    """Where the words that were around it are now. Each votes, near and rare ones louder, for the shift that brings it
    to one of its places in the new version; of equal shifts the smallest wins. None when fewer than two words agree,
    or one where it was alone.
    """
    landmarks = around(rect, page, before)
    places: dict[str, list[Landmark]] = defaultdict(list)
    for word in after:
        places[word.text.casefold()].append(word)
    votes: dict[tuple[int, int, int], list[tuple[float, Landmark, Landmark]]] = defaultdict(list)
    for landmark in landmarks:
        now = places.get(landmark.text.casefold(), [])
        if not 0 < len(now) <= MOST_PLACES:
            continue
        weight = 1 / ((10 + _distance(rect, landmark.rect)) ** 2 * len(now))
        for word in now:
            votes[_shift(landmark, word)].append((weight, landmark, word))
    if not votes:
        return None
    best = max(votes, key=lambda shift: (_loudness(votes, shift), -abs(shift[0] - page), -hypot(shift[1], shift[2])))
    agreeing = [vote for shift in _beside(best) for vote in votes.get(shift, ())]
    if len({landmark.rect for _, landmark, _ in agreeing}) < min(2, len(landmarks)):
        return None
    # The nearest word's own shift places the field; the others have only said which of its places is meant.
    _, old, new = max(agreeing, key=lambda vote: (vote[0], -vote[1].rect.y))
    return Place(best[0], rect.moved(new.rect.x - old.rect.x, new.rect.y - old.rect.y))


def _loudness(
    votes: dict[tuple[int, int, int], list[tuple[float, Landmark, Landmark]]], shift: tuple[int, int, int]
) -> float:
    return sum(weight for beside in _beside(shift) for weight, _, _ in votes.get(beside, ()))


def _beside(shift: tuple[int, int, int]) -> list[tuple[int, int, int]]:
    """A shift and those a grain away: rounding must not part two words of one line."""
    page, dx, dy = shift
    return [(page, dx + i, dy + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]


def _shift(old: Landmark, new: Landmark) -> tuple[int, int, int]:
    return new.page, round((new.rect.x - old.rect.x) / GRAIN_PT), round((new.rect.y - old.rect.y) / GRAIN_PT)


def _says_something(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _distance(one: Rect, other: Rect) -> float:
    """Between the nearest points; 0 where they touch. On one line with the field stands what names it, so words there
    count as if they were nearer.
    """
    dx = max(one.x - other.right, other.x - one.right, 0.0)
    dy = max(one.y - other.bottom, other.y - one.bottom, 0.0)
    return hypot(dx, dy) if dy else dx * ON_LINE
