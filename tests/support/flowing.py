"""A flow, walked through by hand: no store, no network; the test is the service and answers each request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app import codec
from app.domain.geometry import Rect, Size
from app.domain.remote import News
from app.sync.download import Download
from app.sync.flow import Call, Done, Fetch, Flow, Job, Kind, Move
from app.sync.outgoing import OutDocument, OutField, Outgoing, OutPerson
from app.sync.request import Answer, Request

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
A4 = Size(595, 842)
PRINT = "ab" * 32


def person(role: str, order: int = 1, **more: Any) -> OutPerson:
    return OutPerson(
        **{"role": role, "name": f"{role.title()} Smith", "email": f"{role}@example.com", **more}, order=order
    )


def field_of(role: str, kind: str = "signature", **more: Any) -> OutField:
    place: dict[str, Any] = {"document": 1, "page": 1, "rect": Rect(72, 200, 150, 50), "name": f"{role}-{kind}"}
    return OutField(**{**place, **more}, kind=kind, role=role)


def outgoing(*roles: str, **more: Any) -> Outgoing:
    """An envelope of one page; each role has a place for a signature."""
    people = tuple(person(role, number) for number, role in enumerate(roles or ("buyer", "seller"), start=1))
    whole: dict[str, Any] = {
        "operation": "01KJW4MG80PERAT10N00000000",
        "envelope": "01JENVELOPE00000000000000A",
        "title": "Lease",
        "documents": (OutDocument("Lease", PRINT, 12_345, (A4,)),),
        "people": people,
        "fields": tuple(field_of(one.role) for one in people),
    }
    return Outgoing(**{**whole, **more})


def job(kind: Kind, going: Outgoing | None = None, **more: Any) -> Job:
    """What goes up has been to the database and back."""
    kept = codec.decode_text(Outgoing, codec.encode_text(going or outgoing()))
    return Job(**{"now": NOW, "files": {PRINT: Path("/a/blob.pdf")}, **more}, kind=kind, outgoing=kept)


def answer(data: Any, status: int = 200) -> Answer:
    return Answer(status, data)


@dataclass
class Walked:
    """What came of it; `asked` in order, `end` the move that ended it or a round of it."""

    facts: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    news: list[News] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    end: Move = field(default_factory=Done)


def walk(flow: Flow, job: Job, service: Callable[[Request], Answer], facts: Mapping[str, Any] | None = None) -> Walked:
    """Until the flow is done, rests or gives up. Every move is asked for twice and must be the same."""
    done = Walked(dict(facts or {}))
    given = job
    for _ in range(50):
        job = replace(given, secrets={**given.secrets, **done.secrets})
        move = flow.steps[job.kind](job, done.facts)
        again = flow.steps[job.kind](job, done.facts)
        assert (type(move), getattr(move, "name", "")) == (type(again), getattr(again, "name", ""))
        if not isinstance(move, Call | Fetch):
            done.end = move
            return done
        assert getattr(again, "request", None) == getattr(move, "request", None)
        done.names.append(move.name)
        if isinstance(move, Call):
            done.asked.append(move.request)
            learned = move.read(service(move.request))
        else:
            learned = move.read(Download("cd" * 32, 100))
        done.facts |= codec.decode(dict, codec.encode(dict(learned.facts), dict))
        done.secrets |= learned.secrets
        done.news += [learned.news] if learned.news else []
    raise AssertionError(f"it does not end: {done.names[-5:]}")
