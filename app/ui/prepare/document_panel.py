"""The left panel put together: the list of documents above, the pages as stamps below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from app.tasks import Runner
from app.ui.action_set import ActionSet
from app.ui.canvas.feeder import Source
from app.ui.canvas.layout import PageRef, Sheet
from app.ui.icons import icon
from app.ui.models.draft import Draft
from app.ui.prepare.document_list import DocumentList
from app.ui.prepare.side_panel import MOST_WIDENED
from app.ui.prepare.thumbnails import Thumbnails
from app.ui.theme import SPACE, text_scale
from app.ui.widgets.grey import allow_action
from app.ui.widgets.look import label, row, set_look

DOCUMENT_MENU: Final = ("document.replace", "document.bring_in", "document.merge")
PAGE_MENU: Final = (
    ("page.turn_left", "page.turn_right", "page.straighten", "page.trim", "page.crop"),
    ("page.up", "page.down", "page.split"),
    ("page.blank", "page.insert"),
    ("page.delete",),
)


class DocumentPanel(QFrame):
    """Signals: `page_wanted(PageRef)`, `ordered(tuple of documents)`, `remove_wanted(document)`."""

    page_wanted = Signal(object)
    ordered = Signal(tuple)
    remove_wanted = Signal(str)

    def __init__(self, runner: Runner, draft: Draft, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="window")
        self._draft, self._actions = draft, actions
        self.list = DocumentList()
        self.stamps = Thumbnails(runner, draft)
        self.add = actions.tool("document.add")
        head = row(label("Documents", strong=True), None, self.add)
        head.setContentsMargins(SPACE.between, SPACE.inside, SPACE.inside, 0)
        rows = row(self.list)
        rows.setContentsMargins(SPACE.inside, 0, SPACE.inside, SPACE.inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.tight)
        box.addLayout(head)
        box.addLayout(rows)
        box.addWidget(self.stamps, 1)
        self.setMinimumWidth(round(132 * min(text_scale(), MOST_WIDENED)))
        self._connect()

    def sizeHint(self) -> QSize:
        return QSize(round(188 * min(text_scale(), MOST_WIDENED)), 500)

    def show_sheets(self, sheets: Sequence[Sheet], source: Source) -> None:
        self.stamps.show_sheets(sheets, source)
        self.stamps.fit_stamps()

    def refresh(self, with_documents: bool) -> None:
        if with_documents:
            self.list.show_documents(self._draft.envelope, self._draft.is_editable)
            self.list.setVisible(bool(self._draft.envelope.documents))
        self.stamps.tool.can_carry = self._draft.is_editable
        self.stamps.refresh()

    def show_current(self, page: PageRef) -> None:
        self.stamps.show_current(page)

    def _connect(self) -> None:
        self.list.opened.connect(lambda document: self.page_wanted.emit(PageRef(document, 1)))
        self.list.ordered.connect(self.ordered)
        self.list.remove_wanted.connect(self.remove_wanted)
        self.list.menu_wanted.connect(self._show_menu)
        self.stamps.read_wanted.connect(self.page_wanted)
        self.stamps.menu_wanted.connect(self._show_page_menu)

    def _show_menu(self, document: str, at: QPoint) -> None:
        if self._draft.is_editable:
            self.document_menu(document).popup(at)

    def document_menu(self, document: str) -> QMenu:
        ids = [each.id for each in self._draft.envelope.documents]
        place = [str(each) for each in ids].index(document)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        up = menu.addAction(icon("arrow-up"), "Move up", lambda: self._carry(place, -1))
        down = menu.addAction(icon("arrow-down"), "Move down", lambda: self._carry(place, 1))
        allow_action(up, "" if place > 0 else "It is the first document.")
        allow_action(down, "" if place + 1 < len(ids) else "It is the last document.")
        menu.addSeparator()
        for each in DOCUMENT_MENU:
            menu.addAction(self._actions.qaction(each))
        menu.addSeparator()
        menu.addAction(icon("trash-2", "bad"), "Remove document", lambda: self.remove_wanted.emit(document))
        return menu

    def _show_page_menu(self, at: QPoint) -> None:
        self.page_menu().popup(at)

    def page_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for group in PAGE_MENU:
            for each in group:
                menu.addAction(self._actions.qaction(each))
            menu.addSeparator()
        return menu

    def _carry(self, place: int, by: int) -> None:
        ids = [str(each.id) for each in self._draft.envelope.documents]
        ids.insert(place + by, ids.pop(place))
        self.ordered.emit(tuple(ids))
