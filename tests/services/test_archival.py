"""A PDF/A file that is sealed, or raised to a level, is one afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image

from app.domain.drawing import Drawing, Picture
from app.domain.geometry import Rect
from app.domain.ids import Sha256
from app.domain.level import Level
from app.sealing import EmptyField, SealRequest
from app.services import preferences, sealing_files, verifying
from app.services.house import House
from tests.support.certo import Certo, certo
from tests.support.pdfa import breaches, sample
from tests.support.pki import a_signer, an_authority
from tests.support.raising import SEALER

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
def test_a_picture_with_transparency_lies_on_white_where_that_is_forbidden(tmp_path: Path, part: int) -> None:
    source, out, picture = sample(tmp_path / "a.pdf", part), tmp_path / "sealed.pdf", tmp_path / "mark.png"
    Image.new("RGBA", (40, 20), (200, 0, 0, 128)).save(picture)
    blob = Sha256("ab" * 32)
    look = Drawing(200, 60, pictures=(Picture(blob, Rect(0, 0, 80, 40)),))
    field = tmp_path / "field.pdf"
    SEALER.add_signature_fields(source, field, [EmptyField("Here", 1, Rect(72, 200, 200, 60))])
    key, now = a_signer(an_authority(datetime.now(UTC)), now=datetime.now(UTC)), datetime.now(UTC)
    SEALER.seal(SealRequest(field, out, "Here", key, now, appearance=look, pictures={blob: picture}))
    assert breaches(out, part) == []
    masked = b"/SMask" in out.read_bytes()
    assert masked == (part > 1)


@pytest.mark.parametrize("docmdp", [None, 2])
@pytest.mark.parametrize("part", PARTS)
def test_a_file_at_the_highest_level_is_as_archival_as_before(
    house: House, pki: Certo, tmp_path: Path, part: int, docmdp: Literal[2] | None
) -> None:
    preferences.change(house, tsa_url=pki.tsa_url)
    verifying.add_trust(house, pki.root_file(tmp_path))
    source, out = sample(tmp_path / "a.pdf", part), tmp_path / "sealed.pdf"
    order = sealing_files.Order(Level.B_LTA, docmdp=docmdp)
    sealing_files.seal_file(house, source, out, sealing_files.signing_key(house, None, None), order)
    assert breaches(out, part) == []


def test_a_file_that_allows_no_change_gets_its_time_stamp_all_the_same(
    house: House, pki: Certo, tmp_path: Path
) -> None:
    """An appearance of the stamp's field would be a change, so there is none, though PDF/A-1 would like one."""
    preferences.change(house, tsa_url=pki.tsa_url)
    verifying.add_trust(house, pki.root_file(tmp_path))
    source, out = sample(tmp_path / "a.pdf", 1), tmp_path / "sealed.pdf"
    order = sealing_files.Order(Level.B_LTA, docmdp=1)
    sealing_files.seal_file(house, source, out, sealing_files.signing_key(house, None, None), order)
    assert verifying.verify(house, out).all_valid
    assert breaches(out, 1) == ["a form field has no appearance"]
