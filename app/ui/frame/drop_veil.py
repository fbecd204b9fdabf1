"""What a window shows while files are dragged over it: where they may fall, and what will come of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.icons import draw_icon
from app.ui.theme import CORNER, SPACE, TypeSize, Weight, face, qcolor, tokens_of

TAKEN: Final = frozenset((".pdf", ".md", ".markdown", ".txt", ".png", ".jpg", ".jpeg", ".docx"))
"""What can become a document, by the end of its name; the contents are judged when it is opened."""


def files_in(data: QMimeData) -> tuple[Path, ...]:
    """Local files of a drag, folders left out."""
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return tuple(path for path in paths if path.suffix and not path.is_dir())


def taken(files: Sequence[Path]) -> tuple[Path, ...]:
    return tuple(file for file in files if file.suffix.lower() in TAKEN)


class DropVeil(QWidget):
    """Covers the window and takes no events itself."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self._welcome = True
        self.hide()

    def offer(self, text: str, welcome: bool = True) -> None:
        """`welcome` False: these files are of no use here, and the text says why."""
        self._text, self._welcome = text, welcome
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        tone = tokens.accent if self._welcome else tokens.bad
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), qcolor(tokens.window, 0.86))
        pen = QPen(qcolor(tone), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16, 16, -16, -16), CORNER, CORNER)
        middle = self.rect().center()
        draw_icon(
            painter, QRect(middle.x() - 22, middle.y() - 58, 44, 44), "file-plus" if self._welcome else "ban", tone
        )
        painter.setPen(qcolor(tokens.text))
        painter.setFont(face(TypeSize.TITLE, Weight.SEMIBOLD))
        below = self.rect().adjusted(SPACE.apart, middle.y(), -SPACE.apart, 0)
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, top | Qt.TextFlag.TextWordWrap, self._text)
        painter.end()
