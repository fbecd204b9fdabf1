"""F: finding places to fill on forms with known truth, and how long the editor waits for what it snaps to."""

from collections.abc import Sequence
from itertools import count

import pymupdf

from app.pdf import Looker
from tests.benchmarks.detection import measured
from tests.benchmarks.harness import Benchmark, Goal, Row, Workbench
from tests.support.forms import forms

PAGES = 150
ROUNDS = 30


def run_f1(bench: Workbench) -> Sequence[Row]:
    """The table with every mistake: `python -m tests.benchmarks.detection`."""
    looker = Looker.with_children(1)
    try:
        scores = measured(looker, bench.folder)
    finally:
        looker.close()
    bench.note(f"{scores.total.hit} found, {scores.total.missed} missed, {scores.total.wrong} wrong")
    return (
        Row("precision", Goal.at_least(0.97), scores.total.precision, ""),
        Row("recall", Goal.at_least(0.85), scores.total.recall, ""),
    )


def run_f2(bench: Workbench) -> Sequence[Row]:
    """Through the child and back, beside PyMuPDF's own words, drawings and tables of the same page in this process.

    Every page is asked for once, so that nothing is remembered.
    """
    pymupdf.no_recommend_layout()
    whole = pymupdf.open()
    for _, form in zip(range(PAGES), forms(), strict=False):
        with pymupdf.open("pdf", form.data) as one:
            whole.insert_pdf(one)
    path = bench.folder / "forms.pdf"
    whole.save(path)
    looker, asked, peers = Looker.with_children(1), count(1), count(0)
    try:
        looker.guides(path, PAGES)
        ours, theirs = bench.interleave(
            lambda: looker.guides(path, next(asked)), lambda: _by_pymupdf(whole[next(peers)]), rounds=ROUNDS
        )
    finally:
        looker.close()
    bench.note(f"{ours.median * 1000:.1f} ms, at most {ours.max * 1000:.1f} ms; PyMuPDF {theirs.median * 1000:.1f} ms")
    return (Row("guides of a page", Goal.at_most(0.5), ours.ratio_to(theirs)),)


def _by_pymupdf(page: pymupdf.Page) -> int:
    return len(page.get_text("words")) + len(page.get_drawings()) + len(page.find_tables().tables)


BENCHMARKS = (
    Benchmark("F1", "Finding places to fill", run_f1),
    Benchmark("F2", "Guides to snap to", run_f2),
)
