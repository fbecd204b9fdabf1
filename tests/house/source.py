"""The files of the checkout, read once: as text, and as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
APP = CHECKOUT / "app"
TEXTS = {".py", ".md", ".toml", ".lock", ".txt", ".sh", ".ini", ".cfg", ".json", ".desktop", ".xml", ""}


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(CHECKOUT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    def at(self, node: ast.AST) -> str:
        """The place of a node, as an editor takes it."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


def _sources() -> tuple[Source, ...]:
    return tuple(Source(path) for path in sorted(APP.rglob("*.py")))


SOURCES = _sources()


def own_texts() -> Iterator[Path]:
    """Everything people of this project wrote: code, prose, settings; not what resources brought along."""
    for folder in ("app", "tests", "packaging", ".ci"):
        yield from (path for path in sorted((CHECKOUT / folder).rglob("*")) if _is_text(path))
    yield from (CHECKOUT / "README.md", CHECKOUT / "pyproject.toml", CHECKOUT / ".gitignore")


def _is_text(path: Path) -> bool:
    return path.is_file() and path.suffix in TEXTS and "__pycache__" not in path.parts
