"""What of an envelope stays behind when it goes to a service, told before any service is asked."""

from pathlib import Path

import pytest

from app.services import packing, reading
from app.services.house import House
from tests.support import leases


@pytest.mark.parametrize("asked", [True, False])
def test_nobody_there_sees_to_it_that_each_signature_is_confirmed_by_itself(
    house: House, tmp_path: Path, asked: bool
) -> None:
    envelope_id = leases.draft(house, tmp_path, "buyer", confirm_each_field=asked)
    packed = packing.pack(house, reading.envelope(house, envelope_id), "op", {})
    assert ("one_by_one" in {remark.code for remark in packed.lost}) is asked
