"""About: version, licence, where the source is, whose work is inside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, selectable

SOURCE_OFFER = (
    "Paraph is free software under the GNU Affero General Public License, version 3 or later. You may run, study, "
    "change and pass it on; whoever receives it, or uses it over a network, may have its source. This program is "
    "written in Python and its source lies in the folder it runs from: {source}"
)
NO_WARRANTY = "It comes with no warranty, to the extent permitted by law."


@dataclass(frozen=True)
class Provenance:
    """What the box says; `notices` are the files with third parties' licences."""

    version: str
    source: Path
    resources: Path

    def notices(self) -> str:
        """The licences that ship with the resources, each under the name of its file."""
        files = sorted(
            (
                *self.resources.glob("fonts/*/*OFL.txt"),
                *self.resources.glob("icons/LICENSE"),
                *self.resources.glob("licences/*.txt"),
            )
        )
        parts = [
            f"{file.parent.name}/{file.name}\n\n{file.read_text(encoding='utf-8', errors='replace')}" for file in files
        ]
        return f"\n\n{'─' * 60}\n\n".join(parts)


class About(QDialog):
    """What this program is, its licence, where its source is, and what it stands on."""

    def __init__(self, provenance: Provenance, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About Paraph")
        self.resize(620, 480)
        mark = QLabel()
        ratio = self.devicePixelRatioF()
        picture = QPixmap(str(provenance.resources / "app-icon" / "paraph-256.png"))
        side = round(72 * ratio)
        picture = picture.scaled(side, side, mode=Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        mark.setPixmap(picture)
        mark.setAccessibleName("The mark of Paraph")
        head = row(
            mark,
            column(
                label("Paraph", "display", strong=True),
                selectable(label(f"Version {provenance.version}", ink="muted")),
                gap=0,
            ),
            None,
            gap=SPACE.between,
        )
        tabs = QTabWidget()
        tabs.addTab(_licence(provenance), "Licence and source")
        tabs.addTab(_notices(provenance), "Third parties")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addLayout(head)
        box.addWidget(tabs, 1)
        box.addWidget(buttons)


def _licence(provenance: Provenance) -> QWidget:
    page = QWidget()
    text = selectable(label(SOURCE_OFFER.format(source=provenance.source), wrap=True))
    page.setLayout(column(text, label(NO_WARRANTY, ink="muted", wrap=True), None, gap=SPACE.snug, margin=SPACE.snug))
    return page


def _notices(provenance: Provenance) -> QPlainTextEdit:
    text = QPlainTextEdit(provenance.notices())
    text.setReadOnly(True)
    text.setAccessibleName("Licences of third parties")
    return text
