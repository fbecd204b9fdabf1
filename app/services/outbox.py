"""The outbox is worked off here, and nowhere else is the network used for envelopes.

One runner at a time has an account, whichever program it runs in: the system's lock on a file says so, and lets go when
a program dies. Within an envelope the order is kept; what only looks (news) holds nobody up.
"""

import hashlib
import random
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain import errors, handing
from app.domain.changes import Changes
from app.domain.envelope import Envelope
from app.domain.ids import EnvelopeId
from app.domain.steps import Step
from app.services import arriving, reaching, sparing
from app.services.desk import MISSED, Desk
from app.services.house import House
from app.store import AccountRecord, OperationRecord, Queued
from app.store.outbox import WITHDRAWN
from app.sync import rhythm
from app.sync.engine import Confirmed, Engine, Failed, Later, Onward, Outcome, Rested, Unknown, Withdrawn
from app.sync.flow import LOOKING, Job, Kind
from app.sync.flow_registry import flow_of
from app.vault.locking import held

if TYPE_CHECKING:
    from app.sync.transport import Transport

FOLDER: Final = "outbox"
MOST_MOVES: Final = 500
CLOSED_WAIT: Final = timedelta(minutes=10)
"""While there is no way to the account: the vault is locked, or no token is to be had for its secret."""
HOLDING: Final = (errors.CredentialRefused, errors.PaymentNeeded, errors.NoConnection, errors.TlsRefused)
"""After one of these the rest of the account would fare the same; it waits for the next run."""
LOST: Final = (
    *(errors.BlobMissing, errors.BlobDamaged, errors.NotInOutbox, errors.UnknownEnvelope),
    *(errors.UnknownAccount, errors.UnknownProvider),
)
"""What was to be sent, or where, is not here any more; the others are not held up by it."""

Reach = Callable[[House, AccountRecord], "Transport"]


@dataclass(frozen=True)
class Told:
    """One operation that was worked on, as it stands now."""

    operation: OperationRecord
    error: errors.ParaphError | None = None


@dataclass
class Run:
    """What came of one run; an account that cannot be used is told of once, by its first operation."""

    told: list[Told] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)

    @property
    def changes(self) -> Changes:
        return Changes.of("envelope", *{one.operation.envelope for one in self.told if one.operation.envelope})


def run_once(
    house: House,
    *,
    kinds: Collection[str] = tuple(Kind),
    envelope: str = "",
    reach: Reach = reaching.transport,
    chance: Callable[[], float] = random.random,
) -> Run:
    """Everything that is due now, or what is of one `envelope`, account by account, and what it causes. Raises
    `StoreError` only.
    """
    run = Run()
    wanted = [one for one in house.library.outbox.open() if one.account and envelope in ("", one.envelope)]
    for account in dict.fromkeys(one.account for one in wanted if one.account):
        with _lock(house, account) as mine:
            if mine:
                _Clerk(house, account, frozenset(kinds), envelope, reach, chance, run).work()
            else:
                run.busy.append(account)
    return run


def run_automatically(house: House, *, reach: Reach = reaching.transport) -> Run:
    """As `run_once`, without asking for news where a person or the battery wants quiet."""
    quiet = house.settings.pause_news or sparing.on_low_power()
    return run_once(house, kinds=[kind for kind in Kind if not (quiet and kind is Kind.FOLLOW)], reach=reach)


def pull(house: House, *, reach: Reach = reaching.transport) -> Run:
    """News of everything that was handed over, now, and the files that are ready."""
    now, rows = house.clock.now(), house.library.outbox
    for one in rows.open():
        if one.kind == Kind.FOLLOW and one.state == "waiting":
            with suppress(errors.OperationChanged):
                rows.save(replace(rows.get(one.id), next_at=now))
    return run_once(house, kinds=LOOKING, reach=reach)


def _lock(house: House, account: str) -> AbstractContextManager[bool]:
    folder: Path = house.folder / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return held(folder / f"{hashlib.sha256(account.encode()).hexdigest()[:16]}.lock")


def _may_go(one: Queued) -> bool:
    return one.account is not None and one.state in ("waiting", "running")


@dataclass
class _Clerk:
    """Works for one account, alone: what is marked running is left from a program that died."""

    house: House
    account: str
    kinds: frozenset[str]
    envelope: str
    reach: Reach
    chance: Callable[[], float]
    run: Run
    done: set[str] = field(default_factory=set)
    transport: "Transport | None" = None
    held_up: bool = False

    def work(self) -> None:
        """In rounds, for what the last one has caused or set free."""
        while batch := [] if self.held_up else list(self._due()):
            for one in batch:
                self.done.add(one.id)
                with suppress(errors.OperationChanged):
                    self._work_on(self.house.library.outbox.get(one.id))

    def _due(self) -> Iterator[Queued]:
        """In order, news last; within an envelope one after the other, and nothing before it is known to be there."""
        now, busy = self.house.clock.now(), set[str | None]()
        rows = [one for one in self.house.library.outbox.open() if self.envelope in ("", one.envelope)]
        for one in sorted(rows, key=lambda one: one.kind == Kind.FOLLOW):
            if one.account == self.account and _may_go(one) and one.id not in self.done and one.kind in self.kinds:
                due = not now < one.next_at <= now + rhythm.LONGEST_WAIT or one.state == "running"
                if due and (one.kind in LOOKING or one.envelope not in busy):
                    yield one
            if one.kind not in LOOKING and (one.kind == Kind.SEND or one.state != "unknown"):
                busy.add(one.envelope)

    def _work_on(self, record: OperationRecord) -> None:
        if self.held_up or record.state not in ("waiting", "running"):
            return
        (record,) = self.house.library.outbox.save(replace(record, state="running"))
        problem: errors.ParaphError | None
        try:
            account = self.house.library.accounts.get(self.account)
            flow = flow_of(account.provider)
            self.transport = self.transport or self.reach(self.house, account)
            desk = Desk(self.house, record, flow, self.transport, account.options)
            problem = self._advanced(desk)
            record = desk.record
        except (errors.RuleError, errors.IdentityError, errors.SealingError, *LOST) as refusal:
            record, problem = self._failed(record.id, refusal), refusal
        except (errors.VaultError, errors.RemoteError) as closed:
            record, problem = self._put_off(record.id, closed), closed
            self.held_up = True
        self.run.told.append(Told(record, problem))

    def _advanced(self, desk: Desk) -> errors.ParaphError | None:
        """Until it has to wait or is settled; the reason if it is not good."""
        engine = Engine(desk.flow, desk.transport, self.chance)
        for _ in range(MOST_MOVES):
            job = desk.job()
            outcome = _too_late(job, desk) or engine.advance(job, desk.standing, desk)
            if not isinstance(outcome, Onward):
                return self._settle(desk, outcome)
        return self._settle(desk, Failed(errors.GivenUp(message="it does not come to an end")))

    # -- how it stands afterwards ------------------------------------------------------------------------------------

    def _settle(self, desk: Desk, outcome: Outcome) -> errors.ParaphError | None:
        now = self.house.clock.now()
        match outcome:
            case Later(at, None):
                desk.save(state="waiting", next_at=at)
            case Later(at, errors.RemoteError() as problem):
                self.held_up = isinstance(problem, HOLDING)
                desk.save(state="waiting", next_at=at, attempts=desk.record.attempts + 1, error=_kept(problem))
                return problem
            case Rested(forget):
                self._rested(desk, forget, now)
            case Confirmed():
                self._confirmed(desk)
            case Withdrawn():
                desk.save(state="failed", error=WITHDRAWN)
            case Unknown(step):
                desk.save(state="unknown", error={"kind": "Unknown", "facts": {"step": step}})
            case Failed(errors.RemoteGone() as problem) if desk.record.kind in (Kind.FOLLOW, Kind.VOID):
                self._missed(desk, problem, now)
                return problem
            case Failed(problem):
                desk.save(state="failed", error=_kept(problem))
                return problem
        return None

    def _rested(self, desk: Desk, forget: tuple[str, ...], now: datetime) -> None:
        facts = {name: value for name, value in desk.record.facts.items() if name not in forget}
        wait = timedelta(seconds=rhythm.wait_s(int(facts.get("_quiet", 0)), self.chance()))
        desk.save(state="waiting", facts=facts, next_at=now + wait, attempts=0, error=None)

    def _missed(self, desk: Desk, problem: errors.RemoteGone, now: datetime) -> None:
        """One 404 may be a fault of theirs; so many, an hour apart, are a fact. What is here stays."""
        missed = rhythm.missed(desk.record.facts.get(MISSED), now)
        known = {"host": problem.facts["host"], "times": missed["times"], "most": rhythm.MISSES}
        if missed["times"] < rhythm.MISSES:
            facts = {**desk.record.facts, MISSED: missed}
            error = {"kind": "Missed", "facts": known}
            desk.save(state="waiting", facts=facts, next_at=now + rhythm.MISSED_WAIT, error=error)
            return
        desk.gone()
        if desk.record.kind == Kind.VOID:
            desk.save(state="confirmed", error={"kind": "NothingToVoid", "facts": known})
        else:
            desk.save(state="failed", error={"kind": "Gone", "facts": known})

    def _confirmed(self, desk: Desk) -> None:
        """What a person asked a service for is told in the trail; a download may complete the envelope."""
        match Kind(desk.record.kind):
            case Kind.DOWNLOAD:
                desk.settle(lambda envelope: arriving.completed(self.house, envelope), state="confirmed", error=None)
                arriving.anchor(self.house, self.house.library.envelope(EnvelopeId(desk.envelope_id)))
            case Kind.REMIND | Kind.VOID:
                desk.settle(lambda envelope: self._asked(desk, envelope), state="confirmed", error=None)
            case Kind.FOLLOW:
                self._followed(desk)
            case _:
                desk.save(state="confirmed", error=None)

    def _asked(self, desk: Desk, envelope: Envelope) -> tuple[Step, tuple[OperationRecord, ...]]:
        role = str(desk.record.request.get("role", ""))
        return handing.asked(envelope, desk.record.kind, role, self.house.moment()), ()

    def _followed(self, desk: Desk) -> None:
        remote = self.house.library.envelope(EnvelopeId(desk.envelope_id)).remote
        here, _, there = remote.conflict.partition("/") if remote else ("", "", "")
        if here:
            desk.save(state="conflict", error={"kind": "Conflict", "facts": {"here": here, "there": there}})
        else:
            desk.save(state="confirmed", error=None)

    def _put_off(self, operation: str, problem: errors.ParaphError) -> OperationRecord:
        return self._saved(
            operation, state="waiting", next_at=self.house.clock.now() + CLOSED_WAIT, error=_kept(problem)
        )

    def _failed(self, operation: str, problem: errors.ParaphError) -> OperationRecord:
        return self._saved(operation, state="failed", error=_kept(problem))

    def _saved(self, operation: str, **changes: Any) -> OperationRecord:
        outbox = self.house.library.outbox
        (saved,) = outbox.save(replace(outbox.get(operation), **changes))
        return saved


def _too_late(job: Job, desk: Desk) -> Outcome | None:
    """Days may have passed since it was handed over; a service refuses what has expired."""
    expires, untouched = job.outgoing.expires_at, not desk.record.facts and not desk.record.step
    if job.kind is Kind.SEND and untouched and expires is not None and expires <= job.now:
        return Failed(errors.GivenUp(message="the time of the envelope has run out"))
    return None


def _kept(problem: errors.ParaphError) -> dict[str, Any]:
    return {"kind": problem.kind, "facts": problem.facts}
