"""doctor: what is here and what is missing, with the remedy."""

from argparse import ArgumentParser

from app.cli.command import Answer, Asked, Command
from app.services import diagnosing


def _arguments(parser: ArgumentParser) -> None:
    del parser


def _run(asked: Asked) -> Answer:
    checks = diagnosing.examine(asked.house)
    data = [{"check": c.name, "ok": c.ok, "found": c.found, "remedy": c.remedy} for c in checks]
    lines = [f"{'ok     ' if c.ok else 'missing'}  {c.name:<20} {c.found}" for c in checks]
    lines += [f"         {c.name}: {c.remedy}" for c in checks if not c.ok]
    return Answer(data, tuple(lines))


DOCTOR = Command("doctor", "what is here and what is missing, with the remedy", _arguments, _run)
