"""Two readings of each contract, ours and the fake's, written apart: whatever ours lets through, the other takes.

Values are made from the shapes of our catalogue. What our rules refuse is not sent; of the rest no body and no query
may be refused, for a refusal by a service would be a fault of ours.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import SpecError
from app.sync.argument import Where
from app.sync.operation import Operation, build
from app.sync.providers.signatureapi import shapes
from app.sync.registry import provider_of
from app.sync.request import File, Json, Multipart, Request
from tests.fakes import signatureapi_shapes
from tests.fakes.chance import STARTS, few_of, values_of
from tests.fakes.checking import Check, obj
from tests.fakes.clearpolicy import ClearPolicy
from tests.fakes.fake import Fake, Route, matched
from tests.fakes.nueform import NueForm
from tests.fakes.pigeon import Pigeon
from tests.fakes.signatureapi import SignatureApi
from tests.fakes.visisign import VisiSign

FAKES: tuple[type[Fake], ...] = (ClearPolicy, NueForm, Pigeon, SignatureApi, VisiSign)
EACH = [(fake, one) for fake in FAKES for one in provider_of(fake.name).operations]


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
