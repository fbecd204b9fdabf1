"""The design of an envelope's seals: the same in the editor, in the room and in the sealed page."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.appearance import Appearance, Line, Side
from app.domain.drawing import Drawing
from app.domain.envelope import Envelope
from app.domain.fields.base import Field
from app.domain.mark import Mark
from app.services import describing, designs, reading, seals, signing_at_once, specifying, verifying, viewing
from app.services.house import House
from app.services.spec import read
from tests.support import leases

LOOK = Appearance(lines=(Line.NAME, Line.REASON), side=Side.TOP, ink="#14507a")
MARK = Mark("typed", text="Buyer Smith")


@pytest.fixture
def envelope(house: House, tmp_path: Path) -> str:
    designs.save(house, "Office", LOOK)
    return leases.sent(house, tmp_path, "buyer", "seller", style={"design": "Office"})


def signature(envelope: Envelope, role: str) -> Field:
    return next(field for field in envelope.fields_of(role) if field.kind == "signature")


def told(drawing: Drawing) -> str:
    return " ".join(run.text for run in drawing.runs)


def test_the_sealed_page_shows_name_and_reason_under_the_signers_own_mark(
    house: House, envelope: str, tmp_path: Path
) -> None:
    before = reading.envelope(house, envelope)
    room = seals.drawing(house, before, signature(before, "buyer"), MARK)
    assert told(room) == "Buyer Smith Buyer Smith Signed as buyer"
    signing_at_once.sign(house, envelope, "buyer", leases.act("buyer"))
    after = reading.envelope(house, envelope)
    sealed = viewing.blob_path(house, after.documents[0].latest)
    text = subprocess.run(["pdftotext", "-f", "2", sealed, "-"], check=True, capture_output=True, text=True).stdout
    assert "Signed as buyer" in text
    assert verifying.verify(house, sealed).report.signatures[0].reason == "Signed as buyer"


def test_sealed_once_at_the_end_it_shows_the_same(house: House, tmp_path: Path) -> None:
    designs.save(house, "Office", LOOK)
    made = leases.sent(house, tmp_path, "buyer", style={"design": "Office"}, sealing="at_completion")
    signing_at_once.sign(house, made, "buyer", leases.act("buyer"))
    sealed = viewing.blob_path(house, reading.envelope(house, made).documents[0].latest)
    text = subprocess.run(["pdftotext", "-f", "2", "-l", "2", sealed, "-"], check=True, capture_output=True, text=True)
    assert "Signed as buyer" in text.stdout


def test_the_editor_shows_who_will_sign_in_the_same_look(house: House, envelope: str) -> None:
    read_back = reading.envelope(house, envelope)
    field = signature(read_back, "seller")
    assert told(seals.preview(house, read_back, field, None)) == "Seller Smith Seller Smith Signed as seller"
    assert {run.colour for run in seals.preview(house, read_back, field, None).runs} == {
        run.colour for run in seals.drawing(house, read_back, field, MARK).runs
    }


def test_a_design_that_is_gone_leaves_the_mark_alone(house: House, envelope: str) -> None:
    designs.remove(house, "Office")
    read_back = reading.envelope(house, envelope)
    assert told(seals.drawing(house, read_back, signature(read_back, "buyer"), MARK)) == "Buyer Smith"
    signing_at_once.sign(house, envelope, "buyer", leases.act("buyer"))


def test_a_design_there_is_none_of_is_refused_and_one_there_is_is_told_again(house: House, tmp_path: Path) -> None:
    with pytest.raises(errors.UnknownDesign):
        leases.draft(house, tmp_path, "buyer", style={"design": "Nowhere"})
    designs.save(house, "Office", LOOK)
    made = leases.draft(house, tmp_path, "buyer", style={"design": "Office"})
    assert describing.whole(reading.envelope(house, made))["style"]["design"] == "Office"


def test_without_a_design_nothing_is_added_to_the_mark(house: House, tmp_path: Path) -> None:
    made = reading.envelope(house, specifying.new(house, read(leases.write_spec(tmp_path, "buyer"))).one("envelope"))
    field = signature(made, "buyer")
    assert told(seals.drawing(house, made, field, MARK)) == "Buyer Smith"
    assert seals.preview(house, made, field, None).empty
