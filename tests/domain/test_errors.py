"""The tree of errors: facts that travel, names that are all exported, words nowhere."""

from __future__ import annotations

import ast
import json
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from app.domain import errors
from app.domain.errors import ParaphError

KINDS = errors.all_kinds()
every_kind = pytest.mark.parametrize("kind", sorted(KINDS))
EXAMPLES: dict[object, Any] = {
    str: "x",
    bool: True,
    int: 1,
    float: 1.5,
    list[str]: ["x"],
    list[dict[str, Any]]: [{"code": "x"}],
}


def made(kind: str) -> ParaphError:
    return errors.from_facts(kind, {name: EXAMPLES[hint] for name, hint in hints(kind).items()})


def hints(kind: str) -> dict[str, object]:
    found = get_type_hints(KINDS[kind])
    return {one.name: found[one.name] for one in fields(KINDS[kind])}


@every_kind
def test_an_error_crosses_a_process_border_as_its_facts(kind: str) -> None:
    error = made(kind)
    facts = json.loads(json.dumps(error.facts))
    again = errors.from_facts(error.kind, facts)
    assert type(again) is KINDS[kind]
    assert again.facts == error.facts
    assert kind in str(error)


@every_kind
def test_every_class_of_the_tree_is_exported_where_callers_look(kind: str) -> None:
    assert getattr(errors, kind) is KINDS[kind]
    assert kind in errors.__all__


def test_what_is_exported_is_there_and_each_branch_keeps_to_its_file() -> None:
    assert all(hasattr(errors, name) for name in errors.__all__)
    assert len(set(errors.__all__)) == len(errors.__all__)
    folder = Path(errors.__file__).parent
    written = [
        node.name
        for path in folder.glob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    assert sorted(written) == sorted(KINDS)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.UsageError, 2),
        (errors.RuleError, 3),
        (errors.DocumentError, 4),
        (errors.IdentityError, 5),
        (errors.SealingError, 5),
        (errors.StoreError, 6),
        (errors.RemoteError, 7),
        (errors.VaultError, 8),
        (errors.Cancelled, 130),
    ],
)
def test_each_branch_ends_the_command_line_with_its_own_code(kind: type[ParaphError], code: int) -> None:
    below = [one for one in KINDS.values() if issubclass(one, kind)]
    assert below
    assert {one.exit_code for one in below} == {code}


def test_the_tree_drawn_in_the_docstring_is_the_tree() -> None:
    drawn = [line.split()[1] for line in (errors.__doc__ or "").splitlines() if "── " in line]
    assert sorted(drawn) == sorted(child.__name__ for child in ParaphError.__subclasses__())


def test_two_errors_of_the_same_facts_are_two_errors() -> None:
    one, other = errors.ReasonMissing(action="void"), errors.ReasonMissing(action="void")
    assert one != other
    assert len({one, other}) == 2


def test_an_unknown_kind_is_a_bug() -> None:
    with pytest.raises(KeyError):
        errors.from_facts("NoSuchError", {})
