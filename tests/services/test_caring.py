"""The daily round."""

from datetime import UTC, datetime
from pathlib import Path

from app.domain.envelope import EnvelopeStatus
from app.services import caring, reading
from tests.support import houses, leases


def test_the_round_expires_what_ran_out_and_backs_up(rooms: houses.Rooms, tmp_path: Path) -> None:
    clock = houses.SteppingClock(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        envelope_id = leases.sent(house, tmp_path, expires_at="2026-02-01T00:00:00Z")
        assert not caring.look_after(house).items
        clock.at = datetime(2026, 3, 1, tzinfo=UTC)
        assert caring.look_after(house).touches("envelope", envelope_id)
        assert reading.envelope(house, envelope_id).status is EnvelopeStatus.EXPIRED
        assert list((house.folder / "backups").iterdir())
