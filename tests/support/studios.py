"""The editor over a real library without child processes: pages are blank paper."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app import settings
from app.clock import Clock
from app.domain import drafting as rules
from app.domain.changes import Changes
from app.domain.envelope import Document, Envelope
from app.domain.fields.base import Field
from app.domain.geometry import PageGeometry, Point, Rect
from app.domain.ids import DocumentId, EnvelopeId, FieldId, RecipientId
from app.domain.recipient import Recipient
from app.fonts import BundledMetrics
from app.pdf import FoundField, Hit, OutlineEntry, PageGuides
from app.services.house import House, Preferences
from app.store import Library
from app.tasks import Runner
from app.ui.action import Place
from app.ui.action_set import ActionSet
from app.ui.canvas.layout import PageRef
from app.ui.desk import Desk
from app.ui.prepare.page import PreparePage
from app.ui.prepare.studio import Studio
from app.ui.theme import Scheme, Theme
from app.vault import MemoryVault
from tests.support.desks import Notices, Ways

NO = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Paper:
    """A drawn page: blank, in one shade of grey."""

    width: int
    height: int
    shade: int = 0xFF
    released: bool = False

    @property
    def stride(self) -> int:
        return self.width * 4

    @property
    def buffer(self) -> memoryview:
        return memoryview(bytes([self.shade]) * (self.stride * self.height))

    def release(self) -> None:
        self.released = True


@dataclass
class BlankLooker:
    """Draws nothing, at the size asked for."""

    asked: list[tuple[int, float, Rect | None]] = field(default_factory=list)
    size: tuple[float, float] = (595.0, 842.0)
    printed: PageGuides | None = None
    found: tuple[FoundField, ...] = ()
    hits: tuple[Hit, ...] = ()
    contents: tuple[OutlineEntry, ...] = ()

    def render(self, path: Path, page: int, scale: float, clip: Rect | None, password: str | None) -> Paper:
        self.asked.append((page, scale, clip))
        part = clip or Rect(0, 0, *self.size)
        return Paper(max(1, round(part.width * scale)), max(1, round(part.height * scale)))

    def guides(self, path: Path, page: int) -> PageGuides:
        return self.printed or PageGuides(margins=Rect(0, 0, *self.size))

    def find_fields(self, path: Path) -> tuple[FoundField, ...]:
        return self.found

    def search(self, path: Path, needle: str, first_page: int = 1) -> tuple[Hit, ...]:
        return self.hits

    def outline(self, path: Path) -> tuple[OutlineEntry, ...]:
        return self.contents


@contextmanager
def paper_house(folder: Path) -> Iterator[House]:
    clock = Clock()
    library = Library.open(folder, None, clock.now)
    unused = cast("Any", SimpleNamespace())
    yield House(
        folder=folder,
        library=library,
        looker=cast("Any", BlankLooker()),
        maker=unused,
        sealer=unused,
        verifier=unused,
        vault=MemoryVault(),
        clock=clock,
        metrics=BundledMetrics(),
        preferences=Preferences(settings.Settings()),
    )
    library.close()


def keep_draft(
    house: House,
    *,
    pages: tuple[PageGeometry, ...] = (PageGeometry(0, 0, 595, 842),) * 3,
    people: tuple[str, ...] = ("Jane Smith", "Bob Jones"),
    fields: tuple[Field, ...] = (),
    documents: int = 1,
) -> str:
    """A stored draft of `documents` documents with these pages each; roles are the first names."""
    sha = house.library.blobs.put_bytes(b"%PDF-1.7 paper")
    made = tuple(Document(DocumentId(f"D{n}"), f"Paper {n}", sha, pages) for n in range(1, documents + 1))
    recipients = tuple(
        Recipient(RecipientId(f"R{n}"), name.split()[0].lower(), name, f"{n}@example.com", order=n)
        for n, name in enumerate(people, start=1)
    )
    step = rules.create(EnvelopeId(house.clock.new_id()), "Agreement", house.moment())
    step = step.then(rules.add_documents(step.envelope, made, house.moment()))
    step = step.then(rules.set_recipients(step.envelope, recipients, house.moment()))
    step = step.then(rules.set_fields(step.envelope, fields, house.moment()))
    (saved,) = house.library.record(step)
    return saved.id


def a_field(name: str, rect: Rect, *, kind: str = "text", page: int = 1, role: str = "jane", **more: Any) -> Field:
    return Field(FieldId(name), kind, DocumentId("D1"), page, rect, role, **more)


@dataclass
class Bench:
    """The page Prepare in a window of its own, with the hands of a person."""

    house: House
    envelope_id: str
    page: PreparePage
    actions: ActionSet
    window: QMainWindow
    ways: Ways
    notices: Notices

    @property
    def studio(self) -> Studio:
        return self.page.studio

    @property
    def stored(self) -> Envelope:
        return self.house.library.envelope(EnvelopeId(self.envelope_id))

    @property
    def viewport(self) -> QWidget:
        return self.studio.view.viewport()

    def at(self, x: float, y: float, page: int = 1, document: str = "D1") -> QPoint:
        """The pixel of the viewport nearest to a place of a page."""
        return self.studio.view.frame_of(PageRef(document, page)).point(Point(x, y)).toPoint()

    def click(self, at: QPoint, held: Qt.KeyboardModifier = NO) -> None:
        QTest.mouseClick(self.viewport, LEFT, held, at)

    def drag(self, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = NO, steps: int = 8) -> None:
        """Press, move in steps with the modifiers held, release."""
        QTest.mousePress(self.viewport, LEFT, held, start)
        for step in range(1, steps + 1):
            self.move(start + (end - start) * step / steps, held, LEFT)
        QTest.mouseRelease(self.viewport, LEFT, held, end)

    def move(
        self, at: QPoint, held: Qt.KeyboardModifier = NO, button: Qt.MouseButton = Qt.MouseButton.NoButton
    ) -> None:
        move_over(self.viewport, at, held, button)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NO) -> None:
        QTest.keyClick(self.studio.view, key, held)

    def do(self, action: str) -> None:
        """As a shortcut or menu would; refuses what is grey."""
        row = self.actions.qaction(action)
        assert row.isEnabled(), self.actions.reason_against(action)
        row.trigger()

    def field(self, name: str) -> Field:
        return self.studio.draft.envelope.field(FieldId(name))

    def only(self) -> Field:
        (field_,) = self.stored.fields
        return field_


def move_over(
    widget: QWidget, at: QPoint, held: Qt.KeyboardModifier = NO, button: Qt.MouseButton = Qt.MouseButton.NoButton
) -> None:
    """QTest's own move knows neither modifiers nor buttons, and a drag is nothing without them."""
    place = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, QPointF(widget.mapToGlobal(at)), Qt.MouseButton.NoButton, button, held
    )
    QCoreApplication.sendEvent(widget, event)


@contextmanager
def bench(house: House, envelope_id: str, runner: Runner, size: tuple[int, int] = (1400, 900)) -> Iterator[Bench]:
    ways, notices = Ways(), Notices()
    window = QMainWindow()
    window.resize(*size)
    desk = Desk(house, runner, notices, ways, lambda changes: _hear(desk, changes), window)
    actions = ActionSet(window)
    page = PreparePage(desk, actions, envelope_id)
    page.standing_changed.connect(actions.refresh)
    window.setCentralWidget(page)
    actions.answer(Place.PREPARE, page)
    window.show()
    made = Bench(house, envelope_id, page, actions, window, ways, notices)
    wait_for(lambda: page._studio is not None)
    made.studio.view.set_zoom(1.0)
    made.studio.view.verticalScrollBar().setValue(0)
    yield made
    actions.answer(Place.PREPARE, None)
    window.close()
    window.deleteLater()
    assert notices.failures == []


def _hear(desk: Desk, changes: Changes) -> None:
    desk.changed.emit(changes)


def wait_for(holds: Callable[[], bool], patience_s: float = 5.0) -> None:
    """Events go on meanwhile."""
    end = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        QTest.qWait(5)


def near(one: Rect, other: Rect, by: float = 0.02) -> bool:
    pairs = ((one.x, other.x), (one.y, other.y), (one.width, other.width), (one.height, other.height))
    return all(abs(a - b) <= by for a, b in pairs)


def dressed(app: QApplication) -> Theme:
    """The real theme; once is enough: a style sheet set anew polishes every widget there is."""
    return _theme(app)


@lru_cache(maxsize=1)
def _theme(app: QApplication) -> Theme:
    return Theme(app, Path(__file__).parents[2] / "resources", Scheme.LIGHT)
