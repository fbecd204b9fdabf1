"""The ground of every test: a home of its own, no screen, no network, no noise and nothing left behind.

A warning, a message of Qt, a line of our log at warning or above, a thread or a child process that outlives
its test: each fails the test that caused it. A test that expects a log line takes `caplog` and clears it.
"""

from __future__ import annotations

import itertools
import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Set
from pathlib import Path

import hypothesis
import pytest

from tests.support.network import refuse_network

CHECKOUT = Path(__file__).resolve().parents[1]
GRACE_S = 3.0
# What a person may have set for themselves and a test must not see.
FOREIGN = ("PARAPH_PASSPHRASE", "LANGUAGE", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME")

hypothesis.settings.register_profile(
    "paraph", deadline=None, derandomize=True, database=None, print_blob=False, max_examples=60
)
hypothesis.settings.load_profile("paraph")

_home = Path(tempfile.mkdtemp(prefix="paraph-tests-"))
_numbers = itertools.count()


def pytest_configure(config: pytest.Config) -> None:
    """Before anything of ours is imported: a module may read its surroundings only once. What a shell runs in the
    background hears no interrupt, nor do its children; ours must.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("XAUTHORITY", str(Path.home() / ".Xauthority"))
    os.environ.update(_surroundings(_home))
    for name in FOREIGN:
        os.environ.pop(name, None)
    time.tzset()
    refuse_network(socket)


def pytest_unconfigure(config: pytest.Config) -> None:
    _empty_clipboard()
    shutil.rmtree(_home, ignore_errors=True)


def _empty_clipboard() -> None:
    """Qt's offscreen platform crashes at the end of the process over what is left in its clipboard."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("display") and (
        os.environ["QT_QPA_PLATFORM"] == "offscreen" or not os.environ.get("DISPLAY")
    ):
        pytest.skip("needs an X screen: `python3 packaging/dev.py test` brings one")


def _surroundings(home: Path) -> dict[str, str]:
    """Where a platform keeps a person's things, all below `home`; one time zone, one language, no secrets."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    return {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_RUNTIME_DIR": str(runtime),
        "PARAPH_LIBRARY": str(home / "library"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture(autouse=True)
def own_library(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test finds an empty library where a new user would have one; its folder is not made yet."""
    folder = _home / f"library-{next(_numbers)}"
    monkeypatch.setenv("PARAPH_LIBRARY", str(folder))
    return folder


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    loud = [
        record.getMessage()
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING and record.name.partition(".")[0] in ("app", "paraph")
    ]
    assert not loud, f"the test was noisy: {loud}"


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    threads, children = _threads(), _children()
    yield
    _expect_none("threads outlived the test", lambda: _threads() - threads)
    _expect_none("child processes outlived the test", lambda: _children() - children)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The trial documents: PARAPH_CORPUS, or `../shared/corpus` beside the checkout."""
    folder = Path(os.environ.get("PARAPH_CORPUS") or CHECKOUT.parent / "shared" / "corpus")
    if not folder.is_dir():
        pytest.skip("no corpus here: PARAPH_CORPUS names its folder")
    return folder


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["paraph"]


def _threads() -> set[threading.Thread]:
    """Of Python. Qt's own appear as dummies once they ran Python code, and stay in the list when dead."""
    return {each for each in threading.enumerate() if not isinstance(each, threading._DummyThread)}


def _children() -> set[str]:
    """Of every thread of this process, zombies too; Linux only, elsewhere the set is empty."""
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        return set()
    found: set[str] = set()
    for task in tasks.iterdir():
        try:
            found.update((task / "children").read_text().split())
        except OSError:
            # The thread ended between being listed and being asked.
            continue
    return found


def _expect_none(what: str, left: Callable[[], Set[object]]) -> None:
    """Ending takes a moment, so the answer is awaited, but not for ever."""
    deadline = time.monotonic() + GRACE_S
    while (remaining := left()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not remaining, f"{what}: {remaining}"
