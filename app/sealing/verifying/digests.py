"""Digests over many ranges of one file in about one pass.

Signatures of one file all start at its first byte, so the state after the longest common beginning is kept and
copied: four signatures and the file's own SHA-256 cost one reading instead of five.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

from app.sealing.verifying.raw import ByteRange

SUPPORTED: Final = frozenset({"sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"})


class Digests:
    """Digests of parts of `data`, each algorithm with its own running state."""

    def __init__(self, data: bytes) -> None:
        self._view = memoryview(data)
        self._states: dict[str, list[tuple[int, Any]]] = {}

    def whole(self, algorithm: str = "sha256") -> bytes:
        return bytes(self._at(algorithm, len(self._view)).digest())

    def covered(self, algorithm: str, covered: ByteRange) -> bytes:
        """Of what the signature covers: everything up to its end but the hole."""
        state = self._at(algorithm, covered.before)
        state.update(self._view[covered.resume : covered.end])
        return bytes(state.digest())

    def growing(self, algorithm: str, before: int, resume: int, ends: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Of one beginning and hole with each of several ends, ascending; each byte is read once."""
        state, at = self._at(algorithm, before), resume
        for end in ends:
            state.update(self._view[at:end])
            at = end
            yield end, bytes(state.digest())

    def _at(self, algorithm: str, end: int) -> Any:
        """A copy of the state after the first `end` bytes, from the nearest one kept."""
        kept = self._states.setdefault(algorithm, [(0, hashlib.new(algorithm, usedforsecurity=False))])
        start, state = max((pair for pair in kept if pair[0] <= end), key=lambda pair: pair[0])
        state = state.copy()
        state.update(self._view[start:end])
        kept.append((end, state.copy()))
        return state
