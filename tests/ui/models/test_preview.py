"""One envelope at a glance, and what it does not allow."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.domain.envelope import EnvelopeStatus
from app.ui.action import Need
from app.ui.models.history import condensed
from app.ui.models.preview import Glance, Preview, missing_of
from tests.support.desks import FakeGlances, envelope
from tests.support.inline_runner import InlineRunner


@pytest.fixture
def glances() -> FakeGlances:
    kept = [envelope(1), envelope(2, EnvelopeStatus.OUT)]
    return FakeGlances({one.id: one for one in kept})


def test_it_shows_the_envelope_and_then_its_first_page(
    glances: FakeGlances, runner: InlineRunner, qtbot: QtBot
) -> None:
    preview = Preview(glances, runner)
    shown: list[Glance] = []
    pictures: list[QImage] = []
    preview.shown.connect(shown.append)
    preview.pictured.connect(pictures.append)
    preview.show("E0000001")
    assert [glance.envelope.title for glance in shown] == ["Agreement 1"]
    assert (pictures[0].width(), pictures[0].height()) == (8, 11)
    assert glances.sheets[0].released


def test_the_latest_wish_wins(glances: FakeGlances) -> None:
    runner = InlineRunner(held=True)
    preview = Preview(glances, runner)
    shown: list[Glance] = []
    preview.shown.connect(shown.append)
    preview.show("E0000001")
    preview.show("E0000002")
    runner.release()
    assert [glance.envelope.id for glance in shown] == ["E0000002"]


def test_it_reads_again_what_changed_and_nothing_else(glances: FakeGlances, runner: InlineRunner) -> None:
    preview = Preview(glances, runner)
    shown: list[Glance] = []
    preview.shown.connect(shown.append)
    preview.show("E0000001")
    preview.take_changes(Changes.of("envelope", "E0000002"))
    assert len(shown) == 1
    preview.take_changes(Changes.of("envelope", "E0000001"))
    assert len(shown) == 2


def test_an_envelope_that_cannot_be_read_is_said_so(glances: FakeGlances, runner: InlineRunner) -> None:
    glances.error = OSError("gone")
    preview = Preview(glances, runner)
    heard: list[Exception] = []
    preview.failed.connect(heard.append)
    preview.show("E0000001")
    assert [str(error) for error in heard] == ["gone"]


def test_nothing_chosen_allows_nothing(glances: FakeGlances, runner: InlineRunner) -> None:
    preview = Preview(glances, runner)
    assert Need.ENVELOPE in preview.missing()
    preview.show("E0000002")
    assert Need.ENVELOPE not in preview.missing()
    preview.show(None)
    assert preview.glance is None


@pytest.mark.parametrize(
    ("status", "sealed", "grey"),
    [
        (EnvelopeStatus.DRAFT, False, {Need.OUT, Need.SIGNABLE, Need.SEALED, Need.HANDABLE}),
        (EnvelopeStatus.OUT, False, {Need.DRAFT, Need.SEALED}),
        (EnvelopeStatus.OUT, True, {Need.DRAFT}),
        (EnvelopeStatus.COMPLETED, True, {Need.DRAFT, Need.OUT, Need.SIGNABLE}),
        (EnvelopeStatus.VOIDED, False, {Need.DRAFT, Need.OUT, Need.SIGNABLE, Need.SEALED, Need.HANDABLE}),
    ],
)
def test_what_an_envelope_does_not_allow_is_grey_with_a_reason(
    status: EnvelopeStatus, sealed: bool, grey: set[Need]
) -> None:
    missing = missing_of(envelope(1, status, sealed))
    assert set(missing) == grey
    assert all(missing.values())


def test_history_tells_a_run_of_edits_once(glances: FakeGlances) -> None:
    lines = condensed(glances.glance("E0000001").history)
    assert [line.kind for line in lines] == ["created", "edited", "out"]
    assert "1 more" in lines[1].sentence
