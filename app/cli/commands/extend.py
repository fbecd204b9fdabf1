"""extend: sealed files, and completed envelopes, raised to a higher level."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from app.cli.command import Answer, Asked, Command
from app.cli.commands.seal import TSA_HELP
from app.domain import errors
from app.domain.errors import UsageError
from app.domain.level import Level
from app.services import lasting, reading, strengthening
from app.services.messages import words


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--level", metavar="L", help="B-T, B-LT or B-LTA; the same level renews it")
    parser.add_argument("--tsa", metavar="URL", help=TSA_HELP)
    parser.add_argument("--envelope", metavar="ID", help="a completed envelope; with --level what it shall have")
    parser.add_argument("--waiting", action="store_true", help="all envelopes that wait for their level, now")


def _run(asked: Asked) -> Answer:
    if sum(map(bool, (asked.files, asked.envelope, asked.waiting))) != 1:
        raise UsageError(problem="extend needs files, or --envelope ID, or --waiting")
    if asked.files:
        return _files(asked)
    if asked.tsa or (asked.waiting and asked.level):
        raise UsageError(problem="envelopes ask the authority of the settings, and those that wait have their level")
    return _envelope(asked) if asked.envelope else _waiting(asked)


def _files(asked: Asked) -> Answer:
    """Each file in its place, whole or not at all, and each with its outcome."""
    level = strengthening.level_of(asked.level or "")
    if level is Level.B_B:
        raise UsageError(problem="every seal has the level B-B")
    rows, failed = [], []
    for number, path in enumerate(asked.files):
        row: dict[str, Any] = {"path": str(path), "sha256": None, "level": None, "error": None}
        try:
            made = strengthening.strengthen(asked.house, path, level, tsa_url=asked.tsa)
            row |= {"sha256": made.sha256, "level": str(made.level)}
        except errors.Cancelled:
            raise
        except errors.ParaphError as problem:
            failed.append(problem)
            row["error"] = _told(problem)
        rows.append(row)
        asked.progress(number + 1, len(asked.files))
    if failed and len(rows) == 1:
        raise failed[0]
    return Answer(rows, tuple(map(_file_line, rows)), _worst(failed))


def _envelope(asked: Asked) -> Answer:
    """The level a person chooses, or what is waited for anyway; tried at once."""
    envelope_id = reading.resolve(asked.house, asked.envelope)
    if asked.level:
        lasting.choose(asked.house, envelope_id, strengthening.level_of(asked.level))
    lasting.try_now(asked.house, envelope_id)
    row = _row(asked, envelope_id)
    return Answer(row, (_line(row),))


def _waiting(asked: Asked) -> Answer:
    found: dict[str, errors.ParaphError | None] = {}
    lasting.catch_up(asked.house, found.__setitem__)
    rows = [_row(asked, envelope_id) for envelope_id in found]
    failed = [problem for problem in found.values() if problem is not None]
    return Answer(rows, tuple(map(_line, rows)) or ("No envelope waits for its level.",), _worst(failed))


def _row(asked: Asked, envelope_id: str) -> dict[str, Any]:
    now = lasting.standing(asked.house, envelope_id)
    return {"envelope": envelope_id, "level": now.has, "wanted": now.wanted, "problem": now.problem or None}


def _line(row: dict[str, Any]) -> str:
    wanted = f"  {row['wanted']} is wanted: {row['problem'] or 'not tried yet'}" if row["wanted"] else ""
    return f"{row['envelope']}  {row['level']}{wanted}"


def _file_line(row: dict[str, Any]) -> str:
    if row["error"]:
        return f"not     {row['path']}: {row['error']['message']}"
    return f"raised  {row['path']}  {row['level']}  {row['sha256']}"


def _told(problem: errors.ParaphError) -> dict[str, Any]:
    return {"kind": problem.kind, "message": words(problem).line, "facts": dict(problem.facts)}


def _worst(failed: list[errors.ParaphError]) -> int:
    return max((each.exit_code for each in failed), default=0)


EXTEND = Command("extend", "raise the level of sealed files or envelopes by increments, or renew it", _arguments, _run)
