"""Every remark a plan can make has words."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from app.services import plan_words
from app.services.plan_words import MENDS, TABLE, WAYS
from app.sync.flow import Remark, Way

APP = Path(plan_words.__file__).parents[1]
CODE = re.compile(r'(?:Remark|of_field|_of_kind)\(\s*"([a-z_]+)"')
CHOSEN = re.compile(r'Remark\("([a-z_]+)" if .*? else "([a-z_]+)"')
ASKED = re.compile(r'\("([a-z_]+)", .*?Capability\.')


def codes() -> set[str]:
    found: set[str] = set()
    for file in (*(APP / "sync").rglob("*.py"), *(APP / "services").glob("*.py")):
        text = file.read_text("utf-8")
        found |= set(CODE.findall(text)) | {code for pair in CHOSEN.findall(text) for code in pair}
        if file.name == "planning.py":
            found |= set(ASKED.findall(text))
    return found


def test_every_code_that_is_used_has_words() -> None:
    assert len(codes()) > 20
    assert codes() <= set(TABLE)


@pytest.mark.parametrize("code", sorted(TABLE))
def test_the_words_are_part_of_a_sentence(code: str) -> None:
    names = {name for _, name, _, _ in string.Formatter().parse(TABLE[code]) if name}
    said = plan_words.sentence(Remark(code, "the thing", dict.fromkeys(names - {"subject"}, 7)))
    assert said
    assert "{" not in said
    assert not said.endswith(".")


def test_every_way_is_told() -> None:
    assert set(WAYS) == set(Way)
    assert all(told.endswith(".") for told in WAYS.values())


def test_whatever_forbids_sending_can_be_mended() -> None:
    """The table names problems first, what is lost after them; `MENDS` has exactly the former, in their order."""
    problems = list(TABLE)[: list(TABLE).index("attachments")]
    assert list(MENDS) == problems
    assert all(plan_words.mend(Remark(code)).endswith(".") for code in problems)
