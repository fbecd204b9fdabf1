"""gui: the window."""

from argparse import ArgumentParser
from pathlib import Path

from app.cli.command import Answer, Asked, Command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="documents to begin with")


def _run(asked: Asked) -> Answer:
    return Answer(None, (), asked.open_window(asked.library, asked.files))


GUI = Command("gui", "open the window, with these files", _arguments, _run)
