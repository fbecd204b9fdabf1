"""The editor as a screen reader meets it: another process, over the accessibility bus of the desktop, and only keys."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.at_spi import FOCUSED, SELECTED, Listener, Spoken, listening, session_bus

pytestmark = pytest.mark.display
CHECKOUT = Path(__file__).resolve().parents[2]


class Keyboard:
    def press(self, *keys: str) -> None:
        for each in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", each], check=True, timeout=20)


@pytest.fixture
def reader(tmp_path: Path, qtbot: QtBot) -> Iterator[Listener]:
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool")
    with session_bus(tmp_path) as session, listening(session) as listener:
        editor = subprocess.Popen(
            [sys.executable, "-m", "tests.support.editor_child", tmp_path],
            cwd=CHECKOUT, env=session, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert editor.stdout is not None
            assert editor.stdout.readline() == "ready\n"
            qtbot.waitUntil(lambda: len(listener.programs()) == 1, timeout=20_000)
            yield listener
        finally:
            editor.communicate("\n", timeout=30)


def whole(reader: Listener) -> list[Spoken]:
    (program,) = reader.programs()
    return list(reader.tree(program))


def test_what_happens_to_a_field_is_told_as_it_happens(reader: Listener) -> None:
    hands = Keyboard()
    hands.press("Tab")
    reader.wait_for("Attachment, Jane Smith, page 1, ")
    hands.press("Escape")
    reader.wait_for("Nothing selected")
    hands.press("s")
    reader.wait_for("Signature in the hand. Arrows carry it, Enter places it")
    hands.press("Right")
    reader.wait_for("mm from left")
    hands.press("Return")
    reader.wait_for("Signature, Jane Smith, page 1, ")
    hands.press("shift+Down")
    reader.wait_for("Signature, Jane Smith, page 1, ")
    hands.press("ctrl+Right")
    reader.wait_for("Signature, Jane Smith, ")
    hands.press("Delete")
    reader.wait_for("Deleted: Signature, Jane Smith, page 1")
    hands.press("ctrl+z")
    reader.wait_for("Undone: delete signature. Signature, Jane Smith, page 1, ")
    hands.press("2")
    reader.wait_for("Signature, Bob Jones, page 1, ")
    hands.press("ctrl+a")
    reader.wait_for("18 fields selected")
    hands.press("ctrl+d")
    reader.wait_for("18 fields placed")


def test_nothing_can_be_reached_or_pressed_that_has_no_name(reader: Listener) -> None:
    Keyboard().press("Tab")
    reader.wait_for("Attachment, Jane Smith")
    reached = [node for node in whole(reader) if node.is_reached]
    assert len(reached) > 60
    assert [" / ".join((*node.ancestry[-3:], node.role)) for node in reached if not node.name] == []
    assert [f"{node.role} {node.name}" for node in reached if node.role in ("unknown", "filler", "invalid", "")] == []


def test_fields_on_the_pages_are_parts_of_them_with_place_and_state(reader: Listener) -> None:
    Keyboard().press("Tab", "Tab")
    reader.wait_for("Checkbox, Jane Smith")
    fields = [node for node in whole(reader) if node.ancestry and node.ancestry[-1].endswith("Pages")]
    assert len(fields) == 17
    (street,) = [node for node in fields if node.name.startswith("Text, Street, Jane Smith, page 1, ")]
    assert street.name.endswith("mm from top, required")
    assert SELECTED not in street.states
    (chosen,) = [node for node in fields if SELECTED in node.states]
    assert chosen.name.startswith("Checkbox, ")
    assert FOCUSED in chosen.states
