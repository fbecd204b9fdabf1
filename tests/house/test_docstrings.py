"""What is public says why it exists."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import SOURCES, Source


def _silent(source: Source) -> Iterator[str]:
    if not ast.get_docstring(source.tree):
        yield f"{source.name}: the module"
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node):
            yield f"{source.at(node)} {node.name}"


def test_every_public_module_and_class_says_why_it_exists() -> None:
    silent = [place for source in SOURCES for place in _silent(source)]
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "HACK"])
def test_nothing_is_left_for_later(word: str) -> None:
    # Spelt apart, so that this file does not accuse itself.
    found = [source.name for source in SOURCES if f"# {word}" in source.text]
    assert not found


def test_a_parameter_is_not_explained_by_its_own_name() -> None:
    found = [source.name for source in SOURCES if ":param " in source.text or ":return" in source.text]
    assert not found
