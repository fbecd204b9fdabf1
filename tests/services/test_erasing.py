"""Personal data go, the evidence stays."""

from pathlib import Path

import pytest

from app.domain import errors
from app.services import auditing, erasing, exporting, reading, signing_at_once
from app.services.house import House
from tests.support import leases


def test_names_and_statements_are_gone_and_the_chain_is_whole(house: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(house, tmp_path, "buyer")
    with pytest.raises(errors.WrongStatus):
        erasing.erase(house, envelope_id)
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    erasing.erase(house, envelope_id)
    envelope = reading.envelope(house, envelope_id)
    for text in ("Buyer Smith", "buyer@example.com", "Passport", "As agreed"):
        assert text not in str(envelope)
    report = auditing.verify_trail(house, envelope_id)
    assert (report.intact, report.countersigned) == (True, 3)
    assert any("(erased)" in line.sentence for line in auditing.timeline(house, envelope_id))
    kinds = [f.kind for f in exporting.export(house, envelope_id, tmp_path / "out")]
    assert "personal" not in kinds
