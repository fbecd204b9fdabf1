"""mark: signatures people keep on this machine."""

from argparse import ArgumentParser
from typing import Any

from app.cli.command import Answer, Asked, Command
from app.cli.commands.marks import FORMS, mark
from app.domain.errors import UsageError
from app.services import marks


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("new", "list", "rename", "remove"))
    parser.add_argument("name", nargs="?", help="name to keep it under; for rename and remove also its id")
    parser.add_argument("--to", metavar="N", help="rename: the new name")
    parser.add_argument("--person", metavar="N", help="whose it is: new needs it, list shows theirs only")
    parser.add_argument("--signature", metavar="S", help=f"new: {FORMS}")
    parser.add_argument("--initials", action="store_true", help="new: these are initials")


def _run(asked: Asked) -> Answer:
    if asked.what != "list" and not asked.name:
        raise UsageError(problem=f"mark {asked.what} needs a name")
    match asked.what:
        case "new":
            if not asked.person or not asked.signature:
                raise UsageError(problem="mark new needs --person and --signature")
            kept = mark(asked.house, asked.signature)
            marks.save(asked.house, asked.person, asked.name, kept, initials=bool(asked.initials))
        case "rename":
            if not asked.to:
                raise UsageError(problem="mark rename needs --to")
            marks.rename(asked.house, asked.name, asked.to)
        case "remove":
            marks.remove(asked.house, asked.name)
    return _listed(asked)


def _listed(asked: Asked) -> Answer:
    found = marks.offered(asked.house, asked.person) if asked.person else marks.everybody(asked.house)
    rows: list[dict[str, Any]] = [
        {
            "id": one.id,
            "name": one.label,
            "person": one.person,
            "capture": one.mark.capture,
            "initials": one.initials,
            "saved_at": one.saved_at.isoformat(),
            "used": [{"at": use.at.isoformat(), "envelope": use.envelope} for use in one.used],
        }
        for one in found
    ]
    lines = tuple(f"{r['id']}  {r['name']:<16} {r['person']:<24} {r['capture']}, used {len(r['used'])}x" for r in rows)
    return Answer(rows, lines or ("No saved signatures.",))


MARK = Command("mark", "saved signatures: new, list, rename, remove", _arguments, _run)
