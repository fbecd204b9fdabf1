"""Designing seals: named designs on the left, what one tells and how it looks on the right, drawn as it will be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QPushButton, QWidget

from app.domain.changes import Changes
from app.services import designs
from app.services.designs import Design
from app.ui.desk import Desk
from app.ui.home.asking import Question
from app.ui.seal.look_form import LookForm
from app.ui.seal.painter import SealPainter, SealPreview
from app.ui.seal.parts import combo
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, set_look

PLAIN: Final = "Plain"
BOXES: Final = (
    ("Small, 160 by 40 points", (160, 40)),
    ("Usual, 220 by 70", (220, 70)),
    ("Large, 320 by 120", (320, 120)),
)
SAVED_AFTER_MS: Final = 400
"""After the last change: a name being typed is not written letter by letter."""


class DesignerDialog(QDialog):
    """Changes are kept as they are made, as soon as they can be drawn."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._designs: tuple[Design, ...] = ()
        self._shown = ""
        self.setWindowTitle("Designs of seals")
        self.resize(900, 620)
        self._list = QListWidget()
        self._list.setAccessibleName("Designs")
        self._list.setSpacing(SPACE.tight)
        self._name = QLineEdit()
        self._name.setAccessibleName("Name of the design")
        self._name.setMaxLength(designs.LONGEST_NAME)
        self._form = LookForm(desk)
        self._painter = SealPainter(desk, self)
        self._preview = SealPreview(self._painter)
        self._said = label("", "small", ink="warn", wrap=True)
        self._box = combo("Size of the preview", BOXES)
        self._box.setCurrentIndex(1)
        self._new, self._remove = QPushButton("New"), QPushButton("Remove…")
        set_look(self._remove, kind="danger")
        self._usual = QPushButton("Use by default")
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVED_AFTER_MS)
        self._lay_out()
        self._connect()
        self._read("")

    def _lay_out(self) -> None:
        done = QPushButton("Done")
        set_look(done, kind="primary")
        done.clicked.connect(self.accept)
        left, right = QWidget(), QWidget()
        left.setLayout(column(self._list, row(self._new, self._remove, None)))
        right.setLayout(
            column(
                row(label("Name", ink="muted"), self._name, self._usual),
                self._preview,
                row(self._said, None, label("Shown in a box", "small", ink="muted"), self._box),
                self._form,
                gap=SPACE.snug,
            )
        )
        left.setFixedWidth(220)
        split = row(left, right, gap=SPACE.between)
        head = column(
            label("Designs of seals", "title", strong=True),
            label("What is seen of a signature in the page. The signature itself holds without it.", ink="muted"),
            gap=SPACE.tight,
        )
        self.setLayout(column(head, split, row(None, done), gap=SPACE.between, margin=SPACE.around))

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._choose)
        self._form.changed.connect(self._changed)
        self._box.currentIndexChanged.connect(lambda _: self._show_preview())
        self._saving.timeout.connect(self._save)
        self._name.editingFinished.connect(self._rename)
        self._new.clicked.connect(self._make)
        self._remove.clicked.connect(self._ask_removal)
        self._usual.clicked.connect(lambda: self._change(lambda: designs.make_default(self._desk.house, self._shown)))
        self.finished.connect(lambda _: self._save() if self._saving.isActive() else None)

    # -- the list --------------------------------------------------------------------------------------

    def _read(self, wanted: str) -> None:
        """The designs that are there, with `wanted` chosen; the plain one has no name."""
        self._desk.run(lambda _: designs.at_hand(self._desk.house), lambda found: self._fill(found, wanted), owner=self)

    def _fill(self, found: tuple[Design, ...], wanted: str) -> None:
        self._designs = (Design(""), *found)
        usual = self._desk.house.settings.design
        self._list.blockSignals(True)
        self._list.clear()
        for each in self._designs:
            self._list.addItem(f"{each.name or PLAIN}{' · default' if each.name == usual else ''}")
        self._list.blockSignals(False)
        names = [each.name for each in self._designs]
        self._list.setCurrentRow(names.index(wanted) if wanted in names else 0)
        self._choose(self._list.currentRow())

    def _choose(self, at: int) -> None:
        if not 0 <= at < len(self._designs):
            return
        if self._saving.isActive():
            self._save()
        design = self._designs[at]
        self._shown = design.name
        fixed = "" if design.name else "The plain design stays as it is; make a new one to change it."
        self._name.setText(design.name or PLAIN)
        self._form.show_look(design.look)
        for part in (self._name, self._form, self._remove):
            part.setEnabled(bool(design.name))
            part.setToolTip(fixed)
            part.setAccessibleDescription(fixed)
        is_usual = design.name == self._desk.house.settings.design
        self._usual.setEnabled(not is_usual)
        self._usual.setToolTip("It is the default one already." if is_usual else "")
        self._usual.setAccessibleDescription(self._usual.toolTip())
        self._show_preview()

    # -- changes ---------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._show_preview()
        if self._preview.is_drawn:
            self._saving.start()

    def _show_preview(self) -> None:
        width, height = BOXES[self._box.currentIndex()][1]
        stated = designs.sample(self._desk.house)
        self._said.setText(self._preview.show_look(self._form.look, stated, width, height))

    def _save(self) -> None:
        self._saving.stop()
        name, look = self._shown, self._form.look
        if not name or not self._preview.is_drawn:
            return
        self._designs = tuple(Design(name, look) if each.name == name else each for each in self._designs)
        self._desk.run(lambda _: designs.save(self._desk.house, name, look), owner=self._desk)

    def _rename(self) -> None:
        old, new = self._shown, " ".join(self._name.text().split())
        if old and new and new != old:
            self._save()
            self._change(lambda: designs.rename(self._desk.house, old, new), new)

    def _make(self) -> None:
        names = {each.name for each in self._designs}
        name = next(f"Design {number}" for number in range(1, len(names) + 2) if f"Design {number}" not in names)
        look = self._form.look
        self._change(lambda: designs.save(self._desk.house, name, look), name)

    def _ask_removal(self) -> None:
        name = self._shown
        Question(
            f"Remove “{name}”?",
            "What was sealed with it stays as it is. The design itself cannot be brought back.",
            "Remove",
            lambda _: self._change(lambda: designs.remove(self._desk.house, name), ""),
            self,
        ).open()

    def _change(self, work: Callable[[], Changes], wanted: str | None = None) -> None:
        self._saving.stop()
        then = self._shown if wanted is None else wanted

        def done(_: Changes) -> None:
            self._read(then)

        self._desk.run(lambda _: work(), done, owner=self)
