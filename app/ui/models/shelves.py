"""The shelves at the left of Home: which envelopes each holds, and how many."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.envelope import EnvelopeStatus
from app.ui.models.library import Counts

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Shelf:
    """`status` None: any. `lasting` shelves are shown also when empty. `hint` is said when there is nothing."""

    name: str
    title: str
    icon: str
    status: EnvelopeStatus | None = None
    needs_host: bool = False
    lasting: bool = True
    empty: str = ""
    hint: str = ""


SHELVES: Final = (
    Shelf(
        "inbox",
        "Inbox",
        "inbox",
        needs_host=True,
        empty="Nobody is waiting here",
        hint="Envelopes that somebody can sign on this device now appear here.",
    ),
    Shelf(
        "drafts",
        "Drafts",
        "file-pen-line",
        EnvelopeStatus.DRAFT,
        empty="No drafts",
        hint="Drop a PDF here, or choose files, to begin an envelope.",
    ),
    Shelf(
        "out",
        "Out",
        "send",
        EnvelopeStatus.OUT,
        empty="Nothing is out",
        hint="Envelopes you have sent out wait here until everybody is done.",
    ),
    Shelf(
        "completed",
        "Completed",
        "circle-check",
        EnvelopeStatus.COMPLETED,
        empty="Nothing completed yet",
        hint="Sealed documents with their certificate and audit trail are kept here.",
    ),
    Shelf("declined", "Declined", "circle-x", EnvelopeStatus.DECLINED, lasting=False, empty="Nothing declined"),
    Shelf("voided", "Voided", "ban", EnvelopeStatus.VOIDED, lasting=False, empty="Nothing voided"),
    Shelf("expired", "Expired", "hourglass", EnvelopeStatus.EXPIRED, lasting=False, empty="Nothing expired"),
    Shelf(
        "all",
        "All",
        "layers",
        empty="No envelopes yet",
        hint="Drop a PDF here, or choose files, to begin an envelope.",
    ),
)


class ShelfRole(IntEnum):
    """What the shelf's delegate asks for beside the text."""

    SHELF = Qt.ItemDataRole.UserRole + 1
    COUNT = Qt.ItemDataRole.UserRole + 2


class Shelves(QAbstractListModel):
    """Shows lasting shelves always and the others while something lies on them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}
        self._shown = [shelf for shelf in SHELVES if shelf.lasting]

    def show_counts(self, counts: Counts) -> None:
        numbers = {shelf.name: _count(shelf, counts) for shelf in SHELVES}
        shown = [shelf for shelf in SHELVES if shelf.lasting or numbers[shelf.name]]
        if shown != self._shown:
            self.beginResetModel()
            self._counts, self._shown = numbers, shown
            self.endResetModel()
        elif numbers != self._counts:
            self._counts = numbers
            self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))

    def count_of(self, name: str) -> int:
        return self._counts.get(name, 0)

    def shelf_at(self, row: int) -> Shelf:
        return self._shown[row]

    def row_of(self, name: str) -> int:
        """The first shelf for a name that is not shown now."""
        return next((at for at, shelf in enumerate(self._shown) if shelf.name == name), 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        shelf = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shelf.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{shelf.title}, {self.count_of(shelf.name)}"
            case ShelfRole.SHELF:
                return shelf
            case ShelfRole.COUNT:
                return self.count_of(shelf.name)
            case _:
                return None


def _count(shelf: Shelf, counts: Counts) -> int:
    if shelf.needs_host:
        return counts.inbox
    return counts.all if shelf.status is None else counts.by_status.get(shelf.status, 0)
