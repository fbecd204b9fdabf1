"""Garbage is collected between strokes, never during one."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from app.ui import collecting
from app.ui.collecting import Collecting, favour_the_hand


class Knot:
    """Holds itself: only a full pass lets it go once it has grown old."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def favoured() -> Iterator[None]:
    thresholds, patience = gc.get_threshold(), sys.getswitchinterval()
    favour_the_hand()
    yield
    sys.setswitchinterval(patience)
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def old_knot() -> weakref.ref[Knot]:
    knot = Knot()
    gc.collect(1)
    kept = weakref.ref(knot)
    del knot
    for _ in range(collecting.WORTH_IT):
        gc.collect(1)
    return kept


@pytest.mark.usefixtures("favoured", "qapp")
def test_a_full_pass_waits_until_no_button_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    held = SimpleNamespace(mouseButtons=lambda: Qt.MouseButton.LeftButton)
    free = SimpleNamespace(mouseButtons=lambda: Qt.MouseButton.NoButton)
    between = Collecting()
    knot = old_knot()
    monkeypatch.setattr(collecting, "QGuiApplication", held)
    between.tick()
    assert knot() is not None
    monkeypatch.setattr(collecting, "QGuiApplication", free)
    between.tick()
    assert knot() is None


@pytest.mark.usefixtures("favoured")
def test_none_comes_by_itself() -> None:
    before = gc.get_stats()[2]["collections"]
    kept = [[number] for number in range(300_000)]
    assert gc.get_stats()[2]["collections"] == before
    assert len(kept) == 300_000
