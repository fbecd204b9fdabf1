"""The right panel: people and the kinds of fields above, the particulars of what is selected below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.domain.block import Block
from app.ui.action import Need
from app.ui.action_set import ActionSet
from app.ui.models.draft import Draft
from app.ui.prepare.block_list import BlockList
from app.ui.prepare.page_keys import PageKeys
from app.ui.prepare.palette import Palette
from app.ui.prepare.properties import Properties
from app.ui.prepare.recipient_form import RecipientForm
from app.ui.prepare.recipients import RecipientList, reordered
from app.ui.theme import SPACE, text_scale
from app.ui.widgets.look import column, label, row, rule, set_look

WIDTH = 312
MOST_WIDENED = 1.3
"""With larger type the panels grow no further than this: the pages need the room, and words wrap or end in …."""


class SidePanel(QFrame):
    """The upper part and the lower scroll each for itself: neither pushes the other out of sight."""

    def __init__(self, draft: Draft, actions: ActionSet, properties: Properties, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="surface")
        self._draft = draft
        self.people = RecipientList()
        self.form = RecipientForm(draft)
        self.form.hide()
        self.palette_ = Palette()
        self._keys = PageKeys(actions)
        self._show_keys()
        actions.rebound.connect(self._show_keys)
        self.blocks = BlockList()
        self.blocks_title = label("Blocks", strong=True)
        self.properties = properties
        self._nobody = label(
            "Add the people who sign. A field placed before that belongs to a signer you name later.",
            ink="muted", wrap=True,
        )  # fmt: skip
        self._upper = self._make_upper(actions)
        self.show_blocks(())
        self._is_divided = False
        self._divide()
        self.setMinimumWidth(round(272 * min(text_scale(), MOST_WIDENED)))
        self._connect()
        self.refresh()

    def _make_upper(self, actions: ActionSet) -> QVBoxLayout:
        self.add = actions.tool("recipient.add")
        self._everybody = actions.button("view.everybody", kind="link")
        return column(
            row(label("Recipients", strong=True), None, actions.tool("recipient.edit"), self.add, gap=0),
            self._nobody,
            self.people,
            self._everybody,
            self.form,
            SPACE.inside,
            rule(),
            SPACE.inside,
            label("Fields", strong=True),
            self.palette_,
            self.blocks_title,
            self.blocks,
            None,
            gap=SPACE.tight,
        )

    def _divide(self) -> None:
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(_scrolled(self._upper, "Recipients and fields"))
        self._split.addWidget(_scrolled(column(self.properties), "Particulars"))
        self._split.setStretchFactor(0, 0)
        self._split.setStretchFactor(1, 1)
        self._split.splitterMoved.connect(self._let_divide)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._split)

    def sizeHint(self) -> QSize:
        return QSize(round(WIDTH * min(text_scale(), MOST_WIDENED)), 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The palette gets what it needs as far as the particulars keep a third, until a person moves the border."""
        super().resizeEvent(event)
        if not self._is_divided:
            upper = min(self._upper.sizeHint().height(), self.height() * 2 // 3)
            self._split.setSizes([upper, self.height() - upper])

    def _let_divide(self) -> None:
        self._is_divided = True

    def refresh(self) -> None:
        envelope, current = self._draft.envelope, self._draft.current
        is_editable = self._draft.is_editable
        self.people.show_people(envelope, current.role if current else None, is_editable, self._draft.hidden)
        self._everybody.setVisible(bool(self._draft.hidden))
        self.people.setVisible(bool(envelope.recipients))
        self._nobody.setVisible(not envelope.recipients and is_editable)
        self.form.refresh()
        if not (envelope.recipients and is_editable):
            self.form.hide()
        self.palette_.allow("" if is_editable else Need.DRAFT.value)
        self.properties.refresh()

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        self.blocks.show_blocks(blocks)
        self.blocks_title.setVisible(bool(blocks))

    def edit_recipient(self) -> None:
        """Opens the particulars of the current recipient, or puts them away."""
        if self.form.isVisible():
            self.form.hide()
        elif self._draft.current is not None:
            self.form.refresh()
            self.form.show()
            self.form.edit_name()

    def _connect(self) -> None:
        self.people.chosen.connect(self._draft.make_current)
        self.people.edit_wanted.connect(self.edit_recipient)
        self.people.eye_pressed.connect(lambda role: self._draft.hide(self._draft.hidden ^ {role}))
        self.people.ordered.connect(self._reorder)
        self.form.finished.connect(self.form.hide)
        self._draft.current_changed.connect(self.refresh)

    def _show_keys(self) -> None:
        self.palette_.show_keys(self._keys.words_for)

    def _reorder(self, roles: tuple[str, ...]) -> None:
        envelope = self._draft.envelope
        self._draft.edit("Change the order", replace(envelope, recipients=reordered(envelope.recipients, roles)))
        self.refresh()


def _scrolled(inside: QVBoxLayout, name: str) -> QScrollArea:
    inside.setContentsMargins(SPACE.between, SPACE.snug, SPACE.between, SPACE.snug)
    box = QWidget()
    box.setLayout(inside)
    set_look(box, ground="surface")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    # Its controls take the keys, and bring themselves into sight.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.verticalScrollBar().setAccessibleName(f"{name}, up and down")
    area.setWidget(box)
    area.setMinimumHeight(140)
    return area
