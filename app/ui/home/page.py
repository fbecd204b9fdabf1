"""The page Home: shelves, list, preview."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.envelope import EnvelopeStatus
from app.domain.remote import RemoteFile
from app.services.reading import Query
from app.ui.action import Standing
from app.ui.action_set import ActionSet
from app.ui.desk import Desk
from app.ui.frame.memory import Memory
from app.ui.home.preview_panel import PreviewPanel, envelope_menu
from app.ui.home.rows import Rows
from app.ui.home.shelf_list import ShelfList
from app.ui.icons import icon
from app.ui.models.envelope_list import EnvelopeList
from app.ui.models.library import Counts, Envelopes
from app.ui.models.preview import Glance, Glances, Preview
from app.ui.models.shelves import SHELVES, Shelf, Shelves
from app.ui.theme import SPACE
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.look import column, label, row, set_look

if TYPE_CHECKING:
    from app.ui.home.deeds import Deeds
    from app.ui.home.remote_deeds import RemoteDeeds

TYPING_MS: Final = 120
"""A search begins when the person pauses, not at each letter."""
LOOKING_MS: Final = 40
"""Running down the list with a key held opens nothing; and the list is painted before its first envelope is read."""


class HomePage(QWidget):
    """Signals: `standing_changed` when another envelope is chosen or read; `inbox_changed` with the number of
    envelopes somebody can act on here."""

    standing_changed = Signal()
    inbox_changed = Signal(int)

    def __init__(self, desk: Desk, library: Envelopes, glances: Glances, actions: ActionSet, memory: Memory) -> None:
        super().__init__()
        self._desk = desk
        self._actions = actions
        self._memory = memory
        self._library = library
        self._shelf = SHELVES[0]
        self._chosen = ""
        self._settled = False
        self._full = ""
        self._list = EnvelopeList(self._library, desk.runner, desk.notices.fail, self)
        self._shelves = Shelves(self)
        self._preview = Preview(glances, desk.runner, self)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._count()

    # -- parts -----------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self._shelf_list = ShelfList(self._shelves)
        self._heading = label("", "title", strong=True)
        self._number = label("", ink="muted")
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search envelopes")
        self._search.setAccessibleName("Search envelopes")
        self._search.setClearButtonEnabled(True)
        self._search.addAction(
            QAction(icon("search", "muted"), "", self._search), QLineEdit.ActionPosition.LeadingPosition
        )
        set_look(self._search, search=True)
        self._rows = Rows(self._list, self._carried)
        self._empty = EmptyState("inbox", "", "", [self._actions.button("file.new", "primary", "Choose files…")])
        self._middle = QStackedWidget()
        self._middle.addWidget(self._rows)
        self._middle.addWidget(self._empty)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(LOOKING_MS)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setLayout(column(self._shelf_list, margin=SPACE.snug))
        head = QWidget()
        new = self._actions.button("file.new", "primary", "New")
        new.setMinimumWidth(new.sizeHint().width())
        self._search.setMinimumWidth(160)
        self._search.setMaximumWidth(320)
        line = row(self._heading, self._number, None, gap=SPACE.inside)
        line.addWidget(self._search, 2)
        line.addWidget(new)
        head.setLayout(line)
        line.setContentsMargins(SPACE.between, SPACE.snug, SPACE.between, SPACE.snug)
        middle = QWidget()
        set_look(middle, ground="surface")
        middle.setLayout(column(head, self._middle, gap=0))
        self._panel = PreviewPanel(self._preview, self._actions)
        self._panel.level_tried.connect(lambda: self._deeds.strengthen(self._chosen))
        self._panel.level_chosen.connect(lambda level: self._deeds.choose_level(self._chosen, level))
        self._panel.half.asked.connect(lambda doing, role: self._remote.ask(self._glance(), doing, role))
        self._panel.half.decided.connect(lambda operation, side: self._remote.decide(self._glance(), operation, side))
        self._panel.half.verify_wanted.connect(self._verify_came_back)
        self._panel.half.outbox_wanted.connect(lambda: self._desk.go.exchange("Outbox"))
        self._splitter = QSplitter()
        self._splitter.setChildrenCollapsible(False)
        for part, least in ((left, 176), (middle, 380), (self._panel, 304)):
            part.setMinimumWidth(least)
            self._splitter.addWidget(part)
        self._splitter.setSizes([188, 664, 340])
        self.setFocusProxy(self._rows)
        self._splitter.setStretchFactor(1, 1)
        self._memory.place_splitter("home", self._splitter)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._splitter)

    def _connect(self) -> None:
        self._shelf_list.chosen.connect(self._take_down)
        self._search.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._seek)
        self._looking.timeout.connect(lambda: self._preview.show(self._chosen or None))
        self._list.modelReset.connect(self._choose_again)
        self._list.counted.connect(self._counted)
        self._rows.selectionModel().currentChanged.connect(self._choose)
        self._rows.activated.connect(lambda _: self.open_chosen())
        self._rows.customContextMenuRequested.connect(self._offer)
        self._preview.shown.connect(lambda _: self.standing_changed.emit())
        self._desk.changed.connect(self.take_changes)
        self._splitter.splitterMoved.connect(lambda: self._memory.keep_splitter("home", self._splitter))

    # -- what the shell asks ---------------------------------------------------------------------------

    def standing(self) -> Standing:
        return Standing(self._preview.missing())

    def panels(self) -> list[QWidget]:
        return [self._shelf_list, self._search, self._rows, self._panel]

    def take_changes(self, changes: Changes) -> None:
        if changes.touches("envelope"):
            self._list.take_changes(changes)
            self._preview.take_changes(changes)
            self._count()

    def show_envelope(self, envelope: str) -> None:
        """Chooses it, on the shelf where it lies."""
        self._chosen = envelope
        self._shelf_list.choose("all")
        self._show_shelf(next(shelf for shelf in SHELVES if shelf.name == "all"))

    # -- list ------------------------------------------------------------------------------------------

    def _take_down(self, shelf: Shelf) -> None:
        """The person's own choice: nothing is chosen for them any more."""
        self._settled = True
        self._show_shelf(shelf)

    def _show_shelf(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._heading.setText(shelf.title)
        self._shelf_list.choose(shelf.name)
        self._seek()

    def _seek(self) -> None:
        self._typing.stop()
        status: tuple[EnvelopeStatus, ...] = () if self._shelf.status is None else (self._shelf.status,)
        self._list.seek(Query(status=status, search=self._search.text().strip(), needs_host=self._shelf.needs_host))

    def _counted(self, found: int) -> None:
        self._number.setText(f"{found:,}" if found else "")
        self._middle.setCurrentIndex(0 if found else 1)
        emptied, self._full = self._full == self._shelf.name and not found, self._shelf.name if found else ""
        if found:
            return
        searched = self._search.text().strip()
        if emptied and not searched:
            # The last one has gone its way (sent out, completed): to where there is something to do.
            self._settled = False
            self._count()
        if searched:
            self._empty.say(
                f"Nothing found for “{searched}”", "Search looks at titles, people, documents and messages."
            )
        else:
            self._empty.say(self._shelf.empty, self._shelf.hint)

    def _choose(self, current: QModelIndex) -> None:
        envelope = self._list.id_at(current.row())
        if envelope is not None and envelope != self._chosen:
            self._chosen = envelope
            self._looking.start()

    def _choose_again(self) -> None:
        """After the list was read anew: the same envelope if it is still there, else the first."""
        at = max(0, self._list.row_of(self._chosen)) if self._chosen else 0
        wanted = self._list.id_at(at)
        if wanted is None:
            self._chosen = ""
            self._preview.show(None)
            return
        self._rows.setCurrentIndex(self._list.index(at))
        glance = self._preview.glance
        if glance is None or glance.envelope.id != wanted:
            self._chosen = wanted
            self._looking.start()

    def _count(self) -> None:
        self._desk.runner.start(
            lambda _: self._library.counts(), self._show_counts, self._desk.notices.fail, owner=self
        )

    def _show_counts(self, counts: Counts) -> None:
        self._shelves.show_counts(counts)
        self.inbox_changed.emit(counts.inbox)
        if not self._settled:
            self._settled = bool(counts.all)
            wanted = "drafts" if counts.all and not counts.inbox else "inbox"
            if wanted == "drafts" and not self._shelves.count_of("drafts"):
                wanted = "all"
            self._show_shelf(next(shelf for shelf in SHELVES if shelf.name == wanted))

    def _offer(self, at: QPoint) -> None:
        if self._rows.indexAt(at).isValid():
            envelope_menu(self._actions, self._rows).popup(self._rows.viewport().mapToGlobal(at))

    # -- what the table of actions calls ---------------------------------------------------------------

    def focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def pack_for_travel(self) -> None:
        self._deeds.pack_for_travel()

    def show_reminders(self) -> None:
        self._deeds.show_reminders()

    def open_chosen(self) -> None:
        if self._chosen:
            self._desk.go.prepare(self._chosen)

    def start_signing(self) -> None:
        self._desk.go.room(self._chosen)

    def hand_over_chosen(self) -> None:
        self._remote.hand_over(self._glance())

    def _verify_came_back(self, file: RemoteFile) -> None:
        self._remote.verify(file)

    def run_kiosk(self) -> None:
        self._deeds.kiosk(self._chosen)

    def export_chosen(self) -> None:
        self._deeds.export(self._chosen)

    def verify_chosen(self) -> None:
        glance = self._preview.glance
        if glance is not None:
            self._deeds.verify(glance.envelope)

    def print_chosen(self) -> None:
        glance = self._preview.glance
        if glance is not None:
            self._deeds.print(glance.envelope)

    def copy_chosen(self) -> None:
        self._deeds.copy(self._chosen)

    def take_back_chosen(self) -> None:
        self._deeds.take_back(self._chosen)

    def void_chosen(self) -> None:
        self._deeds.void(self._chosen)

    def delete_chosen(self) -> None:
        self._deeds.delete(self._chosen)

    def _carried(self) -> QMimeData | None:
        glance = self._preview.glance
        return self._deeds.carried(glance.envelope) if glance is not None else None

    def _glance(self) -> Glance | None:
        """Of the chosen envelope, once it is read."""
        glance = self._preview.glance
        return glance if glance is not None and glance.envelope.id == self._chosen else None

    @cached_property
    def _remote(self) -> RemoteDeeds:
        from app.ui.home.remote_deeds import RemoteDeeds

        return RemoteDeeds(self._desk, self)

    @cached_property
    def _deeds(self) -> Deeds:
        """With their use cases they are read when first needed: the list need not wait for them."""
        from app.ui.home.deeds import Deeds

        return Deeds(self._desk, self)
