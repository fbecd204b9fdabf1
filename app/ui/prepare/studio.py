"""The editor put together: panels, pages and the tool in the hand, around one draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QMenu, QSplitter, QVBoxLayout, QWidget

from app.domain.block import Block
from app.domain.drawing import Drawing
from app.domain.envelope import Document, Envelope
from app.domain.fields.base import Field, Value
from app.domain.fields.registry import KINDS
from app.domain.geometry import Rect
from app.domain.ids import FieldId, Sha256
from app.domain.preflight import Finding
from app.domain.recipient import Recipient
from app.tasks import Runner
from app.ui.action_set import ActionSet
from app.ui.canvas.feeder import Source
from app.ui.canvas.layout import PageRef, Sheet
from app.ui.canvas.painter import DrawingPainter
from app.ui.canvas.view import PageView
from app.ui.models.draft import Aspect, Draft
from app.ui.models.habits import Habits
from app.ui.models.lengths import Unit
from app.ui.prepare import commands
from app.ui.prepare.arrange_bar import ArrangeBar
from app.ui.prepare.block_tool import BlockTool, BlockWishes, Put
from app.ui.prepare.carried import CarriedField
from app.ui.prepare.document_panel import DocumentPanel
from app.ui.prepare.drags import Surface
from app.ui.prepare.fields_overlay import IDLE, Doing, FieldsOverlay
from app.ui.prepare.find_bar import FindBar
from app.ui.prepare.gestures import EditTool, Wishes
from app.ui.prepare.ghost_bar import GhostBar
from app.ui.prepare.ghosts import Ghosts
from app.ui.prepare.handles import bounds
from app.ui.prepare.kind_picker import KindPicker, grown_to_least
from app.ui.prepare.narrator import Narrator
from app.ui.prepare.page_keys import PageKeys
from app.ui.prepare.preflight_bar import PreflightBar
from app.ui.prepare.printed import PrintedLines, Read
from app.ui.prepare.properties import Properties
from app.ui.prepare.side_panel import SidePanel
from app.ui.prepare.tab_order import TabOrder
from app.ui.prepare.top_bar import TopBar
from app.ui.widgets.banner import Banner
from app.ui.widgets.look import rule

CONTEXT_MENU = (
    ("edit.cut", "edit.copy", "edit.paste", "edit.duplicate", "edit.delete"),
    ("arrange.left", "arrange.centre", "arrange.right", "arrange.top", "arrange.middle", "arrange.bottom"),
    ("arrange.across", "arrange.down", "arrange.width", "arrange.height"),
    ("edit.repeat", "edit.loosen", "edit.save_block", "field.conditions", "field.formula"),
    ("edit.select_theirs", "edit.select_alike", "edit.select_all"),
)


OF_THE_PERSON = (
    "recipient_without_name", "name_hidden", "name_mixed", "no_email", "same_email", "code_without_address",
    "witness_without_signer", "witness_before_signer",
)  # fmt: skip
"""Findings that are settled in the particulars of a recipient."""


@dataclass(frozen=True)
class Supplies:
    """What the editor is given by the services, as functions."""

    source: Callable[[Envelope], Source]
    draw: Callable[[Envelope, Field, Value | None], Drawing]
    face_file: Callable[[str], Path]
    picture: Callable[[Sha256], QImage | None]
    new_field: Callable[[Envelope, str, PageRef, Rect, str | None], Field]
    new_recipient: Callable[[Envelope], Recipient]
    new_id: Callable[[], FieldId]
    habits: Callable[[], Habits]
    guides: Callable[[Envelope], Read]


class Studio(QWidget):
    """Signals: `remove_wanted(document)`, `ordered(tuple of documents)`, `accepted(list of Offer)`,
    `ordering_ended` of the tab order."""

    remove_wanted = Signal(str)
    accepted = Signal(list)
    ordering_ended = Signal()
    ordered = Signal(tuple)

    def __init__(self, draft: Draft, runner: Runner, actions: ActionSet, supplies: Supplies) -> None:
        super().__init__()
        self.draft, self._supplies, self._actions = draft, supplies, actions
        self._runner, self.new_id = runner, supplies.new_id
        self.view = PageView(runner)
        drawings = DrawingPainter(supplies.face_file, supplies.picture)
        self.overlay = FieldsOverlay(draft, supplies.draw, drawings, supplies.habits)
        self.view.add_overlay(self.overlay)
        self.printed = PrintedLines(runner, self)
        surface = Surface(self.view, draft, self.overlay, supplies.habits, self.printed)
        self.ghosts = Ghosts(self.view, drawings, lambda offers: self.accepted.emit(list(offers)), self)
        self.view.add_overlay(self.ghosts)
        self.ghost_bar = GhostBar(self.ghosts)
        self.narrator = Narrator(self.view, draft, self._unit)
        self._keys = PageKeys(actions)
        self.tool = EditTool(surface, self._wishes(), self.ghosts, self._keys, self)
        self.view.set_tool(self.tool)
        self.top = TopBar(actions, self.view)
        self.documents = DocumentPanel(runner, draft, actions)
        self.side = SidePanel(draft, actions, Properties(draft, self.view.size_of, self._unit))
        self.preflight = PreflightBar()
        self.preflight.hold(ArrangeBar(draft, actions))
        self._carried = CarriedField(draft, drawings, self)
        self.finder = FindBar(self.view, runner)
        self.finder.closed.connect(self.view.setFocus)
        self.ordering: TabOrder | None = None
        self._drawings = drawings
        self._held: BlockTool | None = None
        self._banner: Banner | None = None
        self._lay_out()
        self._connect()
        self.refresh()

    # -- what the page asks ----------------------------------------------------------------------------------

    def refresh(self, touched: Aspect = Aspect.FIELDS | Aspect.PEOPLE | Aspect.DOCUMENTS | Aspect.DETAILS) -> None:
        envelope = self.draft.envelope
        if touched & Aspect.DOCUMENTS:
            sheets, source = sheets_of(envelope), self._supplies.source(envelope)
            self.printed.read_from(self._supplies.guides(envelope))
            self.view.show_sheets(sheets, source)
            self.documents.show_sheets(sheets, source)
        self.overlay.forget()
        self.ghosts.forget_covered(envelope.fields)
        self.documents.refresh(bool(touched & Aspect.DOCUMENTS))
        self.side.refresh()
        self.top.title.say(envelope.title)
        self.top.title.setReadOnly(not self.draft.is_editable)
        self.view.viewport().update()

    def say(self, banner: Banner | None) -> None:
        """One banner at a time above the pages; None takes it away."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = banner
        if banner is not None:
            self._middle.insertWidget(0, banner)

    def jump_to(self, finding: Finding) -> None:
        """Shows what a finding is about, ready to be mended."""
        if finding.field is not None:
            self.show_field(finding.field)
            self.view.setFocus()
        elif finding.role is not None:
            self.draft.make_current(finding.role)
            self.side.people.setFocus()
            if finding.code in OF_THE_PERSON and not self.side.form.isVisible():
                self.side.edit_recipient()
        elif finding.document is not None:
            self.view.go_to(PageRef(finding.document, 1))
            self.view.setFocus()
        elif finding.code == "no_documents":
            self.documents.add.setFocus()
        elif finding.code == "nobody_acts":
            (self.side.people if self.draft.envelope.recipients else self.side.add).setFocus()
        else:
            self._actions.qaction("envelope.settings").trigger()

    def show_whose(self) -> None:
        """Others are pale beside the current recipient's fields, where that is wanted."""
        self.view.viewport().update()

    def show_field(self, name: FieldId) -> None:
        """Chosen and in sight; nothing when it is gone meanwhile."""
        field = next((each for each in self.draft.envelope.fields if each.id == name), None)
        if field is not None:
            self.draft.reveal(field.recipient)
            self.draft.select((field.id,))
            self.view.reveal(PageRef(field.document, field.page), field.rect)

    @property
    def source(self) -> Source:
        """Of the documents as they stand now."""
        return self._supplies.source(self.draft.envelope)

    def small_pages(self, document: Document) -> PageView:
        """The pages of one document as stamps, to show in a dialog what becomes of them."""
        view = PageView(self._runner)
        sheets = [sheet for sheet in sheets_of(self.draft.envelope) if sheet.ref.document == document.id]
        view.show_sheets(sheets, self.source)
        return view

    def start_ordering(self) -> TabOrder:
        """Clicks number fields until it is stopped."""
        self.tool.arm(None)
        self.draft.reveal(self.draft.current.role if self.draft.current else None)
        self.ordering = TabOrder(self.view, self.draft, self.stop_ordering)
        self.view.add_overlay(self.ordering)
        self.view.set_tool(self.ordering)
        self.view.setFocus()
        return self.ordering

    def stop_ordering(self) -> None:
        if self.ordering is not None:
            self.view.remove_overlay(self.ordering)
            self.view.set_tool(self.tool)
            self.ordering = None
            self.ordering_ended.emit()

    def hold_block(self, block: Block, put: Put) -> None:
        """Until it is put down or away."""
        self._let_block_go()
        self.tool.arm(None)
        wishes = BlockWishes(put, self._let_block_go, self.narrator.carry)
        self._held = BlockTool(self.view, self.draft, self._drawings, block, wishes, self._keys)
        self.narrator.hold_block(block)
        self.view.add_overlay(self._held)
        self.view.set_tool(self._held)
        self.view.setFocus()

    def _let_block_go(self) -> None:
        if self._held is not None:
            self.view.remove_overlay(self._held)
            self.view.set_tool(self.tool)
            self._held = None

    def order_step(self, by: int) -> None:
        """The selected field earlier or later in its owner's order, whether the numbers are shown or not."""
        if self.draft.chosen and self.draft.chosen[-1].recipient is not None:
            self.draft.make_current(self.draft.chosen[-1].recipient)
            (self.ordering or TabOrder(self.view, self.draft, self.stop_ordering)).step(by)

    def box_around(self, fields: Sequence[Field]) -> Rect:
        """Of fields of one page; what of it lies on the page."""
        page = self.view.size_of(PageRef(fields[0].document, fields[0].page))
        return bounds(tuple(field.rect for field in fields)).clamped(page)

    def give_to(self, number: int) -> None:
        """The recipient of that number, from 1, gets the selection, or the next fields."""
        recipients = self.draft.envelope.recipients
        if number > len(recipients):
            return
        role = recipients[number - 1].role
        if self.draft.selection and self.draft.is_editable:
            commands.give_to(self.draft, role)
        self.draft.make_current(role)

    def make_field(self, kind: str, page: PageRef, rect: Rect) -> Field:
        current = self.draft.current
        role = current.role if current is not None else None
        return self._supplies.new_field(self.draft.envelope, kind, page, rect, role)

    # -- inside ----------------------------------------------------------------------------------------------

    def _wishes(self) -> Wishes:
        return Wishes(
            make=self.make_field,
            place=self._place,
            duplicate=lambda fields: commands.duplicate(self.draft, fields, self._supplies.new_id),
            nudge=lambda dx, dy, resizes: commands.nudge(self.draft, dx, dy, resizes, self.view.size_of),
            give_to=self.give_to,
            menu=self._show_menu,
            name=self._edit_label,
            choose=self._offer_kinds,
            carried=self.narrator.carry,
        )

    def _unit(self) -> Unit:
        return self._supplies.habits().unit

    def _offer_kinds(self, page: PageRef, rect: Rect) -> None:
        """A box was drawn over nothing: what shall stand in it?"""
        self.overlay.doing = Doing({}, page=page, marquee=rect)
        picker = KindPicker(self.view.viewport(), self._keys)
        picker.chosen.connect(lambda kind: self._place(kind, page, grown_to_least(kind, rect, self.view.size_of(page))))
        picker.closed.connect(self._put_box_away)
        picker.open_at(self.view.from_page(page, rect))

    def _put_box_away(self) -> None:
        self.overlay.doing = IDLE
        self.view.viewport().update()
        self.view.setFocus()

    def _edit_label(self) -> None:
        if self.draft.selection:
            self.side.properties.edit_label()

    def _place(self, kind: str, page: PageRef, rect: Rect) -> None:
        """Where there is nobody yet, a signer without a name comes along: preflight asks for the name later."""
        envelope, recipients = self.draft.envelope, self.draft.envelope.recipients
        current = self.draft.current
        if current is None and KINDS[kind].needs_recipient:
            current = self._supplies.new_recipient(envelope)
            recipients = (*recipients, current)
        role = current.role if current is not None else None
        field = self._supplies.new_field(envelope, kind, page, rect, role)
        commands.place(self.draft, field, recipients)
        self.view.setFocus()

    def _show_menu(self, at: QPoint) -> None:
        self.field_menu().popup(at)

    def field_menu(self) -> QMenu:
        """Of the selection."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        several = len(self.draft.selection) > 1
        for group in CONTEXT_MENU:
            for each in group:
                if several or not each.startswith("arrange."):
                    menu.addAction(self._actions.qaction(each))
            menu.addSeparator()
        return menu

    def _lay_out(self) -> None:
        middle = QFrame()
        self._middle = QVBoxLayout(middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(0)
        self._middle.addWidget(self.finder)
        self._middle.addWidget(self.ghost_bar)
        self._middle.addWidget(self.view, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        for part in (self.documents, middle, self.side):
            split.addWidget(part)
        split.setStretchFactor(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for widget, stretch in ((self.top, 0), (rule(), 0), (split, 1), (self.preflight, 0)):
            box.addWidget(widget, stretch)

    def _connect(self) -> None:
        self.draft.changed.connect(self.refresh)
        self.draft.filtered.connect(lambda: self.refresh(Aspect.FIELDS))
        self.draft.selected.connect(self.view.viewport().update)
        self.view.page_changed.connect(self.documents.show_current)
        self.view.page_changed.connect(self.printed.look_at)
        self.documents.page_wanted.connect(self.view.go_to)
        self.documents.remove_wanted.connect(self.remove_wanted)
        self.documents.ordered.connect(self.ordered)
        self.preflight.jump_wanted.connect(self.jump_to)
        palette = self.side.palette_
        palette.picked.connect(self._pick)
        palette.carried.connect(self._carry)
        palette.dropped.connect(self._drop)
        palette.put_back.connect(self._put_back)
        self.tool.armed_changed.connect(lambda: self.narrator.hold(self.tool.armed))
        self.tool.armed_changed.connect(lambda: palette.show_armed(self.tool.armed, self.tool.is_kept))

    def _pick(self, kind: str, keeps: bool) -> None:
        """A second click on the kind in the hand puts it away."""
        again = self.tool.armed == kind and not keeps
        self.tool.arm(None if again else kind, keeps)
        self.view.setFocus()

    def _carry(self, kind: str, at: QPoint) -> None:
        pointer = self.view.pointer_at(self._on_view(at)) if self._is_over_view(at) else None
        self.tool.hover(kind, pointer)
        if pointer is not None and pointer.on_page:
            self._carried.hide()
            return
        self._carried.carry(KINDS[kind], self.view.scale, QPointF(self.mapFromGlobal(at)))

    def _drop(self, kind: str, at: QPoint) -> None:
        self._carried.hide()
        pointer = self.view.pointer_at(self._on_view(at)) if self._is_over_view(at) else None
        self.tool.drop(kind, pointer)

    def _put_back(self, kind: str) -> None:
        self._carried.hide()
        self.tool.hover(kind, None)

    def _on_view(self, at: QPoint) -> QPointF:
        return QPointF(self.view.viewport().mapFromGlobal(at))

    def _is_over_view(self, at: QPoint) -> bool:
        return self.view.viewport().rect().contains(self.view.viewport().mapFromGlobal(at))


def sheets_of(envelope: Envelope) -> Sequence[Sheet]:
    return tuple(
        Sheet(PageRef(document.id, number), page.size, document.title)
        for document in envelope.documents
        for number, page in enumerate(document.pages, start=1)
    )
