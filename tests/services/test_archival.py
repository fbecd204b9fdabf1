"""A PDF/A file that is sealed, signed or raised to a level is one afterwards, and so are our own sheets: veraPDF says
so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pymupdf
import pytest
from PIL import Image

from app.domain.drawing import Drawing, Picture
from app.domain.geometry import Rect
from app.domain.ids import Sha256
from app.domain.level import Level
from app.sealing import EmptyField, SealRequest
from app.services import (
    exporting,
    preferences,
    reading,
    sealing_files,
    sending,
    signing_at_once,
    specifying,
    verification_report,
    verifying,
    viewing,
)
from app.services.house import House
from app.services.spec import read
from tests.support import leases
from tests.support.certo import Certo, certo
from tests.support.pdfa import sample
from tests.support.pki import a_signer, an_authority
from tests.support.raising import SEALER
from tests.support.verapdf import judged

PARTS = (1, 2, 3)
PLACES: dict[str, dict[str, Any]] = {"visible": {"page": 1, "rect": Rect(72, 200, 200, 60)}, "invisible": {}}
COLOURS = {"sRGB": True, "colours of its own": False}


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


def samples(folder: Path, *, for_rgb: bool = True) -> list[Path]:
    return [sample(folder / f"{part}{for_rgb}.pdf", part, for_rgb=for_rgb) for part in PARTS]


def assert_archival(*files: Path) -> None:
    assert {path.name: one.broken for path, one in zip(files, judged(*files), strict=True) if one.broken} == {}


def sealed(house: House, source: Path, **ordered: Any) -> Path:
    out = source.with_stem(f"{source.stem} sealed")
    order = sealing_files.Order(**{"reason": "Archived", "docmdp": 2, **ordered})
    made = sealing_files.seal_file(house, source, out, sealing_files.signing_key(house, None, None), order)
    assert not made.normalised
    assert verifying.verify(house, out).all_valid
    return out


def test_the_samples_keep_the_rules_and_the_judge_sees_when_one_is_broken(tmp_path: Path) -> None:
    good = [*samples(tmp_path), *samples(tmp_path, for_rgb=False)]
    assert_archival(*good)
    broken = tmp_path / "broken.pdf"
    with pymupdf.open(good[0]) as document:
        document[0].insert_text((72, 300), "In a face that is not here", fontname="helv")
        document.save(broken)
    (told,) = judged(broken)
    assert told.flavour == "1b"
    assert "6.3.4-1" in told.broken


@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("place", PLACES)
def test_a_sealed_file_is_as_archival_as_before(house: House, tmp_path: Path, colours: str, place: str) -> None:
    files = samples(tmp_path, for_rgb=COLOURS[colours])
    assert_archival(*(sealed(house, one, **PLACES[place]) for one in files))


def test_what_is_added_begins_on_a_line_of_its_own(house: House, tmp_path: Path) -> None:
    """Many programs write nothing behind %%EOF."""
    source = sample(tmp_path / "a.pdf", 2)
    source.write_bytes(source.read_bytes().rstrip())
    size = source.stat().st_size
    out = sealed(house, source, docmdp=None)
    assert out.read_bytes()[size - 5 : size + 1] == b"%%EOF\n"
    again = sealed(house, out, docmdp=None)
    assert_archival(source, out, again)


def test_a_picture_with_transparency_lies_on_white_where_that_is_forbidden(tmp_path: Path) -> None:
    picture, blob = tmp_path / "mark.png", Sha256("ab" * 32)
    Image.new("RGBA", (40, 20), (200, 0, 0, 128)).save(picture)
    look = Drawing(200, 60, pictures=(Picture(blob, Rect(0, 0, 80, 40)),))
    key, now = a_signer(an_authority(datetime.now(UTC)), now=datetime.now(UTC)), datetime.now(UTC)
    made = []
    for source in (*samples(tmp_path), *samples(tmp_path, for_rgb=False)):
        out, field = source.with_stem(f"{source.stem} sealed"), source.with_stem(f"{source.stem} field")
        SEALER.add_signature_fields(source, field, [EmptyField("Here", 1, Rect(72, 200, 200, 60))])
        SEALER.seal(SealRequest(field, out, "Here", key, now, appearance=look, pictures={blob: picture}))
        made.append(out)
    assert_archival(*made)
    assert [b"/SMask" in out.read_bytes() for out in made] == [False, True, True, False, False, False]


@pytest.mark.parametrize("docmdp", [None, 2])
def test_a_file_at_the_highest_level_is_as_archival_as_before(
    house: House, pki: Certo, tmp_path: Path, docmdp: Literal[2] | None
) -> None:
    preferences.change(house, tsa_url=pki.tsa_url)
    verifying.add_trust(house, pki.root_file(tmp_path))
    assert_archival(*(sealed(house, one, level=Level.B_LTA, docmdp=docmdp) for one in samples(tmp_path)))


def test_a_file_that_allows_no_change_gets_its_time_stamp_all_the_same(
    house: House, pki: Certo, tmp_path: Path
) -> None:
    """An appearance of the stamp's field would be a change, so there is none, though PDF/A-1 would like one."""
    preferences.change(house, tsa_url=pki.tsa_url)
    verifying.add_trust(house, pki.root_file(tmp_path))
    (told,) = judged(sealed(house, sample(tmp_path / "a.pdf", 1), level=Level.B_LTA, docmdp=1))
    assert [*told.broken] == ["6.9-2"]


# -- envelopes ---------------------------------------------------------------------------------------------------------


def completed(house: House, source: Path, **more: Any) -> tuple[Path, Path]:
    """Of one person who signs with a picture and fills in a text: the document, and the certificate or nothing."""
    folder = source.with_suffix("")
    folder.mkdir()
    spec = leases.write_spec(folder, "buyer", pages=1, **more)
    (folder / "lease.pdf").write_bytes(source.read_bytes())
    envelope_id = specifying.new(house, read(spec)).one("envelope")
    sending.send(house, envelope_id)
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    exporting.export(house, envelope_id, folder / "out")
    document = viewing.blob_path(house, reading.envelope(house, envelope_id).documents[0].latest)
    return document, folder / "out" / "certificate.pdf"


@pytest.mark.parametrize("colours", COLOURS)
def test_an_envelope_of_archival_files_is_archival_when_it_is_completed(
    house: House, tmp_path: Path, colours: str
) -> None:
    each, certificates = zip(
        *(completed(house, one) for one in samples(tmp_path, for_rgb=COLOURS[colours])), strict=True
    )
    assert_archival(*each, *certificates)


@pytest.mark.parametrize("colours", COLOURS)
def test_sealed_once_it_is_archival_too_and_holds_the_trail_where_its_part_allows_that(
    house: House, tmp_path: Path, colours: str
) -> None:
    files = samples(tmp_path, for_rgb=COLOURS[colours])
    made = [completed(house, one, sealing="at_completion")[0] for one in files]
    assert_archival(*made)
    held = []
    for path in made:
        with pymupdf.open(path) as document:
            held.append(document.embfile_names())
    assert held == [[], [], ["audit.json"]]


def test_a_report_of_a_verification_is_archival(house: House, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    verification_report.save(house, verifying.verify(house, sealed(house, sample(tmp_path / "a.pdf", 2))), out)
    assert_archival(out)
    assert judged(out)[0].flavour == "2b"
