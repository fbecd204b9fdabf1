"""trust: whom this library believes without proof, and the trusted lists that say whom else."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from app.cli.command import Answer, Asked, Command
from app.domain.errors import UsageError
from app.services import verifying, vouching


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("list", "add", "remove", "lists", "import", "drop"))
    parser.add_argument(
        "which",
        nargs="?",
        help="add: a certificate (PEM or DER); remove: the start of its SHA-256; import: a trusted list in XML "
        "(ETSI TS 119 612); drop: the territory of one",
    )
    parser.add_argument("--signer", metavar="SHA256", help="import: of the certificate that may sign the list")


def _run(asked: Asked) -> Answer:
    if asked.what not in ("list", "lists") and not asked.which:
        needs = {"import": "a file", "drop": "a territory"}.get(asked.what, "a certificate")
        raise UsageError(problem=f"trust {asked.what} needs {needs}")
    match asked.what:
        case "import":
            vouching.take_in(asked.house, Path(asked.which), asked.signer or "")
        case "drop":
            _drop(asked, asked.which.upper())
        case "add":
            verifying.add_trust(asked.house, Path(asked.which))
        case "remove":
            verifying.remove_trust(asked.house, _fingerprint(asked, asked.which))
    return _lists(asked) if asked.what in ("lists", "import", "drop") else _certificates(asked)


def _certificates(asked: Asked) -> Answer:
    rows = [
        {"sha256": r.sha256, "name": r.subject, "source": r.source, "added_at": r.added_at.isoformat()}
        for r in verifying.trust_list(asked.house)
    ]
    lines = tuple(f"{row['sha256'][:16]}  {row['source']:<8}  {row['name']}" for row in rows)
    return Answer(rows, lines or ("Nobody is trusted yet; the device's own authority is, once it is made.",))


def _lists(asked: Asked) -> Answer:
    rows = [vouching.described(asked.house, each) for each in vouching.lists(asked.house)]
    lines = tuple(map(_list_line, rows))
    return Answer(rows, lines or ("No trusted list is imported.",))


def _list_line(row: dict[str, Any]) -> str:
    due = "OVERDUE since" if row["overdue"] else "next due"
    granted = f"{row['granted']} of {row['services']} services granted"
    return (
        f"{row['territory']:<3} number {row['sequence']}, {granted}, {due} {(row['next_update'] or 'never')[:10]}  "
        f"{row['operator']}"
    )


def _drop(asked: Asked, territory: str) -> None:
    known = [each.scheme.territory for each in vouching.lists(asked.house)]
    if territory not in known:
        raise UsageError(problem=f"{territory!r} is none of the imported lists: {', '.join(known) or 'there are none'}")
    vouching.remove(asked.house, territory)


def _fingerprint(asked: Asked, start: str) -> str:
    found = [r.sha256 for r in verifying.trust_list(asked.house) if r.sha256.startswith(start.lower())]
    if len(found) != 1 or len(start) < 4:
        raise UsageError(problem=f"{start!r} is not the start of exactly one fingerprint on the trust list")
    return found[0]


TRUST = Command("trust", "whom to believe without proof: certificates and trusted lists", _arguments, _run)
