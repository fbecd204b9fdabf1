"""System packages: found, installed where allowed, named in one line where not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaging.conftest import Scripts, put

ALL_INSTALLED = 'shift 3; for name in "$@"; do echo "$name installed"; done'
NONE_INSTALLED = "exit 1"


@pytest.fixture
def nobody(scripts: Scripts, monkeypatch: pytest.MonkeyPatch) -> Scripts:
    monkeypatch.setattr(scripts.machine.os, "geteuid", lambda: 1000)
    return scripts


def test_a_machine_without_dpkg_is_asked_for_nothing(scripts: Scripts, tools: Path) -> None:
    assert scripts.machine.provide(scripts.machine.QT) == ""


def test_nothing_is_installed_where_all_is_there(scripts: Scripts, tools: Path) -> None:
    put(tools, "dpkg-query", ALL_INSTALLED)
    put(tools, "apt-get", f"touch {tools}/called")
    assert scripts.machine.provide(scripts.machine.QT) == ""
    assert not (tools / "called").exists()


def test_a_library_counts_under_its_newer_name_too(scripts: Scripts, tools: Path) -> None:
    put(tools, "dpkg-query", "echo 'libglib2.0-0t64 installed'; echo 'libgl1 config-files'")
    put(tools, "apt-get", "exit 1")
    assert scripts.machine._missing(["libglib2.0-0", "libgl1"]) == ["libgl1"]


def test_who_may_not_install_is_told_the_exact_command(
    nobody: Scripts, tools: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tools, "dpkg-query", NONE_INSTALLED)
    put(tools, "apt-get", f"touch {tools}/called")
    remedy = nobody.machine.provide(["libgl1", "libegl1"])
    assert remedy == "sudo apt-get install --no-install-recommends libgl1 libegl1"
    printed = capsys.readouterr().err.splitlines()
    assert len(printed) == 1
    assert printed[0].endswith(remedy)
    assert not (tools / "called").exists()


def test_a_sudo_that_would_ask_is_not_used(nobody: Scripts, tools: Path) -> None:
    put(tools, "dpkg-query", NONE_INSTALLED)
    put(tools, "apt-get", f"touch {tools}/called")
    put(tools, "sudo", "exit 1")
    assert nobody.machine.provide(["libgl1"])
    assert not (tools / "called").exists()


def test_a_sudo_that_does_not_ask_installs(nobody: Scripts, tools: Path) -> None:
    put(tools, "dpkg-query", NONE_INSTALLED)
    put(tools, "sudo", f'echo "$*" >> {tools}/log')
    put(tools, "apt-get", "exit 1")
    assert nobody.machine.provide(["libgl1"]) == ""
    _, update, install = (tools / "log").read_text().splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install --no-install-recommends --yes libgl1")


def test_an_apt_that_fails_is_quoted_and_the_set_up_goes_on(
    scripts: Scripts, tools: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scripts.machine.os, "geteuid", lambda: 0)
    put(tools, "dpkg-query", NONE_INSTALLED)
    put(tools, "env", 'shift; exec "$@"')
    put(tools, "apt-get", "echo 'E: no such package'; exit 100")
    assert scripts.machine.provide(["libgl1"])
    printed = capsys.readouterr().err
    assert "E: no such package" in printed
    assert "please run" in printed
