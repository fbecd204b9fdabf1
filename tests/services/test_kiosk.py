"""The kiosk loop without a window: a pattern, runs of their own, and what becomes of those that nobody finished."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap, fonts
from app.domain import errors
from app.domain.envelope import Envelope, EnvelopeStatus
from app.services import drafting, ending, kiosk, preferences, reading, signing, signing_at_once
from app.services.house import House
from app.services.reading import Query
from tests.support import houses, leases
from tests.support.commands import environment

CODE = [{"role": "visitor", "name": "Visitor", "email": "", "auth": [{"type": "email_code"}]}]
NOBODY = [{"role": "visitor", "name": "Visitor", "email": ""}]


def a_kiosk(house: House, folder: Path, recipients: list[dict[str, Any]] | None = None) -> str:
    made = leases.draft(house, folder, "visitor", recipients=recipients or NOBODY)
    preferences.set_pin(house, "2580")
    kiosk.start(house, made)
    return made


def runs(house: House) -> list[Envelope]:
    found = [house.library.envelope(one) for one in house.library.ids(Query())]
    return sorted((one for one in found if "kiosk" in one.metadata), key=lambda one: one.created_at)


def trail(house: House, run: str) -> list[str]:
    return [event.entry.kind for event in reading.trail(house, run)]


def test_each_person_has_an_envelope_of_their_own_and_the_pattern_stays(house: House, tmp_path: Path) -> None:
    made = a_kiosk(house, tmp_path)
    before = reading.envelope(house, made)
    for number, name in enumerate(("Ana Ruiz", "  Bob   Jones ", "Chen Li"), start=1):
        run = kiosk.begin(house, name)
        assert run.number == number
        signing_at_once.sign(house, run.envelope, run.role, leases.act(run.role))
        kiosk.over(house, run.envelope)
    assert [(one.title, one.recipients[0].name, one.status) for one in runs(house)] == [
        ("Lease #1", "Ana Ruiz", EnvelopeStatus.COMPLETED),
        ("Lease #2", "Bob Jones", EnvelopeStatus.COMPLETED),
        ("Lease #3", "Chen Li", EnvelopeStatus.COMPLETED),
    ]
    assert reading.envelope(house, made) == before
    assert trail(house, runs(house)[0].id)[:2] == ["created", "kiosk_begun"]


def test_without_a_pin_or_with_nobody_left_open_there_is_no_kiosk(house: House, tmp_path: Path) -> None:
    made = leases.draft(house, tmp_path, "visitor", recipients=NOBODY)
    with pytest.raises(errors.PinMissing):
        kiosk.start(house, made)
    preferences.set_pin(house, "2580")
    both = leases.draft(house, tmp_path, "buyer", "seller")
    with pytest.raises(errors.NoKioskPattern) as several:
        kiosk.start(house, both)
    assert several.value.problem == "several"
    envelope = reading.envelope(house, both)
    buyer, seller = envelope.recipients
    drafting.set_recipients(house, both, (buyer, replace(seller, name="")))
    with pytest.raises(errors.NoKioskPattern) as late:
        kiosk.start(house, both)
    assert late.value.problem == "not_first"
    drafting.set_recipients(house, both, (replace(buyer, name=""), seller))
    kiosk.start(house, both)
    assert kiosk.pattern_id(house) == both


def test_what_could_not_be_sent_out_is_refused_before_anybody_comes(house: House, tmp_path: Path) -> None:
    made = leases.draft(house, tmp_path, "visitor", recipients=NOBODY)
    preferences.set_pin(house, "2580")
    drafting.set_fields(house, made, ())
    with pytest.raises(errors.PreflightFailed):
        kiosk.start(house, made)
    assert kiosk.pattern_id(house) == ""


def test_without_a_name_or_where_a_code_needs_one_an_address_nothing_is_made(house: House, tmp_path: Path) -> None:
    a_kiosk(house, tmp_path, CODE)
    assert kiosk.pattern(house).needs_email
    for name, email in (("", "ana@example.com"), ("Ana Ruiz", "")):
        with pytest.raises(errors.PreflightFailed):
            kiosk.begin(house, name, email)
    assert not runs(house)
    assert house.settings.kiosk_number == 0


def test_a_run_nobody_finishes_is_broken_off_for_good(house: House, tmp_path: Path) -> None:
    a_kiosk(house, tmp_path)
    run = kiosk.begin(house, "Ana Ruiz")
    signing.open_room(house, run.envelope, run.role)
    kiosk.break_off(house, run.envelope, kiosk.IDLE)
    found = reading.envelope(house, run.envelope)
    assert (found.status, found.end_reason) == (EnvelopeStatus.VOIDED, kiosk.IDLE)
    assert "broken_off" in trail(house, run.envelope)
    with pytest.raises(errors.WrongStatus):
        signing.identify(house, run.envelope, run.role, "")
    assert not kiosk.break_off(house, "", kiosk.IDLE).items


def test_a_run_that_ended_by_itself_is_not_broken_off(house: House, tmp_path: Path) -> None:
    a_kiosk(house, tmp_path)
    run = kiosk.begin(house, "Ana Ruiz")
    signing_at_once.sign(house, run.envelope, run.role, leases.act(run.role))
    kiosk.break_off(house, run.envelope, kiosk.IDLE)
    assert reading.envelope(house, run.envelope).status is EnvelopeStatus.COMPLETED


def test_a_value_on_its_way_does_not_save_a_run_from_being_broken_off(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_kiosk(house, tmp_path)
    run = kiosk.begin(house, "Ana Ruiz")
    real, tried = ending.break_off, []

    def late(*asked: Any) -> Any:
        tried.append(asked)
        if len(tried) < 3:
            raise errors.EnvelopeChanged(envelope=run.envelope)
        return real(*asked)

    monkeypatch.setattr(ending, "break_off", late)
    kiosk.break_off(house, run.envelope, kiosk.LEFT)
    assert reading.envelope(house, run.envelope).status is EnvelopeStatus.VOIDED


def test_what_was_measured_for_one_person_is_not_kept_for_the_next(house: House, tmp_path: Path) -> None:
    a_kiosk(house, tmp_path)
    run = kiosk.begin(house, "Ana Ruiz")
    house.metrics.spans("Ana Ruiz", "sans")
    assert fonts._spans.cache_info().currsize
    kiosk.over(house, run.envelope)
    assert not fonts._spans.cache_info().currsize


def test_the_host_ends_it(house: House, tmp_path: Path) -> None:
    a_kiosk(house, tmp_path)
    run = kiosk.begin(house, "Ana Ruiz")
    kiosk.stop(house)
    assert reading.envelope(house, run.envelope).end_reason == kiosk.HOST_ENDED
    assert (kiosk.pattern_id(house), house.settings.kiosk_run) == ("", "")


def test_numbers_start_again_after_the_last(house: House, tmp_path: Path) -> None:
    a_kiosk(house, tmp_path)
    preferences.change(house, kiosk_number=kiosk.LAST_NUMBER)
    assert kiosk.begin(house, "Ana Ruiz").number == 1


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("delay_s", [0.0, 0.02, 0.1, 0.25, 0.5])
def test_a_kiosk_killed_in_a_run_goes_on_with_the_next_person(tmp_path: Path, delay_s: float) -> None:
    library = tmp_path / "library"
    _killed(library, tmp_path, delay_s)
    house = bootstrap.build(library, lambda: "x")
    try:
        assert kiosk.pattern_id(house)
        kiosk.resume(house)
        (first, *rest) = runs(house)
        assert first.status is EnvelopeStatus.COMPLETED, "who had finished before is not touched"
        assert [(one.status, one.end_reason) for one in rest] in (
            [],
            [(EnvelopeStatus.VOIDED, kiosk.CUT_OFF)],
        )
        run = kiosk.begin(house, "Chen Li")
        signing_at_once.sign(house, run.envelope, run.role, leases.act(run.role))
        assert reading.envelope(house, run.envelope).status is EnvelopeStatus.COMPLETED
    finally:
        house.close()


def _killed(library: Path, folder: Path, delay_s: float) -> None:
    command = [sys.executable, "-m", "tests.support.kiosk_child", str(library), str(folder)]
    process = subprocess.Popen(
        command, env=environment(library), stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "one has signed"
    time.sleep(delay_s)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)


def test_the_first_page_tells_what_is_signed(house: House, tmp_path: Path) -> None:
    a_kiosk(house, tmp_path)
    assert kiosk.pattern(house) == kiosk.Pattern("Lease", "", "en", needs_email=False, asks_email=False)
    preferences.change(house, kiosk_asks_email=True)
    assert kiosk.pattern(house).asks_email


def test_a_kiosk_over_a_real_vault_stays_unlocked(rooms: houses.Rooms, tmp_path: Path) -> None:
    with houses.house(rooms, tmp_path / "library") as house:
        a_kiosk(house, tmp_path)
        kiosk.stay_unlocked(house)
        assert any(name for name in house.vault.names())
