"""Regular expressions of strangers, matched in time that grows with text times pattern, never faster.

A pattern comes from whoever wrote the envelope, and backtracking takes years over `(a+)+b`. So it is read into a state
machine whose possible states are followed all at once. Taken are literals, classes, groups, choices and repeats, as
Python's `re` writes them; look-around, back references, word borders and flags are refused, since they are no regular
language or need backtracking. The whole text must match, so `^` and `$` are allowed at the ends and change nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.domain.errors import SpecError

LONGEST_PATTERN, LONGEST_TEXT, DEEPEST = 300, 1000, 20
"""Characters of a pattern, of a text that is matched, and groups inside groups."""
MOST_STATES = 1000
"""Of the machine, with every counted repeat written out."""

ATOM = re.compile(
    r"\\[dDwWsS]|\\[tnrfv]|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^\w\s]"
    r"|\[\^?\]?(?:\\.|[^\]\\])*\]"
    r"|[^\\\[\](){}*+?|^$]",
    re.DOTALL,
)
REPEAT = re.compile(r"(?:([*+?])|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})\??")
ENDING = re.compile(r"(?<!\\)((?:\\\\)*)\$\Z")
AMBIGUOUS = re.compile(r"\[|--|&&|~~|\|\|")
"""Inside a class: what later versions of Python may read as nested or combined sets."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """`most` None: without end."""

    item: "Node"
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several; each option is a sequence."""

    options: tuple[tuple["Node", ...], ...]


Node = re.Pattern[str] | Repeat | Choice


@dataclass(frozen=True, slots=True)
class State:
    """Goes on to all of `after`; if there is a `test`, only over a character that passes it."""

    test: re.Pattern[str] | None
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Machine:
    """State 0 is the end; `start` is where the text begins."""

    states: tuple[State, ...]
    start: int

    def accepts(self, text: str) -> bool:
        """True if the whole text matches; a text over `LONGEST_TEXT` never does."""
        if len(text) > LONGEST_TEXT:
            return False
        here = self._reach((self.start,))
        known: dict[tuple[frozenset[int], str], frozenset[int]] = {}
        for character in text:
            if (here, character) not in known:
                known[here, character] = self._over(here, character)
            here = known[here, character]
        return 0 in here

    def _over(self, here: frozenset[int], character: str) -> frozenset[int]:
        passed = (s for s in map(self.states.__getitem__, here) if s.test is not None and s.test.fullmatch(character))
        return self._reach(after for state in passed for after in state.after)

    def _reach(self, starts: Iterable[int]) -> frozenset[int]:
        found: set[int] = set()
        waiting = list(starts)
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting.extend(self.states[number].after if self.states[number].test is None else ())
        return frozenset(found)


@lru_cache(maxsize=256)
def read(pattern: str, path: str = "pattern") -> Machine:
    """Raises `SpecError` at `path` for what is no regular expression, is not taken here, or is too large."""
    if len(pattern) > LONGEST_PATTERN:
        raise SpecError(path=path, problem=f"a pattern may have {LONGEST_PATTERN} characters")
    whole = _Reader(pattern, path).whole()
    if _size(whole) > MOST_STATES:
        raise SpecError(path=path, problem="it repeats too much")
    states = [State(None, ())]
    start = _sequence(whole, 0, states)
    return Machine(tuple(states), start)


class _Reader:
    def __init__(self, pattern: str, path: str) -> None:
        begun = pattern.removeprefix("^")
        ended = ENDING.sub(r"\1", begun)
        self._text, self._at, self._path, self._depth = ended, 0, path, 0

    def whole(self) -> tuple[Node, ...]:
        found = self._options()
        if self._at < len(self._text):
            raise self._refused(self._text[self._at :])
        return found

    def _options(self) -> tuple[Node, ...]:
        options = [self._items()]
        while self._text.startswith("|", self._at):
            self._at += 1
            options.append(self._items())
        return options[0] if len(options) == 1 else (Choice(tuple(options)),)

    def _items(self) -> tuple[Node, ...]:
        items: list[Node] = []
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            items.append(self._repeated(self._item()))
        return tuple(items)

    def _item(self) -> Node:
        if self._text.startswith("(", self._at):
            return self._group()
        atom = ATOM.match(self._text, self._at)
        if atom is None or _is_ambiguous(atom[0]):
            raise self._refused(self._text[self._at :])
        self._at = atom.end()
        try:
            return re.compile(atom[0])
        except re.error:
            raise self._refused(atom[0]) from None

    def _group(self) -> Node:
        begin = self._at
        self._at += 3 if self._text.startswith("(?:", self._at) else 1
        self._depth += 1
        inside = self._options() if self._depth <= DEEPEST else ()
        self._depth -= 1
        if not self._text.startswith(")", self._at):
            raise self._refused(self._text[begin:])
        self._at += 1
        return Choice((inside,))

    def _repeated(self, item: Node) -> Node:
        found = REPEAT.match(self._text, self._at)
        if found is None:
            return item
        self._at = found.end()
        sign, least, comma, most = found.groups()
        if sign:
            return Repeat(item, int(sign == "+"), 1 if sign == "?" else None)
        upper = int(most) if most else None if comma else int(least)
        if upper is not None and upper < int(least):
            raise self._refused(found[0])
        return Repeat(item, int(least), upper)

    def _refused(self, where: str) -> SpecError:
        return SpecError(path=self._path, problem=f"it cannot be used as a pattern from here on: {where[:20]}")


def _is_ambiguous(atom: str) -> bool:
    return atom.startswith("[") and AMBIGUOUS.search(re.sub(r"\\.", "", atom[1:])) is not None


def _size(nodes: tuple[Node, ...]) -> int:
    return sum(map(_size_of, nodes)) + 1


def _size_of(node: Node) -> int:
    match node:
        case Repeat():
            copies = node.least + 1 if node.most is None else node.most
            return (_size_of(node.item) + 1) * max(copies, 1)
        case Choice():
            return sum(map(_size, node.options)) + 1
        case _:
            return 1


def _sequence(nodes: tuple[Node, ...], after: int, states: list[State]) -> int:
    """Built from its end; gives the state where it begins."""
    for node in reversed(nodes):
        after = _build(node, after, states)
    return after


def _build(node: Node, after: int, states: list[State]) -> int:
    match node:
        case Repeat():
            return _repeat(node, after, states)
        case Choice():
            starts = tuple(_sequence(option, after, states) for option in node.options)
            return _add(State(None, starts), states)
        case _:
            return _add(State(node, (after,)), states)


def _repeat(node: Repeat, after: int, states: list[State]) -> int:
    begin = after
    if node.most is None:
        begin = _add(State(None, (after,)), states)
        states[begin] = State(None, (_build(node.item, begin, states), after))
    else:
        for _ in range(node.most - node.least):
            begin = _add(State(None, (_build(node.item, begin, states), after)), states)
    for _ in range(node.least):
        begin = _build(node.item, begin, states)
    return begin


def _add(state: State, states: list[State]) -> int:
    states.append(state)
    return len(states) - 1
