"""Faults, kills, restarts and a clock that jumps, by chance: what is promised of every envelope must be so at the end.

`python -m tests.journeys.schedules [PROVIDER ...] [--count N] [--first N]` runs as many for each and prints what
came of them. The real outbox and store work over the real fake; a restart is a new house on the same folder.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from app.domain import errors
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import EnvelopeId, Sha256
from app.domain.remote import RemoteStatus
from app.services import auditing, ending, outbox, settling
from app.services.arriving import GOOD
from app.store.outbox import WITHDRAWN
from app.sync.flow import Kind
from app.sync.flow_registry import FLOWS
from app.vault import MemoryVault
from tests.fakes.every import FAKES
from tests.fakes.fake import Fake
from tests.support import far_side, houses
from tests.support.outboxes import START, Post

ROUNDS: Final = 9
FAULTS: Final = (
    *("reset", "reset_after", "cut", "html", "not_json", "redirect", "status", "status", "status"),
    *("reset", "reset_after", "bomb", "timeout", "timeout_after"),
)
STATUSES: Final = (401, 402, 403, 404, 409, 422, 423, 429, 500, 503)
ENDINGS: Final = ("signed", "signed", "voided")
DEADLY: Final = 0.05
END_ROUNDS: Final = 24


class Killed(BaseException):
    """The program died here."""


@dataclass
class Life:
    """One envelope's; `post` is the program as it runs now, and None while it does not."""

    rooms: houses.Rooms
    folder: Path
    fake: Any
    referee: far_side.Referee
    chance: random.Random
    clock: houses.SteppingClock
    vault: MemoryVault = field(default_factory=MemoryVault)
    restarts: int = 0
    kills: int = 0
    decided: Counter[str] = field(default_factory=Counter)
    tried: set[str] = field(default_factory=set)
    envelope_id: str = ""
    reminded: bool = False

    @contextmanager
    def running(self, *, deadly: bool = True) -> Iterator[Post]:
        """From a start to an end, which may be a sudden one."""
        self.restarts += 1
        with houses.house(self.rooms, self.folder / "library", self.clock, self.vault) as house:
            post = Post(house, self.clock, self.folder)
            if not deadly:
                yield post
                return
            library = house.library
            with (
                patch.object(library, "record", self._mortal(library.record)),
                patch.object(library.outbox, "save", self._mortal(library.outbox.save)),
                patch.object(self.vault, "put", self._mortal(self.vault.put)),
            ):
                yield post

    def _mortal(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def write(*given: Any, **more: Any) -> Any:
            fate = self.chance.random()
            if fate < DEADLY:
                self.kills += 1
                raise Killed
            done = real(*given, **more)
            if fate > 1 - DEADLY:
                self.kills += 1
                raise Killed
            return done

        return write

    # -- what happens ------------------------------------------------------------------------------------------------

    def sent(self) -> None:
        with self.running(deadly=False) as post:
            post.account(self.fake)
            self.envelope_id = post.pushed("buyer", "seller", options=far_side.options_of(self.fake))

    def troubled(self, goal: str) -> None:
        """One stretch of time in which anything may go wrong, and people act."""
        if self.chance.random() < 0.7:
            self._struck()
        self._time_passes(self.chance.choice((0.02, 0.2, 2, 9)))
        with suppress(Killed), self.running() as post:
            for _ in range(self.chance.randrange(1, 4)):
                self._person(post, goal)
                outbox.run_once(post.house, reach=far_side.brisk, chance=self.chance.random)
                self._time_passes(0.1)

    def calm(self, goal: str) -> None:
        """No more faults: a person decides what nobody else can, and tries again what was refused; what cannot be
        called off at the second try either is let be.
        """
        self._time_passes(4)
        with self.running(deadly=False) as post:
            for row in post.house.library.outbox.list(self.envelope_id):
                if row.state == "unknown":
                    side: settling.Side = "remote" if self.referee.was_done(row) else "local"
                    self.decided[side] += 1
                    settling.resolve(post.house, row.id, side)
                elif row.state == "failed" and settling.is_unwanted(row) and row.id in self.tried:
                    settling.resolve(post.house, row.id, "local")
                elif row.state == "failed" and row.error != WITHDRAWN:
                    self.tried.add(row.id)
                    settling.retry(post.house, row.id)
            self._person(post, goal)
            post.run()

    def _struck(self) -> None:
        kind = self.chance.choice(FAULTS)
        more: dict[str, Any] = {"times": self.chance.choice((1, 1, 2)), "skip": self.chance.choice((0, 0, 1, 2))}
        if kind == "status":
            more |= {"status": self.chance.choice(STATUSES), "retry_after": self.chance.choice(("", "7", "900"))}
        if kind == "bomb":
            more["megabytes"] = 2
        self.fake.fail(self.chance.choice(("*", "*", "*", "store")), kind, **more)

    def _time_passes(self, hours: float) -> None:
        """Their clock goes on; ours may be put back, and is right again later."""
        self.fake.advance(hours * 3600 * (0.5 + self.chance.random()))
        back = timedelta(hours=self.chance.choice((0, 0, 0, 1)))
        self.clock.at = self.fake.now - back

    def _person(self, post: Post, goal: str) -> None:
        envelope = self.envelope(post)
        is_out = envelope.status is EnvelopeStatus.OUT
        if goal == "voided":
            if is_out and self.chance.random() < 0.4:
                ending.void(post.house, self.envelope_id, "Changed our minds")
        elif self.chance.random() < 0.4:
            with suppress(AssertionError, LookupError, StopIteration, ValueError, errors.ParaphError):
                self.fake.sign()
        can_remind = Kind.REMIND in FLOWS[self.fake.name].steps and not self.reminded and is_out
        if can_remind and envelope.remote is not None and envelope.remote.id and self.chance.random() < 0.3:
            self.reminded = True
            settling.ask(post.house, self.envelope_id, Kind.REMIND, role="seller")

    def envelope(self, post: Post) -> Envelope:
        return post.house.library.envelope(EnvelopeId(self.envelope_id))


# -- what must be so ---------------------------------------------------------------------------------------------------


def settled(life: Life, post: Post) -> bool:
    """Nothing is left to do: the reminder may have come too late, which the service says."""
    rows = post.house.library.outbox.list(life.envelope_id)
    open_rows = [row for row in rows if row.state in ("waiting", "running", "unknown")]
    failed = [row for row in rows if row.state == "failed" and row.error != WITHDRAWN]
    return not open_rows and all(row.kind == Kind.REMIND for row in failed)


def complaints(life: Life, post: Post, goal: str) -> list[str]:
    """Everything that is not as promised."""
    envelope, fake, referee = life.envelope(post), life.fake, life.referee
    found: list[str] = []
    people = 2 if fake.name == "clearpolicy" else 1
    states = {row.kind: (row.state, row.step, row.error) for row in post.house.library.outbox.list(life.envelope_id)}
    if not settled(life, post):
        found.append(f"not settled: {states}")
    created = {route: referee.done[route] for route in far_side.CREATES[fake.name]}
    withdrawn = states["send"][2] == WITHDRAWN
    found += [f"{count} times: {route}" for route, count in created.items() if count > people]
    out = list(created.values())[-1]
    if not withdrawn and out != people:
        found.append(f"lost: {created}")
    found += _left_there(life, out) if withdrawn else []
    for route in far_side.BLIND[fake.name].values():
        if route not in far_side.CREATES[fake.name] and referee.done[route] > 1:
            found.append(f"{referee.done[route]} letters")
    for row in post.house.library.outbox.list(life.envelope_id):
        if row.kind == Kind.REMIND and (row.state == "confirmed") != bool(
            any(referee.done[route] for route in far_side.BLIND[fake.name].values())
        ):
            found.append(f"the reminder is {row.state} here")
    found += _ends(life, envelope, goal, withdrawn=withdrawn)
    if not auditing.verify_trail(post.house, life.envelope_id).intact:
        found.append("the trail is broken")
    blobs = post.house.library.blobs
    for sha256 in (one for document in envelope.documents for one in (document.original, document.prepared)):
        blobs.read(Sha256(sha256 or ""))
    return found


def _left_there(life: Life, out: int) -> list[str]:
    """Of what was withdrawn, for people to sign, or as a draft."""
    left = [f"withdrawn, and a draft left there: {one}" for one in far_side.drafts(life.fake)]
    if out and Kind.VOID in FLOWS[life.fake.name].steps:
        left.append(f"withdrawn, and out {out} times all the same")
    return left


def _ends(life: Life, envelope: Envelope, goal: str, *, withdrawn: bool) -> list[str]:
    remote = envelope.remote
    assert remote is not None
    if goal == "voided":
        good = envelope.status is EnvelopeStatus.VOIDED
        voided = life.referee.done[far_side.VOIDS.get(life.fake.name, "")]
        wanted = 0 if withdrawn or Kind.VOID not in FLOWS[life.fake.name].steps else 1
        # Archiving at DocuSeal may be done again: twice is as once.
        enough = voided == wanted or (life.fake.name == "docuseal" and voided > wanted > 0)
        return [] if good and enough else [f"{envelope.status} here, voided {voided} times there"]
    if Kind.FOLLOW not in FLOWS[life.fake.name].steps:
        return [] if remote.id and remote.status is RemoteStatus.SENT else [f"{remote.status} there"]
    good = bool(remote.files) and any(one.verdict in GOOD for one in remote.files if one.document)
    complete = envelope.status is EnvelopeStatus.COMPLETED and remote.status is RemoteStatus.COMPLETED
    return [] if complete and (good or life.fake.name == "signatureapi") else [f"{envelope.status}, {remote.files}"]


def live(name: str, seed: int, rooms: houses.Rooms, folder: Path) -> tuple[Life, list[str]]:
    """One schedule, from the hand-over to the end."""
    chance = random.Random(f"{name}/{seed}")
    goal = chance.choice(ENDINGS)
    fake: Fake
    with FAKES[name](now=START).serving() as fake:
        clock = houses.SteppingClock(START)
        life = Life(rooms, folder, fake, far_side.refereed(fake), chance, clock)
        life.sent()
        for _ in range(chance.randrange(2, ROUNDS)):
            life.troubled(goal)
        fake.mend()
        for _ in range(END_ROUNDS):
            life.calm(goal)
            with life.running(deadly=False) as post:
                ended = life.envelope(post).status is not EnvelopeStatus.OUT or (
                    name == "clearpolicy" and goal == "signed"
                )
                if ended and settled(life, post):
                    break
        with life.running(deadly=False) as post:
            return life, complaints(life, post, goal)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("providers", nargs="*", default=sorted(FAKES))
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    bad = 0
    with houses.rooms() as rooms:
        for name in asked.providers:
            started, told = time.monotonic(), Counter[str]()
            for seed in range(asked.first, asked.first + asked.count):
                with tempfile.TemporaryDirectory() as folder:
                    life, found = live(name, seed, rooms, Path(folder))
                told += Counter(kills=life.kills, restarts=life.restarts, requests=len(life.fake.log), **life.decided)
                bad += bool(found)
                for one in found:
                    print(f"{name} {seed}: {one}", flush=True)
                if seed % 100 == 99:
                    print(f"{name}: up to {seed} after {time.monotonic() - started:.0f} s", flush=True)
            seconds = time.monotonic() - started
            print(f"{name}: {asked.count} schedules in {seconds:.0f} s, {dict(told)}", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
