"""Signatures people keep on this device: for the host to see, to rename and to remove."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.errors import GlyphsMissing
from app.services import marks, viewing
from app.services.marks import SavedMark
from app.ui.canvas.painter import DrawingPainter
from app.ui.desk import Desk
from app.ui.models.wording import full_date, short_date
from app.ui.theme import CORNER_SMALL, LIGHT, PAPER, SPACE, qcolor
from app.ui.widgets.grey import allow
from app.ui.widgets.look import clear, column, label, row, rule, set_look

PICTURE: Final = QSize(168, 56)
LONGEST: Final = 60


@dataclass(frozen=True)
class Kept:
    """One of them, and where it was used: newest first, with the titles of envelopes."""

    saved: SavedMark
    used: tuple[tuple[datetime, str], ...]


class SignaturesCard(QFrame):
    """Shown when the host asks for it, and forgotten when it leaves the screen: nobody else is to see them, and the
    signing room never holds them.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="card")
        self._desk = desk
        self._state = label("", "small", ink="muted", wrap=True)
        self._toggle = QPushButton()
        self._toggle.clicked.connect(self._show_or_forget)
        self._list = column(gap=0)
        self._shown: tuple[Kept, ...] | None = None
        head = row(column(label("Saved signatures"), self._state, gap=2), self._toggle)
        head.setStretch(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.between, SPACE.snug, SPACE.between, SPACE.snug)
        box.setSpacing(SPACE.inside)
        box.addLayout(head)
        box.addLayout(self._list)
        desk.changed.connect(lambda changes: self._read_again() if changes.touches("mark") else None)
        self._tell()

    def hideEvent(self, event: QHideEvent) -> None:
        self._forget()
        super().hideEvent(event)

    def read(self) -> None:
        """From the vault, asking for its passphrase where it is locked."""
        self._desk.run(lambda _: self._found(), self._show, owner=self)

    def _found(self) -> tuple[Kept, ...]:
        house = self._desk.house
        return tuple(Kept(saved, marks.where_used(house, saved)) for saved in marks.everybody(house))

    def _show_or_forget(self) -> None:
        if self._shown is None:
            self.read()
        else:
            self._forget()

    def _read_again(self) -> None:
        if self._shown is not None:
            self.read()
        else:
            self._tell()

    def _forget(self) -> None:
        self._shown = None
        clear(self._list)
        self._tell()

    def _show(self, found: tuple[Kept, ...]) -> None:
        clear(self._list)
        self._shown = found
        for kept in sorted(found, key=lambda one: (one.saved.person.casefold(), one.saved.saved_at)):
            self._list.addWidget(rule())
            self._list.addWidget(SignatureLine(self._desk, kept))
        self._tell()

    def _tell(self) -> None:
        kept = marks.count(self._desk.house)
        many = "One is" if kept == 1 else f"{kept} are"
        about = f"{many} kept here, encrypted. Each is offered to the person of exactly that name and to nobody else."
        nothing = "None yet. A person who signs here may keep theirs; it is then offered to that person alone."
        self._state.setText(about if kept else nothing)
        self._toggle.setText("Show them" if self._shown is None else "Hide them")
        allow(self._toggle, "" if kept else "There is nothing to show yet.")


class SignatureLine(QWidget):
    """What it looks like, whose it is, its name to be changed, and where it was used."""

    def __init__(self, desk: Desk, kept: Kept) -> None:
        super().__init__()
        self._desk, self._kept = desk, kept
        saved = kept.saved
        kind = "Initials" if saved.initials else "Signature"
        self._name = QLineEdit(saved.label)
        self._name.setMaxLength(LONGEST)
        self._name.setCursorPosition(0)
        self._name.setMinimumHeight(self._name.sizeHint().height())
        self._name.setMaximumWidth(360)
        self._name.setAccessibleName(f"Name of {saved.person}'s {kind.lower()}")
        self._name.editingFinished.connect(self._rename)
        times = len(kept.used)
        uses = QPushButton("Used once" if times == 1 else f"Used {times} times")
        set_look(uses, kind="link")
        uses.setAccessibleName(f"{uses.text()}: {saved.label} of {saved.person}")
        uses.setVisible(bool(times))
        uses.clicked.connect(self._unfold)
        self._log = label(self._lines(), "small", ink="muted", wrap=True)
        self._log.hide()
        remove = QPushButton("Remove")
        remove.setAccessibleName(f"Remove {saved.label} of {saved.person}")
        set_look(remove, kind="danger")
        remove.clicked.connect(self._remove)
        unused = "" if times else ", never used"
        about = label(f"{kind}, saved {short_date(saved.saved_at, _now())}{unused}", "small", ink="muted", wrap=True)
        whose = column(label(saved.person, strong=True, wrap=True), self._name, about, row(uses, None), gap=2)
        line = row(Portrait(desk, saved), whose, remove, gap=SPACE.between)
        line.setStretch(1, 1)
        box = column(line, self._log, gap=SPACE.tight)
        box.setContentsMargins(0, SPACE.snug, 0, SPACE.snug)
        self.setLayout(box)

    def _lines(self) -> str:
        now = _now()
        gone = "an envelope that is gone"
        return "\n".join(f"{full_date(at, now)}: {title or gone}" for at, title in self._kept.used)

    def _unfold(self) -> None:
        self._log.setVisible(self._log.isHidden())

    def _rename(self) -> None:
        saved, wanted = self._kept.saved, self._name.text()
        if wanted.strip() in ("", saved.label):
            self._name.setText(saved.label)
            return
        work = partial(marks.rename, self._desk.house, saved.id, wanted)
        self._desk.run(lambda _: work(), failed=self._refuse, owner=self)

    def _refuse(self, error: Exception) -> None:
        self._name.setText(self._kept.saved.label)
        self._desk.notices.fail(error)

    def _remove(self) -> None:
        desk, saved = self._desk, self._kept.saved
        back = partial(desk.run, lambda _: marks.put_back(desk.house, saved))
        told = f"“{saved.label}” of {saved.person} is removed"
        desk.run(lambda _: marks.remove(desk.house, saved.id), lambda _: desk.notices.tell(told, "Undo", back))


class Portrait(QWidget):
    """A mark on a piece of paper; pictures come with it, out of the same box."""

    def __init__(self, desk: Desk, saved: SavedMark) -> None:
        super().__init__()
        self._saved = saved
        picture = QImage.fromData(saved.picture) if saved.picture else None
        self._painter = DrawingPainter(viewing.face_file, lambda _: picture)
        self._metrics = viewing.metrics(desk.house)
        self.setFixedSize(PICTURE)
        self.setAccessibleName(f"Picture of {saved.label}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor(LIGHT.hairline)))
        painter.setBrush(qcolor(PAPER))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_SMALL, CORNER_SMALL)
        room = QRectF(self.rect()).adjusted(SPACE.inside, SPACE.tight, -SPACE.inside, -SPACE.tight)
        try:
            self._painter.paint(painter, self._saved.mark.draw(room.width(), room.height(), self._metrics), room)
        except GlyphsMissing:
            painter.drawText(room, self._saved.mark.text)
        painter.end()


def _now() -> datetime:
    return datetime.now().astimezone()
