"""Where the vault's passphrase waits between the person and the vault that asks for it."""

from __future__ import annotations

import os
from threading import Lock
from typing import Final

VARIABLE: Final = "PARAPH_PASSPHRASE"


class Keyhole:
    """Asked from any thread; never asks a person itself. What was typed is given out once for each opening of
    the vault and replaced when it was wrong."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._typed: str | None = None

    def put(self, passphrase: str | None) -> None:
        with self._guard:
            self._typed = passphrase

    def passphrase(self) -> str | None:
        """What was typed, else what the environment says, else None."""
        with self._guard:
            return self._typed or os.environ.get(VARIABLE)
