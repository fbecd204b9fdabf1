"""Every finding the program can settle is settled by its mend, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain import errors
from app.domain.finding import Finding, Severity
from app.services import checking, drafting, finding_words, mending, reading, sending
from app.services.house import House
from tests.support import leases
from tests.support.faults import FAULTS, put


def found(house: House, envelope_id: str, code: str) -> list[Finding]:
    words = checking.findings(house, reading.envelope(house, envelope_id))
    assert all(one.mendable == mending.can_mend(one.finding) for one in words)
    return [one.finding for one in words if one.finding.code == code]


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_each_fault_is_found(house: House, tmp_path: Path, code: str) -> None:
    envelope_id = leases.draft(house, tmp_path)
    put(house, envelope_id, **FAULTS[code](reading.envelope(house, envelope_id)))
    assert found(house, envelope_id, code)


@pytest.mark.parametrize("code", sorted(mending.MENDS))
def test_a_mend_settles_its_finding_in_one_step(house: House, tmp_path: Path, code: str) -> None:
    envelope_id = leases.draft(house, tmp_path)
    put(house, envelope_id, **FAULTS[code](reading.envelope(house, envelope_id)))
    first, *others = found(house, envelope_id, code)
    before = reading.envelope(house, envelope_id).version
    mending.mend(house, envelope_id, first)
    assert len(found(house, envelope_id, code)) == len(others)
    after = reading.envelope(house, envelope_id)
    assert after.version == before + 1
    pages = {d.id: d.pages for d in after.documents}
    assert all(f.rect.within(pages[f.document][f.page - 1].size) for f in after.fields)


def test_every_mend_has_words_and_its_fault_here() -> None:
    assert set(mending.MENDS) <= set(FAULTS) == set(finding_words.TABLE)


@pytest.mark.parametrize("code", sorted(set(finding_words.TABLE) - set(mending.MENDS)))
def test_what_a_person_must_decide_is_left_to_them(house: House, tmp_path: Path, code: str) -> None:
    envelope_id = leases.draft(house, tmp_path)
    with pytest.raises(errors.NothingToMend):
        mending.mend(house, envelope_id, Finding(code, Severity.ERROR))


def test_a_placed_signature_lies_on_nothing_and_lets_the_envelope_be_sent(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    envelope = reading.envelope(house, envelope_id)
    kept = [f for f in envelope.fields if f.kind != "signature"]
    drafting.set_fields(house, envelope_id, kept)
    with pytest.raises(errors.PreflightFailed):
        sending.send(house, envelope_id)
    while findings := found(house, envelope_id, "signer_without_signature"):
        mending.mend(house, envelope_id, findings[0])
    placed = [f for f in reading.envelope(house, envelope_id).fields if f.kind == "signature"]
    assert [f.recipient for f in placed] == ["buyer", "seller"]
    assert placed[0].rect.overlap(placed[1].rect) == 0
    sending.send(house, envelope_id)


def test_a_name_is_made_of_the_address(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    put(house, envelope_id, **FAULTS["recipient_without_name"](reading.envelope(house, envelope_id)))
    mending.mend(house, envelope_id, found(house, envelope_id, "recipient_without_name")[0])
    assert reading.envelope(house, envelope_id).recipients[0].name == "Jane Smith"


def test_warnings_do_not_stand_in_the_way_of_sending(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    put(house, envelope_id, **FAULTS["fields_overlap"](reading.envelope(house, envelope_id)))
    put(house, envelope_id, **FAULTS["condition_always"](reading.envelope(house, envelope_id)) | {
        "fields": reading.envelope(house, envelope_id).fields})  # fmt: skip
    words = checking.findings(house, reading.envelope(house, envelope_id))
    assert {one.finding.severity for one in words} == {Severity.WARNING}
    sending.send(house, envelope_id)


def test_an_overlap_says_how_much(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    put(house, envelope_id, **FAULTS["fields_overlap"](reading.envelope(house, envelope_id)))
    assert "%" in found(house, envelope_id, "fields_overlap")[0].subject
