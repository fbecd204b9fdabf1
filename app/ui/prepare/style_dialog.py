"""The look of a whole envelope: face, size, ink, dates, time zone, language. Fields that say otherwise keep theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from zoneinfo import available_timezones

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QPushButton, QWidget

from app.domain.style import LANGUAGES, EnvelopeStyle
from app.ui.prepare.logic_editors import FACES
from app.ui.prepare.property_editors import DATE_FORMATS, SIZES
from app.ui.theme import SPACE
from app.ui.theme.inks import INKS
from app.ui.widgets.look import column, label, row, set_look

TONGUES: Final = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "it": "Italiano",
}
MARK_ALONE: Final = "The signer's mark alone"
OF_THE_DEVICE: Final = "That of the device"


class StyleDialog(QDialog):
    """Changes count at once. Signals: `changed(EnvelopeStyle)`."""

    changed = Signal(object)

    def __init__(self, style: EnvelopeStyle, designs: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.style_ = style
        self.setWindowTitle("Look of the envelope")
        self.setMinimumWidth(420)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(SPACE.between)
        self._form.setVerticalSpacing(SPACE.snug)
        self._add("Face", "face", FACES)
        self._add("Size", "size_pt", SIZES)
        bold = QCheckBox("Bold")
        bold.setChecked(style.bold)
        bold.clicked.connect(lambda on: self._change("bold", on))
        self._form.addRow("", bold)
        self._add("Ink", "colour", (("Black", None), *INKS[1:]))
        self._add("Dates", "date_format", DATE_FORMATS[1:])
        self._add("Language of months", "language", [(TONGUES.get(each, each), each) for each in LANGUAGES])
        zones = [(OF_THE_DEVICE, None), *((name.replace("_", " "), name) for name in sorted(available_timezones()))]
        self._add("Time zone", "time_zone", zones)
        self._add("Signatures", "design", [(MARK_ALONE, ""), *((name, name) for name in designs)])
        done = QPushButton("Done")
        set_look(done, kind="primary")
        done.setDefault(True)
        done.clicked.connect(self.accept)
        self.setLayout(
            column(
                label("Look of the envelope", "large", strong=True),
                label("Holds for every field that has no look of its own.", ink="muted", wrap=True),
                self._form,
                row(None, done),
                gap=SPACE.between,
                margin=SPACE.around,
            )
        )

    def _add(self, title: str, key: str, choices: Any) -> None:
        box = QComboBox()
        box.setAccessibleName(title)
        values = [value for _, value in choices]
        box.addItems([words for words, _ in choices])
        now = getattr(self.style_, key)
        box.setCurrentIndex(values.index(now) if now in values else -1)
        box.activated.connect(lambda at: self._change(key, values[at]))
        self._form.addRow(label(title, ink="muted"), box)

    def _change(self, key: str, value: Any) -> None:
        self.style_ = replace(self.style_, **{key: value})
        self.changed.emit(self.style_)
