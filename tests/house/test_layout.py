"""Where things stand, and how large they may grow."""

from __future__ import annotations

import ast
import tomllib

from tests.house.source import APP, CHECKOUT, SOURCES

TOP_LEVEL = {"pyproject.toml", "README.md", "app", "resources", "tests", "packaging"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 40


def test_nothing_stands_at_the_top_that_does_not_belong_there() -> None:
    visible = {path.name for path in CHECKOUT.iterdir() if not path.name.startswith(".")}
    assert visible <= TOP_LEVEL, f"not of this house: {visible - TOP_LEVEL}"
    assert visible >= TOP_LEVEL, f"missing: {TOP_LEVEL - visible}"


def test_every_room_is_there_and_no_other() -> None:
    present = {path.stem for path in APP.iterdir() if path.name not in ("__init__.py", "__pycache__")}
    assert present == _rooms()


def test_the_folder_called_packaging_is_no_python_package() -> None:
    assert not (CHECKOUT / "packaging" / "__init__.py").exists(), "it would hide the library of the same name"


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = {source.name: lines for source in SOURCES if (lines := source.text.count("\n")) > LONGEST_FILE}
    assert not long


def test_a_function_fits_a_hand() -> None:
    long = [
        f"{source.at(node)} {node.name}"
        for source in SOURCES
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long


def _rooms() -> set[str]:
    """The contract of the house names every room, so it is the list of them."""
    ground = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    (house,) = [each for each in ground["tool"]["importlinter"]["contracts"] if each["id"] == "house"]
    return {room.strip() for layer in house["layers"] for room in layer.split("|")}
