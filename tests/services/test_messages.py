"""Contract over the tree of errors: each has words, and every fact the words name exists."""

import inspect
import re
import string
from dataclasses import fields
from typing import Any, get_args

import pytest

from app.domain import errors, lookalike, preflight, reasoning
from app.services import finding_words, outbox_words, window_words
from app.services.messages import TABLE, words


def _example(annotation: str) -> Any:
    if "dict" in annotation:
        return [{"code": "no_documents", "severity": "error", "subject": ""}]
    if "list" in annotation:
        return ["a", "b"]
    return 3 if "int" in annotation else 2.5 if "float" in annotation else "text"


@pytest.mark.parametrize("kind", sorted(errors.all_kinds()))
def test_every_error_has_a_title_what_happened_and_what_to_do(kind: str) -> None:
    cls = errors.all_kinds()[kind]
    facts = {one.name: _example(str(one.type)) for one in fields(cls)}
    said = words(cls(**facts))
    assert kind in TABLE
    assert said.title
    assert said.happened.endswith((".", "”", "?"))
    assert said.todo.endswith(".")
    assert "{" not in said.line
    assert "\n" not in said.line


def test_the_table_has_no_words_for_errors_that_do_not_exist() -> None:
    assert set(TABLE) <= set(errors.all_kinds())


@pytest.mark.parametrize("kind", sorted(TABLE))
def test_words_name_only_facts_the_error_has(kind: str) -> None:
    known = {one.name for one in fields(errors.all_kinds()[kind])}
    named = {name for text in TABLE[kind] for _, name, _, _ in string.Formatter().parse(text) if name}
    assert named <= known


@pytest.mark.parametrize("kind", sorted(TABLE))
def test_in_the_window_words_name_no_commands(kind: str) -> None:
    cls = errors.all_kinds()[kind]
    error = cls(**{one.name: _example(str(one.type)) for one in fields(cls)})
    assert "paraph " not in words(error, window=True).line
    assert words(error, window=True).todo.endswith(".")


def test_words_for_the_window_are_for_errors_whose_words_name_commands() -> None:
    assert {kind for kind, (_, _, todo) in TABLE.items() if "paraph " in todo} == set(window_words.TABLE)


@pytest.mark.parametrize("kind", sorted(outbox_words.TABLE))
def test_the_outbox_names_buttons_in_the_window_and_commands_elsewhere(kind: str) -> None:
    said = outbox_words.TABLE[kind]
    assert "paraph " not in said.happened + said.buttons
    assert "Choose" not in said.commands
    facts = dict.fromkeys(("op", "envelope", "step", "here", "there", "host", "times", "most"), "x")
    assert "{" not in outbox_words.sentence(kind, facts, window=True) + outbox_words.sentence(kind, facts, window=False)


@pytest.mark.parametrize(
    ("status", "allowed", "todo"),
    [
        ("draft", ["out"], "Send it out first; a draft itself can be changed freely."),
        ("out", ["draft"], "Take it back to draft while nobody has signed, or copy it into a new draft."),
        ("out", ["completed"], "Wait until everybody has acted."),
        ("completed", ["draft"], "Copy it into a new draft if it must be changed."),
        ("voided", ["out"], "Copy it into a new draft if it must be changed."),
    ],
)
def test_what_to_do_about_a_wrong_status_leads_to_the_one_wanted(status: str, allowed: list[str], todo: str) -> None:
    assert words(errors.WrongStatus(action="sign", status=status, allowed=allowed)).todo == todo


def test_a_bug_is_called_a_bug() -> None:
    assert "report" in words(KeyError("x")).todo


def test_every_finding_of_preflight_has_words_and_a_way_to_mend_it() -> None:
    text = "".join(inspect.getsource(module) for module in (preflight, reasoning))
    codes = set(re.findall(r'(?:error|warning)\("([a-z_]+)"', text))
    codes |= set(re.findall(r'"((?:condition|formula)_on_later)"', text)) | {"condition_never", "condition_always"}
    codes |= set(get_args(lookalike.Doubt)) - {""}
    assert codes == set(finding_words.TABLE)
    for code in codes:
        assert finding_words.sentence(code, "Lease").endswith(".")
        assert finding_words.fix(code).endswith(".")
