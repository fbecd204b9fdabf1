"""The list of envelopes: 100,000 rows with a true scroll bar and a small memory.

All ids are read at once (some bytes each); rows come by pages when they are looked at and the least recent page
is forgotten. A page that has not come yet is drawn as a quiet placeholder, so that scrolling never waits.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.changes import Changes
from app.domain.ids import EnvelopeId
from app.services.reading import Query, Row
from app.tasks import Handle, OnError, Runner
from app.ui.models.library import Envelopes
from app.ui.models.wording import STATUS, listed

Index = QModelIndex | QPersistentModelIndex
PAGE: Final = 64
PAGES_KEPT: Final = 48
UNDER_WAY: Final = 2
"""More requests at once only delay the page that is on the screen."""


class ListRole(IntEnum):
    """What the list's delegate asks for beside the text."""

    ROW = Qt.ItemDataRole.UserRole + 1
    ID = Qt.ItemDataRole.UserRole + 2


class EnvelopeList(QAbstractListModel):
    """Signals: `counted` with the number found, after each search."""

    counted = Signal(int)

    def __init__(self, envelopes: Envelopes, runner: Runner, failed: OnError, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._envelopes = envelopes
        self._runner = runner
        self._failed = failed
        self._query = Query()
        self._ids: Sequence[EnvelopeId] = ()
        self._place: dict[EnvelopeId, int] = {}
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._wanted: list[int] = []
        self._asked: set[int] = set()
        self._seeking: Handle | None = None
        self._edition = 0

    # -- what the page asks ----------------------------------------------------------------------------

    def seek(self, query: Query) -> None:
        """Shows what `query` finds; an older search that is still under way is dropped."""
        self._query = query
        self.read_again()

    def read_again(self) -> None:
        if self._seeking is not None:
            self._seeking.cancel()
        query = self._query
        self._seeking = self._runner.start(
            lambda _: found_by(self._envelopes, query), self._show, self._failed, owner=self
        )

    def take_changes(self, changes: Changes) -> None:
        if changes.touches("envelope"):
            self.read_again()

    def row_of(self, envelope: str) -> int:
        """-1 when it is not in the list."""
        if not self._place and self._ids:
            self._place = {found: at for at, found in enumerate(self._ids)}
        return self._place.get(EnvelopeId(envelope), -1)

    def id_at(self, row: int) -> EnvelopeId | None:
        return self._ids[row] if 0 <= row < len(self._ids) else None

    # -- Qt --------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == ListRole.ID:
            return self._ids[index.row()]
        row = self._row(index.row())
        if row is None:
            return "Loading" if role == Qt.ItemDataRole.DisplayRole else None
        match role:
            case ListRole.ROW:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row)
            case _:
                return None

    # -- pages -----------------------------------------------------------------------------------------

    def _row(self, at: int) -> Row | None:
        number, inside = divmod(at, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return None
        self._pages.move_to_end(number)
        return page[inside] if inside < len(page) else None

    def _want(self, number: int) -> None:
        """The newest wish first: what was scrolled past need not come at all."""
        if number in self._asked:
            return
        if number in self._wanted:
            self._wanted.remove(number)
        self._wanted.append(number)
        del self._wanted[: -2 * UNDER_WAY]
        self._ask()

    def _ask(self) -> None:
        while self._wanted and len(self._asked) < UNDER_WAY:
            self._ask_for(self._wanted.pop())

    def _ask_for(self, number: int) -> None:
        self._asked.add(number)
        ids, edition = self._ids[number * PAGE : (number + 1) * PAGE], self._edition
        self._runner.start(
            lambda _: self._envelopes.rows(ids),
            lambda rows: self._arrive(edition, number, rows),
            self._failed,
            owner=self,
        )

    def _arrive(self, edition: int, number: int, rows: tuple[Row, ...]) -> None:
        if edition != self._edition:
            return
        self._asked.discard(number)
        self._pages[number] = rows
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        first = number * PAGE
        self.dataChanged.emit(self.index(first), self.index(min(first + PAGE, len(self._ids)) - 1))
        self._ask()

    def _show(self, found: Found) -> None:
        self._edition += 1
        self.beginResetModel()
        self._ids = found.ids
        self._place = {}
        self._pages.clear()
        self._pages[0] = found.first
        self._wanted.clear()
        self._asked.clear()
        self.endResetModel()
        self.counted.emit(len(found.ids))


@dataclass(frozen=True)
class Found:
    """All ids, and the rows of the first page: what is seen first comes without asking twice."""

    ids: Sequence[EnvelopeId]
    first: tuple[Row, ...]


def found_by(envelopes: Envelopes, query: Query) -> Found:
    ids = envelopes.ids(query)
    return Found(ids, envelopes.rows(ids[:PAGE]) if ids else ())


def spoken(row: Row) -> str:
    """One sentence for a screen reader."""
    people = listed(tuple(party.name or party.role for party in row.recipients), most=3)
    word = STATUS[row.status][0]
    done, total = row.progress
    return f"{row.title}, {word}, {people or 'no recipients'}, {done} of {total} done"
