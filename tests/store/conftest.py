"""A library in a folder of its own, and children that use it beside us."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.store import Library

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder) as opened:
        yield opened


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a job of `jobs.py` in a process of its own; `within` is put before the command."""
    started: list[subprocess.Popen[str]] = []

    def start_job(job: str, *arguments: object, within: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        command = [*within, sys.executable, "-m", "tests.store.jobs", job, *map(str, arguments)]
        pipe = subprocess.PIPE
        child = subprocess.Popen(command, cwd=CHECKOUT, env=os.environ, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        started.append(child)
        return child

    yield start_job
    for child in started:
        child.kill()
        child.communicate()
