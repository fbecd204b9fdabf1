"""A time stamp over the end of a trail: taken when a network is there, judged, told in plain words, never silent."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.clock import Clock
from app.domain import errors
from app.domain.audit import ChainReport, Moment
from app.domain.ids import EnvelopeId
from app.domain.level import Level
from app.services import (
    auditing,
    caring,
    ending,
    exporting,
    preferences,
    reading,
    signing_at_once,
    strengthening,
    timestamping,
    verifying,
)
from app.services.house import House
from tests.independent import check_bundle
from tests.support import leases
from tests.support.certo import Certo, certo


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture
def online(house: House, pki: Certo, tmp_path: Path) -> House:
    preferences.change(house, tsa_url=pki.tsa_url)
    verifying.add_trust(house, pki.root_file(tmp_path))
    return house


class Later(Clock):
    """The present, some time on."""

    def __init__(self, clock: Clock, by: timedelta) -> None:
        self._clock, self._by = clock, by

    def __getattr__(self, name: str) -> Any:
        return getattr(self._clock, name)

    def now(self) -> Any:
        return self._clock.now() + self._by

    def moment(self) -> Moment:
        moment = self._clock.moment()
        return replace(moment, wall=moment.wall + self._by)


def completed(house: House, folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    envelope_id = leases.sent(house, folder, "buyer")
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    return envelope_id


def stamps(house: House, envelope_id: str) -> list[dict[str, Any]]:
    return [e.entry.facts for e in reading.trail(house, envelope_id) if e.entry.kind == "time_stamped"]


def test_the_end_of_an_envelope_is_stamped_in_the_next_round_and_people_are_told(online: House, tmp_path: Path) -> None:
    envelope_id = completed(online, tmp_path)
    assert timestamping.told(online, envelope_id)[1].startswith("A time stamp is asked for as soon as")
    assert caring.look_after(online).touches("envelope", envelope_id)
    (stamp,) = stamps(online, envelope_id)
    assert stamp["authority"] == "Tsa"
    (sentence,) = timestamping.told(online, envelope_id)
    assert sentence.startswith("Signed by buyer on this machine at ")
    assert "(machine clock); proven to exist before " in sentence
    report = auditing.verify_trail(online, envelope_id)
    assert report.intact
    assert [one.sequence for one in report.proven] == [stamp["count"] + 1]
    assert not caring.look_after(online).touches("envelope", envelope_id)


@pytest.mark.parametrize("end", ["declined", "voided"])
def test_other_ends_are_stamped_too(online: House, tmp_path: Path, end: str) -> None:
    envelope_id = leases.sent(online, tmp_path, "buyer")
    assert not timestamping.catch_up(online).items
    if end == "voided":
        ending.void(online, envelope_id, "A mistake")
    else:
        ending.decline(online, envelope_id, "buyer", "Too dear")
    assert timestamping.catch_up(online).touches("envelope", envelope_id)
    assert stamps(online, envelope_id)


def test_without_an_authority_nobody_is_asked_and_that_is_said(house: House, tmp_path: Path) -> None:
    envelope_id = completed(house, tmp_path)
    assert not timestamping.catch_up(house).items
    told = timestamping.told(house, envelope_id)
    assert "No time-stamp authority is set" in told[-1]
    with pytest.raises(errors.NoTimestampAuthority):
        timestamping.take(house, envelope_id)


def test_an_authority_that_fails_is_shown_and_asked_again_later(online: House, pki: Certo, tmp_path: Path) -> None:
    envelope_id = completed(online, tmp_path)
    with pki.out_of_order("tsa"):
        assert timestamping.catch_up(online).touches("envelope", envelope_id)
        assert "No time stamp could be had at" in timestamping.told(online, envelope_id)[-1]
        asked = len(pki.asked)
        assert not timestamping.catch_up(online).items
        assert len(pki.asked) == asked
    assert not stamps(online, envelope_id)
    assert not timestamping.catch_up(replace(online, clock=Later(online.clock, timedelta(minutes=9)))).items
    with pki.time(online.clock.now() + timedelta(minutes=11)):
        later = replace(online, clock=Later(online.clock, timedelta(minutes=11)))
        assert timestamping.catch_up(later).touches("envelope", envelope_id)
    assert stamps(online, envelope_id)
    assert len(timestamping.told(online, envelope_id)) == 1


def test_after_one_failure_the_others_wait_for_a_later_round(online: House, pki: Certo, tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        completed(online, tmp_path / name)
    with pki.out_of_order("tsa"):
        assert len(timestamping.catch_up(online).items) == 1
        asked = len(pki.asked)
        assert not timestamping.catch_up(online).items
        assert len(pki.asked) == asked
    assert not timestamping.catch_up(online).items
    with pki.time(online.clock.now() + timedelta(minutes=6)):
        later = replace(online, clock=Later(online.clock, timedelta(minutes=6)))
        assert len(timestamping.catch_up(later).items) == 2


@pytest.mark.parametrize("body", [b"", b"no token", b"\x30\x03\x02\x01\x02"])
def test_an_answer_that_is_no_token_is_refused_and_nothing_is_written(
    online: House, pki: Certo, tmp_path: Path, body: bytes
) -> None:
    envelope_id = completed(online, tmp_path)
    before = online.library.head(EnvelopeId(envelope_id))
    with pki.out_of_order("tsa", "200 OK", body), pytest.raises((errors.TimestampRefused, errors.RemoteError)):
        timestamping.take(online, envelope_id)
    assert online.library.head(EnvelopeId(envelope_id)) == before


def test_a_token_that_tells_another_time_is_refused(online: House, pki: Certo, tmp_path: Path) -> None:
    envelope_id = completed(online, tmp_path)
    with pki.time(online.clock.now() - timedelta(days=2)), pytest.raises(errors.TimestampRefused) as found:
        timestamping.take(online, envelope_id)
    assert found.value.reason == "time"


def test_an_authority_nobody_trusts_is_refused_and_not_by_our_own_device(
    house: House, pki: Certo, tmp_path: Path
) -> None:
    preferences.change(house, tsa_url=pki.tsa_url)
    envelope_id = completed(house, tmp_path)
    with pytest.raises(errors.TimestampRefused) as found:
        timestamping.take(house, envelope_id)
    assert found.value.reason == "unknown_trust"


def test_strengthening_takes_one_over_what_it_added(online: House, pki: Certo, tmp_path: Path) -> None:
    envelope_id = completed(online, tmp_path)
    timestamping.catch_up(online)
    strengthening.strengthen_envelope(online, envelope_id, Level.B_T)
    assert len(stamps(online, envelope_id)) == 2
    assert [event.entry.kind for event in reading.trail(online, envelope_id)][-1] == "time_stamped"
    first, second = (one.at for one in auditing.verify_trail(online, envelope_id).proven)
    assert first <= second
    assert timestamping.signed(online, envelope_id)[0].proven is not None


@pytest.fixture
def bundle(online: House, tmp_path: Path) -> Path:
    envelope_id = completed(online, tmp_path)
    timestamping.catch_up(online)
    exporting.export(online, envelope_id, tmp_path / "bundle")
    return tmp_path / "bundle"


def test_the_bundle_says_it_and_openssl_agrees(online: House, bundle: Path) -> None:
    trail = json.loads((bundle / "audit.json").read_text("utf-8"))
    assert "proven to exist before" in trail["times"][0]
    (event,) = (one for one in trail["events"] if one["kind"] == "time_stamped")
    token, root = bundle / f"time-stamp {event['sequence']}.tst", bundle / "time-stamp-authority.pem"
    command = ["openssl", "ts", "-verify", "-token_in", "-in", str(token), "-CAfile", str(root), "-digest"]
    good = subprocess.run([*command, event["previous"]], capture_output=True, text=True, check=False)
    assert "Verification: OK" in good.stdout + good.stderr
    assert subprocess.run([*command, "0" * 64], capture_output=True, check=False).returncode != 0
    assert check_bundle.check(bundle) == []
    root.write_bytes((bundle / "device-authority.pem").read_bytes())
    assert check_bundle.check(bundle) == [f"the time stamp of event {event['sequence']} does not hold"]


def test_a_token_of_another_trail_breaks_the_chain_where_it_stands(online: House, bundle: Path, tmp_path: Path) -> None:
    other_id = completed(online, tmp_path / "other")
    timestamping.catch_up(online)
    trail = json.loads((bundle / "audit.json").read_text("utf-8"))
    (event,) = (one for one in trail["events"] if one["kind"] == "time_stamped")
    claim = ("time_stamped", event["previous"], stamps(online, other_id)[0]["token"])
    records = [{"sequence": event["sequence"], "kind": claim[0], "previous": claim[1], "facts": {"token": claim[2]}}]
    whole = ChainReport(1, True)
    report = timestamping.judged(online, records, whole)
    assert (report.intact, report.broken_at) == (False, event["sequence"])
    records[0]["facts"] = {"token": base64.b64encode(b"nothing").decode()}
    assert not timestamping.judged(online, records, whole).intact
    records[0]["facts"] = {"token": event["facts"]["token"]}
    assert timestamping.judged(online, records, whole).proven


def test_the_command_that_checks_a_file_tells_the_times_by_whom_it_trusts(online: House, bundle: Path) -> None:
    found = auditing.verify_file(bundle / "audit.json", opened=lambda: online)
    assert found.report.intact
    assert "proven to exist before" in found.signed[0].sentence
    for trusted in online.library.trust.list():
        if trusted.source == "imported":
            online.library.trust.remove(trusted.sha256)
    stranger = auditing.verify_file(bundle / "audit.json", opened=lambda: online)
    assert (stranger.report.intact, stranger.report.strangers, stranger.report.proven) == (True, 1, ())
    assert stranger.signed[0].sentence.endswith("(machine clock).")
