"""kill -9 of a real `paraph sync run --once` at a random moment while a file goes up or comes home.

`python -m tests.journeys.sync_cuts [PROVIDER ...] [--count N]` does it N times each way and prints at which points it
died.
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
from tests.fakes.every import FAKES
from tests.support import houses, http_server, leases, pages
from tests.support.commands import CHECKOUT, PASSPHRASE, environment
from tests.support.far_side import CREATES, Referee, options_of, refereed
from tests.support.http_server import Plain, Reply, Script, Seen
from tests.support.outboxes import ACCOUNT, Post, quick

Way = Literal["up", "down"]
PROVIDERS: Final = tuple(sorted(set(FAKES) - {"clearpolicy"}))
"""No file goes to ClearPolicy, and none comes from it."""
PEOPLE: Final = ("buyer", "seller")
PIECE: Final = 1 << 12
LARGE: Final = 1 << 15
"""What is smaller is no file."""
PIECES: Final = 60
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
        piece = min(PIECE, len(self.whole) // PIECES + 1)
        for start in range(0, len(self.whole), piece):
            connection.sendall(self.whole[start : start + piece])
            if gone.wait(PAUSE_S):
                return


class Slowly:
    """Beside a fake: files go to it and come from it slowly. `moving` is set while one does; `served` are the
    fingerprints of those that were to come from it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.moving = threading.Event()
        self.busy: set[int] = set()
        self.served: set[str] = set()

    def __call__(self, seen: Seen) -> Reply:
        return self._in_pieces(super().__call__, seen)  # type: ignore[misc]

    def _fetched(self, seen: Seen) -> Reply:
        return self._in_pieces(super()._fetched, seen)  # type: ignore[misc]

    def _in_pieces(self, answer: Script, seen: Seen) -> Reply:
        try:
            reply = answer(seen)
        finally:
            self.busy.discard(threading.get_ident())
        if isinstance(reply, Plain) and reply.headers.get("Content-Type") == "application/pdf":
            self.served.add(hashlib.sha256(reply.body).hexdigest())
            self.moving.set()
            return Pieces(reply.bytes())
        return reply

    def read_body(self, reader: Any, seen: Seen) -> bytes:
        """Of a request, piece by piece; one that ends early is nobody's."""
        self.busy.add(threading.get_ident())
        wanted, found = int(seen.headers.get("content-length", "0")), b""
        while len(found) < wanted:
            if wanted > LARGE:
                self.moving.set()
                time.sleep(PAUSE_S)
            piece = reader.read(min(PIECE, wanted - len(found)))
            if not piece:
                self.busy.discard(threading.get_ident())
                raise ConnectionResetError
            found += piece
        return found


def uploaded(fake: Any) -> list[bytes]:
    """What arrived with the newest envelope; nothing at NueForm, which has papers of its own."""
    match fake.name:
        case "documenso":
            return list(list(fake.envelopes.values())[-1].items.values())
        case "docuseal":
            return list(list(fake.submissions.values())[-1].files.values())
        case "pigeon":
            return [list(fake.documents.values())[-1].paper]
        case "signatureapi":
            return list(list(fake.envelopes.values())[-1].papers)
        case "visisign":
            return [list(fake.requests.values())[-1].paper]
        case _:
            return []


@dataclass
class Cuts:
    """`points` counts how far things were when the process died."""

    rooms: houses.Rooms
    folder: Path
    fake: Any
    referee: Referee
    chance: random.Random
    took_s: float = 1.0
    count: int = 0
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
        self.count += 1
        self.fake.advance(7200)  # VisiSign takes five in an hour
        with self.post() as post:
            if self.count == 1:
                post.account(self.fake)
                device.seal(post.house)  # a key that is older than every run
            envelope_id = self._handed(post)
            if way == "down":
                self._sent(post, envelope_id)
                self._signed(post)
                self._told(post, envelope_id)
        self._killed()
        with self.post() as post:
            row = post.rows(envelope_id)["send" if way == "up" else "download"]
            begun = ", begun" if row.step else ""
            arrived = ", is there" if self.referee.done[self.creating] == self.count else ""
            self.points[f"{way}: {row.state}{begun}{arrived}"] += 1
        with self.post(timedelta(hours=1)) as post:
            self._sent(post, envelope_id)
            assert [self.referee.done[route] for route in CREATES[self.fake.name]] == [self.count] * len(
                CREATES[self.fake.name]
            )
            told = [one["sha256"] for one in post.rows(envelope_id)["send"].request["documents"]]
            papers = [hashlib.sha256(one).hexdigest() for one in uploaded(self.fake)]
            assert papers in ([], told)
            if way == "up":
                self._signed(post)
            self._home(post, envelope_id)

    @property
    def creating(self) -> str:
        return CREATES[self.fake.name][-1]

    def _handed(self, post: Post) -> str:
        path = leases.write_spec(self.folder, *PEOPLE, pages=1)
        pages.write_pdf(self.folder / "lease.pdf", marks=f"1 1 m {filler()} n")
        envelope_id = specifying.new(post.house, read(path)).one("envelope")
        pushing.push(post.house, envelope_id, ACCOUNT, options_of(self.fake))
        return envelope_id

    def _sent(self, post: Post, envelope_id: str) -> None:
        """Some services take their time with what was uploaded."""
        for _ in range(12):
            if post.states(envelope_id)["send"] == "confirmed":
                return
            self._later(post, 20)
            outbox.run_once(post.house, kinds=["send"], reach=quick)
        raise AssertionError(post.rows(envelope_id)["send"])

    def _signed(self, post: Post) -> None:
        """Not before SignatureAPI has worked on it."""
        self._later(post, 20)
        for _ in PEOPLE:
            self.fake.sign()

    def _told(self, post: Post, envelope_id: str) -> None:
        """That it is completed; the file is left to the process that will die."""
        for _ in range(3):
            self._later(post, 120)
            outbox.run_once(post.house, kinds=["follow"], reach=quick)
        assert post.states(envelope_id).get("download") == "waiting", post.rows(envelope_id)

    def _later(self, post: Post, seconds: float) -> None:
        self.fake.advance(seconds)
        post.clock.at += timedelta(seconds=seconds)

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

    def _home(self, post: Post, envelope_id: str) -> None:
        for _ in range(3):
            self._later(post, 3600)
            post.news()
        envelope = post.envelope(envelope_id)
        assert envelope.status is EnvelopeStatus.COMPLETED, post.rows(envelope_id)
        assert envelope.remote is not None
        files = envelope.remote.files
        assert files
        assert len({one.title for one in files}) == len(files), "one came twice"
        for one in files:
            assert one.sha256 in self.fake.served
            assert hashlib.sha256(post.house.library.blobs.read(one.sha256)).hexdigest() == one.sha256
        report = auditing.verify_trail(post.house, envelope_id)
        assert report.intact, report
        blobs = self.library / "blobs"
        for path in blobs.rglob("*"):
            if path.is_file() and len(path.name) == 64:
                assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name, "a half file"


def cut_both_ways(cuts: Cuts, count: int) -> None:
    """`count` times each way that files travel there."""
    ways: tuple[Way, ...] = ("down",) if cuts.fake.name == "nueform" else ("up", "down")
    for _ in range(count):
        for way in ways:
            cuts.cut(way)


@contextmanager
def cutting(name: str, rooms: houses.Rooms, folder: Path, seed: int) -> Iterator[Cuts]:
    slow = type("Slow", (Slowly, FAKES[name]), {})
    fake = slow(now=datetime.now(UTC))
    with patch.object(http_server, "read_body", fake.read_body), fake.serving() as served:
        yield Cuts(rooms, folder, served, refereed(served), random.Random(seed))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("providers", nargs="*", default=PROVIDERS)
    parser.add_argument("--count", type=int, default=100)
    asked = parser.parse_args()
    for name in asked.providers:
        started = time.monotonic()
        with (
            tempfile.TemporaryDirectory() as folder,
            houses.rooms() as rooms,
            cutting(name, rooms, Path(folder), 9) as cuts,
        ):
            cut_both_ways(cuts, asked.count)
            print(f"{name}: {cuts.count} kills in {time.monotonic() - started:.0f} s: {dict(cuts.points)}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
