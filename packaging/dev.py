"""One command from a bare machine to a running program: `python3 packaging/dev.py run`, and `test`.

Needs Python 3.11 and nothing else: this and its neighbours are standard library, because they run before
anything is installed. What a command needs (system libraries, `.venv`, the exact versions of its lock) is
made ready first; what is there already is not done again, and a second start costs a fraction of a second.

It never asks. Where it may not install system packages it prints the one line that would, and goes on as long
as Qt can be loaded without them. Index, proxy and certificates of pip are the user's own configuration.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Sequence

import libraries
import machine
from ground import CHECKOUT, PYTHON, WINDOWS, Unable, say, script
from screen import has_screen, offscreen, own_screen

OLDEST = (3, 11)
NO_TESTS_COLLECTED = 5


def main(argv: Sequence[str]) -> int:
    commands = {
        "run": (run, "starts Paraph; without a screen, its demo; further arguments are passed on"),
        "test": (test, "runs the tests, `--all` the slow ones too; further arguments go to pytest"),
        "check": (check, "lint, types and the contracts between rooms; or the one named"),
        "bench": (bench, "measures; names, or beginnings of names, choose"),
        "corpus": (corpus, "takes a folder of strangers' PDFs through the whole road and prints the table"),
        "screenshots": (screenshots, "takes the pictures of the README"),
        "lock": (lock, "resolves the locks again; `--upgrade` takes the newest versions allowed"),
    }
    parser = argparse.ArgumentParser(prog="dev.py", description="From a bare machine to a running Paraph.")
    entries = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (_, words) in commands.items():
        entries.add_parser(name, help=words, add_help=False)
    command, passed_on = parser.parse_args(argv[:1]).command, list(argv[1:])
    try:
        if sys.version_info < OLDEST:
            raise Unable(f"Python 3.11 or newer is needed; this is {platform.python_version()}")
        return commands[command][0](passed_on)
    except Unable as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        return 130


def prepare(level: libraries.Level, packages: Sequence[str]) -> None:
    """After this the level's libraries are importable, or Unable says in one line what a person must do."""
    remedy = machine.provide(packages)
    libraries.provide(level)
    if remedy and packages and not libraries.qt_loads():
        raise Unable("Qt cannot be loaded without those packages")


def run(arguments: list[str]) -> int:
    prepare(libraries.RUN, machine.QT)
    if not has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        if not arguments:
            say("no screen here: running the demo instead of the window")
            arguments = ["demo"]
    return become([script("paraph"), *arguments])


def test(arguments: list[str]) -> int:
    """First everything that needs no screen, on several cores; then what needs a real one, alone."""
    prepare(libraries.TEST, machine.QT + machine.TESTS)
    slow = "" if "--all" in arguments else " and not slow"
    passed_on = [each for each in arguments if each != "--all"]
    codes = [pytest(f"not display{slow}", ["-n", str(workers()), *passed_on], offscreen())]
    with own_screen() as environment:
        if environment is None:
            say("the display tests were not run: they need Xvfb, openbox and xdotool")
        else:
            codes.append(pytest(f"display{slow}", passed_on, environment))
    failed = [code for code in codes if code not in (0, NO_TESTS_COLLECTED)]
    return failed[0] if failed else min(codes)


def check(arguments: list[str]) -> int:
    prepare(libraries.CHECK, ())
    steps = {
        "lint": [str(PYTHON), "-m", "ruff", "check", "app", "tests", "packaging"],
        "types": [str(PYTHON), "-m", "mypy"],
        "contracts": [script("lint-imports"), "--no-logo"],
    }
    unknown = [name for name in arguments if name not in steps]
    if unknown:
        raise Unable(f"check knows {', '.join(steps)}, not {', '.join(unknown)}")
    unclean = []
    for name in arguments or steps:
        say(f"check {name}")
        if subprocess.call(steps[name], cwd=CHECKOUT, stdin=subprocess.DEVNULL):
            unclean.append(name)
    say(f"not clean: {', '.join(unclean)}" if unclean else "clean")
    return int(bool(unclean))


def bench(arguments: list[str]) -> int:
    return on_a_screen("tests.benchmarks", arguments)


def corpus(arguments: list[str]) -> int:
    prepare(libraries.TEST, machine.QT + machine.TESTS)
    command = [str(PYTHON), "-m", "tests.journeys.corpus", *arguments]
    return subprocess.call(command, cwd=CHECKOUT, env=offscreen())


def screenshots(arguments: list[str]) -> int:
    return on_a_screen("tests.screenshots", arguments)


def lock(arguments: list[str]) -> int:
    prepare(libraries.CHECK, ())
    libraries.resolve(arguments)
    prepare(libraries.CHECK, ())
    return subprocess.call([str(PYTHON), "packaging/notices.py"], cwd=CHECKOUT)


def pytest(marks: str, arguments: Sequence[str], environment: dict[str, str]) -> int:
    command = [str(PYTHON), "-m", "pytest", "-m", marks, *arguments]
    return subprocess.call(command, cwd=CHECKOUT, env=environment, stdin=subprocess.DEVNULL)


def become(command: list[str]) -> int:
    """Hands the process over, so that signals and exit codes are the program's own; Windows cannot."""
    if not WINDOWS:
        os.execv(command[0], command)
    return subprocess.call(command)


def on_a_screen(module: str, arguments: Sequence[str]) -> int:
    prepare(libraries.TEST, machine.QT + machine.TESTS)
    with own_screen() as environment:
        command = [str(PYTHON), "-m", module, *arguments]
        return subprocess.call(command, cwd=CHECKOUT, env=environment or offscreen())


def workers() -> int:
    """Two are worth it even on one core: much of a test is waiting for a child process."""
    return max(2, min(4, os.cpu_count() or 2))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
