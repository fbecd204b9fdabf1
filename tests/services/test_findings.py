"""What a file was when it came in is told before it is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import preflight
from app.domain.fields.plausible import longest_plausible, overflows
from app.domain.fields.registry import KINDS
from app.domain.finding import Severity
from app.domain.geometry import Rect
from app.domain.style import EnvelopeStyle, inherited
from app.fonts import BundledMetrics
from app.services import checking, drafting, reading
from app.services.house import House
from tests.support import leases
from tests.support.drafts import field
from tests.support.pages import write_pdf


def codes(house: House, envelope_id: str) -> dict[str, Severity]:
    found = checking.findings(house, reading.envelope(house, envelope_id))
    return {one.finding.code: one.finding.severity for one in found}


def test_an_encrypted_file_is_signed_as_a_copy_that_is_not_and_that_is_told(house: House, tmp_path: Path) -> None:
    plain, locked = write_pdf(tmp_path / "plain.pdf"), tmp_path / "locked.pdf"
    house.maker.copy([plain], locked, password="open sesame")
    made = drafting.from_files(house, [locked], passwords={str(locked): "open sesame"}).one("envelope")
    assert codes(house, made)["was_encrypted"] is Severity.WARNING
    assert "was_normalised" not in codes(house, made)


def test_a_second_form_beneath_the_pages_is_told(house: House, tmp_path: Path) -> None:
    envelope = reading.envelope(house, leases.draft(house, tmp_path))
    with_xfa = replace(envelope, documents=(replace(envelope.documents[0], xfa=True),))
    found = preflight.check(with_xfa, house.clock.now())
    assert [(one.code, one.severity) for one in found] == [("has_xfa", Severity.WARNING)]


def test_a_lease_as_it_is_written_has_nothing_to_mend(house: House, tmp_path: Path) -> None:
    assert codes(house, leases.draft(house, tmp_path)) == {}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_field_as_it_is_placed_has_room_for_the_longest_answer_to_expect(kind: str) -> None:
    size = KINDS[kind].default_size
    usual = EnvelopeStyle(date_format="%d %B %Y")
    placed = inherited(field(1, kind, rect=Rect(0, 0, size.width, size.height)), usual)
    assert not overflows(placed, longest_plausible(placed), BundledMetrics())
