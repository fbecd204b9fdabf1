"""Every trial document comes through or is refused with words; none takes another down."""

from pathlib import Path

import pytest

from app.services.house import House
from tests.journeys import corpus as strangers


@pytest.mark.timeout(400)
def test_every_document_of_strangers_is_sealed_and_valid_or_refused_with_a_clear_error(
    house: House, corpus: Path
) -> None:
    outcomes = list(strangers.outcomes(house, strangers.files(corpus)))
    assert len(outcomes) >= 200
    assert [f"{one.path.name}: {one.sealed}" for one in outcomes if not one.good] == []
    # Most of them are ordinary; were half refused, the errors would be clear and the program useless.
    assert sum(one.sealed == "valid" for one in outcomes) >= 0.75 * len(outcomes)
    assert max(one.seconds for one in outcomes) < 60
