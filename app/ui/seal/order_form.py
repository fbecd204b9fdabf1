"""What a run of sealing needs to know: files, whose key, what is seen, how high, where to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app.domain.geometry import Rect
from app.domain.level import Level
from app.services.sealing_jobs import Job, Signer
from app.services.verdict_words import LEVELS
from app.ui.seal.designer import PLAIN
from app.ui.seal.identity_card import IdentityCard
from app.ui.seal.parts import combo
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, set_look

USUAL: Final = Rect(60, 700, 220, 70)
UNSEEN, SEEN = "Not to be seen", "In a new place"
EMPTY_FIRST: Final = "A file with an empty signature field is signed in that field, which is seen if it has an area."
NO_TSA: Final = "Set a time-stamp authority in Preferences first."


class OrderForm(QWidget):
    """Signals: `changed` after each change by the person; `designs_wanted` for the designer. `adding` is the button
    that adds an identity.
    """

    changed = Signal()
    designs_wanted = Signal()

    def __init__(self, adding: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._adding = adding
        self.files: tuple[Path, ...] = ()
        self.folder: Path | None = None
        self._signers: tuple[Signer, ...] = ()
        self._wanted = ""
        self._list = QListWidget()
        self._list.setAccessibleName("Files and folders to seal")
        self._list.setFixedHeight(120)
        self._add, self._add_folder, self._clear = (
            QPushButton(words) for words in ("Add files…", "Add folder…", "Clear")
        )
        self._who = combo("Whose seal")
        self._card = IdentityCard()
        self._seen = combo("Whether it is seen", [(each, each) for each in (UNSEEN, SEEN)])
        self._hint = label(EMPTY_FIRST, "small", ink="muted", wrap=True)
        self._page = QSpinBox()
        self._page.setRange(1, 99999)
        self._page.setAccessibleName("Page")
        self._numbers = [_number(name) for name in ("From the left", "From the top", "Width", "Height")]
        self._design = combo("Design")
        self._designs = QPushButton("Designs…")
        self._level = combo("Level", [(LEVELS[level], level) for level in Level])
        self._reason = QLineEdit()
        self._reason.setAccessibleName("Reason")
        self._reason.setPlaceholderText("Written into the signature; may be empty")
        self._out = label("No folder chosen yet", ink="muted", wrap=True)
        self._choose = QPushButton("Choose…")
        self._choose.setAccessibleName("Choose the folder for sealed files")
        self._stops = QCheckBox("Stop at the first file that cannot be sealed")
        self._where = QWidget()
        self._lay_out()
        self._connect()
        self.place(1, USUAL)
        self._show_card()
        self._suit()

    # -- what is chosen --------------------------------------------------------------------------------

    @property
    def signer(self) -> Signer | None:
        at = self._who.currentIndex()
        return self._signers[at] if 0 <= at < len(self._signers) else None

    @property
    def spot(self) -> Rect | None:
        """None while nothing is to be seen."""
        return Rect(*(box.value() for box in self._numbers)) if self._seen.currentText() == SEEN else None

    @property
    def page(self) -> int:
        return self._page.value()

    @property
    def design(self) -> str:
        return str(self._design.currentData() or "")

    @property
    def reason(self) -> str:
        return self._reason.text().strip()

    def job(self) -> Job | None:
        """None while something is missing, see `missing`."""
        if self.missing() or self.folder is None or self.signer is None:
            return None
        return Job(
            files=self.files, folder=self.folder, identity=self.signer.name, design=self.design,
            level=Level(self._level.currentData()), reason=self.reason, page=self.page, rect=self.spot,
            stops=self._stops.isChecked(),
        )  # fmt: skip

    def missing(self) -> str:
        """Why nothing can be sealed yet, "" when it can."""
        if not self.files:
            return "Add the files to seal first."
        if self.signer is None:
            return "The keys are still being looked up."
        if self.signer.card.usable:
            return "This identity cannot be used; choose another."
        if self.folder is None:
            return "Choose the folder for the sealed files first."
        return ""

    # -- what is shown ---------------------------------------------------------------------------------

    def add(self, paths: Sequence[Path]) -> None:
        """Each once; those before stay."""
        self.files = tuple(dict.fromkeys((*self.files, *paths)))
        self._list.clear()
        self._list.addItems([str(path) for path in self.files])
        if self.folder is None and self.files:
            first = self.files[0]
            self._set_folder((first if first.is_dir() else first.parent) / "sealed")
        self._tell()

    def choose_signer(self, name: str) -> None:
        """Now, or when it is among those that are shown next."""
        self._wanted = name
        names = [signer.name for signer in self._signers]
        if name in names:
            self._who.setCurrentIndex(names.index(name))
            self._choose_signer()

    def show_signers(self, signers: Sequence[Signer]) -> None:
        before = self._wanted or (self.signer.name if self.signer else "")
        self._signers = tuple(signers)
        self._who.clear()
        for signer in signers:
            self._who.addItem(f"{signer.card.name} ({signer.name})")
        names = [signer.name for signer in signers]
        self._who.setCurrentIndex(names.index(before) if before in names else 0)
        self._show_card()
        self._tell()

    def show_designs(self, names: Sequence[str], usual: str) -> None:
        """The default one has no name here: it may change before the run is made."""
        before = self.design
        self._design.clear()
        self._design.addItem(f"Default ({usual or PLAIN.lower()})", "")
        for name in names:
            self._design.addItem(name, name)
        self._design.setCurrentIndex(max(0, self._design.findData(before)))

    def show_levels(self, usual: str, has_tsa: bool) -> None:
        """Levels that need an authority are grey while there is none."""
        self._level.setCurrentIndex(self._level.findData(usual) if has_tsa else 0)
        self._level.setEnabled(has_tsa)
        self._level.setToolTip("" if has_tsa else NO_TSA)
        self._level.setAccessibleDescription(self._level.toolTip())

    def show_job(self, job: Job) -> None:
        """As it was ordered before."""
        self.files = ()
        self._set_folder(job.folder)
        self.add(job.files)
        names = [signer.name for signer in self._signers]
        self._who.setCurrentIndex(names.index(job.identity) if job.identity in names else 0)
        self._design.setCurrentIndex(max(0, self._design.findData(job.design)))
        self._level.setCurrentIndex(self._level.findData(job.level))
        self._reason.setText(job.reason)
        self._stops.setChecked(job.stops)
        self._seen.setCurrentText(SEEN if job.rect else UNSEEN)
        self.place(job.page, job.rect or USUAL)
        self._tell()

    def place(self, page: int, rect: Rect) -> None:
        """Without telling that it changed."""
        values = (rect.x, rect.y, rect.width, rect.height)
        self.blockSignals(True)
        self._page.setValue(page)
        for box, value in zip(self._numbers, values, strict=True):
            box.setValue(value)
        self.blockSignals(False)

    # -- inside ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._list.setSpacing(2)
        places = QFormLayout(self._where)
        places.setContentsMargins(0, 0, 0, 0)
        places.setVerticalSpacing(SPACE.tight)
        places.addRow(label("Page", "small", ink="muted"), row(self._page, None))
        for at, words in ((0, "From left and top"), (2, "Width and height")):
            places.addRow(label(words, "small", ink="muted"), row(self._numbers[at], self._numbers[at + 1], None))
        hint = label("In points. Drag it on the page, or move it with the arrow keys.", "small", ink="muted", wrap=True)
        places.addRow(hint)
        self.setLayout(
            column(
                _section("Files"), self._list, row(self._add, self._add_folder, self._clear, None),
                _section("Whose seal"), self._who, self._card, row(self._adding, None),
                _section("What is seen"), self._seen, self._hint, self._where, row(self._design, self._designs),
                _section("The signature"), self._level, self._reason,
                _section("Sealed files go to"), row(self._out, None, self._choose), self._stops, None,
                gap=SPACE.inside,
            )
        )  # fmt: skip

    def _connect(self) -> None:
        self._add.clicked.connect(lambda: self._ask("Files to seal", QFileDialog.FileMode.ExistingFiles))
        self._add_folder.clicked.connect(lambda: self._ask("Folder to seal", QFileDialog.FileMode.Directory))
        self._clear.clicked.connect(self._forget)
        self._choose.clicked.connect(self._ask_folder)
        self._who.activated.connect(lambda _: self._choose_signer())
        self._designs.clicked.connect(self.designs_wanted)
        for chosen in (self._seen, self._design, self._level):
            chosen.activated.connect(lambda _: self._tell())
        self._reason.textEdited.connect(lambda _: self._tell())
        self._page.valueChanged.connect(lambda _: self._tell())
        for box in self._numbers:
            box.valueChanged.connect(lambda _: self._tell())

    def _ask(self, title: str, mode: QFileDialog.FileMode) -> None:
        dialog = _dialog(self, title, mode)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.open()

    def _ask_folder(self) -> None:
        dialog = _dialog(self, "Folder for sealed files", QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._take_folder)
        dialog.open()

    def _take_folder(self, name: str) -> None:
        self._set_folder(Path(name))
        self._tell()

    def _choose_signer(self) -> None:
        self._wanted = ""
        self._show_card()
        self._tell()

    def _set_folder(self, folder: Path) -> None:
        self.folder = folder
        self._out.setText(str(folder))
        set_look(self._out, ink="")

    def _forget(self) -> None:
        self.files = ()
        self._list.clear()
        self._tell()

    def _show_card(self) -> None:
        signer = self.signer
        self._card.setVisible(signer is not None)
        if signer is not None:
            self._card.show_signer(signer)

    def _suit(self) -> None:
        seen = self._seen.currentText() == SEEN
        self._where.setVisible(seen)
        self._hint.setVisible(not seen)
        self._clear.setEnabled(bool(self.files))
        self._clear.setToolTip("" if self.files else "There is nothing in the list.")

    def _tell(self) -> None:
        self._suit()
        self.changed.emit()


def _section(words: str) -> QWidget:
    return label(words, strong=True)


def _number(name: str) -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setRange(0, 14400)
    made.setDecimals(1)
    made.setAccessibleName(f"{name}, in points")
    return made


def _dialog(parent: QWidget, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
    dialog = QFileDialog(parent, title, "", "PDF (*.pdf)")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(mode)
    if mode is QFileDialog.FileMode.Directory:
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog
