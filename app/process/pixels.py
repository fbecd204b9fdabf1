"""Pixels that a child writes and the parent shows, without a copy and without a pipe.

Both map the same file, kept in memory where the system can. A mapped file rather than
`multiprocessing.shared_memory`, whose tracker on Python 3.11 reports leaks that are none.
"""

import mmap
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final, cast

from app.process import scratch
from app.process.wire import Json

BYTES_PER_PIXEL: Final = 4

_PAGE: Final = mmap.ALLOCATIONGRANULARITY
_SEGMENT_BYTES: Final = 64 * 2**20
_OPEN_IN_CHILD: Final = 4


class Slot:
    """A piece of shared memory, ours until `release`; `view` must not be used afterwards."""

    def __init__(self, segment: "_Segment", start: int, size_bytes: int, slots: "PixelSlots") -> None:
        self._segment = segment
        self.start = start
        self.size_bytes = size_bytes
        self._slots: PixelSlots | None = slots

    @property
    def view(self) -> memoryview:
        return memoryview(self._segment.memory)[self.start : self.start + self.size_bytes]

    def reference(self) -> dict[str, Json]:
        """What the child needs to find it, see `open_slot`."""
        return {"file": str(self._segment.file), "start": self.start, "size": self.size_bytes}

    def shrink(self, size_bytes: int) -> None:
        """Keep only the first bytes; for a guess that was too large."""
        if self._slots and size_bytes < self.size_bytes:
            self.size_bytes = size_bytes
            self._slots.shorten(self._segment, self.start, size_bytes)

    def release(self) -> None:
        """Give the place back; a second call changes nothing."""
        slots, self._slots = self._slots, None
        if slots:
            slots.give_back(self._segment, self.start)


class _Segment:
    """One mapped file and the places taken in it, in order."""

    def __init__(self, file: Path, size_bytes: int) -> None:
        self.file = file
        with file.open("w+b") as handle:
            handle.truncate(size_bytes)
            self.memory = mmap.mmap(handle.fileno(), size_bytes)
        self.size_bytes = size_bytes
        self.taken: dict[int, int] = {}

    def place(self, size_bytes: int) -> int | None:
        """The first gap large enough, or None."""
        start = 0
        for taken_start in sorted(self.taken):
            if taken_start - start >= size_bytes:
                break
            start = taken_start + self.taken[taken_start]
        return start if start + size_bytes <= self.size_bytes else None


class PixelSlots:
    """Hands out slots of any size; grows by whole mapped files and gives empty ones back to the system."""

    def __init__(self) -> None:
        self._folder = scratch.make_folder(scratch.memory_root())
        self._segments: list[_Segment] = []
        self._made = 0
        self._guard = threading.Lock()

    @property
    def size_bytes(self) -> int:
        """Address space in use, as the sum of the mapped files."""
        with self._guard:
            return sum(segment.size_bytes for segment in self._segments)

    def take(self, size_bytes: int) -> Slot:
        """A slot of at least this size, with whatever the last user left in it."""
        rounded = _whole_pages(size_bytes)
        with self._guard:
            for segment in self._segments:
                start = segment.place(rounded)
                if start is not None:
                    break
            else:
                segment, start = self._grow(rounded), 0
            segment.taken[start] = rounded
        return Slot(segment, start, size_bytes, self)

    def shorten(self, segment: _Segment, start: int, size_bytes: int) -> None:
        """For `Slot.shrink`."""
        with self._guard:
            segment.taken[start] = _whole_pages(size_bytes)

    def give_back(self, segment: _Segment, start: int) -> None:
        """For `Slot.release`. The first segment stays: the next page would only fault its memory in again."""
        with self._guard:
            segment.taken.pop(start, None)
            if not segment.taken and segment in self._segments[1:]:
                self._segments.remove(segment)
                segment.file.unlink(missing_ok=True)

    def close(self) -> None:
        """Remove the files. Views that are still shown stay valid: the mapping ends with the last of them."""
        with self._guard:
            self._segments.clear()
            scratch.remove_folder(self._folder)

    def _grow(self, size_bytes: int) -> _Segment:
        self._made += 1
        segment = _Segment(self._folder / f"{self._made}.pixels", max(size_bytes, _SEGMENT_BYTES))
        self._segments.append(segment)
        return segment


class Pixels:
    """BGRX rows in shared memory, `stride` bytes apart; `scale` is what was drawn, in pixels per point.

    `buffer` may be shown without a copy (`QImage.Format_RGB32`) until `release`, which the owner calls once.
    """

    def __init__(self, width: int, height: int, scale: float, slot: Slot) -> None:
        self.width, self.height, self.scale = width, height, scale
        self.stride = width * BYTES_PER_PIXEL
        self._slot = slot

    @property
    def buffer(self) -> memoryview:
        return self._slot.view

    def release(self) -> None:
        """Give the memory back; nothing may show it afterwards."""
        self._slot.release()


def _whole_pages(size_bytes: int) -> int:
    return max(1, -(-size_bytes // _PAGE)) * _PAGE


_opened: OrderedDict[str, mmap.mmap] = OrderedDict()


def open_slot(reference: dict[str, Json]) -> memoryview:
    """In the child: the writable memory of a slot. Mappings are kept: a fresh one costs page faults."""
    file, start = str(reference["file"]), cast("int", reference["start"])
    memory = _opened.get(file)
    if memory is None:
        with Path(file).open("r+b") as handle:
            memory = _opened[file] = mmap.mmap(handle.fileno(), 0)
        while len(_opened) > _OPEN_IN_CHILD:
            _opened.popitem(last=False)
    _opened.move_to_end(file)
    return memoryview(memory)[start : start + cast("int", reference["size"])]
