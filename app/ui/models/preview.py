"""One envelope at a glance: its first page, its people, its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.domain import routing
from app.domain.changes import Changes
from app.domain.envelope import Document, Envelope, EnvelopeStatus
from app.domain.level import Level
from app.services import reading
from app.services.house import House
from app.tasks import Handle, OnError, Report, Runner
from app.ui.action import Need
from app.ui.models.pictures import Pixels, picture

if TYPE_CHECKING:
    from app.services.auditing import Line
    from app.services.overseeing import There

OF_ENVELOPES = (Need.ENVELOPE, Need.DRAFT, Need.OUT, Need.SIGNABLE, Need.SEALED, Need.HANDABLE)
"""Not met while nothing is chosen."""
THUMBNAIL_HEIGHT = 260
"""Logical pixels."""


@dataclass(frozen=True)
class Seals:
    """What is said of the seals' level, empty before there is one; `lower` are those a person may be content with."""

    told: str = ""
    lower: tuple[Level, ...] = ()


@dataclass(frozen=True)
class Glance:
    """What the preview shows, read in one go."""

    envelope: Envelope
    history: tuple[Line, ...]
    times: tuple[str, ...] = ()
    seals: Seals = Seals()
    there: There | None = None


class Glances(Protocol):
    """Called off the window's thread."""

    def glance(self, envelope: str) -> Glance: ...

    def first_page(self, document: Document, height_px: float) -> Pixels: ...


class LibraryGlances:
    """The real one. What draws pages and words events is read with the first glance: the list comes before it."""

    def __init__(self, house: House) -> None:
        self._house = house

    def glance(self, envelope: str) -> Glance:
        from app.services import auditing, lasting, overseeing, timestamping

        found = reading.envelope(self._house, envelope)
        times = timestamping.told(self._house, envelope)
        seals = Seals(lasting.told(self._house, envelope, window=True), lasting.standing(self._house, envelope).lower)
        there = overseeing.there(self._house, found) if found.remote is not None else None
        return Glance(found, auditing.timeline(self._house, envelope), times, seals, there)

    def first_page(self, document: Document, height_px: float) -> Pixels:
        from app.services import viewing

        scale = height_px / max(1.0, document.pages[0].size.height)
        return viewing.page_image(self._house, document.latest, 1, scale)


class Preview(QObject):
    """Signals: `shown` with a `Glance`, or None when nothing is chosen; `pictured` with the first page as
    QImage; `failed` with the error when the envelope cannot be read."""

    shown = Signal(object)
    pictured = Signal(QImage)
    failed = Signal(Exception)

    def __init__(self, glances: Glances, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._glances = glances
        self._runner = runner
        self._wanted = ""
        self._glance: Glance | None = None
        self._under_way: list[Handle] = []
        self.ratio: Callable[[], float] = lambda: 1.0

    @property
    def glance(self) -> Glance | None:
        return self._glance

    def show(self, envelope: str | None) -> None:
        """The latest wish wins; what was under way for another envelope is dropped."""
        self._stop()
        self._wanted = envelope or ""
        if not self._wanted:
            self._glance = None
            self.shown.emit(None)
            return
        self._start(lambda _: self._glances.glance(self._wanted), self._arrived, self.failed.emit)

    def take_changes(self, changes: Changes) -> None:
        if self._wanted and changes.touches("envelope", self._wanted):
            self.show(self._wanted)

    def missing(self) -> dict[Need, str]:
        """What the chosen envelope does not allow, with the reason in its own words."""
        if self._glance is None:
            return dict.fromkeys(OF_ENVELOPES, "")
        return missing_of(self._glance.envelope)

    def _arrived(self, glance: Glance) -> None:
        self._glance = glance
        self.shown.emit(glance)
        documents = glance.envelope.documents
        if documents and documents[0].pages:
            height, ratio, first = THUMBNAIL_HEIGHT * self.ratio(), self.ratio(), documents[0]
            self._start(
                lambda _: self._glances.first_page(first, height),
                lambda pixels: self.pictured.emit(picture(pixels, ratio)),
                self._unpictured,
            )

    def _unpictured(self, _: Exception) -> None:
        """A page that cannot be drawn leaves the blank sheet that stands there; opening the envelope says why."""
        self.pictured.emit(QImage())

    def _start(self, work: Callable[[Report], object], done: Callable[..., None], failed: OnError) -> None:
        self._under_way.append(self._runner.start(work, done, failed, owner=self))

    def _stop(self) -> None:
        for handle in self._under_way:
            handle.cancel()
        self._under_way.clear()


def missing_of(envelope: Envelope) -> dict[Need, str]:
    """The needs `envelope` does not meet, each with its reason."""
    missing: dict[Need, str] = {}
    status = envelope.status
    if status is not EnvelopeStatus.DRAFT:
        missing[Need.DRAFT] = f"It is {status}; only a draft can be changed."
    if status is not EnvelopeStatus.OUT:
        missing[Need.OUT] = f"It is {'a draft' if status is EnvelopeStatus.DRAFT else status}, not out."
        missing[Need.SIGNABLE] = _why_not_signable(status)
    left = routing.pending(envelope)
    if envelope.remote is not None and left and all(one.remote for one in left):
        missing.setdefault(Need.SIGNABLE, f"Whoever is left signs at {envelope.remote.account}.")
    if envelope.remote is not None:
        missing[Need.HANDABLE] = f"It is at {envelope.remote.account} already, or on its way there."
    elif status not in (EnvelopeStatus.OUT, EnvelopeStatus.COMPLETED):
        missing[Need.HANDABLE] = _why_not_handable(status)
    came_back = envelope.remote.files if envelope.remote is not None else ()
    if not came_back and not any(document.current for document in envelope.documents):
        missing[Need.SEALED] = "Nobody has signed yet, so there is no sealed document."
    return missing


def _why_not_handable(status: EnvelopeStatus) -> str:
    if status is EnvelopeStatus.DRAFT:
        return "Open it and send it out; the account is chosen there."
    return f"It is {status}; copy it into a new draft."


def _why_not_signable(status: EnvelopeStatus) -> str:
    if status is EnvelopeStatus.DRAFT:
        return "Send it out first; then it can be signed."
    return "Everybody is done." if status is EnvelopeStatus.COMPLETED else f"It is {status}; copy it into a new draft."
