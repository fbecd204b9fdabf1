"""The engine: never twice, never lost, whatever breaks and whenever the program dies."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.domain import errors
from app.sync import rhythm
from app.sync.download import Download
from app.sync.engine import Confirmed, Engine, Failed, Later, Onward, Outcome, Rested, Standing, Unknown
from app.sync.flow import (
    Absent,
    Call,
    Done,
    Facts,
    Fetch,
    Flow,
    GiveUp,
    Job,
    Kind,
    Learned,
    Lookup,
    Move,
    Plan,
    Rest,
    Unclear,
    Way,
)
from app.sync.request import Answer, Json, Request
from tests.support.flowing import NOW, job

HOST = {"host": "h"}
LOST = errors.ConnectionLost(host="h", perhaps_done=True)
NOT_SENT = errors.NoConnection(host="h", reason="refused")


class Killed(BaseException):
    """The program died here."""


@dataclass
class Book:
    """What lasts: written by the desk, read again after a kill."""

    facts: dict[str, Any] = field(default_factory=dict)
    begun: str = ""
    begun_at: datetime | None = None
    learned_at: datetime = NOW
    attempts: int = 0

    @property
    def standing(self) -> Standing:
        return Standing(dict(self.facts), self.learned_at, self.begun, self.begun_at, self.attempts)


@dataclass
class PaperDesk:
    book: Book
    now: Callable[[], datetime]
    kill: Callable[[], bool] = lambda: False
    taken: list[str] = field(default_factory=list)

    def begin(self, step: str) -> None:
        self._perhaps_die()
        self.book.begun, self.book.begun_at = step, self.now()
        self._perhaps_die()

    def undo(self) -> None:
        self._perhaps_die()
        self.book.begun, self.book.begun_at = "", None

    def learn(self, learned: Learned) -> None:
        self._perhaps_die()
        self.book.facts |= learned.facts
        self.book.begun, self.book.begun_at, self.book.attempts = "", None, 0
        self.book.learned_at = self.now()
        self._perhaps_die()

    def take_in(self, fetch: Fetch) -> Download:
        self._perhaps_die()
        self.taken.append(fetch.name)
        return Download("cd" * 32, 10)

    def _perhaps_die(self) -> None:
        if self.kill():
            raise Killed


@dataclass
class Service:
    """A model server: `faults` says what goes wrong with the next request, before or after it was done."""

    faults: Callable[[], str] = lambda: ""
    envelopes: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def send(self, request: Request) -> Answer:
        self.asked.append(f"{request.method} {request.path}")
        fault = self.faults()
        if fault == "before":
            raise NOT_SENT
        if fault == "busy":
            raise errors.TooManyRequests(host="h", wait_s=3.0)
        if fault == "lost before":
            raise LOST
        answer = self._done(request)
        if fault == "killed":
            raise Killed
        if fault == "lost after":
            raise LOST
        if fault == "nonsense":
            return Answer(200, {"odd": True})
        return answer

    def _done(self, request: Request) -> Answer:
        body = request.body.value if isinstance(request.body, Json) else None
        match request.method, request.path:
            case "POST", "/envelopes":
                self.envelopes.append(str(body))
                return Answer(201, {"id": f"e{len(self.envelopes)}"})
            case "GET", "/envelopes":
                return Answer(200, {"found": [[f"e{n}", op] for n, op in enumerate(self.envelopes, start=1)]})
            case "POST", "/letters":
                self.letters.append(str(body))
                return Answer(200, {"id": "l"})
            case _:
                return Answer(200, {"id": "x"})


def send(job: Job, facts: Facts) -> Move:
    """Create, with a look-up; then put it out, which can be looked up, too."""
    operation = job.outgoing.operation
    if "id" not in facts:
        request = Request("POST", "/envelopes", "send", body=Json(operation))
        look = Lookup(Request("GET", "/envelopes", "look"), lambda answer: _found(operation, answer))
        return Call("create", request, lambda answer: Learned({"id": answer.data["id"]}), look)
    if "read" not in facts:
        return Call("read", Request("GET", "/envelopes/1", "read"), lambda answer: Learned({"read": answer.data["id"]}))
    return Done()


def _found(operation: str, answer: Answer) -> Learned | Absent:
    found = [name for name, op in answer.data["found"] if op == operation]
    return Learned({"id": found[0]}) if found else Absent()


def remind(job: Job, facts: Facts) -> Move:
    if "reminded" in facts:
        return Done()
    request = Request("POST", "/letters", "remind", body=Json(job.outgoing.operation))
    return Call("remind", request, lambda answer: Learned({"reminded": answer.data["id"]}))


def follow(job: Job, facts: Facts) -> Move:
    del job
    if "polled" not in facts:
        return Call("poll", Request("GET", "/envelopes/1", "follow"), lambda _: Learned({"polled": "sent"}))
    return Rest(forget=("polled",))


def flow_of(**steps: Any) -> Flow:
    return Flow("model", lambda *_: Plan(Way.DOCUMENT), {Kind(kind): step for kind, step in steps.items()})


MODEL = flow_of(send=send, remind=remind, follow=follow)


@dataclass
class Machine:
    """A clock that only moves when told, and one operation."""

    service: Service
    book: Book = field(default_factory=Book)
    now: datetime = NOW
    flow: Flow = MODEL
    kind: Kind = Kind.SEND
    kill: Callable[[], bool] = lambda: False

    def step(self) -> Outcome:
        engine = Engine(self.flow, self.service, lambda: 0.5)
        desk = PaperDesk(self.book, lambda: self.now, self.kill)
        return engine.advance(job(self.kind, now=self.now), self.book.standing, desk)

    def run(self, most: int = 400) -> Outcome:
        """To its end, as often as it is killed; waits pass at once."""
        for _ in range(most):
            try:
                outcome = self.step()
            except Killed:
                continue
            if isinstance(outcome, Later):
                self.now = max(outcome.at, self.now)
                self.book.attempts += 1 if outcome.problem else 0
            elif not isinstance(outcome, Onward):
                return outcome
        raise AssertionError("it does not end")


def test_two_steps_and_done() -> None:
    machine = Machine(Service())
    assert isinstance(machine.run(), Confirmed)
    assert machine.service.asked == ["POST /envelopes", "GET /envelopes/1"]
    assert machine.book.facts == {"id": "e1", "read": "x"}


@pytest.mark.parametrize("seed", range(400))
def test_whatever_breaks_and_whenever_it_dies_there_is_one_envelope(seed: int) -> None:
    chance = random.Random(seed)
    trouble = {"n": chance.randrange(1, 25)}

    def faults() -> str:
        trouble["n"] -= 1
        kinds = ["", "before", "busy", "lost before", "lost after", "nonsense", "killed"]
        return chance.choice(kinds) if trouble["n"] > 0 else ""

    machine = Machine(Service(faults), kill=lambda: trouble["n"] > 0 and chance.random() < 0.2)
    assert isinstance(machine.run(), Confirmed)
    assert machine.service.envelopes == [job(Kind.SEND).outgoing.operation]
    assert machine.book.facts["id"] == "e1"


@pytest.mark.parametrize("seed", range(200))
def test_what_cannot_be_looked_up_is_done_at_most_once_and_a_doubt_is_told(seed: int) -> None:
    chance = random.Random(seed)
    trouble = {"n": chance.randrange(1, 12)}

    def faults() -> str:
        trouble["n"] -= 1
        return chance.choice(["before", "busy", "lost before", "lost after", "killed"]) if trouble["n"] > 0 else ""

    machine = Machine(Service(faults), kind=Kind.REMIND, kill=lambda: trouble["n"] > 0 and chance.random() < 0.2)
    end = machine.run()
    assert len(machine.service.letters) <= 1
    assert isinstance(end, Confirmed | Unknown)
    if isinstance(end, Confirmed):
        assert len(machine.service.letters) == 1


def test_a_lost_answer_is_looked_for_after_a_while_and_found() -> None:
    machine = Machine(Service(iter(["lost after", *[""] * 9]).__next__))
    first = machine.step()
    assert isinstance(first, Later)
    assert first.problem is LOST
    assert machine.book.begun == "create"
    early = machine.step()
    assert isinstance(early, Later)
    assert early.at == NOW + timedelta(seconds=15)
    machine.now = early.at
    assert isinstance(machine.step(), Onward)
    assert machine.service.asked == ["POST /envelopes", "GET /envelopes"]
    assert machine.book.facts == {"id": "e1"}


def test_a_clock_set_back_does_not_keep_it_waiting() -> None:
    machine = Machine(Service(iter(["lost after", *[""] * 9]).__next__))
    machine.step()
    machine.now = NOW - timedelta(days=400)
    assert isinstance(machine.step(), Onward)


def test_what_a_newer_program_began_otherwise_is_not_guessed() -> None:
    machine = Machine(Service(), Book(begun="a step of another version", begun_at=NOW))
    assert machine.run() == Unknown("a step of another version")
    assert machine.service.asked == []


def test_an_unclear_look_is_for_a_person() -> None:
    def unclear(job: Job, facts: Facts) -> Move:
        move = send(job, facts)
        assert isinstance(move, Call)
        return replace(move, lookup=Lookup(Request("GET", "/envelopes", "look"), lambda _: Unclear()))

    machine = Machine(Service(iter(["lost before", *[""] * 9]).__next__), flow=flow_of(send=unclear))
    assert isinstance(machine.run(), Unknown)
    assert machine.service.envelopes == []


def test_a_list_without_end_is_left_at_last() -> None:
    def endless(_: Answer) -> Lookup:
        return Lookup(Request("GET", "/envelopes", "look"), endless)

    def asking(job: Job, facts: Facts) -> Move:
        move = send(job, facts)
        assert isinstance(move, Call)
        return replace(move, lookup=Lookup(Request("GET", "/envelopes", "look"), endless))

    machine = Machine(Service(iter(["lost before", *[""] * 500]).__next__), flow=flow_of(send=asking))
    assert isinstance(machine.run(), Unknown)
    assert len(machine.service.asked) == 101


def scripted(*problems: errors.RemoteError) -> Any:
    left = list(problems)

    class Saying:
        def send(self, request: Request) -> Answer:
            if left:
                raise left.pop(0)
            return Answer(200, {"id": "e1", "found": []})

    return Saying()


@pytest.mark.parametrize(
    ("problem", "fails"),
    [
        (errors.RequestRefused(host="h", status=422, message="no", fields=["title: too long"]), True),
        (errors.PermissionMissing(host="h", message=""), True),
        (errors.RequestTooLarge(host="h", sent=9, message=""), True),
        (errors.RemoteGone(host="h", what="/x"), True),
        (errors.CredentialRefused(host="h", message=""), False),
        (errors.PaymentNeeded(host="h", message=""), False),
        (errors.TlsRefused(host="h", reason="expired"), False),
        (errors.RedirectRefused(host="h", target="hotel"), False),
        (errors.NoConnection(host="h", reason="refused"), False),
    ],
)
def test_a_no_ends_it_and_what_passes_or_is_mended_elsewhere_waits(problem: errors.RemoteError, fails: bool) -> None:
    machine = Machine(scripted(problem))
    outcome = machine.step()
    assert isinstance(outcome, Failed if fails else Later)
    assert isinstance(outcome, Failed | Later)
    assert outcome.problem is problem
    assert machine.book.begun == ""


def test_waits_grow_and_what_the_service_asks_for_is_kept_to() -> None:
    waits = []
    for attempts in (0, 1, 5, 20):
        machine = Machine(scripted(NOT_SENT), Book(attempts=attempts))
        outcome = machine.step()
        assert isinstance(outcome, Later)
        waits.append((outcome.at - NOW).total_seconds())
    assert waits == sorted(waits)
    assert waits[0] == pytest.approx(3.75)
    assert waits[-1] == pytest.approx(2700)
    asked = Machine(scripted(errors.TooManyRequests(host="h", wait_s=120.0))).step()
    assert isinstance(asked, Later)
    assert (asked.at - NOW).total_seconds() == pytest.approx(122.5)


def void(job: Job, facts: Facts) -> Move:
    del job
    if "voided" in facts:
        return Done()
    look = Lookup(Request("GET", "/envelopes/1", "look"), lambda _: Learned({"voided": True}))
    return Call("void", Request("POST", "/void", "void"), lambda _: Learned({"voided": True}), look, reconcile=True)


def test_a_refusal_because_it_is_so_already_is_no_refusal() -> None:
    conflict = errors.RemoteConflict(host="h", message="already cancelled")
    machine = Machine(scripted(conflict), flow=flow_of(void=void), kind=Kind.VOID)
    assert isinstance(machine.run(), Confirmed)


def test_a_refusal_stays_one_when_the_look_finds_nothing() -> None:
    def stubborn(job: Job, facts: Facts) -> Move:
        move = void(job, facts)
        assert isinstance(move, Call)
        assert move.lookup is not None
        return replace(move, lookup=replace(move.lookup, read=lambda _: Absent()))

    conflict = errors.RemoteConflict(host="h", message="completed")
    machine = Machine(scripted(conflict), flow=flow_of(void=stubborn), kind=Kind.VOID)
    assert machine.run() == Failed(conflict)


def test_a_step_that_has_to_wait_waits_from_the_step_before() -> None:
    def patient(job: Job, facts: Facts) -> Move:
        move = send(job, facts)
        return replace(move, wait_s=30.0) if isinstance(move, Call) and move.name == "read" else move

    machine = Machine(Service(), flow=flow_of(send=patient))
    assert isinstance(machine.step(), Onward)
    assert machine.step() == Later(NOW + timedelta(seconds=30))
    machine.now += timedelta(seconds=30)
    assert isinstance(machine.step(), Onward)


def test_a_file_is_taken_in_by_the_desk_and_a_bad_one_fails() -> None:
    fetch = Fetch("file", Request("GET", "/f", "download"), "Lease", 10, lambda got: Learned({"file": got.sha256}))

    def download(job: Job, facts: Facts) -> Move:
        del job
        return Done() if "file" in facts else fetch

    machine = Machine(Service(), flow=flow_of(download=download), kind=Kind.DOWNLOAD)
    assert isinstance(machine.run(), Confirmed)
    assert machine.book.facts == {"file": "cd" * 32}


def test_a_file_that_is_not_there_yet_is_asked_for_again_and_not_for_ever() -> None:
    gone = errors.RemoteGone(host="h", what="/f")
    fetch = Fetch("file", Request("GET", "/f", "download"), "Lease", 10, lambda got: Learned({"file": got.sha256}))

    class Early(PaperDesk):
        def take_in(self, fetch: Fetch) -> Download:
            raise gone

    def outcome(hours: float) -> Outcome:
        engine = Engine(flow_of(download=lambda *_: fetch), Service(), lambda: 0.5)
        book = Book(attempts=30)
        now = NOW + timedelta(hours=hours)
        return engine.advance(job(Kind.DOWNLOAD, now=now), book.standing, Early(book, lambda: now))

    assert isinstance(outcome(0), Later)
    assert isinstance(outcome(23), Later)
    assert outcome(25) == Failed(gone)


def test_rounds_and_giving_up() -> None:
    machine = Machine(Service(), kind=Kind.FOLLOW)
    assert machine.run() == Rested(("polled",))
    hopeless = Machine(Service(), flow=flow_of(link=lambda *_: GiveUp("no link")), kind=Kind.LINK).run()
    assert isinstance(hopeless, Failed)
    assert hopeless.problem.facts == {"message": "no link"}


def test_an_answer_that_makes_no_sense_does_not_repeat_what_it_said() -> None:
    def reading(job: Job, facts: Facts) -> Move:
        del job, facts
        request = Request("GET", "/x", "read")
        return Call("read", request, lambda _: Learned({"n": int("https://sign.example/canary")}))

    outcome = Machine(Service(), flow=flow_of(send=reading)).step()
    assert isinstance(outcome, Later)
    assert isinstance(outcome.problem, errors.AnswerUnreadable)
    assert "canary" not in str(outcome.problem)


def test_the_rhythm_slows_and_starts_anew() -> None:
    waits = [rhythm.wait_s(quiet, 0.0) for quiet in range(12)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (30.0, 3600.0)
    assert 30.0 <= rhythm.wait_s(0, 0.99) < 40.0
