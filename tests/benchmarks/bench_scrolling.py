"""Scrolling a thousand mixed pages: the window's heartbeat (R1), blank pages (R2), the window's memory (M2)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf

from tests.benchmarks.harness import Benchmark, Goal, Row, Samples, Workbench

CHECKOUT = Path(__file__).parents[2]
PAGES = 1000
ROUNDS = 5


@dataclass(frozen=True)
class Ridden:
    """What one ride told."""

    gaps: tuple[float, ...]
    seen: int
    blank: int
    memory_mb: float


def run_r1(bench: Workbench) -> Sequence[Row]:
    """Each round rides the drawn pages and the control, in turn, in one process."""
    rides = _ride(bench, ["1.0:22:3:0", "1.0:22:3:1"] * ROUNDS)
    control, drawn = rides[0::2], rides[1::2]
    ours = Samples(tuple(gap for ride in drawn for gap in ride.gaps))
    bare = Samples(tuple(gap for ride in control for gap in ride.gaps))
    worst, worst_bare = _middle([max(r.gaps) for r in drawn]), _middle([max(r.gaps) for r in control])
    bench.note(f"control: {bare.median * 1000:.1f} ms a frame, p99 {bare.percentile(99) * 1000:.1f} ms; "
               f"drawn: {ours.median * 1000:.1f} ms, p99 {ours.percentile(99) * 1000:.1f} ms")  # fmt: skip
    return (
        Row("p99 between frames, beside bare paper", Goal.at_most(1.25), ours.percentile(99) / bare.percentile(99)),
        Row("longest gap (median of rides)", Goal.at_most(1.5), worst / worst_bare),
        Row("frames, share of the control's", Goal.at_least(99), 100 * len(ours.seconds) / len(bare.seconds), "%"),
    )


def run_r2(bench: Workbench) -> Sequence[Row]:
    rides = {"100 %, 22 pages/s": "1.0:22:5:1", "100 %, 60 pages/s": "1.0:60:5:1",
             "200 %, 22 pages/s": "2.0:22:5:1", "200 %, 60 pages/s": "2.0:60:5:1"}  # fmt: skip
    told = _ride(bench, list(rides.values()) * 3)
    rows = []
    for number, name in enumerate(rides):
        mine = told[number :: len(rides)]
        share = 100 * sum(ride.blank for ride in mine) / sum(ride.seen for ride in mine)
        rows.append(Row(f"blank pages at {name}", Goal.at_most(0.2 if name.startswith("100") else 5), share, "%"))
    return rows


def run_m2(bench: Workbench) -> Sequence[Row]:
    rides = _ride(bench, ["1.0:60:8:1", "2.0:22:5:1"])
    return (Row("window with 1,000 pages open, after scrolling", Goal.at_most(250), rides[-1].memory_mb, " MB"),)


def _ride(bench: Workbench, rides: list[str]) -> list[Ridden]:
    command = [sys.executable, "-m", "tests.benchmarks.scrolling", str(_mixed(bench)), *rides]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=600, check=False)
    bench.check(done.returncode == 0, done.stderr[-400:])
    told = [json.loads(line) for line in done.stdout.splitlines()]
    for each in told:
        bench.check(not each["failures"], f"pages could not be drawn: {each['failures'][:1]}")
        bench.check(each["right"], "the page on the screen is not the page as drawn")
    return [_ridden(each) for each in told]


def _ridden(told: dict[str, Any]) -> Ridden:
    return Ridden(tuple(told["gaps"]), told["seen"], told["blank"], told["memory_mb"])


def _mixed(bench: Workbench) -> Path:
    """Text, every tenth page a scan, every fiftieth full of curves."""
    path = bench.folder / "mixed.pdf"
    if path.exists():
        return path
    document = pymupdf.open()
    scan = _scan(document)
    for number in range(PAGES):
        page = document.new_page(width=595, height=842)
        if number % 10 == 5:
            page.insert_image(page.rect, stream=scan)
        elif number % 50 == 7:
            _draw_curves(page, number)
        else:
            page.insert_textbox(pymupdf.Rect(60, 60, 535, 780), f"Page {number + 1}. " + WORDS * 30, fontsize=9)
    document.save(path, deflate=True)
    document.close()
    return path


def _scan(document: pymupdf.Document) -> bytes:
    """A grey page of noise and lines at 150 dpi, as a JPEG of some hundred kilobytes."""
    page = document.new_page(width=595, height=842)
    page.insert_textbox(pymupdf.Rect(60, 60, 535, 780), WORDS * 40, fontsize=10)
    for y in range(40, 800, 7):
        page.draw_line((30, y), (565, y + 3), color=(0.8, 0.8, 0.78), width=0.3)
    data: bytes = page.get_pixmap(dpi=150).tobytes("jpeg")
    document.delete_page(-1)
    return data


def _draw_curves(page: pymupdf.Page, number: int) -> None:
    shape = page.new_shape()
    for step in range(900):
        x, y = (step * 37 + number) % 560, (step * 53) % 800
        shape.draw_bezier((x, y), (x + 80, y - 40), (x - 60, y + 90), (x + 30, y + 30))
    shape.finish(color=(0.1, 0.2, 0.5), width=0.4)
    shape.commit()


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


WORDS = (
    "The parties agree that whatever was said before this page is replaced by what stands on it, without exception. "
)

BENCHMARKS = (
    Benchmark("R1", "Scrolling: the heartbeat of the window", run_r1),
    Benchmark("R2", "Scrolling: blank pages", run_r2),
    Benchmark("M2", "Memory of the window's process", run_m2),
)
