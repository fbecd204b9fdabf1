"""The travel pack: which envelopes are taken along, and whether everything for them is on this device."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.theme import SPACE
from app.ui.widgets.announce import announce
from app.ui.widgets.grey import allow
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import clear, column, label, row, set_look

if TYPE_CHECKING:
    from app.services.reading import Row
    from app.services.travelling import Ready

ID: Final = Qt.ItemDataRole.UserRole
DEVICE: Final = "This device"


class TravelPack(QDialog):
    """Everything that is out is chosen to begin with."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Travel pack")
        self.resize(860, 620)
        self._desk = desk
        self._lines: tuple[Ready, ...] = ()
        self._chosen = QListWidget()
        self._chosen.setAccessibleName("Envelopes to take along")
        self._chosen.setSpacing(SPACE.tight)
        self._chosen.itemChanged.connect(lambda _: self._forget())
        self._verdict = label("", "large", strong=True, wrap=True)
        self._found = column(gap=SPACE.inside)
        self._check = QPushButton("Check")
        set_look(self._check, kind="primary")
        self._check.setDefault(True)
        self._check.clicked.connect(self._look)
        self._print = QPushButton("Print…")
        self._print.clicked.connect(self._ask_printer)
        self._lay_out()
        self._forget()
        desk.run(lambda _: _offered(desk), self._offer, owner=self)

    @property
    def lines(self) -> tuple[Ready, ...]:
        """What was found."""
        return self._lines

    def print_on(self, printer: QPrinter) -> None:
        """The list as it was found, on paper."""
        document = QTextDocument()
        document.setHtml(_paper(self._lines, self._titles()))
        document.print_(printer)

    def _lay_out(self) -> None:
        inside = QWidget()
        set_look(inside, ground="surface")
        box = QVBoxLayout(inside)
        box.setContentsMargins(SPACE.between, SPACE.between, SPACE.between, SPACE.between)
        box.addWidget(self._verdict)
        box.addLayout(self._found)
        box.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName("What is ready")
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        says = label("Is everything here for envelopes that are signed away from home, without a network?", wrap=True)
        left = column(label("Take along", strong=True), self._chosen, gap=SPACE.snug)
        middle = row(gap=SPACE.between)
        middle.addLayout(left, 2)
        middle.addWidget(area, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        whole.setSpacing(SPACE.between)
        whole.addWidget(label("Travel pack", "title", strong=True))
        whole.addWidget(says)
        whole.addLayout(middle, 1)
        whole.addLayout(row(None, close, self._print, self._check))

    def _offer(self, rows: Sequence[Row]) -> None:
        for one in rows:
            item = QListWidgetItem(f"{one.title}\n{', '.join(one.next_step)}")
            item.setData(ID, one.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.title}, next: {', '.join(one.next_step)}")
            item.setCheckState(Qt.CheckState.Checked)
            self._chosen.addItem(item)
        self._forget()
        if not rows:
            self._verdict.setText("No envelope is out. Send out those that are to be signed first.")

    def _ticked(self) -> list[QListWidgetItem]:
        items = (self._chosen.item(at) for at in range(self._chosen.count()))
        return [item for item in items if item.checkState() is Qt.CheckState.Checked]

    def _titles(self) -> dict[str | None, str]:
        return {None: DEVICE, **{item.data(ID): item.text().split("\n")[0] for item in self._ticked()}}

    def _forget(self) -> None:
        """Another choice: what was found is not about it."""
        self._show(())
        allow(self._check, "" if self._ticked() else "Tick an envelope first.")
        if self._ticked():
            self._verdict.setText("Press Check.")

    def _look(self) -> None:
        wanted = [str(item.data(ID)) for item in self._ticked()]
        self._verdict.setText("Looking…")
        allow(self._check, "It is being looked at.")
        self._desk.run(lambda _: _readiness(self._desk, wanted), self._found_out, failed=self._fail, owner=self)

    def _found_out(self, lines: tuple[Ready, ...]) -> None:
        allow(self._check, "")
        self._show(lines)
        red = sum(not line.ok for line in lines)
        told = "Ready to go." if not red else f"{red} thing{'' if red == 1 else 's'} to do before you go."
        self._verdict.setText(told)
        announce(self, told)

    def _fail(self, error: Exception) -> None:
        self._forget()
        self._desk.notices.fail(error)

    def _show(self, lines: tuple[Ready, ...]) -> None:
        self._lines = lines
        clear(self._found)
        self._verdict.clear()
        allow(self._print, "" if lines else "Check first.")
        for heading, about in _grouped(lines, self._titles()):
            self._found.addSpacing(SPACE.snug)
            self._found.addWidget(label(heading, strong=True))
            for line in about:
                self._found.addWidget(_Line(line))

    def _ask_printer(self) -> None:
        printer = QPrinter()
        printer.setDocName("Travel pack")
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)


class _Line(QWidget):
    """Green or red, told by sign and words too."""

    def __init__(self, line: Ready) -> None:
        super().__init__()
        sign = IconLabel("circle-check" if line.ok else "circle-x", "good" if line.ok else "bad")
        words = column(label(line.sentence, wrap=True), gap=0)
        if line.todo:
            words.addWidget(label(line.todo, "small", ink="muted", wrap=True))
        box = row(gap=SPACE.inside)
        box.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(words, 1)
        self.setLayout(box)
        self.setAccessibleName(f"{'Ready' if line.ok else 'To do'}: {line.sentence} {line.todo}".strip())


def _grouped(lines: Sequence[Ready], titles: dict[str | None, str]) -> Iterator[tuple[str, list[Ready]]]:
    """Under the title of each envelope, the device first."""
    for about, found in groupby(lines, key=lambda line: line.envelope_id):
        yield titles.get(about, ""), list(found)


def _paper(lines: Sequence[Ready], titles: dict[str | None, str]) -> str:
    parts = ["<h2>Travel pack</h2>"]
    for heading, about in _grouped(lines, titles):
        parts.append(f"<h3>{escape(heading)}</h3>")
        for line in about:
            todo = f"<br><b>To do:</b> {escape(line.todo)}" if line.todo else ""
            parts.append(f"<p>{'☑' if line.ok else '☐'} {escape(line.sentence)}{todo}</p>")
    return "".join(parts)


def _offered(desk: Desk) -> tuple[Row, ...]:
    from app.services import travelling

    return travelling.offered(desk.house)


def _readiness(desk: Desk, wanted: Sequence[str]) -> tuple[Ready, ...]:
    from app.services import travelling

    return travelling.readiness(desk.house, wanted)
