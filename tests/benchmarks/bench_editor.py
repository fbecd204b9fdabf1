"""A thousand fields on three hundred pages under a working hand (E1), beside an editor with the hand's field alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.harness import Benchmark, Goal, Row, Samples, Workbench

CHECKOUT = Path(__file__).parents[2]


def run_e1(bench: Workbench) -> Sequence[Row]:
    """Both editors live in one process and take turns."""
    command = [sys.executable, "-m", "tests.benchmarks.editing", "1:300", "1000:300"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=600, check=False)
    bench.check(done.returncode == 0, done.stderr[-400:])
    bare, full = (json.loads(line) for line in done.stdout.splitlines())
    bench.check(bare["right"] and full["right"], "what the hand did is not what is stored")
    alone, ours = Samples(tuple(bare["gaps"])), Samples(tuple(full["gaps"]))
    bench.note(f"alone: {alone.median * 1000:.1f} ms a frame, p99 {alone.percentile(99) * 1000:.1f} ms; "
               f"1,000 fields: {ours.median * 1000:.1f} ms, p99 {ours.percentile(99) * 1000:.1f} ms")  # fmt: skip
    return (
        Row("p99 between frames, beside one field", Goal.at_most(1.5), ours.percentile(99) / alone.percentile(99)),
        Row("median between frames, beside one field", Goal.at_most(1.1), ours.median / alone.median),
    )


BENCHMARKS = (Benchmark("E1", "Editor: drag, marquee and undo among 1,000 fields on 300 pages", run_e1),)
