"""Starting the window, beside a bare Qt window on the same machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from app.store import Library
from tests.benchmarks.harness import Benchmark, Goal, NotMeasured, Row, Workbench
from tests.support.envelopes import STATUSES, envelope, recorded

CHECKOUT = Path(__file__).parents[2]
ENVELOPES = 1_000
ROUNDS = 9


def run_u1(bench: Workbench) -> Sequence[Row]:
    """Time from starting the process until it prints; its end is not counted, but waited for."""
    library = _library(bench)
    painted, filled, bare = bench.interleave(
        _until_ready("paint", library), _until_ready("list", library), _until_ready("bare"), rounds=ROUNDS
    )
    bench.note(f"bare {bare.median * 1000:.0f} ms, painted {painted.median * 1000:.0f} ms, "
               f"filled {filled.median * 1000:.0f} ms")  # fmt: skip
    return (
        Row("first painted window", Goal.at_most(1.3), painted.ratio_to(bare)),
        Row(f"list filled, {ENVELOPES:,} envelopes", Goal.at_most(4.5), filled.ratio_to(bare)),
    )


def run_u2(bench: Workbench) -> Sequence[Row]:
    """The median of five starts of the longest gap in each."""
    library = _library(bench)
    gaps = sorted(float(_first_line(_child("stall", library))) for _ in range(5))
    return (Row("longest stall after the first paint", Goal.at_most(100), gaps[2] * 1000, unit=" ms"),)


def _library(bench: Workbench) -> Path:
    folder = bench.folder / "library"
    library = Library.open(folder)
    library.record(*(recorded(envelope(n, STATUSES[n % len(STATUSES)])) for n in range(ENVELOPES)))
    library.close()
    return folder


def _until_ready(what: str, library: Path | None = None) -> Callable[[], object]:
    """Called by the timer; the child before is reaped first, untimed only in that it has long since printed."""

    def start() -> None:
        child = _child(what, library)
        said = _first_line(child, reap=False)
        if said.strip() != "ready":
            raise NotMeasured(f"the window did not start: {said}")
        _leave(child, library)

    return start


def _child(what: str, library: Path | None = None) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.benchmarks.starting", what]
    surroundings = {**os.environ, "PARAPH_PASSPHRASE": "benchmark"}
    if not os.environ.get("DISPLAY"):
        surroundings["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.Popen(
        [*words, str(library)] if library else words,
        cwd=CHECKOUT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def _first_line(child: subprocess.Popen[str], *, reap: bool = True) -> str:
    if child.stdout is None:
        raise NotMeasured("the window says nothing")
    said = child.stdout.readline()
    if reap:
        child.wait(60)
    return said


def _leave(child: subprocess.Popen[str], library: Path | None) -> None:
    """Its end is no part of a start: it is killed, so that the next contender has the machine for itself. What a
    killed program leaves behind (its claim on the library) would make the next start ask who is there."""
    child.kill()
    child.wait(60)
    if library is not None:
        (library / "window.open").unlink(missing_ok=True)


BENCHMARKS = (
    Benchmark("U1", "Starting: the first window", run_u1),
    Benchmark("U2", "Starting: no stall while the rest loads", run_u2),
)
