"""What every operation of every provider promises; a new one is proved by these tests once it is in a catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.services import operating, operation_words
from app.sync.argument import Argument, Kind, Shape, Where, described
from app.sync.operation import Answers, Operation
from app.sync.provider import Provider
from app.sync.registry import PROVIDERS
from app.sync.request import File
from app.sync.source import Source
from tests.fakes.chance import few_of

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
EACH = [(provider, one) for provider in PROVIDERS.values() for one in provider.operations]
each = pytest.mark.parametrize(("provider", "one"), EACH, ids=[f"{p.name} {o.name}" for p, o in EACH])


def every_argument(shape: Shape, arguments: tuple[Argument, ...]) -> Iterator[Argument]:
    for one in arguments:
        yield one
        inner = one.shape.of or one.shape
        if inner is not shape:
            yield from every_argument(inner, inner.keys + tuple(key for _, keys in inner.variants for key in keys))


@pytest.mark.parametrize("provider", PROVIDERS.values(), ids=PROVIDERS)
def test_names_are_own_and_plain(provider: Provider) -> None:
    names = [one.name for one in provider.operations]
    assert len(names) == len(set(names)) > 0
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in names)
    assert len({one.title for one in provider.operations}) == len(names)
    assert len({(one.method, one.path) for one in provider.operations}) == len(names)


@each
def test_its_path_is_filled_by_its_arguments(provider: Provider, one: Operation) -> None:
    assert one.method in METHODS
    for path in filter(None, (one.path, one.upload_path)):
        assert path.startswith("/")
        named = re.findall(r"\{(\w+)\}", path)
        assert sorted(named) == sorted(each.name for each in one.at(Where.PATH, Where.HIDDEN_PATH))
    for argument in one.at(Where.PATH, Where.HIDDEN_PATH):
        assert argument.required
        shape = argument.shape
        assert shape.pattern or shape.least or shape.kind is Kind.WHOLE, "an identifier has a form, or is not empty"


@each
def test_what_it_takes_goes_with_its_method(provider: Provider, one: Operation) -> None:
    body = one.at(Where.BODY, Where.HIDDEN_BODY, Where.PART, Where.WHOLE)
    assert not (body and one.method in ("GET", "DELETE"))
    assert bool(one.upload_path) <= bool(one.at(Where.PART))
    assert len(one.at(Where.WHOLE)) <= 1
    assert one.is_download <= (one.method == "GET")
    assert not (one.is_download and one.changes)
    if one.method == "DELETE" and provider.name == "pigeon":
        assert one.answers is Answers.NOTHING


@each
def test_its_arguments_are_named_once_and_have_sense(provider: Provider, one: Operation) -> None:
    names = [argument.name for argument in one.arguments]
    assert len(names) == len(set(names))
    for argument in every_argument(Shape(Kind.ANY), one.arguments):
        assert isinstance(argument.source, Source)
        assert not (argument.required and argument.default)
        re.compile(argument.shape.pattern)
        assert not argument.shape.pattern or argument.shape.looks, f"{argument.name}: a pattern needs an example"
        assert bool(argument.shape.choices) == (argument.shape.kind is Kind.CHOICE)
        assert described(argument.shape)
        assert not argument.help or argument.help.endswith(".")
        if argument.shape.choices and argument.default in map(str, argument.shape.choices):
            assert argument.default


@each
def test_what_may_be_lost_can_be_looked_up(provider: Provider, one: Operation) -> None:
    if one.look:
        looked = provider.operation(one.look)
        assert looked.method == "GET"
        assert one.changes


@each
def test_it_is_explained(provider: Provider, one: Operation) -> None:
    lines = operation_words.lines(one)
    assert lines[0].startswith(one.title)
    assert (operation_words.UNVERIFIED in lines[0]) == (one.source is Source.ASSUMED)
    own = [line for line in lines[2:] if not line.startswith("   ")]
    assert [line.split()[0].rstrip("*") for line in own] == [argument.name for argument in one.arguments]
    every = sum(1 for _ in every_argument(Shape(Kind.ANY), one.arguments))
    assert len(lines) >= 2 + every
    data = operation_words.data(one)
    assert data["unverified"] == one.is_unverified
    assert [each["name"] for each in data["arguments"]] == [argument.name for argument in one.arguments]


@pytest.mark.parametrize("provider", PROVIDERS.values(), ids=PROVIDERS)
def test_options_of_arguments_are_options_of_the_account(provider: Provider) -> None:
    known = {field.name for field in provider.options}
    used = {argument.option for one in provider.operations for argument in one.arguments if argument.option}
    assert used <= known


def test_what_needs_no_login_is_said_by_the_seed_alone() -> None:
    open_ones = [(provider.name, one.name) for provider, one in EACH if one.anonymous]
    assert open_ones == [("nueform", "resolve_short_code"), ("nueform", "verify_password")]


def test_nothing_that_is_proven_hangs_on_something_assumed() -> None:
    """Assumed arguments stand in assumed operations only."""
    for _, one in EACH:
        assumed = [argument.name for argument in one.arguments if argument.source is Source.ASSUMED]
        assert not assumed or one.source is Source.ASSUMED, f"{one.name}: {assumed}"


def words_of(values: dict[str, Any]) -> dict[str, str]:
    """As a person types them; a text that begins with an at sign is typed with two."""
    return {name: _word(value) for name, value in values.items()}


def _word(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return f"@{value}" if value.startswith("@") else value
        case File():
            return str(value.path)
    return json.dumps(value)


@each
def test_what_is_typed_is_what_was_meant(provider: Provider, one: Operation) -> None:
    @settings(max_examples=8, suppress_health_check=list(HealthCheck))
    @given(few_of(one.arguments))
    def trial(values: dict[str, Any]) -> None:
        typed = operating.values(one, words_of(values))
        files = {name: File.named(Path(typed[name])) for name, value in values.items() if isinstance(value, File)}
        assert {**typed, **files} == values

    trial()
