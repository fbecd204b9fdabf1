"""The libraries in `.venv`: exact versions from a hashed lock, stamped with what they stand on."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from ground import CHECKOUT, PYTHON, VENV, Unable, only_one_at_a_time, say

STAMP = VENV / "paraph.stamp"


@dataclass(frozen=True)
class Level:
    """How much a command needs; each lock contains the lower ones. `build` points `.venv` at the checkout."""

    rank: int
    lock: str
    groups: tuple[str, ...]


RUN = Level(0, "packaging/requirements.lock", ("build",))
TEST = Level(1, "packaging/requirements-test.lock", ("build", "test"))
CHECK = Level(2, "packaging/requirements-check.lock", ("build", "test", "check"))
LEVELS = (RUN, TEST, CHECK)


def provide(level: Level) -> None:
    """Makes `.venv` hold the level's libraries and Paraph itself; instant when it already does."""
    if _is_stamped(level):
        return
    with only_one_at_a_time():
        if _is_stamped(level):
            return
        _make_venv()
        say(f"installing libraries into {VENV}")
        # A complete lock leaves nothing to resolve, and hashes let nothing else in.
        _pip("--require-hashes", "--no-deps", "--requirement", str(CHECKOUT / level.lock))
        _pip("--no-deps", "--no-build-isolation", "--editable", str(CHECKOUT))
        STAMP.write_text(f"{_fingerprint()} {level.rank}\n")


def resolve(options: Sequence[str]) -> None:
    """Writes the locks, for every platform. The widest comes first and binds the others: they agree."""
    for level in reversed(LEVELS):
        groups = [word for group in level.groups for word in ("--group", group)]
        bound = [] if level is CHECK else ["--constraint", CHECK.lock]
        form = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
        form += ["--no-annotate", "--quiet", "--output-file", level.lock]
        command = [str(PYTHON), "-m", "uv", "pip", "compile", "pyproject.toml", *groups, *bound]
        subprocess.check_call([*command, *form, *options], cwd=CHECKOUT)


def qt_loads() -> bool:
    return _answers("from PySide6 import QtWidgets, QtSvg, QtPrintSupport, QtNetwork")


def _make_venv() -> None:
    same_python = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    if PYTHON.exists() and _answers(same_python):
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise Unable("Python's venv module is incomplete; please run: sudo apt-get install python3-venv")
    say(f"making {VENV}")
    subprocess.check_call([sys.executable, "-m", "venv", "--clear", str(VENV)])


def _answers(question: str) -> bool:
    return subprocess.call([str(PYTHON), "-c", question], stderr=subprocess.DEVNULL) == 0


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    if subprocess.call([*command, *arguments], stdin=subprocess.DEVNULL):
        raise Unable("pip could not install the libraries; its words stand above")


def _is_stamped(level: Level) -> bool:
    """True when `.venv` was made, at this level or a higher one, from what the checkout holds now."""
    try:
        made_from, rank = STAMP.read_text().split()
    except (OSError, ValueError):
        return False
    return PYTHON.exists() and made_from == _fingerprint() and int(rank) >= level.rank


def _fingerprint() -> str:
    """Of the ground `.venv` stands on; a moved checkout or another Python is another ground."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {CHECKOUT}".encode())
    scripts = sorted((CHECKOUT / "packaging").glob("*.py"))
    for path in (CHECKOUT / "pyproject.toml", *scripts, *(CHECKOUT / level.lock for level in LEVELS)):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
