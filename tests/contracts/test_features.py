"""The table of all features that the five source documents name: what carries each, and which test proves it.

`remote`: an operation of a catalogue carries it. `local`: Paraph or its connector does it without one. `open`: it is
not done, and the last word says why.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from app.sync.registry import provider_of
from tests.house.source import CHECKOUT

TABLE = Path(__file__).with_name("features.tsv")
LIST = CHECKOUT.parent / "shared" / "contracts" / "features.md"
COUNTS = {"0": 52, "1": 24, "2": 54, "3": 34, "4": 15}
PROVIDERS = {"0": "pigeon", "1": "clearpolicy", "2": "visisign", "3": "nueform", "4": "signatureapi"}


@dataclass(frozen=True)
class Row:
    """`proof` is the id of a test, or the reason of what is open."""

    id: str
    state: str
    operation: str
    proof: str
    feature: str


def rows() -> list[Row]:
    head, *lines = TABLE.read_text("utf-8").splitlines()
    assert head.split("\t") == ["id", "state", "operation", "proof", "feature"]
    return [Row(*line.split("\t")) for line in lines]


ROWS = rows()
each = pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((CHECKOUT / path).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_feature_is_there_once() -> None:
    wanted = [f"{seed}-{number:02}" for seed, count in COUNTS.items() for number in range(1, count + 1)]
    assert [row.id for row in ROWS] == wanted
    assert len(wanted) == 179
    assert all(row.feature for row in ROWS)


def test_the_ids_are_those_of_the_list() -> None:
    if not LIST.is_file():
        pytest.skip(f"no list here: {LIST.name} is beside the checkout where it is known")
    found = re.findall(r"^- (\d-\d\d) ", LIST.read_text("utf-8"), re.MULTILINE)
    assert found == [row.id for row in ROWS]


@each
def test_what_carries_it_is_there(row: Row) -> None:
    assert row.state in ("remote", "local", "open")
    assert bool(row.operation) or row.state == "local"
    if row.operation:
        provider, _, operation = row.operation.partition(".")
        assert provider == PROVIDERS[row.id[0]]
        assert provider_of(provider).operation(operation).name == operation


@each
def test_what_proves_it_is_there(row: Row) -> None:
    if row.state == "open":
        assert len(row.proof.split()) > 5, "a reason is a sentence"
        return
    path, _, name = row.proof.partition("::")
    assert name.startswith("test_")
    assert name in names_in(path)


def test_every_operation_that_a_document_names_carries_a_feature() -> None:
    """Those that are known from elsewhere alone have none."""
    carried = {row.operation for row in ROWS if row.operation}
    named = {
        f"{name}.{one.name}"
        for name in PROVIDERS.values()
        for one in provider_of(name).operations
        if one.source == "seed" or name == "pigeon"
    }
    assert named <= carried


def test_nothing_is_open() -> None:
    assert Counter(row.state for row in ROWS)["open"] == 0
