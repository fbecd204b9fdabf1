"""`python -m tests.benchmarks [NAME ...]`: runs the named benchmarks, or all, and prints the table.

NAME is an id (`S1`) or the beginning of several (`S`: all of sealing). Exit code 1: a goal was missed.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.harness import Answer, Benchmark, Row, Verdict, answer, discover

WIDTHS = (5, 62, 14, 12)


def main(argv: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    chosen = _choose(discover(), options.names)
    if not chosen:
        print(f"no benchmark is called {' '.join(options.names) or 'anything'}", file=sys.stderr)
        return 2
    if options.list:
        for benchmark in chosen:
            print(f"{benchmark.id:<{WIDTHS[0]}} {benchmark.title}")
        return 0
    return _run(chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description="Ratios within one run, beside their goals.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="an id, or the beginning of one")
    parser.add_argument("--list", action="store_true", help="names the benchmarks and runs none")
    return parser


def _choose(benchmarks: Sequence[Benchmark], names: Sequence[str]) -> tuple[Benchmark, ...]:
    if not names:
        return tuple(benchmarks)
    wanted = {benchmark.id for name in names for benchmark in _named(benchmarks, name.upper())}
    return tuple(benchmark for benchmark in benchmarks if benchmark.id in wanted)


def _named(benchmarks: Sequence[Benchmark], name: str) -> list[Benchmark]:
    exact = [each for each in benchmarks if each.id == name]
    return exact or [each for each in benchmarks if each.id.startswith(name)]


def _run(benchmarks: Sequence[Benchmark]) -> int:
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    print(_line("id", "what", "measured", "goal", "verdict"))
    answers = []
    for benchmark in benchmarks:
        with tempfile.TemporaryDirectory(prefix="paraph-bench-") as folder:
            answers.append(answer(benchmark, Path(folder)))
        _show(answers[-1])
    met = sum(row.verdict is Verdict.MET for each in answers for row in each.rows)
    rows = sum(len(each.rows) or 1 for each in answers)
    print(f"\n{met} of {rows} goals met")
    return int(any(each.failed for each in answers))


def _show(given: Answer) -> None:
    if not given.rows:
        verdict = Verdict.NOT_MET if given.wrong else Verdict.NOT_MEASURED
        print(_line(given.benchmark.id, given.benchmark.title, "", "", f"{verdict.value}: {given.reason}"))
    for row in given.rows:
        what = f"{given.benchmark.title}: {row.what}"
        print(_line(given.benchmark.id, what, _number(row, row.measured), _goal(row), row.verdict.value))
    for note in given.notes:
        print(f"{'':<{WIDTHS[0]}}   {note}")
    sys.stdout.flush()


def _goal(row: Row) -> str:
    return f"{row.goal.sign} {row.goal.bound:g}{row.unit}"


def _number(row: Row, value: float) -> str:
    return f"{value:.4g}{row.unit}"


def _line(*cells: str) -> str:
    padded = (f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=False))
    return " ".join((*padded, *cells[len(WIDTHS) :]))


if __name__ == "__main__":
    sys.exit(main())
