"""What stands in the way of sending, and what is worth a look, as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.domain.preflight import Severity
from app.services.checking import FindingWords
from app.ui.icons import icon
from app.ui.theme import SPACE, text_scale
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import row, rule, set_look

ROLE: Final = int(Qt.ItemDataRole.UserRole)
MOST_ROWS: Final = 5
ICON_PX: Final = 16
TOOLS_PX: Final = 36
"""As high as the tools that come and go."""


class PreflightBar(QFrame):
    """One line; a click on it shows the list. Signals: `jump_wanted(Finding)`, `mend_wanted(Finding)`."""

    jump_wanted = Signal(object)
    mend_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="window")
        self._findings: tuple[FindingWords, ...] = ()
        self._icon = IconLabel("circle-check", "good", 18)
        self._words = ElidedLabel()
        self._is_open = False
        self._open = QToolButton()
        self._open.setIconSize(QSize(16, 16))
        self._open.clicked.connect(lambda: self.unfold(not self._is_open))
        self._list = QListWidget()
        self._list.setAccessibleName("Findings")
        self._list.setProperty("ground", "window")
        self._list.setIconSize(QSize(16, 16))
        self._list.itemClicked.connect(lambda item: self.jump_wanted.emit(item.data(ROLE)))
        self._list.itemActivated.connect(lambda item: self.jump_wanted.emit(item.data(ROLE)))
        self._list.hide()
        self._line = line = row(self._icon, self._words, self._open)
        line.setStretch(1, 1)
        line.addStrut(round(TOOLS_PX * text_scale()))
        line.setContentsMargins(SPACE.between, SPACE.tight, SPACE.inside, SPACE.tight)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(rule())
        box.addLayout(line)
        rows = row(self._list)
        rows.setContentsMargins(SPACE.snug, 0, SPACE.inside, 0)
        box.addLayout(rows)
        self.unfold(False)

    @property
    def findings(self) -> tuple[FindingWords, ...]:
        return self._findings

    def hold(self, tools: QWidget) -> None:
        """Room at the end of the line for tools that come and go: nothing on the pages moves when they do."""
        self._line.insertWidget(self._line.indexOf(self._open), tools)

    def show_findings(self, findings: Sequence[FindingWords], done: str = "") -> None:
        """`done` is said instead of findings, for what is no draft any more."""
        self._findings = tuple(findings)
        errors = sum(each.finding.severity is Severity.ERROR for each in findings)
        words, mark, tone = _summary(errors, len(findings) - errors) if not done else (done, "info", "muted")
        self._words.say(words)
        self._icon.show_icon(mark, tone)
        self._open.setVisible(bool(findings))
        self._list.clear()
        for each in findings:
            self._add(each)
        shown = min(len(findings), MOST_ROWS)
        self._list.setFixedHeight(round(shown * 30 * text_scale()) + SPACE.inside)
        if not findings:
            self.unfold(False)

    def unfold(self, is_open: bool = True) -> None:
        """Shows the list, if there is anything in it."""
        self._is_open = is_open and bool(self._findings)
        words = "Hide the findings" if self._is_open else "Show the findings"
        self._open.setIcon(icon("chevron-down" if self._is_open else "chevron-up", "muted"))
        self._open.setToolTip(words)
        self._open.setAccessibleName(words)
        self._list.setVisible(self._is_open)

    def _add(self, each: FindingWords) -> None:
        item = _item(each)
        self._list.addItem(item)
        words = ElidedLabel(f"{each.title}  {each.fix}")
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = row(words)
        line.setContentsMargins(ICON_PX + SPACE.inside, 0, 0, 0)
        if each.mendable:
            button = QPushButton("Mend")
            set_look(button, kind="link")
            button.setAccessibleName(f"Mend: {each.title}")
            button.setToolTip("Settles it in the obvious way; undo takes it back.")
            button.clicked.connect(lambda: self.mend_wanted.emit(each.finding))
            line.addWidget(button)
        holder = QWidget()
        holder.setLayout(line)
        holder.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._list.setItemWidget(item, holder)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.unfold(not self._is_open)


def _summary(errors: int, warnings: int) -> tuple[str, str, str]:
    """Words, icon, tone."""
    looks = f"{warnings} thing{'' if warnings == 1 else 's'} worth a look"
    if errors:
        stands = "1 thing stands" if errors == 1 else f"{errors} things stand"
        return f"{stands} in the way of sending" + (f", {looks}" if warnings else ""), "circle-alert", "bad"
    if warnings:
        return f"Ready to send out, {looks}", "triangle-alert", "warn"
    return "Ready to send out", "circle-check", "good"


def _item(each: FindingWords) -> QListWidgetItem:
    is_error = each.finding.severity is Severity.ERROR
    mark, tone = ("circle-alert", "bad") if is_error else ("triangle-alert", "warn")
    item = QListWidgetItem(icon(mark, tone), "")
    item.setData(ROLE, each.finding)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{'Error' if is_error else 'Warning'}: {each.title} {each.fix}")
    item.setSizeHint(QSize(100, round(30 * text_scale())))
    return item
