"""The selected fields on other pages: which ones, how they fit there, and whether they stay one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QButtonGroup, QComboBox, QDialog, QPushButton, QRadioButton, QWidget

from app.domain.envelope import Document
from app.domain.errors import SpecError
from app.domain.fields.base import Field
from app.domain.repeating import Fit, fitted, pages_in
from app.ui.canvas.pointer import Frame, Overlay
from app.ui.canvas.view import PageView
from app.ui.canvas.zoom import PX_PER_PT
from app.ui.theme import LIGHT, PAPER, SPACE, qcolor
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, set_look

RANGES: Final = (
    ("All pages", "all"),
    ("All but the first", "all but first"),
    ("All but the last", "all but last"),
    ("All but first and last", "all but first and last"),
    ("Odd pages", "odd"),
    ("Even pages", "even"),
)
FITS: Final = (
    ("Grown and shrunk with the page", Fit.SCALED),
    ("As far from the upper left corner", Fit.TOP_LEFT),
    ("As far from the upper right corner", Fit.TOP_RIGHT),
    ("As far from the lower left corner", Fit.BOTTOM_LEFT),
    ("As far from the lower right corner", Fit.BOTTOM_RIGHT),
)
STAMP_PX: Final = 96


class RepeatDialog(QDialog):
    """`view` shows the document's pages. Signals: `wanted(pages, Fit, linked)`."""

    wanted = Signal(tuple, object, bool)

    def __init__(
        self, view: PageView, document: Document, fields: Sequence[Field], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view, self._document, self._fields = view, document, tuple(fields)
        self.setWindowTitle("Repeat on pages")
        self.setMinimumSize(560, 480)
        self.range = QComboBox()
        self.range.setEditable(True)
        self.range.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.range.setCompleter(None)  # type: ignore[arg-type]
        self.range.setAccessibleName("Pages, such as 1-3, 7 or odd")
        for words, what in RANGES:
            self.range.addItem(words, what)
        self.range.editTextChanged.connect(self._look)
        self.fit = QComboBox()
        self.fit.setAccessibleName("On pages of another size")
        for words, fit in FITS:
            self.fit.addItem(words, fit)
        self.fit.activated.connect(self._look)
        self.linked = QRadioButton("One set: what is changed on one changes on all")
        self.linked.setChecked(True)
        self.apart = QRadioButton("Separate fields")
        together = QButtonGroup(self)
        together.addButton(self.linked)
        together.addButton(self.apart)
        self._says = label("", ink="muted")
        self._go = QPushButton("Repeat")
        set_look(self._go, kind="primary")
        self._go.setDefault(True)
        self._go.clicked.connect(self._want)
        self._preview = _Preview()
        view.setAccessibleName("Preview of the pages")
        view.add_overlay(self._preview)
        self._lay_out()
        self._look()

    def _lay_out(self) -> None:
        leave = QPushButton("Cancel")
        leave.clicked.connect(self.reject)
        self.setLayout(
            column(
                label("Repeat on pages", "large", strong=True),
                row(label("Pages", ink="muted"), self.range, label("Fit", ink="muted"), self.fit, None),
                self._view,
                self.linked,
                self.apart,
                row(self._says, None, leave, self._go),
                gap=SPACE.snug,
                margin=SPACE.around,
            )
        )
        widest = max(page.size.width for page in self._document.pages)
        self._view.set_zoom(STAMP_PX / (widest * PX_PER_PT))

    def pages(self) -> tuple[int, ...]:
        """Raises `SpecError` for what is no range."""
        at = self.range.findText(self.range.currentText())
        text = self.range.itemData(at) if at >= 0 else self.range.currentText()
        return pages_in(str(text), len(self._document.pages))

    def _look(self) -> None:
        try:
            pages, trouble = self.pages(), ""
        except SpecError as problem:
            pages, trouble = (), problem.problem
        set_look(self._says, ink="bad" if trouble else "muted")
        others = [page for page in pages if any(field.page != page for field in self._fields)]
        self._says.setText(trouble or f"{len(others)} more page{'' if len(others) == 1 else 's'}")
        nowhere = trouble or "It stands on these pages already; choose others."
        allow(self._go, "" if others else nowhere)
        self._preview.boxes = self._boxes(pages)
        self._view.viewport().update()

    def _boxes(self, pages: Sequence[int]) -> dict[int, list[QRectF]]:
        """In points of each page."""
        boxes: dict[int, list[QRectF]] = {}
        for page in pages:
            for field in self._fields:
                size = self._document.pages[page - 1].size
                rect = fitted(field.rect, self._document.pages[field.page - 1].size, size, self.fit.currentData())
                boxes.setdefault(page, []).append(QRectF(rect.x, rect.y, rect.width, rect.height))
        return boxes

    def _want(self) -> None:
        pages = self.pages()
        self.accept()
        self.wanted.emit(pages, self.fit.currentData(), self.linked.isChecked())


class _Preview(Overlay):
    """Fields where they would be; pages that get none are pale."""

    def __init__(self) -> None:
        self.boxes: dict[int, list[QRectF]] = {}

    def paint_page(self, painter: QPainter, frame: Frame) -> None:
        here = self.boxes.get(frame.page.page)
        if here is None:
            painter.fillRect(frame.rect_px, qcolor(PAPER, 0.65))
            return
        painter.setPen(QPen(qcolor(LIGHT.accent), 1))
        painter.setBrush(qcolor(LIGHT.accent, 0.25))
        for box in here:
            at, scale = frame.origin, frame.scale
            painter.drawRect(
                QRectF(at.x() + box.x() * scale, at.y() + box.y() * scale, box.width() * scale, box.height() * scale)
            )
