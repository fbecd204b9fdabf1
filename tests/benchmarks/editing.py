"""`python -m tests.benchmarks.editing FIELDS:PAGES ...`: drags, marquees and undoes in an editor; prints what it told.

One line of JSON for each editor asked for, in rounds that take turns: `gaps` are the seconds between frames of a window
that means to show sixty a second while a hand works; `right` says that what was done is what is stored.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.geometry import PageGeometry, Rect
from app.domain.ids import FieldId
from app.tasks import TaskRunner
from app.ui.collecting import favour_the_hand
from tests.support.studios import LEFT, Bench, a_field, bench, dressed, keep_draft, move_over, paper_house, wait_for

FRAME_S = 1 / 60
STEPS = 40
ROUNDS = 5
HAND = Rect(20, 20, 120, 22)


class Heart:
    """Beats sixty times a second, or later where the window was busy."""

    def __init__(self, made: Bench) -> None:
        self._made, self._last = made, time.perf_counter()
        self.gaps: list[float] = []

    def rest(self) -> None:
        """What comes before the next stroke is not measured."""
        QApplication.processEvents()
        self._last = time.perf_counter()

    def beat(self) -> None:
        self._made.viewport.repaint()
        QApplication.processEvents()
        due = self._last + FRAME_S
        while (left := due - time.perf_counter()) > 0:
            time.sleep(left)
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now


def main() -> None:
    app = QApplication([])
    dressed(app)
    favour_the_hand()
    with ExitStack() as stack:
        editors = [_editor(stack, *map(int, wish.split(":"))) for wish in sys.argv[1:]]
        told: list[dict[str, object]] = [{"gaps": [], "right": True} for _ in editors]
        for _ in range(ROUNDS):
            for number, made in enumerate(editors):
                heart = Heart(made)
                right = _drag(made, heart) & _marquee(made, heart) & _undo(made, heart)
                told[number]["gaps"] += heart.gaps  # type: ignore[operator]
                told[number]["right"] = bool(told[number]["right"]) and right
        for each in told:
            print(json.dumps(each))


def _editor(stack: ExitStack, fields: int, pages: int) -> Bench:
    """The hand's own field on page 1, the others spread over all pages in rows."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    house = stack.enter_context(paper_house(folder / "library"))
    runner = TaskRunner(_bug)
    stack.callback(runner.close)
    others = tuple(
        a_field(f"f{n}", Rect(60 + n // pages % 3 * 170, 100 + n // pages // 3 * 90, 140, 24), page=1 + n % pages)
        for n in range(fields - 1)
    )
    draft = keep_draft(
        house, pages=(PageGeometry(0, 0, 595, 842),) * pages, fields=(a_field("hand", HAND), *others)
    )  # fmt: skip
    made = stack.enter_context(bench(house, draft, runner))
    wait_for(lambda: made.studio.view.is_settled, 30)
    return made


def _drag(made: Bench, heart: Heart) -> bool:
    """Across the page and back up, with everything that snaps."""
    before = made.field("hand").rect
    start = made.at(before.center.x, before.center.y)
    heart.rest()
    QTest.mousePress(made.viewport, LEFT, pos=start)
    for at in _path(start, made.at(420, 560)):
        move_over(made.viewport, at, button=LEFT)
        heart.beat()
    QTest.mouseRelease(made.viewport, LEFT, pos=made.at(420, 560))
    heart.beat()
    return made.field("hand").rect != before


def _marquee(made: Bench, heart: Heart) -> bool:
    """Drawn to the left, so that whatever it touches is chosen."""
    start, end = made.at(590, 610), made.at(5, 5)
    made.studio.draft.select(())
    heart.rest()
    QTest.mousePress(made.viewport, LEFT, pos=start)
    for at in _path(start, end):
        move_over(made.viewport, at, button=LEFT)
        heart.beat()
    QTest.mouseRelease(made.viewport, LEFT, pos=end)
    heart.beat()
    return FieldId("hand") in made.studio.draft.selection


def _undo(made: Bench, heart: Heart) -> bool:
    """Eleven nudges taken back and done again, and the drag at last."""
    made.studio.draft.select([FieldId("hand")])
    start = made.field("hand").rect
    for _ in range(11):
        made.key(Qt.Key.Key_Right)
        made.studio.draft.end_merging()
    moved = made.field("hand").rect
    heart.rest()
    for action in ["edit.undo"] * 11 + ["edit.redo"] * 11 + ["edit.undo"] * 12:
        made.do(action)
        heart.beat()
    wait_for(lambda: made.page._keeper is not None and made.page._keeper.is_done, 30)
    return moved.x > start.x and made.field("hand").rect == HAND == made.stored.field(FieldId("hand")).rect


def _bug(error: Exception) -> None:
    raise error


def _path(start: QPoint, end: QPoint) -> Iterator[QPoint]:
    for step in range(1, STEPS + 1):
        yield start + (end - start) * step / STEPS


if __name__ == "__main__":
    main()
