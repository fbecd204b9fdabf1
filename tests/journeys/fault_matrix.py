"""Every fault of a service at every step of every operation, and what must come of it, from one table of expectations.

`python -m tests.journeys.fault_matrix [PROVIDER ...]` runs all of it and prints the table. Nothing waits in real time:
the clock is set by hand and the limits are small.
"""

from __future__ import annotations

import argparse
import importlib
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from app.domain import errors
from app.domain.envelope import EnvelopeStatus
from app.domain.ids import Sha256
from app.services import auditing, desk, ending, outbox, pushing, settling, signing_at_once
from app.services.arriving import GOOD
from app.sync.flow import Kind
from tests.fakes.every import FAKES
from tests.fakes.fake import STORE
from tests.support import far_side, houses, leases
from tests.support.outboxes import ACCOUNT, Post, posts

FILE_LIMIT: Final = 1 << 20


class Trait(StrEnum):
    """What kind of step it is."""

    READ = "read"
    """It changes nothing."""
    AGAIN = "again"
    """Doing it twice is as doing it once."""
    LOOKED = "looked for"
    """It must be done once, and can be looked for when its answer is lost."""
    BLIND = "blind"
    """It must be done once, and nothing tells whether it was: then a person does."""
    FILE = "file"
    """A file comes home."""


@dataclass(frozen=True)
class Step:
    """A route as one operation of one provider uses it."""

    provider: str
    kind: Kind
    route: str
    trait: Trait

    def __str__(self) -> str:
        return f"{self.provider} {self.kind} {self.route}"


READ, AGAIN, LOOKED, BLIND, FILE = Trait
SEND, REMIND, LINK, VOID, DOWNLOAD = Kind.SEND, Kind.REMIND, Kind.LINK, Kind.VOID, Kind.DOWNLOAD
Table = Mapping[str, tuple[tuple[Kind, str, Trait], ...]]
TABLE: Final[Table] = {
    "clearpolicy": (
        (SEND, "GET /people", READ),
        (SEND, "POST /people", LOOKED),
        (SEND, "POST /attestation-requests", BLIND),
    ),
    "documenso": (
        (SEND, "POST /envelope/create", LOOKED),
        (SEND, "POST /envelope/distribute", LOOKED),
        (REMIND, "POST /envelope/redistribute", BLIND),
        (VOID, "POST /envelope/cancel", LOOKED),
        (DOWNLOAD, "GET /envelope/{id}", READ),
        (DOWNLOAD, "GET /envelope/item/{item}/download", FILE),
        (DOWNLOAD, "GET /envelope/{id}/certificate/download", FILE),
    ),
    "docuseal": (
        (SEND, "POST /submissions/pdf", LOOKED),
        (REMIND, "PUT /submitters/{id}", BLIND),
        (LINK, "GET /submitters/{id}", READ),
        (VOID, "DELETE /submissions/{id}", AGAIN),
        (DOWNLOAD, "GET /submissions/{id}/documents", READ),
        (DOWNLOAD, STORE, FILE),
    ),
    "nueform": (
        (SEND, "POST /forms/{id}/signing-sessions", LOOKED),
        (REMIND, "POST /signing-sessions/{id}/resend/{slot}", BLIND),
        (LINK, "GET /signing-sessions/{id}", READ),
        (VOID, "POST /signing-sessions/{id}/void", LOOKED),
        (DOWNLOAD, "GET /signing-sessions/{id}/documents", READ),
        (DOWNLOAD, "GET /signing-sessions/{id}/documents/{document}", FILE),
    ),
    "pigeon": (
        (SEND, "POST /documents?upload", LOOKED),
        (SEND, "GET /documents/{id}", READ),
        (SEND, "GET /documents/{id}/details", READ),
        (SEND, "POST /documents/{id}/fields", LOOKED),
        (SEND, "POST /documents/{id}/send", LOOKED),
        (LINK, "POST /documents/{id}/session", AGAIN),
        (VOID, "PATCH /documents/{id}/status", LOOKED),
        (DOWNLOAD, "GET /documents/{id}/download-protected", FILE),
    ),
    "signatureapi": (
        (SEND, "POST /uploads", AGAIN),
        (SEND, "POST /envelopes", LOOKED),
        (REMIND, "POST /recipients/{id}/resend", BLIND),
        (LINK, "GET /recipients/{id}", READ),
        (LINK, "POST /recipients/{id}/ceremonies", LOOKED),
        (VOID, "POST /envelopes/{id}/cancel", LOOKED),
        (DOWNLOAD, "GET /envelopes/{id}/deliverables", READ),
        (DOWNLOAD, STORE, FILE),
    ),
    "visisign": (
        (SEND, "POST /signature_requests", LOOKED),
        (REMIND, "POST /signature_requests/{id}/remind", BLIND),
        (VOID, "POST /signature_requests/{id}/cancel", LOOKED),
        (DOWNLOAD, "GET /signature_requests/{id}/files", FILE),
    ),
}
"""Every step that uses the network, in order, of every operation of every flow."""
STEPS: Final = tuple(Step(name, *one) for name, steps in TABLE.items() for one in steps)

WAITS, FAILS, UNKNOWN, DONE = "waiting", "failed", "unknown", "confirmed"
ALL_WAIT: Final = dict.fromkeys(Trait, WAITS)
IN_DOUBT: Final = {**ALL_WAIT, BLIND: UNKNOWN}
"""Whether it was done is not known: what reads asks again, what changes is looked for or is a person's."""
REFUSED: Final = dict.fromkeys(Trait, FAILS)


@dataclass(frozen=True)
class Fault:
    """`kind` and `more` as the fakes take them; `wanted` is the state of the row after it struck once."""

    name: str
    kind: str
    wanted: Mapping[Trait, str]
    more: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return self.name


def _status(code: int, wanted: Mapping[Trait, str], retry_after: str = "") -> Fault:
    name = f"{code} after {retry_after} s" if retry_after else str(code)
    return Fault(name, "status", wanted, (("status", code), ("retry_after", retry_after)))


FAULTS: Final = (
    Fault("time-out before", "timeout", IN_DOUBT),
    Fault("time-out after", "timeout_after", IN_DOUBT),
    Fault("reset before", "reset", IN_DOUBT),
    Fault("reset after", "reset_after", IN_DOUBT),
    _status(401, ALL_WAIT),
    _status(402, ALL_WAIT),
    _status(403, REFUSED),
    _status(404, {**REFUSED, FILE: WAITS}),
    _status(409, REFUSED),
    _status(413, REFUSED),
    _status(422, REFUSED),
    _status(423, REFUSED),
    _status(429, ALL_WAIT),
    _status(429, ALL_WAIT, "120"),
    _status(500, IN_DOUBT),
    _status(503, IN_DOUBT, "120"),
    Fault("slow drip", "slow", IN_DOUBT),
    Fault("truncated", "cut", IN_DOUBT),
    Fault("altered PDF", "altered", {FILE: FAILS}),
    Fault("wrong hash", "wrong_hash", {READ: FAILS}),
    Fault("redirect", "redirect", IN_DOUBT),
    Fault("huge", "huge", IN_DOUBT, (("megabytes", 2),)),
    Fault("compressed", "bomb", IN_DOUBT, (("megabytes", 2),)),
    Fault("HTML with 200", "html", IN_DOUBT),
    Fault("half JSON", "not_json", IN_DOUBT),
)
TAKE_TIME: Final = ("timeout", "timeout_after", "slow")
NOTHING: Final = Fault("nothing", "", {})
ASKED_WAIT_S: Final = 120


@dataclass(frozen=True)
class Came:
    """Of one cell: how the row stood after the fault, why, how it stands at the end, and what is not as promised."""

    step: Step
    fault: Fault
    state: str
    error: str
    end: str
    wrong: tuple[str, ...]


EMPTY: Final = "PATCH /documents/{id}/status"
"""Answered by 204: what has no body can be neither cut nor too long."""


def _can(step: Step, fault: Fault) -> bool:
    """A fingerprint is told by NueForm alone, where it lists its files; nothing vouches for a service's own certificate
    until the service seals it."""
    if fault.kind == "wrong_hash":
        return step.route == "GET /signing-sessions/{id}/documents"
    if step.route == EMPTY:
        return fault.kind not in ("cut", "huge", "not_json")
    return not (fault.kind == "altered" and "certificate" in step.route)


def wanted(step: Step, fault: Fault) -> str:
    """One 404 to a void may be a fault of theirs; it is asked again."""
    return WAITS if step.kind is VOID and fault.name == "404" else fault.wanted[step.trait]


CELLS: Final = tuple(
    (step, fault) for step in STEPS for fault in FAULTS if step.trait in fault.wanted and _can(step, fault)
)


def struck(step: Step, fault: Fault, rooms: houses.Rooms, folder: Path) -> Came:
    """One cell, in a library and at a service of its own."""
    with ExitStack() as opened:
        post = opened.enter_context(posts(rooms, folder))
        if hasattr(module := importlib.import_module(f"app.sync.flows.{step.provider}"), "FILE_LIMIT"):
            opened.enter_context(patch.object(module, "FILE_LIMIT", FILE_LIMIT))
        fake = opened.enter_context(FAKES[step.provider](now=post.clock.at).serving())
        return _Cell(step, fault, post, fake, far_side.refereed(fake)).run()


def changed(provider: str, kind: Kind, rooms: houses.Rooms, folder: Path) -> set[str]:
    """The routes by which an operation changes something there when nothing goes wrong."""
    with posts(rooms, folder) as post, FAKES[provider](now=post.clock.at).serving() as fake:
        cell = _Cell(Step(provider, kind, "", READ), NOTHING, post, fake, far_side.refereed(fake))
        cell.up_to_the_operation()
        before = Counter(cell.referee.done)
        assert cell.to_the_end() == DONE
        return set(cell.referee.done - before)


@dataclass
class _Cell:
    step: Step
    fault: Fault
    post: Post
    fake: Any
    referee: far_side.Referee
    envelope_id: str = ""

    def run(self) -> Came:
        self.up_to_the_operation()
        before, status = self._originals(), self._envelope().status
        self.fake.fail(self.step.route, self.fault.kind, **dict(self.fault.more))
        self._worked_on()
        row = self.post.rows(self.envelope_id)[self.step.kind]
        wrong = []
        if row.state != wanted(self.step, self.fault):
            wrong.append(f"it is {row.state}")
        if row.state != DONE and not settling.sentence(row) and not (row.state == WAITS and row.step):
            wrong.append("no words")
        if dict(self.fault.more).get("retry_after") and row.state == WAITS and self.step.route != STORE:
            asked = (row.next_at - self.post.clock.at).total_seconds()
            wrong += [] if asked >= ASKED_WAIT_S - 10 else [f"again after {asked:.0f} s"]
        if (self._originals(), self._envelope().status) != (before, status):
            wrong.append("what is here was changed by it")
        wrong += self._left_over()
        end = self.to_the_end()
        return Came(
            self.step,
            self.fault,
            row.state,
            str(row.error["kind"]) if row.error else "",
            end,
            (*wrong, *self._at_the_end(end, before)),
        )

    # -- the journey ---------------------------------------------------------------------------------------------------

    def up_to_the_operation(self) -> None:
        post, fake, kind = self.post, self.fake, self.step.kind
        post.account(fake)
        people = ("buyer",) if fake.name == "clearpolicy" else ("buyer", "seller")
        if self.fault.kind == "altered" and fake.name != "nueform":
            people = ("seller",)
            self.envelope_id = self._sealed_by_the_buyer()
        else:
            self.envelope_id = post.pushed(*people, options=far_side.options_of(fake))
        if kind is SEND:
            return
        self._worked_on(SEND, rounds=6)
        if kind is VOID:
            ending.void(post.house, self.envelope_id, "Changed our minds")
        elif kind is DOWNLOAD:
            for _ in people:
                fake.sign()
                fake.advance(5)
            self._worked_on(Kind.FOLLOW, rounds=4)
        else:
            post.house.vault.delete(desk.secret_name(self.envelope_id, "link/buyer"))
            settling.ask(post.house, self.envelope_id, kind, role="buyer")

    def _sealed_by_the_buyer(self) -> str:
        """Its seal is what tells that somebody changed the file; NueForm tells fingerprints."""
        post = self.post
        made = leases.sent(post.house, post.folder, "buyer", "seller")
        signing_at_once.sign(post.house, made, "buyer", leases.act("buyer"))
        pushing.push(post.house, made, ACCOUNT, far_side.options_of(self.fake))
        return made

    def _worked_on(self, kind: Kind | None = None, rounds: int = 1) -> None:
        """Until something was tried; a step may only wait for its time."""
        post, kind = self.post, kind or self.step.kind
        reach = far_side.brisk if rounds == 1 and self.fault.kind in TAKE_TIME else far_side.steady
        run = partial(outbox.run_once, post.house, kinds=[kind], reach=reach, chance=lambda: 0.5)
        for _ in range(max(rounds, 4)):
            self.fake.advance(20)
            post.clock.at = self.fake.now
            run()
            row = post.rows(self.envelope_id).get(kind)
            if rounds == 1 and row and (row.error or row.state != WAITS):
                return

    def to_the_end(self) -> str:
        """The service is well again: what was refused is tried again, what is unknown is decided by who looks there."""
        post = self.post
        self.fake.mend()
        for _ in range(8):
            row = post.rows(self.envelope_id)[self.step.kind]
            if row.state == FAILS:
                settling.retry(post.house, row.id)
            elif row.state == UNKNOWN:
                settling.resolve(post.house, row.id, "remote" if self.referee.was_done(row) else "local")
            elif row.state == DONE:
                break
            self.fake.advance(7200)
            post.clock.at = self.fake.now
            outbox.run_once(post.house, kinds=[self.step.kind], reach=far_side.steady, chance=lambda: 0.5)
        return post.rows(self.envelope_id)[self.step.kind].state

    # -- what must be so -----------------------------------------------------------------------------------------------

    def _at_the_end(self, end: str, before: Mapping[str, bytes]) -> Iterator[str]:
        if end != DONE:
            yield f"at the end it is {end}"
        done = self.referee.done
        for route in {*far_side.CREATES[self.fake.name], self.step.route}:
            method = route.partition(" ")[0]
            if method not in ("GET", STORE) and done[route] != 1 and self.step.trait is not AGAIN:
                yield f"{done[route]} times {route}"
        if self.step.trait is AGAIN and done[self.step.route] < 1:
            yield "never done"
        if not auditing.verify_trail(self.post.house, self.envelope_id).intact:
            yield "the trail is broken"
        if before.items() - self._originals().items():
            yield "an original is lost"
        yield from self._left_over()
        envelope = self._envelope()
        if self.step.kind is DOWNLOAD:
            assert envelope.remote is not None
            if envelope.status is not EnvelopeStatus.COMPLETED or envelope.remote.files[-1].verdict not in GOOD:
                yield f"{envelope.status}, {[one.verdict for one in envelope.remote.files]}"

    def _originals(self) -> dict[str, bytes]:
        read = self.post.house.library.blobs.read
        found = [one for document in self._envelope().documents for one in (document.original, document.prepared)]
        return {str(one): read(Sha256(one)) for one in found if one}

    def _left_over(self) -> list[str]:
        """A private file that was being written when it broke."""
        left = [path for path in (self.post.folder / "library").rglob(".*") if path.is_file()]
        return [f"left over: {path.name}" for path in left]

    def _envelope(self) -> Any:
        return self.post.envelope(self.envelope_id)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("providers", nargs="*", default=sorted(TABLE))
    asked = parser.parse_args()
    started, count, bad = time.monotonic(), 0, 0
    with houses.rooms() as rooms:
        last = None
        for step, fault in CELLS:
            if step.provider not in asked.providers:
                continue
            if step is not last:
                print(f"\n{step} ({step.trait})")
                last = step
            with tempfile.TemporaryDirectory() as folder:
                try:
                    came = struck(step, fault, rooms, Path(folder))
                except (errors.ParaphError, AssertionError, LookupError) as problem:
                    came = Came(step, fault, "", "", "", (f"{type(problem).__name__}: {problem}",))
            count, bad = count + 1, bad + bool(came.wrong)
            wrong = f"  WRONG: {'; '.join(came.wrong)}" if came.wrong else ""
            print(f"  {fault.name:16} {came.state:10} {came.error:20} {came.end:10}{wrong}", flush=True)
    print(f"\n{count} cells in {time.monotonic() - started:.0f} s, {bad} not as expected")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
