"""What a design tells and how: lines in their order, mark or picture, ink, date."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from app.domain.appearance import DATE, LONGEST_CODE, Appearance, Line, Side
from app.domain.mark import HANDS, Mark
from app.domain.style import LANGUAGES
from app.services import designs
from app.ui.desk import Desk
from app.ui.prepare.style_dialog import TONGUES
from app.ui.seal.parts import combo
from app.ui.theme import SPACE
from app.ui.theme.inks import INKS
from app.ui.widgets.look import column, label, row

LINES: Final = {Line.NAME: "Name", Line.DATE: "Date", Line.REASON: "Reason", Line.PLACE: "Place"}
SIDES: Final = (("Left of the lines", Side.LEFT), ("Above the lines", Side.TOP), ("Behind the lines", Side.BEHIND))
NOTHING, TYPED, PICTURE, DRAWN = "Nothing", "A name in handwriting", "A picture", "The drawn mark it has"
FORMS: Final = (DATE, "%d.%m.%Y %H:%M %Z", "%d %B %Y, %H:%M %z", "%m/%d/%Y %I:%M %p %Z", "%Y-%m-%d")
DATE_HELP: Final = (
    "Day %d, month %m, %B or %b, year %Y or %y, hour %H, or %I with %p, minute %M, second %S, zone %Z or %z; "
    "anything else stands as it is written."
)
OF_THE_CLOCK: Final = "As the clock tells it"
INK_WORDS: Final = (("As it is", None), *INKS)


class LookForm(QWidget):
    """Signals: `changed` after each change by the person; `look` is what is chosen."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.look = Appearance()
        self._lines = QListWidget()
        self._lines.setAccessibleName("Lines, in their order")
        self._lines.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._lines.setSpacing(SPACE.tight)
        self._lines.setFixedHeight(132)
        self._up, self._down = QPushButton("Up"), QPushButton("Down")
        self._image = combo("Mark or picture", [(each, each) for each in (NOTHING, TYPED, PICTURE)])
        self._name = QLineEdit()
        self._name.setAccessibleName("Name in handwriting")
        self._name.setPlaceholderText("The name to write")
        self._hand = combo("Handwriting", [(hand.replace("-", " ").capitalize(), hand) for hand in HANDS])
        self._file = QPushButton("Choose picture…")
        self._side = combo("Where it stands", SIDES)
        self._ink = combo("Ink", INK_WORDS)
        self._code = QLineEdit()
        self._code.setAccessibleName("QR code")
        self._code.setPlaceholderText("A text or address, or nothing")
        self._code.setMaxLength(LONGEST_CODE)
        self._date = combo("How the date is written", [(form, form) for form in FORMS])
        self._date.setEditable(True)
        self._date.setToolTip(DATE_HELP)
        self._date.setAccessibleDescription(DATE_HELP)
        zones = [(OF_THE_CLOCK, ""), *((name.replace("_", " "), name) for name in sorted(available_timezones()))]
        self._zone = combo("Time zone", zones)
        self._tongue = combo("Language of months", [(TONGUES.get(each, each), each) for each in LANGUAGES])
        self._lay_out()
        self._connect()

    def show_look(self, look: Appearance) -> None:
        """Without telling that it changed."""
        self.look = look
        self.blockSignals(True)
        self._lines.blockSignals(True)
        self._lines.clear()
        for line in (*look.lines, *(each for each in Line if each not in look.lines)):
            item = QListWidgetItem(LINES[line])
            item.setData(Qt.ItemDataRole.UserRole, line)
            item.setCheckState(Qt.CheckState.Checked if line in look.lines else Qt.CheckState.Unchecked)
            self._lines.addItem(item)
        self._lines.setCurrentRow(0)
        self._lines.blockSignals(False)
        mark = look.mark
        drawn = mark is not None and mark.capture == "drawn"
        self._image.removeItem(self._image.findData(DRAWN))
        if drawn:
            self._image.addItem(DRAWN, DRAWN)
        _pick(self._image, PICTURE if look.picture else DRAWN if drawn else TYPED if mark is not None else NOTHING)
        self._name.setText(mark.text if mark is not None else "")
        _pick(self._hand, mark.hand if mark is not None else HANDS[2])
        if self._ink.count() > len(INK_WORDS):
            self._ink.removeItem(len(INK_WORDS))
        if look.ink not in [ink for _, ink in INK_WORDS]:
            self._ink.addItem(f"Own ({look.ink})", look.ink)
        for box, value in ((self._side, look.side), (self._ink, look.ink), (self._zone, look.time_zone)):
            _pick(box, value)
        self._code.setText(look.code)
        self._date.setEditText(look.date_format)
        _pick(self._tongue, look.language)
        self.blockSignals(False)
        self._suit()

    def _lay_out(self) -> None:
        left, right = QFormLayout(), QFormLayout()
        for form in (left, right):
            form.setHorizontalSpacing(SPACE.snug)
            form.setVerticalSpacing(SPACE.inside)
        left.addRow(label("Lines", ink="muted"), row(self._lines, column(self._up, self._down, None)))
        left.addRow(label("Date", ink="muted"), self._date)
        left.addRow(label("Time zone", ink="muted"), self._zone)
        left.addRow(label("Months in", ink="muted"), self._tongue)
        right.addRow(label("Beside them", ink="muted"), self._image)
        right.addRow(label("Name", ink="muted"), self._name)
        right.addRow(label("Hand", ink="muted"), self._hand)
        right.addRow("", self._file)
        right.addRow(label("Stands", ink="muted"), self._side)
        right.addRow(label("QR code", ink="muted"), self._code)
        right.addRow(label("Ink", ink="muted"), self._ink)
        line = row(left, right, gap=SPACE.around)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        self.setLayout(line)

    def _connect(self) -> None:
        self._lines.itemChanged.connect(lambda _: self._take_lines())
        self._lines.model().rowsMoved.connect(lambda *_: self._take_lines())
        self._up.clicked.connect(lambda: self._move(-1))
        self._down.clicked.connect(lambda: self._move(1))
        self._image.activated.connect(lambda _: self._take_image())
        self._name.textEdited.connect(lambda _: self._take_image())
        self._hand.activated.connect(lambda _: self._take_image())
        self._file.clicked.connect(self._choose_picture)
        self._side.activated.connect(lambda at: self._take(side=Side(self._side.itemData(at))))
        self._ink.activated.connect(lambda at: self._take(ink=self._ink.itemData(at)))
        self._code.textEdited.connect(lambda text: self._take(code=text.strip()))
        self._date.editTextChanged.connect(lambda text: self._take(date_format=text))
        self._zone.activated.connect(lambda at: self._take(time_zone=self._zone.itemData(at)))
        self._tongue.activated.connect(lambda at: self._take(language=self._tongue.itemData(at)))

    def _take(self, **values: Any) -> None:
        after = replace(self.look, **values)
        if not self.signalsBlocked() and after != self.look:
            self.look = after
            self._suit()
            self.changed.emit()

    def _take_lines(self) -> None:
        items = [self._lines.item(at) for at in range(self._lines.count())]
        chosen = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        self._take(lines=tuple(Line(item.data(Qt.ItemDataRole.UserRole)) for item in chosen))

    def _move(self, by: int) -> None:
        at = self._lines.currentRow()
        to = min(max(at + by, 0), self._lines.count() - 1)
        if at >= 0 and to != at:
            self._lines.insertItem(to, self._lines.takeItem(at))
            self._lines.setCurrentRow(to)
            self._take_lines()

    def _take_image(self) -> None:
        kind = self._image.currentData()
        if kind == DRAWN:
            return
        written = self._name.text().strip()
        if kind == TYPED and not written:
            written = self._desk.house.settings.host_name or "Jane Smith"
            self._name.setText(written)
        mark = Mark("typed", text=written, hand=self._hand.currentData()) if kind == TYPED else None
        if kind == PICTURE and self.look.picture is None:
            self._suit()
            self._choose_picture()
            return
        self._take(mark=mark, picture=self.look.picture if kind == PICTURE else None)

    def _choose_picture(self) -> None:
        dialog = QFileDialog(self, "Picture of the seal", "", "Pictures (*.png *.jpg *.jpeg)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._take_picture)
        dialog.rejected.connect(lambda: self.show_look(self.look))
        dialog.open()

    def _take_picture(self, name: str) -> None:
        look = self.look
        self._desk.run(
            lambda _: designs.with_picture(self._desk.house, look, Path(name)),
            lambda after: self._take(picture=after.picture, mark=None),
            failed=self._not_taken,
            owner=self,
        )

    def _not_taken(self, error: Exception) -> None:
        self.show_look(self.look)
        self._desk.notices.fail(error)

    def _suit(self) -> None:
        """Controls that mean nothing now are out of the way."""
        kind = self._image.currentData()
        form = self._name.parentWidget() is not None
        for part, needed in ((self._name, TYPED), (self._hand, TYPED), (self._file, PICTURE)):
            part.setVisible(form and kind == needed)
            named = self._label_of(part)
            if named is not None:
                named.setVisible(kind == needed)
        reason = "" if kind != NOTHING else "There is neither a mark nor a picture."
        self._side.setEnabled(not reason)
        self._side.setToolTip(reason)
        self._side.setAccessibleDescription(reason)

    def _label_of(self, part: QWidget) -> QWidget | None:
        for form in self.findChildren(QFormLayout):
            if form.indexOf(part) >= 0:
                return form.labelForField(part)
        return None


def _pick(box: QComboBox, value: Any) -> None:
    box.setCurrentIndex(max(0, next((at for at in range(box.count()) if box.itemData(at) == value), 0)))
