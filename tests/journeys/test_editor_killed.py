"""kill -9 in the middle of editing: at most the last second is lost, and the envelope is whole (faults 35 and 36)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.clock import Clock
from app.domain.ids import EnvelopeId
from app.store import Library

CHECKOUT = Path(__file__).parents[2]
WORK = """
import sys, time
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app.domain.geometry import Rect
from app.domain.ids import FieldId
from app.tasks import TaskRunner
from tests.support.studios import a_field, bench, dressed, keep_draft, paper_house

def bug(error):
    raise error

app = QApplication([])
dressed(app)
with paper_house(Path(sys.argv[1])) as house:
    envelope = keep_draft(house, fields=(a_field("a", Rect(10, 100, 160, 24)),))
    with bench(house, envelope, TaskRunner(bug)) as made:
        made.studio.draft.select([FieldId("a")])
        print(envelope, flush=True)
        while True:
            made.key(Qt.Key.Key_Right if made.field("a").rect.x < 400 else Qt.Key.Key_Left)
            made.studio.draft.end_merging()
            print(time.time(), made.field("a").rect.x, flush=True)
            QTest.qWait(20)
"""


@pytest.mark.parametrize("moment", range(3))
def test_a_killed_editor_loses_no_more_than_the_last_second(moment: int, tmp_path: Path) -> None:
    library = tmp_path / "library"
    child = subprocess.Popen(
        [sys.executable, "-c", WORK, str(library)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert child.stdout is not None
    envelope = EnvelopeId(child.stdout.readline().strip())
    time.sleep(random.Random(moment).uniform(0.6, 1.6))
    child.send_signal(signal.SIGKILL)
    killed = time.time()
    told = [line.split() for line in child.communicate(timeout=20)[0].splitlines() if line.count(" ") == 1]
    assert len(told) > 5, "the editor had no time to work"
    opened = Library.open(library, None, Clock().now)
    try:
        kept = opened.envelope(envelope).fields[0].rect.x
    finally:
        opened.close()
    recent = {float(x) for at, x in told if killed - float(at) <= 1.0}
    assert kept in recent, f"{kept} is older than a second: {sorted(recent)}"
