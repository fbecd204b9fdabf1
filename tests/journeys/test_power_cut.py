"""kill -9 at any moment of `sign`: the envelope is before or after, never between, and the chain is whole
(faults 35 to 37).
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import leases
from tests.support.commands import asked, environment

MOMENTS = 20


def signing(folder: Path, library: Path, envelope_id: str, role: str) -> subprocess.Popen[bytes]:
    words = ["sign", envelope_id, "--as", role, "--consent", "--signature", f"typed:{role}", "--values", "v.json"]
    return subprocess.Popen(
        [sys.executable, "-m", "app", "--json", *words],
        cwd=folder,
        env=environment(library, PARAPH_PASSPHRASE="x"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_twenty_power_cuts_leave_twenty_whole_envelopes(tmp_path: Path) -> None:
    cuts(tmp_path, MOMENTS)


def test_three_power_cuts_leave_three_whole_envelopes(tmp_path: Path) -> None:
    cuts(tmp_path, 3)


def cuts(folder: Path, count: int) -> None:
    library = folder / "library"
    (folder / "v.json").write_text('{"buyer_text": "x"}')
    spec = leases.write_spec(folder, "buyer")
    took_s = one_whole(folder, library, spec)
    chance = random.Random(20)
    outcomes = []
    for number in range(count):
        envelope_id = asked(library, "new", spec)["id"]
        asked(library, "send", envelope_id)
        # The last third of the run is where sealing and recording happen: most of the moments lie there.
        moment_s = took_s * (0.35 + 0.7 * (number + chance.random()) / count)
        outcomes.append(cut_at(folder, library, envelope_id, moment_s))
    assert set(outcomes) <= {"before", "after"}
    listed = asked(library, "list", "--limit", 100)
    assert listed["total"] == count + 1


def one_whole(folder: Path, library: Path, spec: Path) -> float:
    """How long a signing takes here, and that it works."""
    envelope_id = asked(library, "new", spec)["id"]
    asked(library, "send", envelope_id)
    started = time.monotonic()
    process = signing(folder, library, envelope_id, "buyer")
    out, _ = process.communicate(timeout=60)
    assert json.loads(out)["envelope_status"] == "completed"
    return time.monotonic() - started


def cut_at(folder: Path, library: Path, envelope_id: str, moment_s: float) -> str:
    """The whole session dies at once, as in a power cut; whatever was acknowledged must be there."""
    process = signing(folder, library, envelope_id, "buyer")
    time.sleep(moment_s)
    os.killpg(process.pid, signal.SIGKILL)
    out, _ = process.communicate(timeout=30)
    shown = asked(library, "show", envelope_id)
    trail = asked(library, "audit", envelope_id)
    assert trail["intact"]
    kinds = [event["kind"] for event in trail["events"]]
    if shown["status"] == "out":
        assert not out, "an acknowledged signature is lost"
        assert kinds == ["created", "edited", "frozen", "out"]
        assert shown["recipients"][0]["status"] == "turn"
        return "before"
    assert shown["status"] == "completed"
    assert kinds[-5:] == ["signed", "sealed", "countersigned", "completed", "countersigned"]
    files = asked(library, "export", envelope_id, "--out", folder / envelope_id)["files"]
    (document,) = (file["path"] for file in files if file["kind"] == "document")
    assert asked(library, "verify", document)[0]["verdict"] == "valid"
    return "after"
