"""The outbox from the command line: shapes that scripts rely on, and real processes that are killed or meet."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.visisign import VisiSign
from tests.support import leases
from tests.support.commands import CHECKOUT, PASSPHRASE, asked, environment, refused, run
from tests.support.http_server import Reply, Seen

KEYS = {"op", "account", "envelope", "kind", "state", "attempts", "next_at", "error"}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def fake(library: Path) -> Iterator[VisiSign]:
    with VisiSign().serving() as served:
        assert isinstance(served, VisiSign)
        words = ("account", "add", "visisign", "--name", "work", "--base-url", served.url, "--secret-stdin")
        assert run(library, *words, typed=served.key).code == 0
        yield served


def draft(library: Path, folder: Path, *people: str) -> str:
    made: str = asked(library, "new", leases.write_spec(folder, *people))["id"]
    return made


def states(library: Path) -> dict[str, str]:
    return {row["kind"]: row["state"] for row in reversed(asked(library, "sync", "status"))}


def test_an_envelope_by_script_through_an_account(library: Path, fake: VisiSign, tmp_path: Path) -> None:
    made = draft(library, tmp_path, "buyer")
    assert asked(library, "show", made)["remote"] is None
    sent = asked(library, "send", made, "--via", "work")
    assert sent["status"] == "out"
    assert set(sent["remote"]) == KEYS | {"plan"}
    assert sent["remote"]["plan"] == {"way": "document", "lost": [], "recipients": ["buyer"]}
    (row,) = asked(library, "sync", "status")
    assert set(row) == KEYS
    assert (row["kind"], row["state"], row["attempts"], row["error"]) == ("send", "waiting", 0, None)
    (ran,) = asked(library, "sync", "run", "--once")
    assert (ran["op"], ran["state"], ran["next_at"]) == (row["op"], "confirmed", None)
    fake.sign(values={"buyer_text": "As agreed"})
    pulled = asked(library, "sync", "pull")
    assert {one["kind"] for one in pulled} == {"follow", "download"}
    left = asked(library, "sync", "status", "--connections")
    assert {one["why"] for one in left} == {"send", "follow", "download"}
    assert set(left[0]) == {"at", "account", "host", "method", "path", "why", "outcome", "sent", "received"}
    assert states(library) == {"send": "confirmed", "follow": "confirmed", "download": "confirmed"}
    shown = asked(library, "show", made)
    assert (shown["status"], shown["form_data"]["buyer_text"]) == ("completed", "As agreed")
    remote = shown["remote"]
    told = [remote[key] for key in ("account", "id", "status", "said")]
    assert told == ["work", "sr_1", "completed", "completed"]
    assert remote["recipients"][0]["status"] == "signed"
    (file,) = remote["files"]
    files = asked(library, "export", made, "--out", tmp_path / "out")["files"]
    assert file["sha256"] in {one["sha256"] for one in files if one["kind"] == "remote"}
    (trail,) = (one["path"] for one in files if one["kind"] == "audit")
    assert asked(library, "audit", "--verify", trail)["intact"] is True


def test_what_people_read(library: Path, fake: VisiSign, tmp_path: Path) -> None:
    assert run(library, "sync", "status").out == "Nothing was handed over.\n"
    made = draft(library, tmp_path, "buyer")
    told = run(library, "send", made, "--via", "work")
    assert told.code == 0
    assert "paraph sync run --once" in told.out
    fake.fail("POST /signature_requests", "status", status=422)
    ran = run(library, "sync", "run", "--once")
    assert ran.code == 0
    assert "As told: 422" in ran.out
    row = asked(library, "sync", "status")[0]
    assert (row["state"], row["error"]["kind"]) == ("failed", "RequestRefused")
    assert asked(library, "sync", "retry", row["op"][:20])["state"] == "waiting"
    assert refused(library, 3, "sync", "resolve", row["op"], "--keep", "local")["kind"] == "NothingToResolve"
    assert refused(library, 6, "sync", "retry", "01J")["kind"] == "NotInOutbox"
    assert refused(library, 7, "sync", "push", made, "--via", "ghost")["kind"] == "UnknownAccount"
    assert refused(library, 3, "sync", "push", made, "--via", "work")["kind"] == "AlreadyHandedOver"


def test_no_secret_is_in_the_library_or_in_what_is_printed(library: Path, fake: VisiSign, tmp_path: Path) -> None:
    made = draft(library, tmp_path, "buyer")
    told = [run(library, "--json", "send", made, "--via", "work"), run(library, "--json", "sync", "run", "--once")]
    told += [run(library, "--json", *words) for words in (("sync", "status"), ("show", made), ("audit", made))]
    (sent,) = fake.requests.values()
    secrets = [fake.key, *(one["signing_url"].rpartition("/")[2] for one in sent.signers)]
    for secret in secrets:
        assert not [ran for ran in told if secret in ran.out + ran.err]
        assert not [path for path in library.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


# -- processes that are killed, and that meet ------------------------------------------------------------------------


def started(library: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "app", "--json", "sync", "run", "--once"]
    env = environment(library, PARAPH_PASSPHRASE=PASSPHRASE)
    return subprocess.Popen(words, cwd=CHECKOUT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def until(condition: Callable[[], bool]) -> None:
    for _ in range(3000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come to that")


class Holding(VisiSign):
    """Holds the answer to a create back, before or after it was done, until the test lets go."""

    def __init__(self) -> None:
        super().__init__()
        self.when = ""
        self.reached, self.go = threading.Event(), threading.Event()

    def __call__(self, seen: Seen) -> Reply:
        is_create = seen.method == "POST" and seen.path.endswith("/signature_requests")
        if is_create and self.when == "before":
            self.reached.set()
            self.go.wait(30)
        reply = super().__call__(seen)
        if is_create and self.when == "after":
            self.reached.set()
            self.go.wait(30)
        return reply


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_it_sends_the_envelope_is_there_once(when: str, library: Path, tmp_path: Path) -> None:
    with Holding().serving() as served:
        assert isinstance(served, Holding)
        words = ("account", "add", "visisign", "--name", "work", "--base-url", served.url, "--secret-stdin")
        assert run(library, *words, typed=served.key).code == 0
        made = draft(library, tmp_path, "buyer")
        asked(library, "send", made, "--via", "work")
        served.when = when
        child = started(library)
        assert served.reached.wait(60)
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        served.go.set()
        served.when = ""
        (row,) = asked(library, "sync", "status")
        assert row["state"] == "running"
        asked(library, "sync", "run", "--once")
        _pass_time(library)
        asked(library, "sync", "run", "--once")
        assert states(library)["send"] == "confirmed"
        assert list(served.requests) == ["sr_1"]
        assert asked(library, "show", made)["remote"]["id"] == "sr_1"


def test_two_runners_at_once_send_each_envelope_once(library: Path, fake: VisiSign, tmp_path: Path) -> None:
    made = [draft(library, tmp_path, role) for role in ("ann", "ben", "cem", "dan")]
    for one in made:
        asked(library, "send", one, "--via", "work")
    children = [started(library) for _ in range(3)]
    for child in children:
        out, err = child.communicate(timeout=120)
        assert child.returncode == 0, err
        json.loads(out)
    asked(library, "sync", "run", "--once")
    assert len(fake.requests) == len(made)
    assert len(fake.asked_for("POST /signature_requests")) == len(made)
    rows: list[dict[str, Any]] = asked(library, "sync", "status")
    assert {row["state"] for row in rows if row["kind"] == "send"} == {"confirmed"}


def test_it_runs_until_it_is_interrupted(library: Path, fake: VisiSign, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "app", "sync", "run"]
    env = environment(library, PARAPH_PASSPHRASE=PASSPHRASE)
    made = draft(library, tmp_path, "buyer")
    child = subprocess.Popen(words, cwd=CHECKOUT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert "Ctrl-C" in child.stdout.readline()
    asked(library, "send", made, "--via", "work")
    until(lambda: bool(fake.requests))
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 130, err
    asked(library, "sync", "run", "--once")
    assert len(fake.requests) == 1


def _pass_time(library: Path) -> None:
    """What was begun is looked for after a while; the row says when it began."""
    import sqlite3

    with sqlite3.connect(library / "library.sqlite3") as raw:
        raw.execute("UPDATE operations SET begun_at = begun_at - 3600000000, next_at = next_at - 3600000000")
