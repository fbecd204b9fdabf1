"""Clock jumps and sleep, in a real trail."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.audit import Moment
from app.domain.ceremony import Stage
from app.services import auditing, drafting, erasing, reading, signing, signing_at_once
from tests.support import houses, leases


class OddClock(houses.SteppingClock):
    """Its wall time, its sleep and its zone are set apart from the clock that cannot be set."""

    jumped_s = 0.0
    slept_ns = 0
    zone = 0

    def moment(self) -> Moment:
        now = self.now()
        monotonic = int((now.timestamp() - self.jumped_s) * 1e9) - self.slept_ns
        return Moment(now, monotonic, "test-boot", self.zone, self.slept_ns)

    def jump(self, seconds: float) -> None:
        self.at = datetime.fromtimestamp(self.at.timestamp() + seconds, UTC)
        self.jumped_s += seconds

    def sleep(self, seconds: int) -> None:
        self.at = datetime.fromtimestamp(self.at.timestamp() + seconds, UTC)
        self.slept_ns += seconds * 10**9


def noted(house: houses.House, envelope_id: str) -> list[tuple[str, int]]:
    trail = reading.trail(house, envelope_id)
    return [(e.entry.facts["what"], e.entry.facts["seconds"]) for e in trail if e.entry.kind == "clock_noted"]


def test_fault_49_jumps_and_a_change_of_zone_are_events_and_the_certificate_still_fits(
    rooms: houses.Rooms, tmp_path: Path
) -> None:
    clock = OddClock(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        envelope_id = leases.sent(house, tmp_path, "buyer")
        clock.jump(-600)
        clock.zone = 60
        signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
        assert noted(house, envelope_id) == [("clock_back", 600), ("zone_changed", 3600)]
        report = auditing.verify_trail(house, envelope_id)
        assert (report.intact, report.countersigned) == (True, 2)
        kinds = [event.entry.kind for event in reading.trail(house, envelope_id)]
        assert kinds.index("clock_noted") == kinds.index("room_opened") - 2


def test_erased_after_a_sleep_the_trail_tells_it_and_holds(rooms: houses.Rooms, tmp_path: Path) -> None:
    clock = OddClock(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        envelope_id = leases.sent(house, tmp_path, "buyer")
        signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
        clock.sleep(86_400)
        erasing.erase(house, envelope_id)
        assert noted(house, envelope_id) == [("slept", 86_400)]
        report = auditing.verify_trail(house, envelope_id)
        assert (report.intact, report.countersigned) == (True, 3)


def test_a_draft_edited_after_a_jump_tells_it(rooms: houses.Rooms, tmp_path: Path) -> None:
    clock = OddClock(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        envelope_id = leases.draft(house, tmp_path)
        clock.jump(3600)
        drafting.change(house, envelope_id, title="Another")
        drafting.change(house, envelope_id, title="A third")
        assert noted(house, envelope_id) == [("clock_forward", 3600)]


def test_fault_50_who_sits_there_after_a_sleep_is_identified_anew_and_nothing_is_lost(
    rooms: houses.Rooms, tmp_path: Path
) -> None:
    clock = OddClock(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        envelope_id = leases.sent(house, tmp_path, "buyer")
        signing.open_room(house, envelope_id, "buyer")
        signing.identify(house, envelope_id, "buyer", "Known to me")
        signing.consent(house, envelope_id, "buyer")
        first, second = reading.envelope(house, envelope_id).fields_of("buyer")
        text, mark = (first, second) if first.kind == "text" else (second, first)
        signing.fill(house, envelope_id, "buyer", text.id, "As agreed")
        clock.sleep(1800)
        with pytest.raises(errors.SleptMeanwhile) as slept:
            signing.fill(house, envelope_id, "buyer", mark.id, leases.DRAWN)
        assert slept.value.seconds == 1800
        ceremony = reading.envelope(house, envelope_id).recipient("buyer").ceremony
        assert ceremony is not None
        assert ceremony.stage is Stage.AWAY
        with pytest.raises(errors.WrongStage):
            signing.fill(house, envelope_id, "buyer", mark.id, leases.DRAWN)
        signing.open_room(house, envelope_id, "buyer")
        assert reading.envelope(house, envelope_id).values[text.id] == "As agreed"
        assert noted(house, envelope_id) == [("slept", 1800)]


def test_fault_50_the_ceremony_does_not_finish_over_a_sleep(rooms: houses.Rooms, tmp_path: Path) -> None:
    clock = OddClock(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        envelope_id = leases.sent(house, tmp_path, "buyer")
        signing.open_room(house, envelope_id, "buyer")
        signing.identify(house, envelope_id, "buyer", "Known to me")
        signing.consent(house, envelope_id, "buyer")
        clock.sleep(300)
        with pytest.raises(errors.SleptMeanwhile):
            signing.finish(house, envelope_id, "buyer")
