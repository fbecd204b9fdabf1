"""Two readings of each contract, ours and the fake's, written apart: whatever ours lets through, the other takes.

Values are made from the shapes of our catalogue. What our rules refuse is not sent; of the rest no body and no query
may be refused, for a refusal by a service would be a fault of ours.
"""

from __future__ import annotations

import json
import string
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import SpecError
from app.sync.argument import Argument, Kind, Shape, Where
from app.sync.operation import Operation, build
from app.sync.providers.signatureapi import shapes
from app.sync.registry import provider_of
from app.sync.request import File, Json, Multipart, Request
from tests.fakes import signatureapi_shapes
from tests.fakes.checking import Check, obj
from tests.fakes.clearpolicy import ClearPolicy
from tests.fakes.fake import Fake, Route, matched
from tests.fakes.nueform import NueForm
from tests.fakes.pigeon import Pigeon
from tests.fakes.signatureapi import SignatureApi
from tests.fakes.visisign import VisiSign

FAKES: tuple[type[Fake], ...] = (ClearPolicy, NueForm, Pigeon, SignatureApi, VisiSign)
EACH = [(fake, one) for fake in FAKES for one in provider_of(fake.name).operations]
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


def complaints(fake: Fake, request: Request) -> list[str]:
    """Of the fake's reading, as far as it needs no memory."""
    path, _, flag = request.filled.partition("?")
    query = {name: value if isinstance(value, str) else value[-1] for name, value in request.query.items() if value}
    asked = {**query, **({flag: ""} if flag else {})}
    routes = [one for one in fake.routes if matched(one, request.method, path, asked) is not None]
    assert routes, f"the fake has no {request.method} {path}"
    found = list(obj(routes[0].query, routes[0].more_query)(query, "query"))
    data = _data(routes[0], request)
    if routes[0].body is not None and data is not None:
        found += routes[0].body(json.loads(json.dumps(data)), "body")
    return [str(one) for one in found]


def _data(route: Route, request: Request) -> Any:
    match request.body:
        case Json(value):
            assert route.body is not None, "the fake takes no body"
            return value
        case Multipart(texts, files):
            assert set(files) == {route.file}
            assert set(texts) <= set(route.texts or ("data",))
            return texts if route.texts else json.loads(texts.get("data", "{}"))
        case File(content_type=content_type):
            assert content_type in route.raw
            return None
        case None:
            return {}
    raise AssertionError(request.body)


@pytest.mark.parametrize(("kind", "operation"), EACH, ids=[f"{fake.name} {one.name}" for fake, one in EACH])
def test_whatever_our_catalogue_lets_through_the_fake_takes(kind: type[Fake], operation: Operation) -> None:
    fake, passed = kind(), [0]

    @settings(max_examples=50 if operation.rules else 10, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(STARTS.get(operation.name, [{}])), few_of(operation.arguments))
    def trial(start: dict[str, Any], values: dict[str, Any]) -> None:
        try:
            request = build(operation, {**values, **start})
        except SpecError:
            return
        passed[0] += 1
        assert not complaints(fake, request)

    trial()
    assert passed[0], "no values pass our own rules"


@pytest.mark.parametrize("name", ["PLACE", "RECIPIENT", "AUTHENTICATION"])
def test_parts_of_an_envelope_are_taken_whatever_they_are(name: str) -> None:
    """Whole envelopes rarely pass our rules by chance."""
    theirs: Check = getattr(signatureapi_shapes, name)

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(values_of(getattr(shapes, name)))
    def trial(value: Any) -> None:
        assert not [str(one) for one in theirs(value, "")]

    trial()


def test_paths_are_in_no_query() -> None:
    for _, operation in EACH:
        assert not {one.name for one in operation.at(Where.QUERY)} & {one.name for one in operation.at(Where.PATH)}
