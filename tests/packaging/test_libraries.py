"""`.venv`: made once, made again when the ground has changed, and by one process at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import Scripts

HOLD = "import ground, sys\nwith ground.only_one_at_a_time():\n    print('held', flush=True)\n    sys.stdin.read()"


@pytest.fixture
def installed(scripts: Scripts, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What pip would have been asked; the environment is taken for made."""
    asked: list[str] = []
    scripts.ground.PYTHON.parent.mkdir(parents=True)
    scripts.ground.PYTHON.touch()
    monkeypatch.setattr(scripts.libraries, "_make_venv", lambda: None)
    monkeypatch.setattr(scripts.libraries, "_pip", lambda *words: asked.append(" ".join(words)))
    return asked


def test_libraries_come_from_the_lock_with_hashes_and_nothing_else(scripts: Scripts, installed: list[str]) -> None:
    scripts.libraries.provide(scripts.libraries.RUN)
    libraries, ourselves = installed
    lock = scripts.checkout / "packaging" / "requirements.lock"
    assert libraries == f"--require-hashes --no-deps --requirement {lock}"
    assert ourselves == f"--no-deps --no-build-isolation --editable {scripts.checkout}"


def test_a_second_start_installs_nothing(scripts: Scripts, installed: list[str]) -> None:
    scripts.libraries.provide(scripts.libraries.TEST)
    first = list(installed)
    scripts.libraries.provide(scripts.libraries.TEST)
    scripts.libraries.provide(scripts.libraries.RUN)
    assert installed == first


def test_a_command_that_needs_more_gets_more(scripts: Scripts, installed: list[str]) -> None:
    scripts.libraries.provide(scripts.libraries.RUN)
    scripts.libraries.provide(scripts.libraries.CHECK)
    assert "requirements-check.lock" in installed[2]


@pytest.mark.parametrize("name", ["pyproject.toml", "packaging/requirements.lock", "packaging/dev.py"])
def test_changed_ground_is_built_on_again(scripts: Scripts, installed: list[str], name: str) -> None:
    scripts.libraries.provide(scripts.libraries.RUN)
    with (scripts.checkout / name).open("a") as file:
        file.write("\n# changed\n")
    scripts.libraries.provide(scripts.libraries.RUN)
    assert len(installed) == 4


def test_an_interrupted_installation_is_done_again(scripts: Scripts, installed: list[str]) -> None:
    scripts.libraries.STAMP.write_text("half a li")
    scripts.libraries.provide(scripts.libraries.RUN)
    assert len(installed) == 2


def test_two_starts_at_once_wait_for_each_other(scripts: Scripts) -> None:
    import fcntl

    command = [sys.executable, "-c", HOLD]
    folder = scripts.checkout / "packaging"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=folder, **pipes) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with (scripts.checkout / ".venv.lock").open("a+b") as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        other.communicate()
    with scripts.ground.only_one_at_a_time():
        assert Path(scripts.checkout / ".venv.lock").exists()
