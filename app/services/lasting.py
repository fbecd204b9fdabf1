"""The level that the seals of a completed envelope shall have. At the table nobody needs a network: every seal is made
as B-B, and what needs one waits in the outbox until there is one.

A lower level is never put in place of the one that was set. While it cannot be reached, the person is told why, and
may choose a lower one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from app.domain import errors
from app.domain import strengthening as rules
from app.domain.changes import Changes
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.domain.level import Level
from app.services import messages, strengthening
from app.services.house import House
from app.store import OperationRecord

KIND: Final = "strengthen"
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
_OBSTACLES: Final = (errors.SealingError, errors.IdentityError, errors.RemoteError)
_OF_ALL: Final = (errors.RemoteError, errors.NoTimestampAuthority, errors.TimestampRefused)
"""What stands against one stands against the next: they ask the same authority."""


@dataclass(frozen=True)
class Standing:
    """`has` is the level of the sealed files, None for an envelope that is not completed; `wanted` a level that is
    still waited for. `problem` says why the last try failed, `tried_at` when that was.
    """

    has: Level | None
    wanted: Level | None = None
    problem: str = ""
    tried_at: datetime | None = None

    @property
    def lower(self) -> tuple[Level, ...]:
        """What a person may choose instead: from what it has to below what is wanted."""
        if self.wanted is None or self.has is None:
            return ()
        return tuple(each for each in Level if each.reaches(self.has) and not each.reaches(self.wanted))


def wanted_after(house: House, completed: Envelope) -> tuple[OperationRecord, ...]:
    """What the outbox gets together with the step that ends an envelope."""
    level = Level(house.settings.level)
    if completed.status is not EnvelopeStatus.COMPLETED or level is Level.B_B:
        return ()
    return (_new(house, completed.id, level),)


def standing(house: House, envelope_id: str, *, window: bool = False) -> Standing:
    """`window`: its problem is told to somebody who looks at one."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    if envelope.status is not EnvelopeStatus.COMPLETED:
        return Standing(None)
    has, row = _level(house, envelope.id), _open(house, envelope.id)
    if row is None or has.reaches(_wanted(row)):
        return Standing(has)
    problem = errors.from_facts(row.error["kind"], dict(row.error["facts"])) if row.error else None
    said = messages.words(problem, window=window).line if problem is not None else ""
    return Standing(has, _wanted(row), said, row.learned_at if row.attempts else None)


def waiting(house: House) -> tuple[str, ...]:
    """Envelopes whose level is still waited for, the oldest first."""
    return tuple(each.envelope for each in house.library.outbox.open() if each.kind == KIND and each.envelope)


def told(house: House, envelope_id: str, *, window: bool = False) -> str:
    """For people, in one or two sentences; empty for an envelope that is not completed."""
    found = standing(house, envelope_id, window=window)
    if found.has is None:
        return ""
    if found.wanted is None:
        return f"Its seals have the level {found.has}."
    has = f"Its seals have the level {found.has}; {found.wanted} is wanted"
    if not house.settings.tsa_url:
        return f"{has}, for which a time-stamp authority must be set in Preferences."
    if found.tried_at is None:
        return f"{has} and is made as soon as a network is there."
    when = f"{found.tried_at.astimezone():%Y-%m-%d %H:%M}"
    return f"{has}. It could not be had at {when} and is tried again. {found.problem}"


def choose(house: House, envelope_id: str, level: Level) -> Changes:
    """A person's decision, higher or lower; what there is already is never taken away. It is due at once."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    rules.check_strengthenable(envelope)
    reached = _level(house, envelope.id).reaches(level)
    row = _open(house, envelope.id)
    if row is None and reached:
        return Changes()
    row = row or _new(house, envelope.id, level)
    now = house.clock.now()
    state: Final = "confirmed" if reached else "waiting"
    chosen = replace(row, request={"level": str(level)}, state=state, next_at=now, attempts=0, error=None)
    house.library.outbox.save(chosen)
    return Changes.of("envelope", envelope.id)


def try_now(house: House, envelope_id: str) -> Changes:
    """Whatever the time. Raises `SealingError`, `IdentityError` or `RemoteError`, which is kept to be shown."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    row = _open(house, envelope.id)
    return _climb(house, row, envelope.id) if row is not None else Changes()


def catch_up(house: House, report: Callable[[str, errors.ParaphError | None], None] | None = None) -> Changes:
    """The scheduler's round: what is due. With `report`, what is not due too, and each outcome is told to it."""
    now, changed = house.clock.now(), []
    for queued in house.library.outbox.open():
        if queued.kind != KIND or queued.envelope is None:
            continue
        if report is None and not _is_due(queued.next_at, now):
            continue
        problem = _tried(house, queued.envelope)
        changed.append(queued.envelope)
        if report is not None:
            report(queued.envelope, problem)
        elif isinstance(problem, _OF_ALL):
            break
    return Changes.of("envelope", *changed)


def _tried(house: House, envelope_id: str) -> errors.ParaphError | None:
    try:
        try_now(house, envelope_id)
    except (*_OBSTACLES, errors.RuleError, errors.StoreError) as problem:
        return problem
    return None


def _climb(house: House, row: OperationRecord, envelope_id: EnvelopeId) -> Changes:
    level = _wanted(row)
    if not _level(house, envelope_id).reaches(level):
        try:
            strengthening.strengthen_envelope(house, envelope_id, level)
        except _OBSTACLES as problem:
            _stamped_at_least(house, envelope_id, level, problem)
            if problem.instead:
                problem.instead = str(_level(house, envelope_id))
            _put_off(house, row, problem)
            raise
    house.library.outbox.save(replace(row, state="confirmed", error=None))
    return Changes.of("envelope", envelope_id)


def _stamped_at_least(house: House, envelope_id: EnvelopeId, level: Level, problem: errors.ParaphError) -> None:
    """Where only the proof about certificates is missing: a time stamp is worth the more the earlier it is. The level
    that is wanted stays wanted.
    """
    without = not isinstance(problem, _OF_ALL) and level.reaches(Level.B_LT)
    if without and not _level(house, envelope_id).reaches(Level.B_T):
        try:
            strengthening.strengthen_envelope(house, envelope_id, Level.B_T)
        except _OBSTACLES:
            return


def _put_off(house: House, row: OperationRecord, problem: errors.ParaphError) -> None:
    now = house.clock.now()
    wait = min(FIRST_WAIT * 2 ** min(row.attempts, 10), LONGEST_WAIT)
    error = {"kind": problem.kind, "facts": dict(problem.facts)}
    later = replace(row, attempts=row.attempts + 1, learned_at=now, next_at=now + wait, error=error)
    house.library.outbox.save(later)


def _is_due(next_at: datetime, now: datetime) -> bool:
    """A clock that was put back must not make anybody wait for years."""
    return next_at <= now or next_at - now > LONGEST_WAIT


def _new(house: House, envelope_id: EnvelopeId, level: Level) -> OperationRecord:
    now = house.clock.now()
    return OperationRecord(house.clock.new_id(), KIND, None, envelope_id, now, now, now, {"level": str(level)})


def _open(house: House, envelope_id: EnvelopeId) -> OperationRecord | None:
    rows = house.library.outbox.list(envelope_id, settled=False)
    return next((each for each in rows if each.kind == KIND), None)


def _wanted(row: OperationRecord) -> Level:
    return Level(row.request["level"])


def _level(house: House, envelope_id: EnvelopeId) -> Level:
    return rules.level_of(event.entry for event in house.library.trail(envelope_id))
