"""One table of colours: what is not in it cannot be light and dark."""

from __future__ import annotations

import ast
import re

from tests.house.source import SOURCES, Source

HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
THEME = ("app/ui/theme",)


def _literals(source: Source) -> list[str]:
    return [source.at(node) for node in ast.walk(source.tree) if _is_colour(node)]


def _is_colour(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(HEX.fullmatch(node.value.strip()))
    if isinstance(node, ast.Attribute):
        return ast.unparse(node).startswith("Qt.GlobalColor.") and node.attr != "transparent"
    if not isinstance(node, ast.Call) or ast.unparse(node.func).rpartition(".")[2] not in ("QColor", "QRgb"):
        return False
    return any(isinstance(given, ast.Constant) for given in node.args)


def test_no_colour_stands_outside_the_table_of_the_theme() -> None:
    window = [source for source in SOURCES if source.name.startswith("app/ui/")]
    painted = [place for source in window if not source.name.startswith(THEME) for place in _literals(source)]
    assert window
    assert not painted


def test_the_rule_sees_a_colour() -> None:
    for code in ("'#fff'", "QColor('red')", "QtGui.QColor(1, 2, 3)", "Qt.GlobalColor.red"):
        assert any(_is_colour(node) for node in ast.walk(ast.parse(code))), code
    for code in ("'# heading'", "QColor(token)", "Qt.GlobalColor.transparent"):
        assert not any(_is_colour(node) for node in ast.walk(ast.parse(code))), code
