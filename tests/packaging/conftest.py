"""The scripts of the set-up, imported as `dev.py` imports them, working on a checkout of the test's own."""

from __future__ import annotations

import importlib
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
NAMES = ("ground", "machine", "libraries", "screen", "dev")


@dataclass(frozen=True)
class Scripts:
    """The modules, and the small checkout they believe to stand in."""

    checkout: Path
    ground: ModuleType
    machine: ModuleType
    libraries: ModuleType
    screen: ModuleType
    dev: ModuleType


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Scripts:
    shutil.copytree(PACKAGING, tmp_path / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PACKAGING.parent / "pyproject.toml", tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path / "packaging"))
    for name in NAMES:
        monkeypatch.delitem(sys.modules, name, raising=False)
    modules = {name: importlib.import_module(name) for name in NAMES}
    for name in NAMES:
        # Registered with the test, so that they vanish from the table of modules with it.
        monkeypatch.setitem(sys.modules, name, sys.modules.pop(name))
    return Scripts(tmp_path, **modules)


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder that is the whole PATH: a program exists if the test puts it there."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def put(folder: Path, name: str, script: str) -> None:
    """A program, written in the shell's language."""
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
