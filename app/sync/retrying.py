"""Whether a request is tried again, and when: pure rules. Clock and chance are handed in.

Again: no connection, time-out, 429 and 5xx. Never: any other refusal, and never what may have been done already unless
doing it twice is as doing it once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

from app.domain.errors import RemoteError

ASKED_AT_MOST_S: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Policy:
    """`attempts` counts the first one too. Waits double from `first_s` up to `longest_s`."""

    attempts: int = 3
    first_s: float = 0.5
    longest_s: float = 8.0
    asked_at_most_s: float = ASKED_AT_MOST_S


@dataclass(frozen=True, slots=True)
class Failure:
    """`passing`: it may go away by itself. `repeatable`: trying again does no harm. `asked_s`: how long the service
    asked to wait, 0 when it did not."""

    passing: bool
    repeatable: bool
    asked_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Wait:
    """Try again after so long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Stop:
    """Do not try again."""


STOP: Final = Stop()


def decide(policy: Policy, failure: Failure, attempt: int, chance: float) -> Wait | Stop:
    """`attempt` counts from 1 and is the one that failed; `chance` is from [0, 1).

    What the service asks for is kept to, up to the cap, with a little on top so that all who were told the same do not
    come back together. Otherwise the wait lies between half and the whole of the doubling step.
    """
    if attempt >= policy.attempts or not failure.passing or not failure.repeatable:
        return STOP
    if failure.asked_s > 0:
        return Wait(min(failure.asked_s, policy.asked_at_most_s) + policy.first_s * chance)
    step = min(policy.first_s * 2.0 ** min(attempt - 1, 30), policy.longest_s)
    return Wait(step * (1 + chance) / 2)


def failure_of(problem: RemoteError, *, safe: bool) -> Failure:
    """`safe`: the request may be done twice."""
    asked = problem.facts.get("wait_s", 0.0)
    return Failure(problem.passing, safe or not problem.may_have_happened, asked)


def asked_wait_s(headers: Mapping[str, str], now: datetime) -> float:
    """Retry-After in seconds or as a date (RFC 9110, 10.2.3), else X-RateLimit-Reset as a time (NueForm), else 0."""
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(min(int(asked[:9]), 10**8))
    moment = _http_date(asked) or _iso_date(headers.get("x-ratelimit-reset", "").strip())
    return max((moment - now).total_seconds(), 0.0) if moment else 0.0


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _iso_date(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
