"""One move of one operation: ask the flow, do it once, say what came of it. What lasts is the desk's affair.

It promises: a step that creates something is noted at the desk before its first byte leaves, and is repeated only when
it was certainly not done. After a kill anywhere the same operation goes on from what the desk has.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol, TypeVar

from app.domain import errors
from app.domain.errors import RemoteError
from app.sync import retrying
from app.sync.download import Download
from app.sync.flow import Absent, Call, Done, Facts, Fetch, Flow, GiveUp, Job, Learned, Lookup, Move, Rest, Unclear
from app.sync.reading import Missing
from app.sync.request import Answer, Request
from app.sync.retrying import Failure, Policy, Wait

T = TypeVar("T")

PATIENT: Final = Policy(attempts=1 << 30, first_s=5.0, longest_s=3600.0)
"""Offline is a normal state: an operation waits as long as it takes."""
SETTLE_S: Final = 15.0
"""A request whose answer was lost may still be at work over there; it is looked for after that."""
LOOKUPS: Final = 100
REFUSALS: Final = (errors.RequestRefused, errors.RemoteConflict, errors.RemoteGone)
"""By these a service says that things are not in the state the request needs."""
WAITING: Final = (errors.CredentialRefused, errors.PaymentNeeded, errors.TlsRefused, errors.RedirectRefused)
"""Nothing is wrong with the operation: a person mends the account, or leaves the hotel's network, and it goes on."""
ODD: Final = (errors.AnswerUnreadable, errors.AnswerTooLarge)
"""Perhaps not the service itself has answered; what it is about stays as it was, and the person sees why it waits."""
SERVICE: Final = "the service"
"""Where an error wants a host: what was asked for was answered by the account's own."""
FILE_COMES_S: Final = 86_400.0
"""Completed is said before the file is there (VisiSign answers 404 until then)."""


class Sender(Protocol):
    """What the transport does for one account."""

    def send(self, request: Request) -> Answer:
        """Raises `RemoteError`."""
        ...


class Desk(Protocol):
    """Where an operation is kept. Every call is durable when it returns."""

    def begin(self, step: str) -> None:
        """Before the first byte of what must not be done twice."""
        ...

    def undo(self) -> None:
        """What was begun is known not to have been done."""
        ...

    def learn(self, learned: Learned) -> None:
        """Secrets first, then facts and news in one go; nothing is begun any more."""
        ...

    def take_in(self, fetch: Fetch) -> Download:
        """The file, checked and stored beside ours. Raises `RemoteError` or `DocumentError`."""
        ...


@dataclass(frozen=True)
class Standing:
    """What the desk has. `begun` is a step whose answer is not here; `attempts` counts failures in a row. `doubted`: it
    was put back from earlier, and what it has not may have been done all the same. `unwanted`: of a sending whose
    envelope is over here.
    """

    facts: Facts
    learned_at: datetime
    begun: str = ""
    begun_at: datetime | None = None
    attempts: int = 0
    doubted: bool = False
    unwanted: bool = False


@dataclass(frozen=True)
class Onward:
    """Something was learnt: the next move can follow at once."""


@dataclass(frozen=True)
class Later:
    """`problem` is why, None where it merely has to wait; `tried` tells whether this counts as a failure."""

    at: datetime
    problem: RemoteError | None = None


@dataclass(frozen=True)
class Rested:
    """A round is over."""

    forget: tuple[str, ...] = ()


@dataclass(frozen=True)
class Confirmed:
    """All is done."""


@dataclass(frozen=True)
class Withdrawn:
    """It did not get there, and nothing of it is left there."""


@dataclass(frozen=True)
class Failed:
    """It cannot be done as it is; a person mends and retries."""

    problem: errors.ParaphError


@dataclass(frozen=True)
class Unknown:
    """Nobody can tell whether the step was done; a person decides."""

    step: str


Outcome = Onward | Later | Rested | Confirmed | Withdrawn | Failed | Unknown


@dataclass(frozen=True)
class Engine:
    """`chance` is from [0, 1)."""

    flow: Flow
    sender: Sender
    chance: Callable[[], float]
    policy: Policy = PATIENT
    settle_s: float = field(default=SETTLE_S)

    def advance(self, job: Job, standing: Standing, desk: Desk) -> Outcome:
        """Raises `VaultError`, `StoreError` and bugs; what the service or the network does is in the outcome."""
        move = self.flow.steps[job.kind](job, standing.facts)
        if standing.unwanted and not isinstance(move, Done):
            return self._unwanted(move, job, standing, desk)
        if isinstance(move, Call | Fetch):
            return self._step(move, job, standing, desk)
        return _ended(move)

    def _unwanted(self, move: Move, job: Job, standing: Standing, desk: Desk) -> Outcome:
        """What may have been done is looked up; then the draft goes. Nothing else leaves."""
        discard = self.flow.discard(job, standing.facts)
        discarded = partial(self._discarded, discard, job, standing, desk)
        is_unsure = standing.doubted or standing.begun
        if is_unsure and isinstance(move, Call) and standing.begun != getattr(discard, "name", None):
            return self._step(move, job, standing, desk, discarded)
        return discarded()

    def _discarded(self, discard: Move, job: Job, standing: Standing, desk: Desk) -> Outcome:
        if isinstance(discard, Call | Fetch):
            return self._step(discard, job, standing, desk)
        return Withdrawn() if isinstance(discard, Done) else _ended(discard)

    def _step(
        self,
        step: Call | Fetch,
        job: Job,
        standing: Standing,
        desk: Desk,
        absent: Callable[[], Outcome] | None = None,
    ) -> Outcome:
        """`absent`: what follows where something in doubt was not done; else the step itself."""
        due = standing.learned_at + timedelta(seconds=step.wait_s)
        if step.wait_s and standing.learned_at <= job.now < due:
            return Later(due)
        try:
            if standing.begun:
                return self._after_loss(step, job, standing, desk)
            if isinstance(step, Fetch):
                desk.learn(step.read(desk.take_in(step)))
                return Onward()
            if standing.doubted and not step.request.is_safe:
                return self._doubted(step, desk, absent or partial(self._call, step, desk))
            return self._call(step, desk)
        except RemoteError as problem:
            return self._not_now(problem, job, standing, again=_may_pass(step, problem, job, standing))
        except errors.DocumentError as problem:
            return Failed(problem)

    # -- a request ---------------------------------------------------------------------------------------------------

    def _call(self, step: Call, desk: Desk) -> Outcome:
        if not step.request.is_safe:
            desk.begin(step.name)
        try:
            answer = self.sender.send(step.request)
            learned = _read(step.read, answer, perhaps_done=not step.request.is_safe)
        except RemoteError as problem:
            return self._refused(step, problem, desk)
        desk.learn(learned)
        return Onward()

    def _refused(self, step: Call, problem: RemoteError, desk: Desk) -> Outcome:
        """Raises what says that it was certainly not done, once that is noted."""
        if problem.may_have_happened and not step.request.is_safe:
            if step.lookup is None:
                return Unknown(step.name)
            raise problem
        if not step.request.is_safe:
            desk.undo()
        if step.reconcile and step.lookup is not None and isinstance(problem, REFUSALS):
            found = self._look(step.lookup)
            if isinstance(found, Learned):
                desk.learn(found)
                return Onward()
        raise problem

    def _doubted(self, step: Call, desk: Desk, absent: Callable[[], Outcome]) -> Outcome:
        """Looked for first; what cannot be looked up is a person's."""
        found = self._look(step.lookup) if step.lookup is not None else Unclear()
        if isinstance(found, Learned):
            desk.learn(found)
            return Onward()
        if isinstance(found, Absent):
            return absent()
        desk.begin(step.name)
        return Unknown(step.name)

    # -- a request whose answer is not here --------------------------------------------------------------------------

    def _after_loss(self, step: Call | Fetch, job: Job, standing: Standing, desk: Desk) -> Outcome:
        if step.name != standing.begun or isinstance(step, Fetch) or step.lookup is None:
            return Unknown(standing.begun)
        begun = standing.begun_at or job.now
        settled = begun + timedelta(seconds=self.settle_s)
        if begun <= job.now < settled:
            return Later(settled)
        match self._look(step.lookup):
            case Learned() as learned:
                desk.learn(learned)
                return Onward()
            case Absent():
                desk.undo()
                return Onward()
            case _:
                return Unknown(step.name)

    def _look(self, lookup: Lookup) -> Learned | Absent | Unclear:
        for _ in range(LOOKUPS):
            found = _read(lookup.read, self.sender.send(lookup.request), perhaps_done=False)
            if not isinstance(found, Lookup):
                return found
            lookup = found
        return Unclear()

    # -- no ----------------------------------------------------------------------------------------------------------

    def _not_now(self, problem: RemoteError, job: Job, standing: Standing, *, again: bool) -> Outcome:
        """Again later, with waits that grow, when time or a person may mend it without touching the operation."""
        if not (again or problem.passing or problem.may_have_happened or isinstance(problem, WAITING)):
            return Failed(problem)
        asked = problem.facts.get("wait_s", 0.0)
        decision = retrying.decide(self.policy, Failure(True, True, asked), standing.attempts + 1, self.chance())
        seconds = decision.seconds if isinstance(decision, Wait) else self.policy.longest_s
        if problem.may_have_happened:
            seconds = max(seconds, self.settle_s)
        return Later(job.now + timedelta(seconds=seconds), problem)


def _may_pass(step: Call | Fetch, problem: RemoteError, job: Job, standing: Standing) -> bool:
    early = isinstance(step, Fetch) and isinstance(problem, errors.RemoteGone)
    young = job.now - standing.learned_at < timedelta(seconds=FILE_COMES_S)
    return isinstance(problem, ODD) or (early and young)


def _ended(move: Move) -> Outcome:
    match move:
        case Rest(forget):
            return Rested(forget)
        case GiveUp(message):
            return Failed(errors.GivenUp(message=message))
        case _:
            return Confirmed()


def _read(read: Callable[[Answer], T], answer: Answer, *, perhaps_done: bool) -> T:
    """What a flow cannot make sense of is an answer that cannot be used, and no bug of ours."""
    try:
        return read(answer)
    except Missing as problem:
        reason = str(problem)
    except (ValueError, KeyError, TypeError, IndexError) as problem:
        # Its text may hold what the service said, and with it a link that lets people sign.
        reason = type(problem).__name__
    raise errors.AnswerUnreadable(host=SERVICE, reason=reason, perhaps_done=perhaps_done)
