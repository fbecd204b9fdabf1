"""remote: every operation of a provider's contract, by name."""

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.cli.command import Answer, Asked, Command
from app.cli.parser import Parser
from app.cli.secret import LONGEST
from app.domain.errors import UsageError
from app.services import operating, operation_words

FINGERPRINT = re.compile(r"(?i)(?:sha256:)?[0-9a-f]{64}")


def _arguments(parser: ArgumentParser) -> None:
    if isinstance(parser, Parser):
        parser.mixed = True
    parser.add_argument("account", metavar="ACCOUNT")
    parser.add_argument("operation", nargs="?", metavar="OPERATION", help="one of those that --list shows")
    parser.add_argument(
        "values",
        nargs="*",
        default=[],
        metavar="KEY=VALUE",
        help="VALUE is text, JSON for lists and objects, @FILE or @-",
    )
    parser.add_argument("--list", action="store_true", help="what can be asked for; with OPERATION what that takes")
    parser.add_argument("--out", metavar="FILE", help="where a downloaded file goes")
    parser.add_argument("--sha256", metavar="HEX", default="", help="the fingerprint a downloaded file must have")


def _run(asked: Asked) -> Answer:
    if asked.list:
        return _explained(asked) if asked.operation else _listed(asked)
    if not asked.operation:
        raise UsageError(problem="remote needs an operation; --list shows them")
    words = _words(asked.values)
    wanted = operating.operation(asked.house, asked.account, asked.operation)
    if wanted.is_download is not bool(asked.out):
        needs = "answers with a file and needs --out" if wanted.is_download else "does not answer with a file"
        raise UsageError(problem=f"{wanted.name} {needs}")
    if asked.sha256 and not FINGERPRINT.fullmatch(asked.sha256):
        raise UsageError(problem="--sha256 takes 64 hexadecimal digits")
    done = operating.run(
        asked.house,
        asked.account,
        wanted,
        operating.values(wanted, words),
        Path(asked.out) if asked.out else None,
        asked.sha256,
    )
    if done.path is not None:
        data = {"path": str(done.path), "sha256": done.sha256, "size": done.size}
        return Answer(data, (f"{done.sha256}  {done.path}",))
    return Answer(done.answer, tuple(_lines(wanted.name, done.answer)))


def _words(given: list[str]) -> dict[str, str]:
    words: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name or name in words:
            raise UsageError(problem="values are given as KEY=VALUE, and each key once")
        words[name] = _typed_in() if value == "@-" else value
    return words


def _typed_in() -> str:
    """What others must not read in the list of processes; a text that begins with an at sign is written with two."""
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError(problem="@- takes a value from standard input, and there is none")
    try:
        text = sys.stdin.read(LONGEST).removesuffix("\n")
    except (OSError, UnicodeDecodeError):
        raise UsageError(problem="standard input holds no text") from None
    return f"@{text}" if text.startswith("@") else text


def _lines(name: str, answer: Any) -> Iterator[str]:
    if answer is None:
        yield f"{name}: done."
    else:
        yield from json.dumps(answer, ensure_ascii=False, indent=2).splitlines()


def _listed(asked: Asked) -> Answer:
    known = operating.operations(asked.house, asked.account)
    widest = max(len(one.name) for one in known)
    lines = tuple(
        f"{one.name:<{widest}}  {one.method:<6}  {one.title}{'  (unverified)' if one.is_unverified else ''}"
        for one in known
    )
    return Answer([operation_words.data(one) for one in known], lines)


def _explained(asked: Asked) -> Answer:
    one = operating.operation(asked.house, asked.account, asked.operation)
    return Answer(operation_words.data(one), operation_words.lines(one))


REMOTE = Command("remote", "every operation of a remote service, by name", _arguments, _run)
