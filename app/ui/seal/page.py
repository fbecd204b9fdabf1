"""The page Seal: PDFs sealed directly, one or thousands, without an envelope."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QScrollArea, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.domain.appearance import Appearance
from app.domain.changes import Changes
from app.domain.geometry import PageGeometry, Rect, Size
from app.services import batching, designs, messages, sealing_jobs, viewing
from app.services.sealing_jobs import Job, Signer
from app.services.viewing import Pixels
from app.ui.action import Standing
from app.ui.canvas.layout import PageRef, Sheet
from app.ui.canvas.view import PageView
from app.ui.canvas.zoom import Fit
from app.ui.desk import Desk
from app.ui.models.seal_run import SealRun
from app.ui.seal.designer import DesignerDialog
from app.ui.seal.identity_adding import AddIdentity
from app.ui.seal.identity_card import PinDialog
from app.ui.seal.order_form import OrderForm
from app.ui.seal.painter import SealPainter
from app.ui.seal.results import Results
from app.ui.seal.spot import SealSpot
from app.ui.theme import SPACE
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.look import column, label, row, set_look
from app.ui.widgets.progress import ProgressStrip

SHOWN: Final = "first"
NARROWEST: Final = 360


class SealPage(QWidget):
    """Nothing is asked before the card of the key was seen; each result is told as it comes."""

    standing_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._adding = AddIdentity(desk)
        self._form = OrderForm(self._adding)
        self._run = SealRun(desk, self)
        self._progress = ProgressStrip()
        self._results = Results()
        self._painter = SealPainter(desk, self)
        self._pages: tuple[PageGeometry, ...] = ()
        self._shown: Path | None = None
        self._begun: tuple[Job, Signer] | None = None
        self._looks: dict[str, Appearance] = {}
        self._spot = SealSpot(self._painter, self._size_of, self._spot_moved)
        self._view = PageView(desk.runner)
        self._view.add_overlay(self._spot)
        self._view.set_tool(self._spot)
        self._view.set_fit(Fit.PAGE)
        self._seal, self._copy = QPushButton("Seal"), QPushButton("Copy as command")
        set_look(self._seal, kind="primary")
        set_look(self._copy, kind="quiet")
        self._lay_out()
        self._connect()
        self._read()
        self._follow()

    # -- what the shell asks ---------------------------------------------------------------------------

    def standing(self) -> Standing:
        return Standing()

    def panels(self) -> list[QWidget]:
        return [self._form, self._view]

    def drop_words(self) -> str:
        return "Drop to seal"

    def take_files(self, files: tuple[Path, ...]) -> bool:
        if any(file.suffix.lower() != ".pdf" and not file.is_dir() for file in files):
            return False
        self._form.add(files)
        return True

    # -- layout ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._order_side())
        splitter.addWidget(self._page_side())
        splitter.setSizes([460, 700])
        splitter.setStretchFactor(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(splitter)

    def _order_side(self) -> QWidget:
        head = column(
            label("Seal files", "title", strong=True),
            label("Sealed copies are made; your files stay as they are.", ink="muted", wrap=True),
            gap=SPACE.tight,
        )
        self._left = column(head, self._form, gap=SPACE.between, margin=SPACE.around)
        inside, foot, side = QWidget(), QWidget(), QWidget()
        inside.setLayout(self._left)
        set_look(inside, ground="window")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setMinimumWidth(NARROWEST)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("What to seal, and how")
        foot.setLayout(column(self._progress, row(self._copy, None, self._seal), margin=SPACE.between))
        side.setLayout(column(area, foot, gap=0))
        return side

    def _page_side(self) -> QWidget:
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName("Page or results")
        self._tabs.addTab("First document")
        self._tabs.addTab("Results")
        self._stack, self._first = QStackedWidget(), QStackedWidget()
        self._first.addWidget(
            EmptyState("stamp", "Nothing to seal yet", "Drop PDFs here, or add files and folders on the left.")
        )
        self._first.addWidget(self._view)
        self._stack.addWidget(self._first)
        self._stack.addWidget(self._results)
        self._said = label("", "small", ink="warn", wrap=True)
        self._said.setContentsMargins(SPACE.between, 0, SPACE.between, 0)
        self._said.hide()
        side = QWidget()
        side.setLayout(column(self._tabs, self._said, self._stack, gap=SPACE.tight))
        return side

    def _connect(self) -> None:
        self._form.changed.connect(self._follow)
        self._form.designs_wanted.connect(lambda: DesignerDialog(self._desk, self).open())
        self._adding.added.connect(self._form.choose_signer)
        self._tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self._painter.arrived.connect(self._view.viewport().update)
        self._seal.clicked.connect(self._begin)
        self._copy.clicked.connect(self._copy_command)
        self._run.grew.connect(self._results.add)
        self._run.progressed.connect(self._progress.report)
        self._run.ended.connect(self._ended)
        self._run.failed.connect(self._failed)
        self._progress.cancelled.connect(self._stopped)
        self._results.chosen.connect(self._begin_lesser)
        self._desk.changed.connect(self._hear)

    def _read(self) -> None:
        """Keys, designs, and the run that was cut off."""
        house = self._desk.house
        self._form.show_levels(house.settings.level, bool(house.settings.tsa_url))
        self._desk.run(lambda _: sealing_jobs.signers(house), self._form.show_signers, owner=self)
        self._read_designs()
        self._desk.run(lambda _: sealing_jobs.unfinished(house), self._offer, owner=self)

    def _read_designs(self) -> None:
        house = self._desk.house

        def show(found: tuple[designs.Design, ...]) -> None:
            self._looks = {each.name: each.look for each in found}
            self._form.show_designs([each.name for each in found], house.settings.design)
            self._follow()

        self._desk.run(lambda _: designs.at_hand(house), show, owner=self)

    def _hear(self, changes: Changes) -> None:
        house = self._desk.house
        if changes.touches("design") or changes.touches("setting", "design"):
            self._read_designs()
        if changes.touches("setting", "tsa_url"):
            self._form.show_levels(house.settings.level, bool(house.settings.tsa_url))
        if changes.touches("identity"):
            self._desk.run(lambda _: sealing_jobs.signers(house), self._form.show_signers, owner=self)

    def _offer(self, job: Job | None) -> None:
        """A run that was cut off, by a crash or by the person, waits until it is gone on with or forgotten."""
        if job is None or self._run.running:
            return
        count = len(job.files)
        named = f"“{job.files[0].name}”" if count == 1 else f"{count} files and folders"
        banner = Banner(f"Sealing {named} was not finished. What is sealed will not be sealed again.", "warn", "Go on")
        banner.acted.connect(lambda: self._form.show_job(job))
        banner.acted.connect(banner.hide)
        banner.dismissed.connect(lambda: sealing_jobs.forget(self._desk.house))
        self._left.insertWidget(1, banner)

    # -- the page --------------------------------------------------------------------------------------

    def _follow(self) -> None:
        missing = self._form.missing()
        busy = "It is being sealed." if self._run.running else ""
        for button in (self._seal, self._copy):
            reason = missing or (busy if button is self._seal else "")
            button.setEnabled(not reason)
            button.setToolTip(reason)
            button.setAccessibleDescription(reason)
        self._show_first()
        self._show_spot()

    def _show_first(self) -> None:
        first = self._form.files[0] if self._form.files else None
        if first == self._shown:
            return
        self._shown, self._pages = first, ()
        self._view.show_sheets((), None)
        self._first.setCurrentIndex(0 if first is None else 1)
        if first is None:
            return
        house = self._desk.house

        def look() -> tuple[Path, tuple[PageGeometry, ...]]:
            file = batching.files_in([first])[0]
            return file, viewing.geometry(house, file).pages

        self._desk.run(lambda _: look(), lambda found: self._lay(first, *found), failed=lambda _: None, owner=self)

    def _lay(self, asked: Path, file: Path, pages: tuple[PageGeometry, ...]) -> None:
        if asked != self._shown:
            return
        house = self._desk.house

        def draw(ref: PageRef, scale: float, clip: Rect | None) -> Pixels:
            return viewing.page_image(house, file, ref.page, scale, clip)

        self._pages = pages
        self._view.show_sheets([Sheet(PageRef(SHOWN, n + 1), page.size) for n, page in enumerate(pages)], draw)
        self._show_spot()

    def _size_of(self, page: int) -> Size | None:
        return self._pages[page - 1].size if 0 < page <= len(self._pages) else None

    def _spot_moved(self) -> None:
        if self._spot.rect is not None:
            self._form.place(self._spot.page, self._spot.rect)
            self._view.viewport().update()

    def _show_spot(self) -> None:
        """The seal where it will stand, told with the name that will stand there."""
        rect, signer = self._form.spot, self._form.signer
        self._spot.page, self._spot.rect, self._spot.drawing = self._form.page, rect, None
        said = ""
        if rect is not None and min(rect.width, rect.height) > 0 and signer is not None:
            house = self._desk.house
            stated = sealing_jobs.stated(house, signer, self._form.reason)
            look = self._looks.get(self._form.design or house.settings.design, Appearance())
            self._spot.drawing, said = self._painter.drawing(look, stated, rect.width, rect.height)
            size = self._size_of(self._form.page)
            if size is not None and not rect.within(size):
                said = "The seal does not lie on the page."
            elif self._pages and size is None:
                count = len(self._pages)
                said = f"This document has {count} page{'s' if count > 1 else ''}."
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self._view.viewport().update()

    # -- the run ---------------------------------------------------------------------------------------

    def _copy_command(self) -> None:
        job = self._form.job()
        if job is not None:
            QGuiApplication.clipboard().setText(sealing_jobs.command(job))
            self._desk.notices.tell("The command is on the clipboard")

    def _begin(self) -> None:
        job, signer = self._form.job(), self._form.signer
        if job is not None and signer is not None:
            self._ask_and_start(job, signer)

    def _begin_lesser(self) -> None:
        """The same run, with the key chosen for it, whatever is chosen by now."""
        lesser = sealing_jobs.lesser(self._begun[0], self._run.outcomes) if self._begun else None
        if self._begun is not None and lesser is not None:
            self._ask_and_start(lesser, self._begun[1])

    def _ask_and_start(self, job: Job, signer: Signer) -> None:
        if self._run.running:
            return
        self._begun = job, signer
        if signer.asks or signer.in_browser:
            PinDialog(signer, lambda secret: self._start(job, secret), self).open()
        else:
            self._start(job, None)

    def _start(self, job: Job, passphrase: str | None) -> None:
        self._results.begin(job.folder)
        self._tabs.setCurrentIndex(1)
        self._progress.follow("Sealing", self._run.start(job, passphrase))
        self._follow()

    def _ended(self) -> None:
        self._progress.finish()
        failures, count = self._run.failures, len(self._run.outcomes)
        good = f"{count - failures} file{'' if count - failures == 1 else 's'} sealed"
        self._results.say(f"{good}, {failures} not." if failures else f"{good}, each read again and verified.")
        lesser = sealing_jobs.lesser(self._begun[0], self._run.outcomes) if self._begun else None
        if lesser is not None:
            self._results.offer(lesser.level)
        self._follow()

    def _failed(self, error: Exception) -> None:
        self._progress.finish()
        self._results.say(f"Nothing more was sealed. {messages.words(error, window=True).line}")
        self._follow()
        self._desk.notices.fail(error)

    def _stopped(self) -> None:
        self._run.cancel()
        self._results.say(f"Stopped after {len(self._run.outcomes)} files. Seal again to go on with the others.")
        self._follow()
