"""Asking the style sheet for a look, and the few layouts everything is built with."""

from __future__ import annotations

from typing import Final, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import SPACE

Box = TypeVar("Box", bound=QBoxLayout)

RIGHT_EDGE: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


def set_look(widget: QWidget, **properties: str | bool) -> None:
    """Sets the dynamic properties the sheet knows (`type`, `ink`, `ground`, `kind`, `strong` …) and asks
    for a new polish, which Qt does not do by itself."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    if "ground" in properties:
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Words(QLabel):
    """Begins where its surroundings begin: Qt would set a Latin name in a page written to the left by its own letters,
    away from everything it belongs to.
    """

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutDirectionChange:
            across = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
            if across in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag(0), RIGHT_EDGE):
                upright = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
                to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
                self.setAlignment(upright | (RIGHT_EDGE if to_left else Qt.AlignmentFlag.AlignLeft))
        return super().event(event)


def label(text: str = "", size: str = "body", *, ink: str = "", strong: bool = False, wrap: bool = False) -> QLabel:
    """Text to be read; it can be selected by mouse only where `selectable` makes it so."""
    made = Words(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    set_look(made, type=size, ink=ink, strong=strong)
    return made


def selectable(made: QLabel) -> QLabel:
    """For what people copy: fingerprints, serials, paths."""
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def rule(vertical: bool = False) -> QFrame:
    """A hairline instead of a box."""
    line = QFrame()
    if vertical:
        line.setFixedWidth(SPACE.hair)
    else:
        line.setFixedHeight(SPACE.hair)
    line.setProperty("rule", True)
    return line


def column(*parts: QWidget | QLayout | int | None, gap: int = SPACE.inside, margin: int = 0) -> QVBoxLayout:
    return _fill(QVBoxLayout(), parts, gap, margin)


def row(*parts: QWidget | QLayout | int | None, gap: int = SPACE.inside, margin: int = 0) -> QHBoxLayout:
    """Parts from left to right; a number is space in pixels, None takes what is left over."""
    return _fill(QHBoxLayout(), parts, gap, margin)


def clear(layout: QLayout) -> None:
    """Takes everything out and lets go of the widgets."""
    while layout.count() and (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def _fill(box: Box, parts: tuple[QWidget | QLayout | int | None, ...], gap: int, margin: int) -> Box:
    box.setSpacing(gap)
    box.setContentsMargins(margin, margin, margin, margin)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)
    return box
