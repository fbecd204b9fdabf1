"""audit --stamp and --verify, as scripts see them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services import preferences, signing_at_once, verifying
from tests.support import leases
from tests.support.certo import Certo, certo
from tests.support.command_line import CommandLine


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


def test_a_trail_is_stamped_on_demand_and_its_times_are_told(line: CommandLine, pki: Certo, tmp_path: Path) -> None:
    out = leases.sent(line.house, tmp_path, "buyer")
    envelope_id = leases.sent(line.house, tmp_path, "buyer")
    signing_at_once.sign(line.house, envelope_id, "buyer", leases.act("buyer"))
    assert line.refused(5, "audit", envelope_id, "--stamp")["kind"] == "NoTimestampAuthority"
    preferences.change(line.house, tsa_url=pki.tsa_url)
    verifying.add_trust(line.house, pki.root_file(tmp_path))
    assert line.refused(3, "audit", out, "--stamp")["kind"] == "WrongStatus"
    with pki.out_of_order("tsa"):
        assert line.refused(7, "audit", envelope_id, "--stamp")["kind"] == "RemoteDown"
    assert "No time stamp could be had at" in line.run("audit", envelope_id).out
    told = line.asked("audit", envelope_id, "--stamp")
    assert told["intact"] is True
    assert [event["kind"] for event in told["events"]][-1] == "time_stamped"
    assert "proven to exist before" in told["times"][0]
    line.asked("export", envelope_id, "--out", tmp_path / "out")
    checked = line.asked("audit", "--verify", tmp_path / "out" / "audit.json")
    assert (checked["intact"], checked["times"]) == (True, told["times"])
    assert told["times"][0] in line.run("audit", "--verify", tmp_path / "out" / "audit.json").out


def test_a_certificate_that_is_not_the_seals_accuses_nobody(line: CommandLine, tmp_path: Path) -> None:
    envelope_id = leases.sent(line.house, tmp_path, "buyer")
    signing_at_once.sign(line.house, envelope_id, "buyer", leases.act("buyer"))
    files = line.asked("export", envelope_id, "--out", tmp_path / "out")["files"]
    paths = {file["kind"]: Path(file["path"]) for file in files}
    told = line.asked("audit", "--verify", paths["audit"], "--certificate", paths["seal"])
    assert (told["intact"], told["countersigned"] > 0) == (True, True)
    error = line.refused(5, "audit", "--verify", paths["audit"], "--certificate", paths["authority"])
    assert error["kind"] == "NotTheSealsCertificate"
    assert "device-seal.pem" in error["message"]


@pytest.mark.parametrize(
    "head", ["x", {"count": "5"}, {"count": True, "sha256": "0" * 64}, {"count": -1, "sha256": ""}]
)
def test_an_end_that_is_said_in_no_readable_form_is_broken(head: object, line: CommandLine, tmp_path: Path) -> None:
    line.asked("export", leases.sent(line.house, tmp_path, "buyer"), "--out", tmp_path / "out")
    path = tmp_path / "out" / "audit.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "head": head}), "utf-8")
    ran = line.run("--json", "audit", "--verify", path, "--certificate", tmp_path / "out" / "device-seal.pem")
    assert (ran.code, ran.data["intact"]) == (1, False)
