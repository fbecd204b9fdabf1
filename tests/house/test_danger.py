"""What no file of the program may do, read from its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.house.source import SOURCES, Source

REVIVERS = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "marshal", "shelve", "jsonpickle", "yaml"}
RUNNERS = {"eval", "exec", "compile", "__import__"}
SHELLS = {"system", "popen"}


def test_fault_34_nothing_revives_objects_or_runs_text() -> None:
    assert not _found(_revives)


def test_fault_33_no_archive_is_ever_unpacked() -> None:
    assert not _found(_unpacks)


def test_no_command_goes_through_a_shell() -> None:
    assert not _found(_shells)


def test_nothing_nests_an_event_loop_or_sleeps_in_the_window() -> None:
    window = [source for source in SOURCES if source.name.startswith(("app/ui/", "app/tasks/"))]
    assert not _found(_stalls, window)


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("import pickle", "revives"),
        ("from shelve import open", "revives"),
        ("x = eval('1')", "revives"),
        ("exec(code)", "revives"),
        ("import tarfile", "unpacks"),
        ("zipfile.ZipFile(path)", "unpacks"),
        ("zipfile.ZipFile(path, 'a')", "unpacks"),
        ("shutil.unpack_archive(path)", "unpacks"),
        ("import os\nos.system('ls')", "shells"),
        ("subprocess.run('ls', shell=True)", "shells"),
        ("app.processEvents()", "stalls"),
        ("QEventLoop().exec()", "stalls"),
        ("time.sleep(1)", "stalls"),
    ],
)
def test_the_rule_sees_what_it_forbids(code: str, rule: str) -> None:
    judge = {"revives": _revives, "unpacks": _unpacks, "shells": _shells, "stalls": _stalls}[rule]
    assert any(judge(node) for node in ast.walk(ast.parse(code)))


def _found(judge: Callable[[ast.AST], bool], sources: list[Source] | None = None) -> list[str]:
    chosen = SOURCES if sources is None else sources
    return [source.at(node) for source in chosen for node in ast.walk(source.tree) if judge(node)]


def _revives(node: ast.AST) -> bool:
    imported = any(name.partition(".")[0] in REVIVERS for name in _imported(node))
    return imported or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNNERS)


def _unpacks(node: ast.AST) -> bool:
    if any(name.partition(".")[0] == "tarfile" for name in _imported(node)):
        return True
    if not isinstance(node, ast.Call):
        return False
    called = ast.unparse(node.func)
    written = any(isinstance(word, ast.Constant) and word.value in ("w", "x") for word in node.args[1:2])
    return called.endswith("unpack_archive") or (called.endswith("ZipFile") and not written)


def _shells(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    through_os = isinstance(node.func, ast.Attribute) and ast.unparse(node.func) in {f"os.{s}" for s in SHELLS}
    return through_os or any(
        word.arg == "shell" and not (isinstance(word.value, ast.Constant) and word.value.value is False)
        for word in node.keywords
    )


def _stalls(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr == "processEvents":
        return True
    if isinstance(node, ast.Name) and node.id == "QEventLoop":
        return True
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "time.sleep"


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        yield node.module or ""
