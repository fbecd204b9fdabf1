"""The envelope's own settings: message, routing, sealing, expiry, copies. Each change is a step of history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.domain.envelope import CopyMode, Routing, SealingMode
from app.ui.models.draft import Draft
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, set_look

CHOICES: Final[tuple[tuple[str, str, str, tuple[tuple[str, Any], ...]], ...]] = (
    (
        "routing",
        "Order",
        "Who may act when.",
        (("One step after the other", Routing.SEQUENTIAL), ("Everybody at once", Routing.PARALLEL)),
    ),
    (
        "sealing",
        "Sealing",
        "When the documents get their signatures.",
        (
            ("Each person's act, when it is done", SealingMode.EACH_RECIPIENT),
            ("Everything once, at completion", SealingMode.AT_COMPLETION),
        ),
    ),
    (
        "copy_mode",
        "Copies",
        "What signers take away.",
        (("Ask each signer", CopyMode.ASK), ("Always", CopyMode.ALWAYS), ("None", CopyMode.DISABLED)),
    ),
)
TICKS: Final = (
    ("confirmation_page", "Add a certificate of completion"),
    ("hide_other_signers", "Signers do not see each other"),
    ("confirm_each_field", "Signers confirm each signature by itself"),
)


class SettingsDialog(QDialog):
    """Changes count at once; there is nothing to apply and everything to undo."""

    def __init__(self, draft: Draft, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._now = draft, now
        self.setWindowTitle("Envelope settings")
        self.setMinimumWidth(480)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(SPACE.between)
        self._form.setVerticalSpacing(SPACE.snug)
        self._add_message()
        for key, title, tip, choices in CHOICES:
            self._add_choice(key, title, tip, choices)
        self._add_expiry()
        for key, words in TICKS:
            self._add_tick(key, words)
        done = QPushButton("Done")
        set_look(done, kind="primary")
        done.setDefault(True)
        done.clicked.connect(self.accept)
        box = column(
            label("Envelope settings", "large", strong=True), self._form, row(None, done), gap=SPACE.between,
            margin=SPACE.around,
        )  # fmt: skip
        self.setLayout(box)

    def _add_message(self) -> None:
        edit = QPlainTextEdit(self._draft.envelope.message)
        edit.setAccessibleName("Message to the recipients")
        edit.setPlaceholderText("Shown to everybody before they read the documents")
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(84)
        edit.textChanged.connect(lambda: self._change("message", edit.toPlainText()))
        self._form.addRow(label("Message", ink="muted"), edit)

    def _add_choice(self, key: str, title: str, tip: str, choices: Sequence[tuple[str, Any]]) -> None:
        box = QComboBox()
        box.setAccessibleName(title)
        box.setToolTip(tip)
        for words, _ in choices:
            box.addItem(words)
        values = [value for _, value in choices]
        box.setCurrentIndex(values.index(getattr(self._draft.envelope, key)))
        box.activated.connect(lambda at: self._change(key, values[at]))
        self._form.addRow(label(title, ink="muted"), box)

    def _add_expiry(self) -> None:
        tick, day = QCheckBox("on"), QDateEdit()
        tick.setAccessibleName("The envelope expires")
        day.setAccessibleName("Day it expires")
        day.setCalendarPopup(True)
        day.setDisplayFormat("d MMMM yyyy")
        expires = self._draft.envelope.expires_at
        first = expires or self._now + timedelta(days=30)
        day.setMinimumDate(_qdate(self._now))
        day.setDate(_qdate(first))
        day.setEnabled(expires is not None)
        tick.setChecked(expires is not None)

        def tell() -> None:
            day.setEnabled(tick.isChecked())
            self._change("expires_at", self._end_of(day.date()) if tick.isChecked() else None)

        tick.clicked.connect(tell)
        day.dateChanged.connect(tell)
        self._form.addRow(label("Expires", ink="muted"), row(tick, day, None))

    def _add_tick(self, key: str, words: str) -> None:
        tick = QCheckBox(words)
        tick.setChecked(bool(getattr(self._draft.envelope, key)))
        tick.clicked.connect(lambda checked: self._change(key, checked))
        self._form.addRow("", tick)

    def _end_of(self, day: QDate) -> datetime:
        """The last second of that day here, told in the clock's zone."""
        local = datetime.combine(date(day.year(), day.month(), day.day()), time(23, 59, 59)).astimezone()
        return local.astimezone(self._now.tzinfo or UTC)

    def _change(self, key: str, value: Any) -> None:
        after = replace(self._draft.envelope, **{key: value})
        self._draft.edit("Change settings", after, merge=f"setting {key}")


def _qdate(moment: datetime) -> QDate:
    local = moment.astimezone()
    return QDate(local.year, local.month, local.day)
