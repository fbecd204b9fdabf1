"""A second start hands its files to the first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from app.ui.instance import Instance

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.ui.instance import Instance
app = QCoreApplication([])
sys.exit(3 if Instance(Path(sys.argv[1])).claim([Path(name) for name in sys.argv[2:]]) else 0)
"""


def test_files_of_a_second_start_arrive_at_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = Instance(tmp_path)
    arrived: list[tuple[Path, ...]] = []
    first.files_arrived.connect(arrived.append)
    assert first.claim([])
    second = subprocess.Popen([sys.executable, "-c", SECOND, str(tmp_path), "/a/b.pdf"], cwd=Path(__file__).parents[2])
    qtbot.waitUntil(lambda: arrived == [(Path("/a/b.pdf"),)], timeout=20_000)
    assert second.wait(10) == 0
    first.close()


def test_another_library_has_a_program_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    first, other = Instance(tmp_path / "one"), Instance(tmp_path / "two")
    assert first.claim([])
    assert other.claim([])
    first.close()
    other.close()


def test_after_the_first_is_gone_the_next_is_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = Instance(tmp_path)
    assert first.claim([])
    first.close()
    second = Instance(tmp_path)
    assert second.claim([])
    second.close()


def test_what_is_no_list_of_paths_is_ignored(qtbot: QtBot, tmp_path: Path) -> None:
    first = Instance(tmp_path)
    arrived: list[tuple[Path, ...]] = []
    first.files_arrived.connect(arrived.append)
    assert first.claim([])
    for line in (b"{}\n", b"not json\n", b"[1, 2]\n"):
        caller = QLocalSocket()
        caller.connectToServer(first._name)
        assert caller.waitForConnected(1000)
        caller.write(line)
        caller.waitForBytesWritten(1000)
        qtbot.wait(30)
        caller.abort()
    assert arrived == []
    first.close()
