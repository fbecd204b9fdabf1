"""trust: whom this library believes without proof."""

from argparse import ArgumentParser
from pathlib import Path

from app.cli.command import Answer, Asked, Command
from app.domain.errors import UsageError
from app.services import verifying


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("list", "add", "remove"))
    parser.add_argument("certificate", nargs="?", help="add: a file (PEM or DER); remove: the start of its SHA-256")


def _run(asked: Asked) -> Answer:
    if asked.what != "list" and not asked.certificate:
        raise UsageError(problem=f"trust {asked.what} needs a certificate")
    match asked.what:
        case "add":
            verifying.add_trust(asked.house, Path(asked.certificate))
        case "remove":
            verifying.remove_trust(asked.house, _fingerprint(asked, asked.certificate))
    rows = [
        {"sha256": r.sha256, "name": r.subject, "source": r.source, "added_at": r.added_at.isoformat()}
        for r in verifying.trust_list(asked.house)
    ]
    lines = tuple(f"{row['sha256'][:16]}  {row['source']:<8}  {row['name']}" for row in rows)
    return Answer(rows, lines or ("Nobody is trusted yet; the device's own authority is, once it is made.",))


def _fingerprint(asked: Asked, start: str) -> str:
    found = [r.sha256 for r in verifying.trust_list(asked.house) if r.sha256.startswith(start.lower())]
    if len(found) != 1 or len(start) < 4:
        raise UsageError(problem=f"{start!r} is not the start of exactly one fingerprint on the trust list")
    return found[0]


TRUST = Command("trust", "whom to believe without proof: list, add, remove", _arguments, _run)
