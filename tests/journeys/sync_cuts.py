"""kill -9 of a real `paraph sync run --once` at a random moment while a file goes up or comes home.

`python -m tests.journeys.sync_cuts [--count N]` does it N times each way and prints at which points it died.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal
from unittest.mock import patch

from app.domain.envelope import EnvelopeStatus
from app.services import auditing, device, outbox, pushing, specifying
from app.services.spec import read
from app.vault import open_vault
from tests.fakes import papers
from tests.fakes.visisign import VisiSign
from tests.support import houses, http_server, leases, pages
from tests.support.commands import CHECKOUT, PASSPHRASE, environment
from tests.support.http_server import Plain, Reply, Seen
from tests.support.outboxes import ACCOUNT, Post, quick

Way = Literal["up", "down"]
PIECE: Final = 1 << 12
PAUSE_S: Final = 0.002


def filler() -> str:
    """Strokes by chance: a page with so much in it cannot be pressed together, and travels for a while."""
    chance = random.Random(1)
    return " ".join(f"{chance.randrange(595)} {chance.randrange(842)} l" for _ in range(60_000))


@dataclass(frozen=True)
class Pieces:
    """An answer that takes its time."""

    whole: bytes
    early: bool = False

    def write(self, connection: Any, gone: threading.Event) -> None:
        for start in range(0, len(self.whole), PIECE):
            connection.sendall(self.whole[start : start + PIECE])
            if gone.wait(PAUSE_S):
                return


class Slow(VisiSign):
    """Files go to it and come from it slowly; `moving` is set while one does."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.moving = threading.Event()
        self.busy: set[int] = set()

    def __call__(self, seen: Seen) -> Reply:
        try:
            reply = super().__call__(seen)
        finally:
            self.busy.discard(threading.get_ident())
        if seen.path.endswith("/files") and isinstance(reply, Plain) and reply.status == 200:
            self.moving.set()
            return Pieces(reply.bytes())
        return reply

    def body(self, reader: Any, seen: Seen) -> bytes:
        """Of a request, piece by piece; one that ends early is nobody's."""
        self.busy.add(threading.get_ident())
        wanted, found = int(seen.headers.get("content-length", "0")), b""
        while len(found) < wanted:
            if wanted > PIECE:
                self.moving.set()
                time.sleep(PAUSE_S)
            piece = reader.read(min(PIECE, wanted - len(found)))
            if not piece:
                self.busy.discard(threading.get_ident())
                raise ConnectionResetError
            found += piece
        return found


@dataclass
class Cuts:
    """`points` counts how far things were when the process died."""

    rooms: houses.Rooms
    folder: Path
    fake: Slow
    chance: random.Random
    took_s: float = 1.0
    points: Counter[str] = field(default_factory=Counter)

    @property
    def library(self) -> Path:
        return self.folder / "library"

    @contextmanager
    def post(self, later: timedelta = timedelta(minutes=-20)) -> Iterator[Post]:
        """This process at the same library, while no other has it; what it leaves is due for the others."""
        clock = houses.SteppingClock(datetime.now(UTC) + later)
        vault = open_vault(self.library, lambda: PASSPHRASE, backend="file")
        with houses.house(self.rooms, self.library, clock, vault) as house:
            yield Post(house, clock, self.folder)

    def cut(self, way: Way) -> None:
        """One envelope: up to the transfer, the kill in it, and what must be so once somebody runs it again."""
        before = len(self.fake.requests)
        self.fake.advance(7200)  # it takes five in an hour
        with self.post() as post:
            if not before:
                post.account(self.fake)
                device.seal(post.house)  # a key that is older than every run
            envelope_id = self._handed(post)
            if way == "down":
                post.run()
                self.fake.sign()
                self._told(post, envelope_id)
        self._killed()
        with self.post() as post:
            row = post.rows(envelope_id)["send" if way == "up" else "download"]
            arrived = len(self.fake.requests) > before
            self.points[f"{way}: {row.state}{' begun' if row.step else ''}{', is there' if arrived else ''}"] += 1
        with self.post(timedelta(hours=1)) as post:
            for _ in range(2):
                post.run()
            rows = post.rows(envelope_id)
            assert list(self.fake.requests) == [f"sr_{number}" for number in range(1, before + 2)], rows["send"]
            sent = self.fake.requests[f"sr_{before + 1}"]
            (told,) = post.rows(envelope_id)["send"].request["documents"]
            assert hashlib.sha256(sent.paper).hexdigest() == told["sha256"]
            if way == "up":
                self.fake.sign()
                post.clock.at += timedelta(hours=1)
                post.news()
            self._home(post, envelope_id, papers.marked(sent.paper, f"Signed at VisiSign: {sent.id}"))

    def _handed(self, post: Post) -> str:
        path = leases.write_spec(self.folder, "buyer", pages=1)
        pages.write_pdf(self.folder / "lease.pdf", marks=f"1 1 m {filler()} n")
        envelope_id = specifying.new(post.house, read(path)).one("envelope")
        pushing.push(post.house, envelope_id, ACCOUNT)
        return envelope_id

    def _told(self, post: Post, envelope_id: str) -> None:
        """That it is completed; the file is left to the process that will die."""
        post.clock.at += timedelta(minutes=5)
        outbox.run_once(post.house, kinds=["follow"], reach=quick)
        assert post.states(envelope_id)["download"] == "waiting"

    def _killed(self) -> None:
        self.fake.moving.clear()
        child = subprocess.Popen(
            [sys.executable, "-m", "app", "--json", "sync", "run", "--once"],
            cwd=CHECKOUT,
            env=environment(self.library, PARAPH_PASSPHRASE=PASSPHRASE),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        assert self.fake.moving.wait(60), "nothing was on its way"
        time.sleep(self.took_s * self.chance.random())
        os.killpg(child.pid, signal.SIGKILL)
        _, err = child.communicate(timeout=60)
        assert not err, err
        while self.fake.busy:  # what had left this machine is still worked on there, for less than the program waits
            time.sleep(0.01)

    def _home(self, post: Post, envelope_id: str, wanted: bytes) -> None:
        envelope = post.envelope(envelope_id)
        assert envelope.status is EnvelopeStatus.COMPLETED, post.rows(envelope_id)
        assert envelope.remote is not None
        (file,) = envelope.remote.files
        assert post.house.library.blobs.read(file.sha256) == wanted
        assert auditing.verify_trail(post.house, envelope_id).intact
        blobs = self.library / "blobs"
        for path in blobs.rglob("*"):
            if path.is_file() and len(path.name) == 64:
                assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name, "a half file"


@contextmanager
def cutting(rooms: houses.Rooms, folder: Path, seed: int) -> Iterator[Cuts]:
    fake = Slow(now=datetime.now(UTC))
    with patch.object(http_server, "read_body", fake.body), fake.serving() as served:
        assert isinstance(served, Slow)
        yield Cuts(rooms, folder, served, random.Random(seed))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    asked = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, houses.rooms() as rooms, cutting(rooms, Path(folder), 9) as cuts:
        for number in range(asked.count):
            cuts.cut("up")
            cuts.cut("down")
            if number % 10 == 9:
                print(number + 1, dict(cuts.points), flush=True)
    print(f"{2 * asked.count} kills in {time.monotonic() - started:.0f} s: {dict(cuts.points)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
