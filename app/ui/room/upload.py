"""A picture from something the signer plugs in, or, past the host's gate, from anywhere the host chooses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from app.domain.fields.base import FileValue, PictureValue
from app.domain.trim import PLAIN, Trim
from app.ui.icons import icon
from app.ui.models.room import RoomModel
from app.ui.models.room_desk import Words
from app.ui.models.room_gate import GateModel
from app.ui.models.room_places import PICTURES, Entry, entries, plugged_in
from app.ui.models.room_speech import phrase, say
from app.ui.room.gate import Gate
from app.ui.room.parts import TOUCH, button
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row


@dataclass(frozen=True)
class Wanted:
    """What may be brought: `suffixes` of files, none for files of any kind; the rest are phrases, and an icon."""

    title: str
    host: str
    missing: str
    suffixes: tuple[str, ...]
    picture: str


PICTURE = Wanted(
    phrase("Pictures"),
    phrase("The host may choose a picture from this device."),
    phrase("Plug in a stick or a card with a PNG or JPEG picture on it."),
    PICTURES,
    "image",
)
FILE = Wanted(
    phrase("Files"),
    phrase("The host may choose a file from this device."),
    phrase("Plug in a stick or a card with the file on it."),
    (),
    "file-text",
)


class Upload(QWidget):
    """Signals: `taken(PictureValue | FileValue)` when what was chosen has been read and kept."""

    taken = Signal(object)

    def __init__(self, model: RoomModel, gate: GateModel, wanted: Wanted | None = None) -> None:
        super().__init__()
        self._model = model
        self._wanted = wanted or PICTURE
        self._path: Path | None = None
        self._trim = PLAIN
        self._root: Path | None = None
        self._folder: Path | None = None
        self._list = QListWidget()
        self._list.setAccessibleName(say(self._wanted.title))
        self._list.setIconSize(QSize(20, 20))
        self._list.itemActivated.connect(self._activate)
        self._list.itemClicked.connect(self._activate)
        self._said = label("", ink="muted", wrap=True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._chooser())
        asked = Gate(gate, say(self._wanted.host))
        asked.opened.connect(self._host_chooses)
        asked.cancelled.connect(lambda: self._pages.setCurrentIndex(0))
        self._gate = asked
        self._pages.addWidget(asked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)
        self.look_again()

    def look_again(self) -> None:
        """Lists what is plugged in now."""
        self._root = self._folder = None
        self._fill(plugged_in())
        self._say("" if self._list.count() else say(self._wanted.missing))

    def take(self, path: Path) -> None:
        self._say(say("Reading it…"))
        self._path = path
        if self._wanted.suffixes:
            self._model.take_picture(path, self._took, self._refused, self._trim)
        else:
            self._model.take_file(path, self._took, self._refused)

    def trim(self, trim: Trim) -> None:
        """The same picture again, cut and turned like this; the next one too."""
        self._trim = trim
        if self._path is not None:
            self.take(self._path)

    def _chooser(self) -> QWidget:
        page = QWidget()
        again = button(say("Look again"), self.look_again, "quiet", "refresh-cw")
        self.setFocusProxy(again)
        host = button(say("Let the host choose"), self._ask_host, "quiet", "hand-helping")
        if self._model.desk.habits().unattended:
            host.hide()
        box = column(self._list, self._said, row(again, host, None), gap=SPACE.inside)
        box.setStretch(0, 1)
        page.setLayout(box)
        return page

    def _ask_host(self) -> None:
        self._pages.setCurrentIndex(1)
        self._gate.setFocus()

    def _fill(self, found: tuple[Entry, ...]) -> None:
        self._list.clear()
        if self._folder is not None:
            up = QListWidgetItem(icon("arrow-up"), say("Back"))
            up.setSizeHint(QSize(0, TOUCH))
            self._list.addItem(up)
        for entry in found:
            item = QListWidgetItem(icon("folder-open" if entry.is_folder else self._wanted.picture), entry.name)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            item.setSizeHint(QSize(0, TOUCH))
            self._list.addItem(item)

    def _activate(self, item: QListWidgetItem) -> None:
        entry = item.data(Qt.ItemDataRole.UserRole)
        if entry is None:
            self._go_up()
        elif entry.is_folder:
            self._enter(entry.path)
        else:
            self.take(entry.path)

    def _enter(self, folder: Path) -> None:
        self._root = self._root or folder
        self._folder = folder
        found = entries(folder, self._wanted.suffixes)
        self._fill(found)
        self._say("" if found else say("There is nothing to choose in this folder."))

    def _go_up(self) -> None:
        if self._folder is None or self._folder == self._root:
            self.look_again()
        else:
            self._enter(self._folder.parent)

    def _host_chooses(self) -> None:
        self._pages.setCurrentIndex(0)
        dialog = QFileDialog(self.window(), say(self._wanted.title))
        if self._wanted.suffixes:
            dialog.setNameFilter(f"{say(self._wanted.title)} ({' '.join('*' + end for end in self._wanted.suffixes)})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def _took(self, taken: PictureValue | FileValue) -> None:
        self._say("")
        self.taken.emit(taken)

    def _refused(self, words: Words) -> None:
        self._say(f"{words.title}. {words.todo}")

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))
        self._list.setVisible(bool(self._list.count()))
