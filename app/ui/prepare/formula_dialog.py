"""A formula: names of fields as chips to click, functions with what they do, the result or the mistake at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QPlainTextEdit, QPushButton, QTextEdit, QWidget

from app.domain.envelope import Envelope
from app.domain.errors import FormulaError
from app.domain.fields.base import Field, Value
from app.domain.fields.registry import kind_of
from app.domain.formulas import computing
from app.domain.formulas.functions import FUNCTIONS
from app.domain.formulas.parsing import parse
from app.domain.formulas.tree import Reference
from app.ui.theme import SPACE, text_scale, tokens_of
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, set_look

INSERTS: Final = int(Qt.ItemDataRole.UserRole)
ROW: Final = 26
Preview = Callable[[Envelope, Field, str], Value | None]


class FormulaDialog(QDialog):
    """Signals: `decided(formula or None)`. A formula with a mistake cannot be kept."""

    decided = Signal(object)

    def __init__(self, envelope: Envelope, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._envelope, self._field = envelope, field
        self.setWindowTitle(f"Formula of {field.label or kind_of(field).title}")
        self.setMinimumSize(640, 460)
        self.text = QPlainTextEdit(field.formula or "")
        self.text.setAccessibleName("Formula")
        self.text.setPlaceholderText("Such as round([price] * [amount] * 1.19, 2)")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(84)
        self.text.textChanged.connect(self._judge)
        self.says = label("", wrap=True)
        self.names = self._list("Fields", self._names())
        self.functions = self._list(
            "Functions", [(f.usage, f"{f.name}(", f.says) for f in FUNCTIONS.values()]
        )  # fmt: skip
        self._keep = QPushButton("Keep")
        set_look(self._keep, kind="primary")
        self._keep.clicked.connect(self._decide)
        by_hand, leave = QPushButton("Filled in by the signer"), QPushButton("Cancel")
        by_hand.clicked.connect(self._remove)
        leave.clicked.connect(self.reject)
        lists = row(
            column(label("Fields", ink="muted"), self.names), column(label("Functions", ink="muted"), self.functions)
        )
        self.setLayout(
            column(
                self.text, self.says, lists, row(by_hand, None, leave, self._keep), gap=SPACE.snug, margin=SPACE.around
            )
        )
        self._judge()

    @property
    def formula(self) -> str:
        return self.text.toPlainText().strip()

    def _names(self) -> list[tuple[str, str, str]]:
        """Of the other fields a formula can read: words, what a click writes, where it stands."""
        others = (field for field in self._envelope.fields if field.id != self._field.id and field.recipient)
        found = {}
        for field in others:
            name = field.mapping_key or field.label
            words = name or f"{kind_of(field).title} without a name"
            found[name or str(field.id)] = (words, f"[{name or field.id}]", f"Page {field.page}")
        return list(found.values())

    def _list(self, title: str, rows: list[tuple[str, str, str]]) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(title)
        for words, inserts, tip in rows:
            item = QListWidgetItem(words)
            item.setData(INSERTS, inserts)
            item.setToolTip(tip)
            item.setSizeHint(QSize(60, round(ROW * text_scale())))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tip)
            made.addItem(item)
        made.itemActivated.connect(self._insert)
        made.itemClicked.connect(self._insert)
        return made

    def _insert(self, item: QListWidgetItem) -> None:
        """A chip goes in as a whole, where the cursor is."""
        self.text.insertPlainText(item.data(INSERTS))
        self.text.setFocus()

    def _judge(self) -> None:
        self.text.setExtraSelections([])
        if not self.formula:
            self._say("Empty: the signer fills it in.", "muted", False)
            return
        try:
            unknown = self._unknown()
            value = computing.preview(self._envelope, replace(self._field, formula=self.formula), self.formula)
        except FormulaError as error:
            self._mark(error.column)
            self._say(f"At {error.column}: {error.problem}. {error.mend}.", "bad", False)
            return
        if unknown:
            self._mark(unknown[0].column)
            self._say(f"At {unknown[0].column}: no field is called {unknown[0].name}. Choose one below.", "bad", False)
            return
        shown = kind_of(self._field).text_of(self._field, value) if value is not None else "nothing yet"
        self._say(f"With the answers so far: {shown}", "good", True)

    def _unknown(self) -> tuple[Reference, ...]:
        """Names no field bears. Raises `FormulaError` where it cannot be read at all."""
        parse(self.formula)
        trial = replace(self._field, formula=self.formula)
        fields = (trial if field.id == trial.id else field for field in self._envelope.fields)
        found = computing.readings(replace(self._envelope, fields=tuple(fields)))
        return next((each.unknown for each in found if each.field.id == trial.id), ())

    def _say(self, words: str, ink: str, good: bool) -> None:
        self.says.setText(words)
        set_look(self.says, ink=ink)
        self.text.setAccessibleDescription(words)
        allow(self._keep, "" if good else words)

    def _mark(self, at: int) -> None:
        """Underlines the letter a mistake begins at; `at` counts from 1."""
        cursor = QTextCursor(self.text.document())
        last = max(len(self.text.toPlainText()) - 1, 0)
        cursor.setPosition(min(max(at - 1, 0), last))
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        wrong = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(QColor(tokens_of(self.palette()).bad))
        wrong.cursor, wrong.format = cursor, look
        self.text.setExtraSelections([wrong])

    def _decide(self) -> None:
        self.accept()
        self.decided.emit(self.formula)

    def _remove(self) -> None:
        self.accept()
        self.decided.emit(None)
