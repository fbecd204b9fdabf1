"""Heads of trails as they were countersigned, in one chain over the whole library: `anchors.log`.

Each line names an envelope, where its trail stood, and the SHA-256 over the line before and this one. The vault keeps
the end of it: a library that was put back to an earlier day has a shorter log than the vault remembers, or another one.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.audit import ROOT, Head
from app.domain.canonical import fingerprint
from app.domain.ids import EnvelopeId, Sha256

FILE = "anchors.log"


@dataclass(frozen=True, slots=True)
class Anchor:
    """One line: the `number`-th head of this library, counted from 1."""

    number: int
    envelope: EnvelopeId
    head: Head
    sha256: Sha256

    @property
    def line(self) -> str:
        return f"{self.number} {self.envelope} {self.head.count} {self.head.sha256} {self.sha256}\n"


class Anchors:
    """The log of one library. Appending is done inside the writer's lock of the database."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def append(self, envelope: EnvelopeId, head: Head) -> Anchor:
        """On the disk when it returns."""
        last = self.end()
        anchor = _after(last, envelope, head)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="ascii") as file:
            # A line that a power cut left unfinished counts for nothing: the next begins on a line of its own.
            if self._torn():
                file.write("\n")
            file.write(anchor.line)
            file.flush()
            os.fsync(file.fileno())
        return anchor

    def all(self) -> Iterator[Anchor]:
        """As far as the chain holds; what follows a broken line is not believed."""
        last: Anchor | None = None
        for text in self._lines():
            found = _parsed(text)
            if found is None:
                continue
            if found != _after(last, found.envelope, found.head):
                return
            yield found
            last = found

    def end(self) -> Anchor | None:
        """The newest."""
        last = None
        for last in self.all():  # noqa: B007 - the last one is wanted
            pass
        return last

    def _lines(self) -> list[str]:
        try:
            return self._path.read_text("ascii", errors="replace").split("\n")
        except FileNotFoundError:
            return []

    def _torn(self) -> bool:
        return self._path.stat().st_size > 0 and not self._path.read_bytes().endswith(b"\n")


def _after(last: Anchor | None, envelope: EnvelopeId, head: Head) -> Anchor:
    number, before = (last.number + 1, last.sha256) if last else (1, ROOT)
    text = f"{before} {number} {envelope} {head.count} {head.sha256}"
    return Anchor(number, envelope, head, fingerprint(text.encode("ascii")))


def _parsed(text: str) -> Anchor | None:
    parts = text.split(" ")
    if len(parts) != 5 or not (parts[0].isdecimal() and parts[2].isdecimal()):
        return None
    head = Head(int(parts[2]), Sha256(parts[3]))
    return Anchor(int(parts[0]), EnvelopeId(parts[1]), head, Sha256(parts[4]))
