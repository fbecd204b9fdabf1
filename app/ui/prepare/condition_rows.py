"""The lines a condition is built from: a field, what is asked of it, and a value; several lines make a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.domain.fields.base import Field
from app.domain.fields.condition import Group, Match, Op, Test
from app.domain.fields.registry import kind_of
from app.domain.ids import FieldId
from app.services import condition_words
from app.ui.icons import icon
from app.ui.theme import SPACE
from app.ui.widgets.look import row

JOINTS: Final = (("all of these", Match.ALL), ("any of these", Match.ANY))


class TestRow(QWidget):
    """Signals: `changed`, `removed`."""

    __test__ = False
    changed = Signal()
    removed = Signal()

    def __init__(self, fields: Sequence[Field], test: Test) -> None:
        super().__init__()
        self._fields = {field.id: field for field in fields}
        self.field, self.op = QComboBox(), QComboBox()
        self.field.setAccessibleName("Field")
        self.op.setAccessibleName("What is asked of it")
        for field in fields:
            self.field.addItem(_words(field), field.id)
        self.value = QComboBox()
        self.value.setEditable(True)
        self.value.setAccessibleName("Value")
        line = self.value.lineEdit() or QLineEdit()
        line.setPlaceholderText("Value")
        remove = QToolButton()
        remove.setIcon(icon("x", "muted"))
        remove.setIconSize(QSize(16, 16))
        remove.setAccessibleName("Remove this test")
        remove.setToolTip("Remove this test")
        remove.clicked.connect(self.removed)
        line_of = row(self.field, self.op, self.value, remove)
        line_of.setStretch(0, 2)
        line_of.setStretch(2, 2)
        self.setLayout(line_of)
        self._show(test)
        self.field.activated.connect(self._field_chosen)
        self.op.activated.connect(self._op_chosen)
        self.value.editTextChanged.connect(lambda _: self.changed.emit())

    def test(self) -> Test | None:
        """None while a value is missing."""
        op = Op(self.op.currentData())
        value = self.value.currentText().strip() if op.compares else ""
        return Test(FieldId(self.field.currentData()), op, value) if value or not op.compares else None

    def _show(self, test: Test) -> None:
        self.field.setCurrentIndex(self.field.findData(test.field))
        self._offer_ops()
        self.op.setCurrentIndex(max(self.op.findData(test.op), 0))
        self._offer_values()
        self.value.setEditText(test.value)

    def _field_chosen(self) -> None:
        self._offer_ops()
        self._offer_values()
        self.changed.emit()

    def _op_chosen(self) -> None:
        self._offer_values()
        self.changed.emit()

    def _offer_ops(self) -> None:
        self.op.clear()
        field = self._fields.get(FieldId(self.field.currentData() or ""))
        for op in condition_words.ops_for(field) if field is not None else ():
            self.op.addItem(condition_words.OPS[op], op)

    def _offer_values(self) -> None:
        field, kept = self._fields.get(FieldId(self.field.currentData() or "")), self.value.currentText()
        self.value.blockSignals(True)
        self.value.clear()
        self.value.addItems(list(field.options) if field is not None else [])
        self.value.setEditText(kept)
        self.value.blockSignals(False)
        self.value.setVisible(bool(self.op.currentData()) and Op(self.op.currentData()).compares)


class GroupBox(QFrame):
    """Signals: `changed`, `emptied` when its last test was removed."""

    changed = Signal()
    emptied = Signal()

    def __init__(self, fields: Sequence[Field], group: Group) -> None:
        super().__init__()
        self._fields, self._rows = fields, list[TestRow]()
        self.match = QComboBox()
        self.match.setAccessibleName("How the tests of this group go together")
        for words, match in JOINTS:
            self.match.addItem(words, match)
        self.match.setCurrentIndex(self.match.findData(group.match))
        self.match.activated.connect(self.changed)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, SPACE.tight, 0, SPACE.tight)
        self._box.setSpacing(SPACE.tight)
        self._box.addLayout(row(self.match, None))
        for test in group.tests:
            self.add(test)

    @property
    def rows(self) -> tuple[TestRow, ...]:
        return tuple(self._rows)

    def group(self) -> Group:
        """Of the tests that are complete, which may be none."""
        tests = (each.test() for each in self._rows)
        return Group(tuple(test for test in tests if test is not None), Match(self.match.currentData()))

    def add(self, test: Test) -> None:
        line = TestRow(self._fields, test)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self._remove(line))
        self._rows.append(line)
        self._box.addWidget(line)
        self.match.setVisible(len(self._rows) > 1)
        self.changed.emit()

    def _remove(self, line: TestRow) -> None:
        self._rows.remove(line)
        line.hide()
        line.deleteLater()
        self.match.setVisible(len(self._rows) > 1)
        if self._rows:
            self.changed.emit()
        else:
            self.emptied.emit()


def _words(field: Field) -> str:
    name = field.label or field.mapping_key or kind_of(field).title
    return f"{name}, page {field.page}"
