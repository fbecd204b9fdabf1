"""The bench the benchmarks stand on: interleaved runs, medians, a verdict for every goal.

A benchmark compares ours with a peer or with the limit of the machine, never with a clock: milliseconds of
a shared machine are evidence, ratios within one run are goals. One more is one `bench_<noun>.py` beside this:

    def run_s1(bench: Workbench) -> Sequence[Row]:
        ours, limit = bench.interleave(seal_it, copy_and_sign_it, rounds=7)
        bench.check(verifies(result), "our seal does not validate")
        return (Row("read and write, 0.9 MB", Goal.at_most(2.5), ours.ratio_to(limit)),)

    BENCHMARKS = (Benchmark("S1", "One PAdES seal", run_s1),)

The file is found by its name. `raise NotMeasured("no X display")`, or `bench.need("pdftoppm")`, says that
this machine cannot answer; a false `bench.check` makes the verdict "not met" whatever the speed was.
"""

from __future__ import annotations

import gc
import importlib
import math
import os
import pkgutil
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


class NotMeasured(Exception):
    """This machine cannot answer; the words say why and become part of the verdict."""


class WrongResult(Exception):
    """What was timed did not do its work: a fast wrong answer meets no goal."""


class Verdict(Enum):
    MET = "met"
    NOT_MET = "not met"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class Goal:
    """A bound on a measured number: a ratio, a share, a count of megabytes."""

    sign: str
    bound: float

    @classmethod
    def at_most(cls, bound: float) -> Goal:
        return cls("≤", bound)

    @classmethod
    def at_least(cls, bound: float) -> Goal:
        return cls("≥", bound)

    def met_by(self, measured: float) -> bool:
        return measured <= self.bound if self.sign == "≤" else measured >= self.bound


@dataclass(frozen=True)
class Row:
    """One line of the answer. `unit` follows both numbers: "×" for a ratio, "MB", "%"."""

    what: str
    goal: Goal
    measured: float
    unit: str = "×"

    @property
    def verdict(self) -> Verdict:
        return Verdict.MET if self.goal.met_by(self.measured) else Verdict.NOT_MET


@dataclass(frozen=True)
class Samples:
    """The seconds each round of one contender took."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def max(self) -> float:
        return max(self.seconds)

    def percentile(self, percent: float) -> float:
        """The nearest-rank percentile: a value that was really measured."""
        ordered = sorted(self.seconds)
        return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]

    def ratio_to(self, other: Samples) -> float:
        return self.median / other.median


@dataclass
class Workbench:
    """What a benchmark may use. `folder` is its own and vanishes afterwards; `notes` follow its rows."""

    folder: Path
    notes: list[str] = field(default_factory=list)

    @property
    def corpus(self) -> Path:
        """The folder of trial documents, by PARAPH_CORPUS or beside the checkout."""
        folder = Path(os.environ.get("PARAPH_CORPUS") or CHECKOUT.parent / "shared" / "corpus")
        if not folder.is_dir():
            raise NotMeasured("no corpus: set PARAPH_CORPUS")
        return folder

    def need(self, tool: str) -> Path:
        """The path of a program the benchmark measures against."""
        found = shutil.which(tool)
        if found is None:
            raise NotMeasured(f"{tool} is not installed")
        return Path(found)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def check(self, holds: bool, otherwise: str) -> None:
        if not holds:
            raise WrongResult(otherwise)

    def interleave(
        self,
        *contenders: Callable[[], object],
        rounds: int = 5,
        warm_up: int = 1,
        setup: Callable[[], object] | None = None,
    ) -> tuple[Samples, ...]:
        """Times the contenders in turn, another one first each round: a busy moment hits them all.

        `setup` runs untimed before every single call. The samples come in the order of the contenders.
        """
        if rounds < 5:
            raise ValueError("a median of fewer than five rounds says nothing")
        taken: list[list[float]] = [[] for _ in contenders]
        for turn in range(-warm_up, rounds):
            for place in range(len(contenders)):
                which = (place + turn) % len(contenders)
                seconds = _seconds_of(contenders[which], setup)
                if turn >= 0:
                    taken[which].append(seconds)
        return tuple(Samples(tuple(seconds)) for seconds in taken)


@dataclass(frozen=True)
class Benchmark:
    """An id of the performance table, what it asks, and how to answer."""

    id: str
    title: str
    run: Callable[[Workbench], Sequence[Row]]


@dataclass(frozen=True)
class Answer:
    """What came of one benchmark; `reason` is set where there are no rows to trust."""

    benchmark: Benchmark
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    reason: str = ""
    wrong: bool = False

    @property
    def failed(self) -> bool:
        return self.wrong or any(row.verdict is Verdict.NOT_MET for row in self.rows)


def discover(package: str = "tests.benchmarks") -> tuple[Benchmark, ...]:
    """Every benchmark of every `bench_*` module, by id; two of one id are a mistake."""
    found: dict[str, Benchmark] = {}
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        if not module.name.startswith("bench_"):
            continue
        for benchmark in importlib.import_module(f"{package}.{module.name}").BENCHMARKS:
            if benchmark.id in found:
                raise ValueError(f"two benchmarks are called {benchmark.id}")
            found[benchmark.id] = benchmark
    return tuple(found[key] for key in sorted(found, key=_natural))


def answer(benchmark: Benchmark, folder: Path) -> Answer:
    """Runs one benchmark; what the machine lacks and what came out wrong are answers, all else is a bug."""
    bench = Workbench(folder)
    try:
        rows = tuple(benchmark.run(bench))
    except NotMeasured as reason:
        return Answer(benchmark, (), tuple(bench.notes), str(reason))
    except WrongResult as reason:
        return Answer(benchmark, (), tuple(bench.notes), str(reason), wrong=True)
    return Answer(benchmark, rows, tuple(bench.notes))


def _natural(identifier: str) -> tuple[str, int]:
    letters = identifier.rstrip("0123456789")
    return letters, int(identifier[len(letters) :] or 0)


def _seconds_of(work: Callable[[], object], setup: Callable[[], object] | None) -> float:
    if setup is not None:
        setup()
    with _no_collection():
        start = time.perf_counter()
        work()
        return time.perf_counter() - start


@contextmanager
def _no_collection() -> Iterator[None]:
    """A collection of one contender's rubbish must not be charged to the next."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
