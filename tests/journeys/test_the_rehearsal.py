"""A rehearsal in a real window: from the editor into the room, played, left, and from a finding to its field."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QListWidget, QPushButton

from app.services import reading
from app.ui.room.locked import LockedRoom
from tests.journeys import test_the_window
from tests.journeys.test_the_window import Journey
from tests.support import leases
from tests.support.hand import visible, wait_for

pytestmark = [pytest.mark.display, pytest.mark.timeout(240)]
journey = test_the_window.journey


def test_tried_as_the_buyer_an_envelope_shows_what_is_wrong_and_stays_as_it_was(
    journey: Journey, tmp_path: Path
) -> None:
    spec = leases.spec_of("buyer", "seller")
    spec["fields"][1] |= {"width": 20, "font_size": 18}
    envelope_id = leases.draft(journey.house, tmp_path, "buyer", "seller", fields=spec["fields"])
    before = reading.envelope(journey.house, envelope_id), reading.trail(journey.house, envelope_id)
    shell, hand = journey.program.windows[0], journey.hand
    journey.program._furnishings[shell].prepare(envelope_id)
    hand.press("Rehearse as…", QPushButton)
    hand.press("Rehearse as Buyer Smith")
    wait_for(lambda: bool(visible(LockedRoom)), "the room")
    wait_for(lambda: journey.reads("Rehearsal as Buyer Smith"), "the band")
    hand.press("Fill in for me")
    hand.press("Finish", QPushButton)
    hand.press("Sign and finish")
    wait_for(lambda: journey.reads("Thank you, Buyer"), "the thanks")
    hand.press("Give the device back")
    wait_for(lambda: not visible(LockedRoom) and shell.isVisible(), "the editor")
    wait_for(lambda: bool(visible(QListWidget, "Findings of the rehearsal")), "the findings")
    (found,) = visible(QListWidget, "Findings of the rehearsal")
    line = next(found.item(n) for n in range(found.count()) if "no room" in found.item(n).text())
    hand.click(found, found.visualItemRect(line).center() + QPoint(0, 2))
    text = next(f for f in before[0].fields_of("buyer") if f.kind == "text")
    wait_for(lambda: journey.studio.draft.selection == (text.id,), "the field")
    assert (reading.envelope(journey.house, envelope_id), reading.trail(journey.house, envelope_id)) == before
