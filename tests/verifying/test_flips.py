"""One byte altered, at every place there is: nobody may call that file valid."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.domain.verdict import Verdict
from app.sealing.verifying.raw import RawFile
from tests.support.signed import Signed
from tests.support.slips import slip
from tests.verifying.conftest import Judge

KINDS = ("certified", "two people", "packed and closed")
SPARSE = 101
"""A prime, so that a sample does not keep to one column of a table."""


@pytest.fixture(scope="module")
def slips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Signed]:
    folder: Path = tmp_path_factory.mktemp("slips")
    made = {}
    for number, (kind, names) in enumerate(zip(KINDS, (("Ana",), ("Ana", "Bob"), ("Ana",)), strict=True)):
        place = folder / str(number)
        place.mkdir()
        made[kind] = slip(place, names, docmdp=1 if number == 2 else 2, packed=number == 2)
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_nobody_touched_is_valid(kind: str, slips: dict[str, Signed], judge: Judge) -> None:
    assert judge(slips[kind].data, slips[kind].trust).verdict is Verdict.VALID


@pytest.mark.parametrize("kind", KINDS)
def test_altered_bytes_are_found(kind: str, slips: dict[str, Signed], judge: Judge) -> None:
    """Here and there; the whole file is gone through below."""
    _found(slips[kind], judge, SPARSE)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", KINDS)
def test_every_altered_byte_is_found(kind: str, slips: dict[str, Signed], judge: Judge) -> None:
    _found(slips[kind], judge, 1)


def _found(signed: Signed, judge: Judge, step: int) -> None:
    """All outside of the signatures' strings are called altered, and 99 of 100 anywhere are at least not valid."""
    holes, chance = RawFile(signed.data).byte_ranges, random.Random(5)
    places = range(chance.randrange(step), len(signed.data), step)
    missed = []
    for place in places:
        data = bytearray(signed.data)
        data[place] ^= 1 << chance.randrange(8)
        verdict = judge(bytes(data), signed.trust).verdict
        is_signed = not any(hole.before <= place < hole.resume for hole in holes)
        assert verdict is Verdict.INVALID or not is_signed, f"byte {place} of {len(signed.data)}: {verdict}"
        if verdict is Verdict.VALID:
            missed.append(place)
    assert len(missed) <= len(places) / 100, missed


def test_a_date_nobody_can_read_does_not_hide_an_altered_byte(slips: dict[str, Signed], judge: Judge) -> None:
    """It stops the analysis of that signature before any digest is compared; the bytes still tell."""
    signed = slips["certified"]
    at = signed.data.index(b"120100Z)")
    report = judge(signed.data[:at] + b"x" + signed.data[at + 1 :], signed.trust)
    assert (report.verdict, report.sentence_key) == (Verdict.INVALID, "altered")
    assert "signature_unreadable" in report.signatures[0].reasons
