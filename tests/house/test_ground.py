"""The ground the tests stand on does what it promises: noise, leftovers and ways out fail the test that made them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import CHECKOUT
from tests.support.network import NetworkRefused

CULPRITS = """
import logging, subprocess, threading, warnings
import pytest

def test_warns(): warnings.warn("hush")
def test_logs(): logging.getLogger("app.any").warning("loud")
def test_leaves_a_thread(): threading.Thread(target=threading.Event().wait, daemon=True).start()
def test_upsets_qt(qapp):
    from PySide6.QtCore import qWarning
    qWarning("hush")
def test_expects_the_line(caplog):
    logging.getLogger("app.any").warning("loud")
    caplog.clear()
@pytest.mark.display
def test_needs_a_screen(): raise AssertionError("there is none")
"""


def test_each_culprit_fails_by_itself(tmp_path: Path) -> None:
    (tmp_path / "test_culprits.py").write_text(CULPRITS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-c", str(CHECKOUT / "pyproject.toml")]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    answer = subprocess.run(
        [*command, str(tmp_path)], cwd=CHECKOUT, env=surroundings, capture_output=True, text=True, check=False
    )
    outcome = answer.stdout
    assert "FAILED" in outcome
    for culprit in ("warns", "upsets_qt"):
        assert f"::test_{culprit}" in "".join(line for line in outcome.splitlines() if line.startswith("FAILED"))
    for culprit in ("logs", "leaves_a_thread"):
        assert f"::test_{culprit}" in "".join(line for line in outcome.splitlines() if line.startswith("ERROR"))
    assert "2 failed, 3 passed, 1 skipped, 2 errors" in outcome


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "paraph.invalid"])
def test_nobody_but_this_machine_can_be_spoken_to(host: str) -> None:
    with pytest.raises(NetworkRefused):
        socket.create_connection((host, 80), timeout=1)


def test_this_machine_can_be_spoken_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_a_test_has_a_library_and_a_home_of_its_own(own_library: Path) -> None:
    assert os.environ["PARAPH_LIBRARY"] == str(own_library)
    assert not own_library.exists()
    assert Path.home() in own_library.parents
    assert Path.home().name.startswith("paraph-tests-")
