"""Secrets come from the environment or a prompt, never from an argument that others can read in the process list."""

import getpass
import os
import sys

from app.domain.errors import Cancelled, UsageError

LONGEST = 1 << 16


def ask(prompt: str) -> str | None:
    """From `PARAPH_PASSPHRASE`, else typed on a terminal; None where there is neither."""
    given = os.environ.get("PARAPH_PASSPHRASE")
    if given is not None:
        return given
    return getpass.getpass(prompt) if sys.stdin is not None and sys.stdin.isatty() else None


def for_account(*, from_stdin: bool) -> str:
    """A key or token: all of standard input where it was said so, else typed on a terminal. Raises `UsageError`."""
    if from_stdin and sys.stdin is not None and not sys.stdin.isatty():
        try:
            return sys.stdin.read(LONGEST)
        except UnicodeDecodeError:
            raise UsageError(problem="standard input holds no text") from None
    if sys.stdin is not None and sys.stdin.isatty():
        try:
            return getpass.getpass("Key or token of the account: ")
        except EOFError:
            raise Cancelled from None
    raise UsageError(problem="the key or token comes from standard input, with --secret-stdin, or from a terminal")
