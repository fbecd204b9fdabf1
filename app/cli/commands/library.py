"""list, show, check."""

from argparse import ArgumentParser
from typing import Any

from app.cli.command import Answer, Asked, Command
from app.domain.envelope import EnvelopeStatus
from app.domain.errors import UsageError
from app.services import describing, lasting, reading


def _list_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--status", choices=[str(s) for s in EnvelopeStatus], help="only this status")
    parser.add_argument("--search", metavar="T", help="words in title, people or documents")
    parser.add_argument("--limit", type=int, metavar="N", help="at most so many (50)")
    parser.add_argument("--offset", type=int, metavar="N", help="leave out so many (0)")


def _list(asked: Asked) -> Answer:
    limit, offset = 50 if asked.limit is None else asked.limit, asked.offset or 0
    if limit < 1 or offset < 0:
        raise UsageError(problem="--limit counts from 1 and --offset from 0")
    status = (EnvelopeStatus(asked.status),) if asked.status else ()
    page = reading.page(asked.house, reading.Query(status, asked.search or "", limit=limit, offset=offset))
    data = {"total": page.total, "envelopes": [_row(row) for row in page.rows]}
    return Answer(data, tuple(_line(row) for row in page.rows) or ("No envelopes. Make one with: paraph new FILE",))


def _row(row: reading.Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "status": row.status,
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "recipients": [{"name": p.name, "role": p.role, "status": p.status} for p in row.recipients],
        "done": row.progress[0],
        "acting": row.progress[1],
        "next": list(row.next_step),
    }


def _line(row: reading.Row) -> str:
    done, total = row.progress
    return f"{row.id}  {row.status:<9}  {done}/{total}  {row.updated_at:%Y-%m-%d}  {row.title}"


def _id(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="envelope id")


def _show(asked: Asked) -> Answer:
    envelope = reading.envelope(asked.house, reading.resolve(asked.house, asked.id))
    level = lasting.standing(asked.house, envelope.id)
    data = {
        **describing.whole(envelope), "level": level.has, "level_wanted": level.wanted,
        "level_problem": level.problem or None,
    }  # fmt: skip
    documents = (f"  document   {d['title']} ({_pages(len(d['page_sizes']))})" for d in data["documents"])
    people = (f"  {r['status']:<10} {r['role']}: {r['name']} ({r['action']})" for r in data["recipients"])
    values = (f"  value      {key} = {value}" for key, value in data["form_data"].items())
    lasts = tuple(f"  level      {line}" for line in (lasting.told(asked.house, envelope.id),) if line)
    there = data["remote"]
    remote = (f"  {there['account']:<10} {there['status']}: {there['said'] or 'not there yet'}",) if there else ()
    head = f"{envelope.id}  {envelope.status}  {envelope.title}"
    return Answer(data, (head, *documents, *people, *values, *lasts, *remote))


def _pages(count: int) -> str:
    return f"{count} page{'' if count == 1 else 's'}"


def _check(asked: Asked) -> Answer:
    envelope = reading.envelope(asked.house, reading.resolve(asked.house, asked.id))
    findings = describing.findings(asked.house, envelope)
    lines = tuple(f"{f['severity']}: {f['message']} {f['fix']}" for f in findings) or ("Nothing stands in the way.",)
    blocked = any(f["severity"] == "error" for f in findings)
    return Answer({"id": envelope.id, "findings": findings}, lines, 1 if blocked else 0)


LIST = Command("list", "the library, newest first", _list_arguments, _list)
SHOW = Command("show", "one envelope whole", _id, _show)
CHECK = Command("check", "what stands in the way of sending", _id, _check)
