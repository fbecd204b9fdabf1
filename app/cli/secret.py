"""Secrets come from the environment or a prompt, never from an argument that others can read in the process list."""

import getpass
import os
import sys


def ask(prompt: str) -> str | None:
    """From `PARAPH_PASSPHRASE`, else typed on a terminal; None where there is neither."""
    given = os.environ.get("PARAPH_PASSPHRASE")
    if given is not None:
        return given
    return getpass.getpass(prompt) if sys.stdin is not None and sys.stdin.isatty() else None
