"""By mouse and keys: sent through an account at a service on this machine, its news asked for, its file come home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from app.domain.envelope import EnvelopeStatus
from app.services import accounts, reading
from app.ui.home.there import Half
from app.ui.prepare.send_dialog import SendDialog
from app.ui.prepare.studio import Studio
from tests.fakes.visisign import VisiSign
from tests.journeys.test_the_window import Journey, journey
from tests.support import leases
from tests.support.hand import visible, wait_for

__all__ = ["journey"]

pytestmark = [pytest.mark.display, pytest.mark.timeout(240)]


@pytest.fixture
def fake(journey: Journey) -> Iterator[VisiSign]:
    with VisiSign(now=datetime.now(UTC)).serving() as served:
        assert isinstance(served, VisiSign)
        accounts.add(journey.house, "visisign", "work", served.key, served.url)
        yield served


def words(inside: type[QWidget]) -> str:
    return "\n".join(one.text() for shown in visible(inside) for one in shown.findChildren(QLabel) if one.isVisible())


def test_sent_with_its_plan_first_then_signed_there_and_brought_home(
    journey: Journey, fake: VisiSign, tmp_path: Path
) -> None:
    house, hand = journey.house, journey.hand
    envelope = leases.draft(house, tmp_path, "buyer", hide_other_signers=True)
    way = journey.program._furnishings[journey.program.windows[0]]
    way.prepare(envelope)
    wait_for(lambda: bool(visible(Studio)), "the editor")
    hand.press("Send out")
    wait_for(lambda: len(visible(QComboBox, "Where people sign")) == 1, "the accounts")
    (where,) = visible(QComboBox, "Where people sign")
    hand.click(where)
    hand.do("key", "Down", "Return")
    wait_for(lambda: "The document goes up" in words(SendDialog), "the plan")
    assert "Signers see each other there." in words(SendDialog)
    assert not fake.log
    (dialog,) = visible(SendDialog)
    (send,) = [one for one in visible(QPushButton, "Send out") if dialog.isAncestorOf(one)]
    hand.click(send)
    hand.press("Done")
    wait_for(lambda: len(fake.requests) == 1, "the service")
    fake.sign()
    way.home(envelope)
    wait_for(lambda: "The service says “sent”." in words(Half), "the other half")
    hand.press("Ask for news")
    wait_for(lambda: reading.envelope(house, envelope).status is EnvelopeStatus.COMPLETED, "the news", 60)
    wait_for(lambda: "lease, as it came back" in words(Half), "the file")
    assert len(fake.requests) == 1
