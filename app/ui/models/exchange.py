"""The outbox and the ledger of connections, as tables in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.connection import Connection
from app.domain.ids import EnvelopeId
from app.services import connections, reading, settling
from app.services.house import House

MOST_ROWS: Final = 2000
PAGE: Final = 500

DOINGS: Final[Mapping[str, str]] = {
    "send": "Send",
    "calloff": "Call off",
    "follow": "Ask for news",
    "remind": "Remind",
    "link": "Signing link",
    "void": "Void",
    "download": "Download",
    "strengthen": "Raise the level",
}


@dataclass(frozen=True)
class Look:
    """Of a state: its word, icon and ink, and whether it waits for a person."""

    word: str
    icon: str
    ink: str
    needs_person: bool = False


STATES: Final[Mapping[str, Look]] = {
    "waiting": Look("Waiting", "hourglass", "muted"),
    "running": Look("Under way", "loader-circle", "accent"),
    "confirmed": Look("Confirmed", "circle-check", "good"),
    "failed": Look("Failed", "circle-x", "bad", needs_person=True),
    "unknown": Look("Not known", "circle-question-mark", "warn", needs_person=True),
    "conflict": Look("Conflict", "triangle-alert", "bad", needs_person=True),
    "withdrawn": Look("Withdrawn", "ban", "muted"),
}
OFFLINE: Final = Look("Waits for a network", "wifi-off", "muted")
UNKNOWN_STATE: Final = Look("Another program's", "info", "muted")


@dataclass(frozen=True)
class Line:
    """One operation. `said` is what went wrong and what to do; `next_at` is None where nothing comes by itself."""

    op: str
    doing: str
    envelope: str
    title: str
    account: str
    look: Look
    state: str
    attempts: int
    next_at: datetime | None
    said: str
    may_retry: bool
    sides: tuple[str, str] | None

    @property
    def spoken(self) -> str:
        """For screen readers: the whole line."""
        return f"{self.doing}, {self.title}, {self.account}, {self.look.word}. {self.said}".strip()


def outbox(house: House) -> tuple[Line, ...]:
    """The newest first."""
    found = settling.status(house)[:MOST_ROWS]
    wanted = tuple(EnvelopeId(name) for name in {row.envelope for row in found if row.envelope})
    titles: dict[str, str] = {row.id: row.title for row in reading.rows(house, wanted)}
    return tuple(line(row, titles.get(row.envelope or "", "")) for row in found)


def line(row: settling.Row, title: str) -> Line:
    """One operation in words."""
    state, doing = settling.state_of(row), "calloff" if settling.is_unwanted(row) else row.kind
    return Line(
        row.id,
        DOINGS.get(doing, doing),
        row.envelope or "",
        title,
        row.account or "This machine",
        _look(row, state),
        state,
        row.attempts,
        row.next_at if state in ("waiting", "running") else None,
        settling.sentence(row, window=True),
        state in ("failed", "waiting"),
        _sides(doing, state),
    )


def _look(row: settling.Row, state: str) -> Look:
    """Offline is a state like others, and no failure."""
    if state == "waiting" and (row.error or {}).get("kind") == "NoConnection":
        return OFFLINE
    return STATES.get(state, UNKNOWN_STATE)


def _sides(doing: str, state: str) -> tuple[str, str] | None:
    """What a person can say, here and there; None where there is nothing to decide. An empty word is no choice."""
    match state, doing:
        case "unknown", "calloff":
            return "It was not done", "It was done"
        case "unknown", _:
            return "It was not done: do it again", "It was done"
        case "conflict", _:
            return "Keep what is here", "Take what is there"
        case "failed", "send":
            return "Take it back", ""
        case "failed", "calloff":
            return "It is seen to", ""
        case _:
            return None


# -- what left this machine ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Totals:
    """Of all that the ledger has kept."""

    connections: int
    hosts: int
    sent: int
    received: int


def ledger(house: House, most: int = PAGE) -> tuple[Connection, ...]:
    """The newest first."""
    return connections.newest(house, most)


def totals(lines: tuple[Connection, ...]) -> Totals:
    return Totals(
        len(lines),
        len({one.host for one in lines}),
        sum(one.sent for one in lines),
        sum(one.received for one in lines),
    )


def outcome(one: Connection) -> str:
    """In words: a status of HTTP, the kind of an error, or nothing where the program ended meanwhile."""
    return one.outcome or "cut off"


def size(count: int) -> str:
    """Bytes as people read them."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1e3:.1f} kB" if count < 1_000_000 else f"{count / 1e6:.1f} MB"
