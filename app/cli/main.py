"""From words to an exit code."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path
from typing import Any

from app.cli import browser, parser
from app.cli.command import Answer, Asked
from app.cli.commands import COMMANDS
from app.domain.errors import Cancelled, FileMissing, ParaphError, UsageError
from app.domain.redacting import trace
from app.services.demonstrating import quiet
from app.services.house import House
from app.services.messages import words

BuildHouse = Callable[[str | None], House]
BUG = 70
"""EX_SOFTWARE of sysexits.h, so that a bug is not taken for one of the promised answers."""

OpenWindow = Callable[[str | None, Sequence[Path]], int]


def run(argv: Sequence[str], build_house: BuildHouse, open_window: OpenWindow) -> int:
    """Never raises; what goes wrong is said once on stderr and in the exit code."""
    as_json = "--json" in argv
    try:
        arguments = parser.build(COMMANDS).parse_args(argv)
        answer = _run(arguments, build_house, open_window)
        return _show(answer, as_json=as_json, quiet=getattr(arguments, "quiet", False))
    except UsageError as problem:
        return _complain(_missing_file(argv) or problem, as_json)
    except KeyboardInterrupt:
        return _complain(Cancelled(), as_json)
    except ParaphError as problem:
        return _complain(problem, as_json)
    except BrokenPipeError:
        return 0
    except Exception as bug:  # noqa: BLE001 - the last place where a bug can be told as one
        return _confess(bug, as_json)


def _run(arguments: argparse.Namespace, build_house: BuildHouse, open_window: OpenWindow) -> Answer:
    with ExitStack() as opened:

        @cache
        def open_house() -> House:
            house = build_house(getattr(arguments, "library", None))
            opened.callback(house.close)
            house.visits.shown_by(browser.shower(as_json=bool(getattr(arguments, "json", False))))
            opened.enter_context(browser.stopped_by_interrupt(house.visits))
            return house

        answer: Answer = arguments.run(Asked(arguments, open_house, open_window, _progress(arguments)))
        return answer


def _show(answer: Answer, *, as_json: bool, quiet: bool) -> int:
    if as_json:
        print(json.dumps(answer.data, ensure_ascii=False, default=str))
    elif not quiet:
        for line in answer.lines:
            print(line)
    sys.stdout.flush()
    return answer.code


def _complain(problem: ParaphError, as_json: bool) -> int:
    said = words(problem)
    if as_json:
        facts: dict[str, Any] = {"kind": problem.kind, "message": said.line, "facts": problem.facts}
        text = json.dumps({"error": facts}, ensure_ascii=False, default=str)
    else:
        text = f"paraph: {said.line}"
    with suppress(OSError):
        print(text, file=sys.stderr)
    return problem.exit_code


def _missing_file(argv: Sequence[str]) -> FileMissing | None:
    """Files alone open the window; a word that stands where a command should and looks like a file is one that is not
    there.
    """
    known = {command.name for command in COMMANDS}
    words = [word for before, word in zip(("", *argv), argv, strict=False) if before != "--library"]
    first = next((word for word in words if not word.startswith("-")), "")
    looks = first not in known and Path(first).suffix and not Path(first).exists()
    return FileMissing(path=first) if looks else None


def _confess(bug: Exception, as_json: bool) -> int:
    """A fault of the program, with the place where it is and nothing of what people wrote."""
    said, where = words(bug).line, trace(bug)
    told = {"kind": type(bug).__name__, "message": said, "facts": {"trace": where}}
    with suppress(OSError):
        print(json.dumps({"error": told}) if as_json else f"{where}\nparaph: {said}", file=sys.stderr)
    return BUG


def _progress(arguments: argparse.Namespace) -> Callable[[int, int], None]:
    """A bar on a terminal, nothing elsewhere."""
    if getattr(arguments, "json", False) or getattr(arguments, "quiet", False) or not sys.stderr.isatty():
        return quiet

    def show(done: int, total: int) -> None:
        filled = 30 * done // max(total, 1)
        end = "\n" if done >= total else ""
        print(f"\r  [{'#' * filled}{'.' * (30 - filled)}] {done}/{total}", end=end, file=sys.stderr, flush=True)

    return show
