"""Which way a line of mixed scripts runs: the Unicode Bidirectional Algorithm (UAX #9) without explicit embeddings.

Embeddings and isolates are invisible controls that no name needs; here they are dropped, so that they cannot turn a
name round (robustness, fault 86).
"""

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import Final

_CONTROLS: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}", "\u2329": "\u232a", "\u27e8": "\u27e9"}
_MIRRORED: Final = {
    one: other for a, b in (*_BRACKETS.items(), ("<", ">"), ("«", "»"), ("‹", "›")) for one, other in ((a, b), (b, a))
}
_NEUTRAL: Final = frozenset(("B", "S", "WS", "ON", "BN"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one direction in logical order; pieces themselves are in visual order, left to right."""

    text: str
    rightwards: bool

    @property
    def alone(self) -> str:
        """What looks the same when it is set by itself, where nothing tells a sign its direction."""
        return self.text if self.rightwards else turned(self.text)


def turned(text: str) -> str:
    """Of a leftwards piece, or a part of one. Letters know their way; signs alone are turned and mirrored (L4)."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text):
        return text
    return "".join(_MIRRORED.get(letter, letter) for letter in reversed(text))


def visual_pieces(text: str, *, leftwards: bool = False) -> list[Piece]:
    """Rules W1-W7, N0-N2, I1-I2 and L2; the base direction is that of the first strong character (P2), or `leftwards`
    where the line is one of a page that is.
    """
    letters = [character for character in text if character not in _CONTROLS]
    if not letters:
        return []
    kinds = [unicodedata.bidirectional(character) or "L" for character in letters]
    if not leftwards and not any(kind in ("R", "AL", "AN") for kind in kinds):
        return [Piece("".join(letters), True)]
    base = 1 if leftwards else _base_level(kinds)
    levels = _levels(_resolved(letters, kinds, base), base)
    runs = [
        (level, "".join(letter for letter, _ in group))
        for level, group in groupby(zip(letters, levels, strict=True), key=lambda pair: pair[1])
    ]
    return [Piece(run, level % 2 == 0) for level, run in _reordered(runs)]


def _base_level(kinds: list[str]) -> int:
    strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return 0 if strong == "L" else 1


def _resolved(letters: list[str], kinds: list[str], base: int) -> list[str]:
    """Weak, then neutral types: what remains is L, R, EN and AN."""
    edge = "R" if base else "L"
    return _neutrals(_bracketed(letters, _weak(kinds, edge), edge), edge)


def _bracketed(letters: list[str], kinds: list[str], edge: str) -> list[str]:
    """N0: the two brackets of a pair go the same way, that of what they enclose where it runs as the line does or as
    what stands before them.
    """
    found = list(kinds)
    for opening, closing in _pairs(letters):
        inside = {_side(kind) for kind in found[opening + 1 : closing] if kind not in _NEUTRAL}
        if not inside:
            continue
        before = next((_side(kind) for kind in reversed(found[:opening]) if kind not in _NEUTRAL), edge)
        found[opening] = found[closing] = edge if edge in inside else before
    return found


def _pairs(letters: list[str]) -> list[tuple[int, int]]:
    """BD16: opening brackets with those that close them, in the order of the opening ones."""
    waiting: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at, letter in enumerate(letters):
        if letter in _BRACKETS:
            waiting.append((_BRACKETS[letter], at))
        elif any(letter == closing for closing, _ in waiting):
            while waiting[-1][0] != letter:
                waiting.pop()
            pairs.append((waiting.pop()[1], at))
    return sorted(pairs)


def _weak(kinds: list[str], edge: str) -> list[str]:
    found = list(kinds)
    previous, strong = edge, edge
    for at, kind in enumerate(found):
        if kind == "NSM":  # W1
            found[at] = previous
        elif kind == "EN" and strong == "AL":  # W2
            found[at] = "AN"
        if found[at] in ("L", "R", "AL"):
            strong = found[at]
        previous = found[at]
    found = ["R" if kind == "AL" else kind for kind in found]  # W3
    _separators(found)
    strong = edge
    for at, kind in enumerate(found):
        if kind in ("ES", "ET", "CS"):  # W6
            found[at] = "ON"
        elif kind == "EN" and strong == "L":  # W7
            found[at] = "L"
        if found[at] in ("L", "R"):
            strong = found[at]
    return found


def _separators(found: list[str]) -> None:
    """W4: a separator between two numbers of one kind joins them; W5: terminators belong to the number beside them."""
    for at in range(1, len(found) - 1):
        before, kind, after = found[at - 1 : at + 2]
        if before == after and ((kind == "ES" and before == "EN") or (kind == "CS" and before in ("EN", "AN"))):
            found[at] = before
    for order in (range(len(found)), range(len(found) - 1, -1, -1)):
        previous = ""
        for at in order:
            if found[at] == "ET" and previous == "EN":
                found[at] = "EN"
            previous = found[at]


def _neutrals(kinds: list[str], edge: str) -> list[str]:
    """N1: between two of one direction, that direction (numbers count as R); N2: else the base direction."""
    found: list[str] = []
    at = 0
    for neutral, group in groupby(kinds, key=lambda kind: kind in _NEUTRAL):
        run = list(group)
        if neutral:
            before = _side(found[-1]) if found else edge
            after = _side(kinds[at + len(run)]) if at + len(run) < len(kinds) else edge
            run = [before if before == after else edge] * len(run)
        found += run
        at += len(run)
    return found


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"


def _levels(kinds: list[str], base: int) -> list[int]:
    even = {"L": 0, "R": 1, "AN": 2, "EN": 2}
    odd = {"L": 2, "R": 1, "AN": 2, "EN": 2}
    table = odd if base else even
    return [table[kind] for kind in kinds]


def _reordered(runs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """L2 over whole runs: within a run of odd level the shaper turns the letters round."""
    for level in range(max(level for level, _ in runs), 0, -1):
        turned: list[tuple[int, str]] = []
        for high, group in groupby(runs, key=lambda run, level=level: run[0] >= level):  # type: ignore[misc]
            part = list(group)
            turned += reversed(part) if high else part
        runs = turned
    return runs
