"""sync: the outbox and the news."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final, NoReturn

from app.cli import options
from app.cli.command import Answer, Asked, Command
from app.domain.connection import Connection
from app.domain.errors import UsageError
from app.services import connections, outbox, pushing, reading, settling
from app.services.outbox import Run
from app.services.pushing import Pushed

LOOK_AGAIN_S: Final = 5.0
"""Another command may hand something over at any time."""
LATEST: Final = 10


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("run", "status", "push", "pull", "retry", "resolve"))
    parser.add_argument("which", nargs="?", metavar="ID or OP", help="push: an envelope; retry, resolve: an operation")
    parser.add_argument("--once", action="store_true", help="run: what is due now, and no more")
    parser.add_argument("--connections", action="store_true", help="status: every connection that was made")
    parser.add_argument("--via", metavar="ACCOUNT", help="push: the account it goes through")
    parser.add_argument("--option", action="append", default=[], metavar="K=V", help="push: as form_id, template_id")
    parser.add_argument("--keep", choices=("local", "remote"), help="resolve: which side counts")


def _run(asked: Asked) -> Answer:
    needed = {"push": "an envelope", "retry": "an operation", "resolve": "an operation"}
    if asked.what in needed and not asked.which:
        raise UsageError(problem=f"sync {asked.what} needs the id of {needed[asked.what]}")
    match asked.what:
        case "run":
            return _ran(asked)
        case "push":
            return _pushed(asked)
        case "pull":
            return _told(outbox.pull(asked.house))
        case "retry":
            return _one(settling.retry(asked.house, asked.which))
        case "resolve":
            return _resolved(asked)
    return _connections(asked) if asked.connections else _status(asked)


def _status(asked: Asked) -> Answer:
    rows, latest = settling.status(asked.house), connections.newest(asked.house, LATEST)
    left = ("", "What left this machine last:", *map(_left, latest)) if latest else ()
    lines = tuple(map(_line, rows)) or ("Nothing was handed over.",)
    return Answer([settling.told(one) for one in rows], (*lines, *left))


def _connections(asked: Asked) -> Answer:
    found = connections.newest(asked.house, limit=10_000)
    data = [{**asdict(one), "at": one.at.isoformat()} for one in found]
    return Answer(data, tuple(map(_left, found)) or ("Nothing left this machine.",))


def _left(one: Connection) -> str:
    where, outcome = f"{one.method} {one.host}{one.path}", one.outcome or "cut off"
    sizes = f"{one.sent} bytes sent, {one.received} received"
    return f"  {one.at:%Y-%m-%d %H:%M:%S}  {where}  {one.why}: {outcome}, {sizes}"


def _ran(asked: Asked) -> Answer:
    run = outbox.run_once(asked.house)
    return _told(run) if asked.once else _ran_on(asked, run)


def _ran_on(asked: Asked, run: Run) -> NoReturn:
    """Until it is interrupted; what is in work then, the next run goes on with."""
    told = not asked.json and not asked.quiet
    if told:
        print("The outbox is worked off until this is stopped (Ctrl-C).", flush=True)
    while True:
        for line in map(_line, (one.operation for one in run.told) if told else ()):
            print(line, flush=True)
        time.sleep(LOOK_AGAIN_S)
        run = outbox.run_automatically(asked.house)


def _pushed(asked: Asked) -> Answer:
    if not asked.via:
        raise UsageError(problem="sync push needs --via ACCOUNT")
    chosen = options.parse(asked.option)
    envelope_id = reading.resolve(asked.house, asked.which)
    done = pushing.push(asked.house, envelope_id, asked.via, chosen, asked.progress)
    return Answer(pushed(asked, done), lines(done))


def _resolved(asked: Asked) -> Answer:
    if not asked.keep:
        raise UsageError(problem="sync resolve needs --keep local or --keep remote")
    return _one(settling.resolve(asked.house, asked.which, asked.keep))


def pushed(asked: Asked, done: Pushed) -> dict[str, Any]:
    """The row of a new operation with its plan; `send --via` answers it, too."""
    journey = done.journey
    plan = {"way": journey.way, "lost": list(journey.lost), "recipients": list(journey.recipients)}
    return {**settling.told(settling.one(asked.house, done.operation)), "plan": plan}


def lines(done: Pushed) -> tuple[str, ...]:
    """For people."""
    journey = done.journey
    return (
        f"It waits for {journey.account}. {journey.sentence}",
        *(f"  not carried: {one}" for one in journey.lost),
        "It leaves with: paraph sync run --once",
    )


def _told(run: Run) -> Answer:
    """Exit code 0 also when something has to wait: offline is no error."""
    return Answer([settling.told(one.operation) for one in run.told], tuple(_lines(run)))


def _lines(run: Run) -> Iterator[str]:
    for one in run.told:
        yield _line(one.operation)
    for account in run.busy:
        yield f"{account} is being worked on by another window or command."
    if not run.told and not run.busy:
        yield "Nothing is due."


def _one(row: settling.Row) -> Answer:
    return Answer(settling.told(row), (_line(row),))


def _line(row: settling.Row) -> str:
    said, doing = settling.sentence(row), "call off" if settling.is_unwanted(row) else row.kind
    line = f"{row.id}  {settling.state_of(row):<9}  {doing:<8}  {row.account or '-'}  {row.envelope or '-'}"
    return f"{line}\n    {said}" if said else line


SYNC = Command("sync", "the outbox and the news: run, status, push, pull, retry, resolve", _arguments, _run)
