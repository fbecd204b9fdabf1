"""A PDF/A file that is sealed, or raised to a level, is one afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.geometry import Rect
from app.domain.level import Level
from app.services import preferences, sealing_files, verifying
from app.services.house import House
from tests.support.certo import Certo, certo
from tests.support.pdfa import breaches, sample

PARTS = (1, 2, 3)
PLACES = {"visible": {"page": 1, "rect": Rect(72, 200, 200, 60)}, "invisible": {}}


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.mark.parametrize("part", PARTS)
def test_the_sample_keeps_the_rules_and_the_judge_sees_when_one_is_broken(tmp_path: Path, part: int) -> None:
    path = sample(tmp_path / "a.pdf", part)
    assert breaches(path, part) == []
    assert breaches(path, part % 3 + 1) == ["the metadata no longer names the part"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("place", PLACES)
def test_a_sealed_file_is_as_archival_as_before(house: House, tmp_path: Path, part: int, place: str) -> None:
    source, out = sample(tmp_path / "a.pdf", part), tmp_path / "sealed.pdf"
    order = sealing_files.Order(reason="Archived", docmdp=2, **PLACES[place])  # type: ignore[arg-type]
    made = sealing_files.seal_file(house, source, out, sealing_files.signing_key(house, None, None), order)
    assert not made.normalised
    assert breaches(out, part) == []
    assert verifying.verify(house, out).all_valid


@pytest.mark.parametrize("part", PARTS)
def test_a_file_at_the_highest_level_is_as_archival_as_before(
    house: House, pki: Certo, tmp_path: Path, part: int
) -> None:
    preferences.change(house, tsa_url=pki.tsa_url)
    verifying.add_trust(house, pki.root_file(tmp_path))
    source, out = sample(tmp_path / "a.pdf", part), tmp_path / "sealed.pdf"
    order = sealing_files.Order(Level.B_LTA)
    sealing_files.seal_file(house, source, out, sealing_files.signing_key(house, None, None), order)
    assert breaches(out, part) == []
