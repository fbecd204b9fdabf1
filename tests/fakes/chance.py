"""Values by chance, made from the shapes of a catalogue: what a person could ask for."""

from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from app.sync.argument import Argument, Kind, Shape
from app.sync.request import File

STARTS: dict[str, list[dict[str, Any]]] = {
    "create_document": [
        {"file": File(Path("a.pdf")), "name": "Lease"},
        {"url": "https://example.com/a.pdf", "name": "Lease"},
        {"template_uuid": "t1", "recipients": []},
    ],
    "create_signature_request": [{"file": File(Path("a.pdf"))}, {"content": "{{signature:a}}"}],
}
"""Where one of several ways must be taken, chance alone rarely takes one."""
WORDS = st.text(string.ascii_letters + "äß€ {}", min_size=1, max_size=8).filter(str.strip)


def values_of(shape: Shape) -> st.SearchStrategy[Any]:
    made = _made(shape)
    return st.none() | made if shape.nullable else made


def _made(shape: Shape) -> st.SearchStrategy[Any]:
    simple: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.YES_NO: st.booleans(),
        Kind.MOMENT: st.just("2030-01-31T12:00:00Z"),
        Kind.EMAIL: st.sampled_from(["jane@example.com", "bob@example.co.uk"]),
        Kind.WEB: st.sampled_from(["https://example.com/a.pdf", "https://example.com"]),
        Kind.FILE: st.just(File(Path("a.pdf"))),
        Kind.PLAIN: st.booleans() | st.integers(-9, 9) | WORDS,
        Kind.ANY: st.none() | st.booleans() | st.integers(-9, 9) | WORDS,
    }
    if shape.kind in simple:
        return simple[shape.kind]
    if shape.kind is Kind.TEXT:
        return _text(shape)
    if shape.kind is Kind.CHOICE:
        return st.sampled_from(shape.choices)
    if shape.kind in (Kind.WHOLE, Kind.NUMBER):
        return _number(shape)
    if shape.kind is Kind.LIST:
        assert shape.of is not None
        least = int(shape.least or 0)
        return st.lists(values_of(shape.of), min_size=least, max_size=max(least, min(int(shape.most or 3), 3)))
    return _object(shape)


def _text(shape: Shape) -> st.SearchStrategy[Any]:
    if shape.pattern:
        return st.from_regex(f"(?:{shape.pattern})", fullmatch=True, alphabet=st.sampled_from(string.printable[:94]))
    return WORDS if shape.least else WORDS | st.just("")


def _number(shape: Shape) -> st.SearchStrategy[Any]:
    least = shape.above if shape.above is not None else shape.least if shape.least is not None else -5
    most = shape.most if shape.most is not None else least + 1000
    if shape.kind is Kind.WHOLE:
        return st.integers(int(least), int(most))
    return st.floats(least, most, exclude_min=shape.above is not None) | st.just(most)


def _object(shape: Shape) -> st.SearchStrategy[Any]:
    if not shape.keys:
        assert shape.of is not None
        return st.dictionaries(WORDS, values_of(shape.of), min_size=int(shape.least or 0), max_size=2)
    if not shape.variants:
        return some_of(shape.keys)
    common = tuple(one for one in shape.keys if one.name != "type")
    return st.one_of(*(_of_kind(kind, (*common, *keys)) for kind, keys in shape.variants))


def _of_kind(kind: str, arguments: tuple[Argument, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return some_of(arguments).map(lambda rest: {**rest, "type": kind})


def few_of(arguments: tuple[Argument, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """What is needed and little more: the more is given, the more of it does not go together."""
    needed = tuple(one for one in arguments if one.required)
    more = [one for one in arguments if not one.required]
    if not more:
        return some_of(needed)
    chosen = st.lists(st.sampled_from(more), max_size=5, unique_by=lambda one: one.name)
    return chosen.flatmap(lambda found: some_of((*needed, *(replace(one, required=True) for one in found))))


def some_of(arguments: tuple[Argument, ...]) -> st.SearchStrategy[dict[str, Any]]:
    needed = {one.name: values_of(one.shape) for one in arguments if one.required}
    more = {one.name: values_of(one.shape) for one in arguments if not one.required}
    return st.fixed_dictionaries(needed, optional=more)
