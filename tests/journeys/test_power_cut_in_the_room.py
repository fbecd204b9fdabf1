"""kill -9 at each step of a ceremony: it resumes where it was, nothing is lost, nobody signs twice (fault 36)."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support import leases
from tests.support.commands import asked, environment

STEPS = ("opened", "identified", "consented", "shown 1", "shown 2", "adopted", "filled", "filled", "finished")
AGAIN = {"opened": "room_opened", "identified": "identified", "consented": "consented"}
"""What a new handover repeats; everything else happens once, however often the power goes."""


def child(library: Path, envelope_id: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.ceremony_child", str(library), envelope_id, "buyer"],
        env=environment(library),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def cut_after(library: Path, envelope_id: str, step: int, delay_s: float) -> list[str]:
    """The whole session dies after this many acknowledged steps and a moment more. Gives what was acknowledged."""
    process = child(library, envelope_id)
    assert process.stdout is not None
    seen = [process.stdout.readline().strip() for _ in range(step)]
    time.sleep(delay_s)
    os.killpg(process.pid, signal.SIGKILL)
    rest, _ = process.communicate(timeout=30)
    return [*seen, *rest.split("\n")[:-1]]


def to_the_end(library: Path, envelope_id: str) -> list[str]:
    out, _ = child(library, envelope_id).communicate(timeout=90)
    return out.splitlines()


def kinds_of(library: Path, envelope_id: str) -> tuple[list[str], Any]:
    trail = asked(library, "audit", envelope_id, passphrase="x")
    assert trail["intact"]
    return [event["kind"] for event in trail["events"]], trail["events"]


def told(seen: list[str], kinds: list[str]) -> None:
    """Everything that was acknowledged is in the trail."""
    words = {**AGAIN, "shown": "page_shown", "adopted": "adopted", "filled": "field_filled", "finished": "signed"}
    for name, kind in words.items():
        assert kinds.count(kind) >= sum(line.split()[0] == name for line in seen), f"{name} was lost"


def one(folder: Path, step: int, delay_s: float) -> None:
    library = folder / f"library-{step}"
    folder.mkdir(exist_ok=True)
    spec = leases.write_spec(folder, "buyer")
    envelope_id = asked(library, "new", spec, passphrase="x")["id"]
    asked(library, "send", envelope_id, passphrase="x")
    seen = cut_after(library, envelope_id, step, delay_s)
    told(seen, kinds_of(library, envelope_id)[0])
    resumed = to_the_end(library, envelope_id)
    kinds, events = kinds_of(library, envelope_id)
    once = ("adopted", "signed", "sealed", "completed")
    assert [kinds.count(kind) for kind in once] == [1] * len(once), f"after {seen}: {resumed}"
    filled = [event["facts"]["field"] for event in events if event["kind"] == "field_filled"]
    assert len(filled) == len(set(filled)) == 2
    shown = [event["facts"]["page"] for event in events if event["kind"] == "page_shown"]
    assert sorted(shown) == [1, 2]
    assert to_the_end(library, envelope_id) == []
    files = asked(library, "export", envelope_id, "--out", folder / envelope_id, passphrase="x")["files"]
    (document,) = (file["path"] for file in files if file["kind"] == "document")
    (judged,) = asked(library, "verify", document, passphrase="x")
    assert (judged["verdict"], len(judged["signatures"])) == ("valid", 1)


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("step", range(1, len(STEPS) + 1))
def test_fault_36_the_power_goes_after_each_step(tmp_path: Path, step: int) -> None:
    one(tmp_path, step, random.Random(step).uniform(0, 0.05))


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("tenths", [1, 3, 5, 8])
def test_fault_35_the_power_goes_while_it_is_being_sealed(tmp_path: Path, tenths: int) -> None:
    one(tmp_path, len(STEPS) - 1, 0.05 + tenths / 10)


@pytest.mark.timeout(240)
def test_fault_36_the_power_goes_after_a_field_was_filled(tmp_path: Path) -> None:
    one(tmp_path, STEPS.index("filled") + 1, 0.02)
