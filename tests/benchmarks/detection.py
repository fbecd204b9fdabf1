"""`python -m tests.benchmarks.detection [FOLDER]`: how well places to fill are found, as a table.

On the forms of our own making, whose truth is known: recall and precision by language, kind and layout, and every
mistake. On a folder of documents (PARAPH_CORPUS, or the corpus beside the checkout): what is found where, to look at.
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from app.domain import errors
from app.pdf import Looker, Source
from tests.support.forms import Form, forms
from tests.support.scoring import Scores, score

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLES = 40


def main(argv: list[str]) -> int:
    folder = Path(argv[0] if argv else os.environ.get("PARAPH_CORPUS") or CHECKOUT.parent / "shared" / "corpus")
    looker = Looker.with_children(1)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            show(measured(looker, Path(scratch)))
        if folder.is_dir():
            show_corpus(looker, folder)
        else:
            print(f"\nno corpus at {folder}")
    finally:
        looker.close()
    return 0


def measured(looker: Looker, scratch: Path) -> Scores:
    """Through the child, as the program does it."""

    def find(form: Form) -> tuple[object, ...]:
        path = scratch / f"{form.name}.pdf"
        path.write_bytes(form.data)
        return looker.find_fields(path)

    return score(forms(), find)  # type: ignore[arg-type]


def show(scores: Scores) -> None:
    print(f"{'':<28} {'asked':>6} {'found':>6} {'wrong':>6} {'recall':>7} {'precision':>9}")
    for (sort, name), one in sorted(scores.by.items()):
        print(_line(f"{sort} {name}", one.hit + one.missed, one.hit, one.wrong, one.recall, one.precision))
    total = scores.total
    print(_line("all", total.hit + total.missed, total.hit, total.wrong, total.recall, total.precision))
    print("\n".join(scores.mistakes))


def _line(name: str, asked: int, found: int, wrong: int, recall: float, precision: float) -> str:
    return f"{name:<28} {asked:6} {found:6} {wrong:6} {recall:7.3f} {precision:9.3f}"


def show_corpus(looker: Looker, folder: Path) -> None:
    """Nobody has said what these ask for: the finds are printed to be looked at."""
    sources: Counter[str] = Counter()
    samples = []
    files = sorted(folder.rglob("*.pdf"))
    for path in files:
        try:
            found = looker.find_fields(path)
        except errors.DocumentError:
            sources["refused files"] += 1
            continue
        sources.update(str(one.source) for one in found)
        printed = [one for one in found if one.source is Source.DETECTED]
        samples += [f"{path.name[:44]:<44} p{one.page} {one.kind:<10} {one.label[:40]!r}" for one in printed]
    print(f"\n{len(files)} documents of the corpus: " + ", ".join(f"{n} {what}" for what, n in sources.most_common()))
    print("\n".join(samples[:SAMPLES]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
