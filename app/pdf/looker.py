"""Looking at PDFs from the program's own process, which never loads MuPDF."""

from pathlib import Path
from typing import Final, Protocol

from app.codec import decode, encode
from app.domain.geometry import Rect
from app.pdf.inspection import FoundField, Hit, Inspection, OutlineEntry, PageText
from app.pdf.pixels import Frame
from app.pdf.printed import PageGuides
from app.process import Json, Limits, Pixels, PixelSlots, Pool

MODULE: Final = "app.pdf.jobs"

# A page of A4 at 150 % on a screen of today; a wrong guess costs one more question.
_FIRST_GUESS_BYTES: Final = 8 * 2**20


class Asked(Protocol):
    """A `Worker` or a `Pool`."""

    def call(self, job: str, payload: dict[str, Json], *, wall_s: float | None = None) -> Json: ...

    def start(self) -> None: ...

    def cancel(self) -> None: ...

    def close(self) -> None: ...


class Looker:
    """Inspects, draws and reads PDFs in child processes. Thread-safe; every method blocks.

    Raises `DocumentError`s only: what the file is (`NotADocument`, `DocumentDamaged`, `PasswordNeeded`, …)
    or what it did to its child (`DocumentTimedOut`, `DocumentCrashed`, `DocumentQuarantined`, …).
    """

    def __init__(self, workers: Asked, slots: PixelSlots | None = None) -> None:
        self._workers = workers
        self._slots = slots or PixelSlots()

    @classmethod
    def with_children(cls, count: int = 2, limits: Limits = Limits()) -> "Looker":  # noqa: B008 - frozen
        """Two children keep up with scrolling at 60 pages a second; one leaves 8 % of the pages blank."""
        return cls(Pool("looker", (MODULE,), count, limits))

    def start(self) -> None:
        """Begin to start the children; to be called after the first paint."""
        self._workers.start()

    def inspect(self, path: Path, password: str | None = None) -> Inspection:
        """What the file is. Without the password of a locked file: only that it needs one."""
        return decode(Inspection, self._ask("inspect", path, password))

    def render(
        self, path: Path, page: int, scale: float, clip: Rect | None = None, password: str | None = None
    ) -> Pixels:
        """A page (from 1), or the part of it in `clip`, at `scale` pixels per point, on white.

        At most 16 million pixels: beyond, the scale is lowered and told in the result. The caller releases it.
        """
        slot = self._slots.take(_FIRST_GUESS_BYTES)
        try:
            payload: dict[str, Json] = {"page": page, "scale": scale, "clip": encode(clip) if clip else None}
            frame = decode(Frame, self._ask("render", path, password, payload | {"slot": slot.reference()}))
            if frame.size_bytes > slot.size_bytes:
                slot.release()
                slot = self._slots.take(frame.size_bytes)
                self._ask("render", path, password, payload | {"slot": slot.reference()})
        except BaseException:
            slot.release()
            raise
        slot.shrink(frame.size_bytes)
        return Pixels(frame.width, frame.height, frame.scale, slot)

    def picture(
        self,
        path: Path,
        page: int,
        scale: float,
        out: Path,
        password: str | None = None,
        *,
        clip: Rect | None = None,
    ) -> tuple[int, int]:
        """A page, or the part of it in `clip`, as a PNG file; returns its width and height in pixels. Raises also
        `NotWritable`.
        """
        where = {"page": page, "scale": scale, "clip": encode(clip) if clip else None}
        payload: dict[str, Json] = {**where, "out": str(out.absolute())}
        return decode(tuple[int, int], self._ask("picture", path, password, payload))

    def text(self, path: Path, page: int, password: str | None = None) -> PageText:
        """The words of a page, in points as displayed."""
        return decode(PageText, self._ask("text", path, password, {"page": page}))

    def guides(self, path: Path, page: int, password: str | None = None) -> PageGuides:
        """What is printed there to align with; empty lists where the page is a picture."""
        return decode(PageGuides, self._ask("guides", path, password, {"page": page}))

    def outline(self, path: Path, password: str | None = None) -> tuple[OutlineEntry, ...]:
        """The file's own table of contents; empty where it has none."""
        return decode(tuple[OutlineEntry, ...], self._ask("outline", path, password))

    def skew(self, path: Path, page: int, password: str | None = None) -> float:
        """By how many degrees clockwise the page must be turned to stand straight; 0 where it does, or where
        nothing shows it.
        """
        return decode(float, self._ask("skew", path, password, {"page": page}))

    def search(self, path: Path, needle: str, first_page: int = 1, password: str | None = None) -> tuple[Hit, ...]:
        """Where a text stands, without regard to case, from a page to the end; at most 2,000 places."""
        payload: dict[str, Json] = {"needle": needle, "page": first_page}
        return decode(tuple[Hit, ...], self._ask("search", path, password, payload))

    def read_fields(self, path: Path, password: str | None = None) -> tuple[FoundField, ...]:
        """The fields of the file's own form."""
        return decode(tuple[FoundField, ...], self._ask("read_fields", path, password))

    def find_fields(self, path: Path, password: str | None = None, only: int | None = None) -> tuple[FoundField, ...]:
        """Form fields, tokens, and printed lines and boxes with a label, in this order; `only` on one page (from 1)."""
        return decode(tuple[FoundField, ...], self._ask("find_fields", path, password, {"only": only}))

    def cancel(self) -> None:
        """Kill what is under way; the waiting calls raise `Cancelled`."""
        self._workers.cancel()

    def close(self) -> None:
        """End the children and free the memory."""
        self._workers.close()
        self._slots.close()

    def _ask(self, job: str, path: Path, password: str | None, payload: dict[str, Json] | None = None) -> Json:
        # The child works in a folder of its own, where a relative path means nothing.
        asked: dict[str, Json] = {"path": str(path.absolute()), "password": password}
        return self._workers.call(f"{MODULE}:{job}", asked | (payload or {}))
