"""The level that was set waits in the outbox until it is had; a lower one is a person's decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.ids import EnvelopeId
from app.domain.level import Level
from app.domain.verdict import Verdict
from app.services import auditing, caring, lasting, preferences, signing_at_once, verifying
from app.services.house import House
from tests.support import houses, leases
from tests.support.certo import Certo, certo

Clocked = tuple[House, houses.SteppingClock]


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture
def clocked(rooms: houses.Rooms, pki: Certo, tmp_path: Path) -> Iterator[Clocked]:
    """B-LT is set, and an authority that answers."""
    clock = houses.SteppingClock(datetime.now(UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        preferences.change(house, tsa_url=pki.tsa_url, level="B-LT")
        verifying.add_trust(house, pki.root_file(tmp_path))
        yield house, clock


def signed(house: House, folder: Path) -> EnvelopeId:
    envelope_id = leases.sent(house, folder, "buyer")
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    return EnvelopeId(envelope_id)


def judged(house: House, envelope_id: EnvelopeId) -> list[tuple[Verdict, str]]:
    """Of every file: verdict, and the level of the first signature."""
    envelope = house.library.envelope(envelope_id)
    files = [*(document.latest for document in envelope.documents), envelope.certificate]
    reports = [verifying.verify(house, house.library.blobs.path(each)).report for each in files if each]
    return [(report.verdict, report.signatures[0].level) for report in reports]


def test_what_was_signed_without_a_network_gets_its_level_when_there_is_one(
    clocked: Clocked, rooms: houses.Rooms, pki: Certo, tmp_path: Path
) -> None:
    house, clock = clocked
    with pki.out_of_order("tsa"):
        envelope_id = signed(house, tmp_path)
        assert lasting.standing(house, envelope_id) == lasting.Standing(Level.B_B, Level.B_LT)
        assert caring.look_after(house).touches("envelope", envelope_id)
        found = lasting.standing(house, envelope_id)
    assert (found.has, found.wanted, found.lower) == (Level.B_B, Level.B_LT, (Level.B_B, Level.B_T))
    assert found.problem in lasting.told(house, envelope_id)
    assert "only if you choose it, level B-B (--level B-B)" in found.problem
    assert "only if you choose it, level B-B does" in lasting.told(house, envelope_id, window=True)
    assert judged(house, envelope_id) == [(Verdict.VALID, "B-B")] * 2
    clock.at += lasting.FIRST_WAIT
    with pki.time(clock.at), houses.house(rooms, house.folder, clock) as started_again:
        assert lasting.waiting(started_again) == (envelope_id,)
        assert caring.look_after(started_again).touches("envelope", envelope_id)
    assert lasting.standing(house, envelope_id) == lasting.Standing(Level.B_LT)
    assert lasting.waiting(house) == ()
    with pki.time(clock.at):
        assert judged(house, envelope_id) == [(Verdict.VALID, "B-LT")] * 2
    assert auditing.verify_trail(house, envelope_id).intact


def test_each_try_in_vain_makes_the_next_one_wait_longer(clocked: Clocked, pki: Certo, tmp_path: Path) -> None:
    house, clock = clocked
    waits = []
    with pki.out_of_order("tsa"):
        signed(house, tmp_path)
        for _ in range(9):
            (row,) = house.library.outbox.open()
            clock.at = row.next_at
            lasting.catch_up(house)
            pki.asked.clear()
            assert not lasting.catch_up(house).items
            assert pki.asked == []
            waits.append(house.library.outbox.get(row.id).next_at - clock.at)
    assert waits == sorted(waits)
    assert waits[0] < 2 * lasting.FIRST_WAIT
    assert abs(waits[-1] - lasting.LONGEST_WAIT) < timedelta(minutes=1)


def test_after_the_first_that_finds_no_authority_the_others_wait(clocked: Clocked, pki: Certo, tmp_path: Path) -> None:
    house, _ = clocked
    with pki.out_of_order("tsa"):
        first, second = signed(house, tmp_path), signed(house, tmp_path)
        pki.asked.clear()
        lasting.catch_up(house)
    assert len([path for path in pki.asked if "/tsa/" in path]) == 1
    lasting.catch_up(house)
    assert lasting.standing(house, second) == lasting.Standing(Level.B_LT)
    assert lasting.standing(house, first).wanted is Level.B_LT


def test_where_only_proof_is_missing_the_time_is_proven_at_once_and_the_level_stays_wanted(
    clocked: Clocked, pki: Certo, tmp_path: Path
) -> None:
    house, _ = clocked
    with pki.out_of_order("crls"), pki.out_of_order("ocsp"):
        envelope_id = signed(house, tmp_path)
        with pytest.raises(errors.EvidenceMissing):
            lasting.try_now(house, envelope_id)
        found = lasting.standing(house, envelope_id)
    assert (found.has, found.wanted) == (Level.B_T, Level.B_LT)
    assert "B-LT is wanted" in lasting.told(house, envelope_id)
    assert "only if you choose it, level B-T (--level B-T)" in found.problem
    lasting.try_now(house, envelope_id)
    assert lasting.standing(house, envelope_id) == lasting.Standing(Level.B_LT)


@pytest.mark.parametrize("chosen", [Level.B_B, Level.B_T])
def test_a_person_may_choose_a_lower_level_and_a_higher_one_later(
    clocked: Clocked, pki: Certo, tmp_path: Path, chosen: Level
) -> None:
    house, _ = clocked
    envelope_id = signed(house, tmp_path)
    lasting.choose(house, envelope_id, chosen)
    lasting.try_now(house, envelope_id)
    assert lasting.standing(house, envelope_id) == lasting.Standing(chosen)
    assert lasting.waiting(house) == ()
    lasting.choose(house, envelope_id, Level.B_LTA)
    lasting.try_now(house, envelope_id)
    lasting.choose(house, envelope_id, Level.B_T)
    assert lasting.standing(house, envelope_id) == lasting.Standing(Level.B_LTA)


def test_without_an_authority_it_is_said_that_one_must_be_set(clocked: Clocked, tmp_path: Path) -> None:
    house, _ = clocked
    preferences.change(house, tsa_url="")
    envelope_id = signed(house, tmp_path)
    with pytest.raises(errors.NoTimestampAuthority):
        lasting.try_now(house, envelope_id)
    assert "must be set" in lasting.told(house, envelope_id)


def test_a_clock_that_was_put_back_makes_nobody_wait_for_years(clocked: Clocked, pki: Certo, tmp_path: Path) -> None:
    house, clock = clocked
    with pki.out_of_order("tsa"):
        clock.at += timedelta(days=900)
        envelope_id = signed(house, tmp_path)
        lasting.catch_up(house)
    clock.at -= timedelta(days=899)
    assert lasting.catch_up(house).touches("envelope", envelope_id)


def test_at_b_b_nothing_waits_and_an_envelope_that_is_out_has_no_level(clocked: Clocked, tmp_path: Path) -> None:
    house, _ = clocked
    out = leases.sent(house, tmp_path, "buyer")
    assert lasting.standing(house, out) == lasting.Standing(None)
    assert lasting.told(house, out) == ""
    with pytest.raises(errors.WrongStatus):
        lasting.choose(house, out, Level.B_T)
    preferences.change(house, level="B-B")
    assert lasting.standing(house, signed(house, tmp_path)) == lasting.Standing(Level.B_B)
    assert lasting.waiting(house) == ()
