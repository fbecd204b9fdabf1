"""Every widget under test is dressed by the real theme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.ui.frame.memory import Memory
from app.ui.keyhole import Keyhole
from app.ui.shell import Shell
from app.ui.theme import Scheme, Theme
from app.ui.windows import OUTLINE
from tests.support.inline_runner import InlineRunner

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """Once: a style sheet set anew polishes every widget there is."""
    return Theme(qapp, RESOURCES, Scheme.LIGHT)


@pytest.fixture
def theme(dressed: Theme) -> Iterator[Theme]:
    dressed.choose(Scheme.LIGHT, 1.0)
    yield dressed
    dressed.choose(Scheme.LIGHT, 1.0)
    dressed.suit(strong=False)


@pytest.fixture
def runner() -> InlineRunner:
    return InlineRunner()


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path)


@pytest.fixture
def keyhole() -> Keyhole:
    return Keyhole()


@pytest.fixture
def shell(theme: Theme, memory: Memory, keyhole: Keyhole) -> Iterator[Shell]:
    shell = Shell(memory)
    shell.build(keyhole, OUTLINE)
    yield shell
    if isValid(shell):
        shell.close()
