"""One command: its arguments, and what it does with them."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.services.house import House


@dataclass(frozen=True)
class Answer:
    """`data` is printed with --json, `lines` without; `code` 1 where the answer is no."""

    data: Any
    lines: tuple[str, ...] = ()
    code: int = 0


@dataclass(frozen=True)
class Asked:
    """What a command may use: the parsed arguments, the house, and a way to show progress."""

    arguments: argparse.Namespace
    open_house: Callable[[], House]
    open_window: Callable[[str | None, Sequence[Path]], int]
    progress: Callable[[int, int], None]

    @property
    def house(self) -> House:
        """Opened at first use, so that a command that needs no library makes none."""
        return self.open_house()

    def __getattr__(self, name: str) -> Any:
        """An argument by its name; None when it was not given."""
        return getattr(self.arguments, name, None)


@dataclass(frozen=True)
class Command:
    """A word of the command line, what it takes, and what it does."""

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Asked], Answer]
