"""Few libraries, each with its reason, each pinned where it has broken us before, all locked alike."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.source import CHECKOUT

MOST = 14
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-check.lock")
GROUND = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(GROUND)
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


def _listed(table: str) -> list[str]:
    """The lines of a list of pyproject.toml, comments and all."""
    _, _, rest = GROUND.partition(f"\n{table} = [\n")
    return rest.partition("\n]")[0].splitlines()


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=;~! ]", requirement, maxsplit=1)[0].lower()


def _pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((CHECKOUT / "packaging" / lock).read_text(encoding="utf-8")))


def test_there_are_few_libraries_beside_us() -> None:
    assert len(PROJECT["project"]["dependencies"]) <= MOST


@pytest.mark.parametrize("table", ["dependencies", *PROJECT["dependency-groups"]])
def test_each_library_says_what_it_is_for(table: str) -> None:
    lines = _listed(table)
    assert lines
    assert not [line for line in lines if not re.search(r'",? *# \w+.{5,}', line)]


@pytest.mark.parametrize("library", ["pymupdf", "pyhanko", "pyside6-essentials"])
def test_what_broke_its_interface_before_has_an_upper_bound(library: str) -> None:
    (requirement,) = [each for each in PROJECT["project"]["dependencies"] if _name(each) == library]
    assert ",<" in requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_every_direct_library_with_hashes(lock: str) -> None:
    pins = _pins(lock)
    assert {_name(each) for each in PROJECT["project"]["dependencies"]} <= pins.keys()
    text = (CHECKOUT / "packaging" / lock).read_text(encoding="utf-8")
    assert text.count("--hash=sha256:") >= len(pins)


def test_the_locks_agree_with_each_other() -> None:
    run, test, check = (_pins(lock).items() for lock in LOCKS)
    assert run <= test <= check


def test_every_library_we_install_is_named_with_its_licence() -> None:
    notices = (CHECKOUT / "resources" / "licences" / "THIRD-PARTY.md").read_text(encoding="utf-8")
    silent = [name for name, version in _pins(LOCKS[0]).items() if f"| {name} | {version} | " not in notices]
    assert not silent


def test_the_command_and_the_distribution_are_called_paraph() -> None:
    project = PROJECT["project"]
    assert project["name"] == "paraph"
    assert project["scripts"] == {"paraph": "app.__main__:main"}
    assert project["license"] == "AGPL-3.0-or-later"
