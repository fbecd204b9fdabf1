"""Answers about certificates serve all files of a run: a thousand files with one signer ask each authority once.

Kept is only what says until when it is good, and says nothing bad (`sources.good_until`). A time stamp answers one
question alone and is never kept, and neither is silence.
"""

import base64
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from app.domain import errors
from app.process import Json
from app.sealing.calling import Caller
from app.sealing.levels.wants import MODULE, Fetch, Kind, Want

LONGEST: Final = timedelta(hours=1)
"""Some answers are good for weeks; who revokes a certificate does not want to wait for that."""
LARGEST: Final = 64 << 20
"""Bytes of all that is kept; the oldest goes first."""


@dataclass(frozen=True, slots=True)
class _Answer:
    data: bytes = field(repr=False)
    asked_at: datetime
    until: datetime

    def serves(self, now: datetime) -> bool:
        return now < self.until and abs(now - self.asked_at) < LONGEST


class KeptAnswers:
    """In memory, for all threads: while one asks, others with the same question wait for its answer."""

    def __init__(self, worker: Caller) -> None:
        self._worker = worker
        self._guard = threading.Lock()
        self._turns: dict[Want, threading.Lock] = {}
        self._answers: dict[Want, _Answer] = {}

    def answer(self, want: Want, fetch: Fetch, now: datetime) -> bytes:
        """Raises what `fetch` raises."""
        with self._guard:
            turn = self._turns.setdefault(want, threading.Lock())
        with turn:
            kept = self._answers.get(want)
            if kept is not None and kept.serves(now):
                return kept.data
            data = fetch(want)
            self._keep(want, data, now)
            return data

    def forget(self, wants: Iterable[Want]) -> None:
        with self._guard:
            for want in wants:
                self._answers.pop(want, None)

    def _keep(self, want: Want, data: bytes, now: datetime) -> None:
        payload: dict[str, Json] = {"kind": str(want.kind), "data": _text(data), "now": now.isoformat()}
        until = self._worker.call(f"{MODULE}:good_until", payload)
        with self._guard:
            self._answers = {each: kept for each, kept in self._answers.items() if each != want and kept.serves(now)}
            if isinstance(until, str):
                self._answers[want] = _Answer(data, now, datetime.fromisoformat(until))
            while sum(len(kept.data) for kept in self._answers.values()) > LARGEST:
                del self._answers[next(iter(self._answers))]


class Asking:
    """What is asked about one file or signer; `answers` as the child takes them."""

    def __init__(self, kept: KeptAnswers, fetch: Fetch, now: datetime) -> None:
        self._kept = kept
        self._fetch = fetch
        self._now = now
        self._asked: list[Want] = []
        self.answers: list[Json] = []

    def stamp(self, url: str, query: bytes) -> bytes:
        """Raises `RemoteError`."""
        return self._fetch(Want(Kind.TIMESTAMP, url, query))

    def bring(self, wants: Iterable[tuple[str, str, str]]) -> None:
        """A source that is silent is not the end: there may be another. The child says when there is none."""
        for kind, url, body in wants:
            want = Want(Kind(kind), url, base64.b64decode(body))
            self._asked.append(want)
            try:
                answer: str | None = _text(self._kept.answer(want, self._fetch, self._now))
            except errors.RemoteError:
                answer = None
            self.answers.append([kind, url, body, answer])

    def doubt(self) -> None:
        """It was not enough: the next asks anew."""
        self._kept.forget(self._asked)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
