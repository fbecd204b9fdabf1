"""Remembers on which document children died, so that a deadly file is not opened for ever.

Robustness, "Isolation": after two deaths the file is quarantined. A file that was replaced counts afresh.
"""

import threading
from collections import Counter
from pathlib import Path
from typing import Final

from app.domain import errors

_DEATHS_ALLOWED: Final = 2

_Key = tuple[str, int, int]


class Quarantine:
    """Deaths by document, counted for as long as the program runs; shared by workers that should agree."""

    def __init__(self) -> None:
        self._deaths: Counter[_Key] = Counter()
        self._guard = threading.Lock()

    def admit(self, path: str | None) -> None:
        """Raise `errors.DocumentQuarantined` for a document that has killed its share."""
        if path is None:
            return
        with self._guard:
            deaths = self._deaths[_key(path)]
        if deaths >= _DEATHS_ALLOWED:
            raise errors.DocumentQuarantined(path=path)

    def count_death(self, path: str | None) -> None:
        if path is not None:
            with self._guard:
                self._deaths[_key(path)] += 1


def _key(path: str) -> _Key:
    try:
        status = Path(path).stat()
    except OSError:
        return path, 0, 0
    return path, status.st_size, status.st_mtime_ns
