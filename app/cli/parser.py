"""The grammar of the command line."""

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from app import __version__
from app.cli.command import Command
from app.domain.errors import UsageError


class Parser(argparse.ArgumentParser):
    """Raises instead of ending the process, so that errors look alike with and without --json.

    `mixed`: options may stand between words of a list, as in `remote work get --out x.pdf id=1`.
    """

    mixed = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if not self.mixed:
            return super().parse_known_args(args, namespace)
        self.mixed = False
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.mixed = True

    def error(self, message: str) -> NoReturn:
        raise UsageError(problem=message)


def build(commands: Sequence[Command]) -> Parser:
    """The global options stand before or after the command, as people type them."""
    everywhere = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    _add_global(everywhere)
    parser = Parser(
        prog="paraph",
        description="Prepare, sign, seal and verify PDF documents on your own desk. Alone it opens the window.",
        argument_default=argparse.SUPPRESS,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"paraph {__version__}")
    _add_global(parser)
    listed = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)
    for command in commands:
        sub = listed.add_parser(
            command.name, help=command.help, description=command.help, parents=[everywhere], allow_abbrev=False
        )
        command.arguments(sub)
        sub.set_defaults(run=command.run)
    return parser


def _add_global(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--library", metavar="DIR", help="folder with database and files (or PARAPH_LIBRARY)")
    parser.add_argument("--json", action="store_true", help="one JSON value on stdout, errors as JSON on stderr")
    parser.add_argument("--quiet", action="store_true", help="say nothing that is not asked for")
