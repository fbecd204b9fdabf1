"""The page Verify."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.domain.geometry import PageGeometry, Rect
from app.services import verification_report, verifying, viewing
from app.services.viewing import Pixels
from app.ui.action import Need, Standing
from app.ui.action_set import ActionSet
from app.ui.canvas.layout import PageRef, Sheet
from app.ui.canvas.view import PageView
from app.ui.canvas.zoom import Fit
from app.ui.desk import Desk
from app.ui.frame.memory import Memory
from app.ui.models.verdicts import Finding, Judge, Spot, Verdicts
from app.ui.verify.outlines import Outlines
from app.ui.verify.verdict_panel import VerdictPanel
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.look import clear, column, set_look

SHOWN: Final = "file"
"""What the one document of the view is called there."""
KINDS: Final = ("PDF (*.pdf)", "JSON (*.json)")


class VerifyPage(QWidget):
    """Signals: `standing_changed` when another file is shown or judged."""

    standing_changed = Signal()

    def __init__(self, desk: Desk, judge: Judge, actions: ActionSet, memory: Memory) -> None:
        super().__init__()
        self._desk = desk
        self._memory = memory
        self._verdicts = Verdicts(judge, desk.runner, self)
        self._shown: Path | None = None
        self._scrolling = False
        self._outlines = Outlines()
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName("Files")
        self._panel = VerdictPanel(actions)
        self._view = PageView(desk.runner)
        self._view.add_overlay(self._outlines)
        self._then = PageView(desk.runner)
        self._then.setAccessibleName("The document as it was when it was signed")
        self._then.hide()
        for one, other in ((self._view, self._then), (self._then, self._view)):
            one.verticalScrollBar().valueChanged.connect(lambda _, one=one, other=other: self._scroll_along(one, other))
        self._older = QVBoxLayout()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._invitation(actions))
        self._stack.addWidget(self._lay_out())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self._tabs.currentChanged.connect(lambda _: self._show())
        self._verdicts.changed.connect(self._follow)
        self._panel.place_wanted.connect(self._point_at)
        self._panel.version_wanted.connect(self._show_version)

    def _invitation(self, actions: ActionSet) -> QWidget:
        return EmptyState(
            "shield-check",
            "Is this document genuine?",
            "Drop a signed PDF here, or choose one. It is judged on this device; the document is sent nowhere.",
            [actions.button("verify.open", "primary", "Choose a file…")],
        )

    def _lay_out(self) -> QWidget:
        left = QWidget()
        set_look(left, ground="window")
        left.setLayout(column(self._tabs, self._panel, gap=0))
        right = QWidget()
        beside = QSplitter()
        beside.setChildrenCollapsible(False)
        beside.addWidget(self._then)
        beside.addWidget(self._view)
        shown = column(self._older, beside, gap=0)
        shown.setStretch(1, 1)
        right.setLayout(shown)
        right.setMinimumWidth(320)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([520, 640])
        splitter.setStretchFactor(1, 1)
        self._memory.place_splitter("verify", splitter)
        splitter.splitterMoved.connect(lambda: self._memory.keep_splitter("verify", splitter))
        return splitter

    # -- what the shell asks ---------------------------------------------------------------------------

    def standing(self) -> Standing:
        finding = self._finding()
        judged = finding is not None and finding.judged is not None
        return Standing({} if judged else {Need.REPORT: ""})

    def panels(self) -> list[QWidget]:
        return [self._panel, self._view]

    def drop_words(self) -> str:
        return "Drop to verify"

    def take_files(self, files: tuple[Path, ...]) -> bool:
        """PDFs are verified; anything else is for a new envelope."""
        if any(file.suffix.lower() != ".pdf" for file in files):
            return False
        self.verify(files)
        return True

    def verify(self, files: Sequence[Path], titles: Sequence[str] = ()) -> None:
        self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        for at, file in enumerate(files):
            self._tabs.addTab(titles[at] if at < len(titles) else file.name)
        self._tabs.blockSignals(False)
        self._tabs.setVisible(len(files) > 1)
        self._shown = None
        self._verdicts.verify(files, titles)

    # -- what the table of actions calls ---------------------------------------------------------------

    def choose_file(self) -> None:
        dialog = QFileDialog(self, "Verify", "", "PDF (*.pdf)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.verify([Path(name) for name in names]))
        dialog.open()

    def copy_report(self) -> None:
        finding = self._finding()
        if finding is not None and finding.judged is not None:
            QGuiApplication.clipboard().setText("\n".join(verifying.lines(finding.judged)))
            self._desk.notices.tell("The report is on the clipboard")

    def save_report(self) -> None:
        finding = self._finding()
        if finding is None or finding.judged is None:
            return
        house, judged = self._desk.house, finding.judged
        dialog = QFileDialog(self, "Save report", f"{Path(finding.title).stem} report.pdf", ";;".join(KINDS))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("json" if "json" in chosen else "pdf"))
        dialog.fileSelected.connect(
            lambda chosen: self._desk.run(
                lambda _: verification_report.save(house, judged, Path(chosen)),
                lambda _: self._desk.notices.tell("The report is saved"),
                owner=self,
            )
        )
        dialog.open()

    # -- inside ----------------------------------------------------------------------------------------

    def _finding(self) -> Finding | None:
        at = max(0, self._tabs.currentIndex())
        return self._verdicts.findings[at] if at < len(self._verdicts.findings) else None

    def _follow(self) -> None:
        self._stack.setCurrentIndex(1 if self._verdicts.findings else 0)
        self._show()

    def _show(self) -> None:
        finding = self._finding()
        if finding is None:
            return
        self._panel.show_finding(finding)
        self._outlines.spots = finding.spots
        if finding.pages and self._shown != finding.file:
            self._lay(finding)
        elif not finding.pages:
            self._view.show_sheets((), None)
        self.standing_changed.emit()

    def _lay(self, finding: Finding) -> None:
        self._shown = finding.file
        self._close_version()
        self._view.show_sheets(_sheets(finding.pages), self._drawer(finding.file))

    def _drawer(self, file: Path) -> Callable[[PageRef, float, Rect | None], Pixels]:
        house = self._desk.house
        return lambda ref, scale, clip: viewing.page_image(house, file, ref.page, scale, clip)

    def _point_at(self, spot: Spot) -> None:
        self._outlines.pointed_at = spot
        self._view.reveal(PageRef(SHOWN, spot.page), spot.rect, upper_third=True)
        self._view.viewport().update()

    # -- versions side by side -------------------------------------------------------------------------

    def _show_version(self, number: int) -> None:
        finding = self._finding()
        if finding is None:
            return
        house = self._desk.house

        def read() -> tuple[Path, tuple[PageGeometry, ...]]:
            file = verifying.revision_file(house, finding.file, number)
            return file, viewing.geometry(house, file).pages

        self._desk.run(lambda _: read(), lambda found: self._lay_version(number, *found), owner=self)

    def _lay_version(self, number: int, file: Path, pages: tuple[PageGeometry, ...]) -> None:
        """What was signed on the left, what there is now on the right; they scroll together."""
        self._close_version()
        banner = Banner(
            f"Left: the document as it was when version {number} was signed. Right: as it is now.", "accent",
            "Show it as it is now", closable=False,
        )  # fmt: skip
        banner.acted.connect(self._close_version)
        self._older.addWidget(banner)
        self._then.show_sheets(_sheets(pages), self._drawer(file))
        self._then.show()
        self._then.set_fit(Fit.WIDTH)
        self._view.set_fit(Fit.WIDTH)

    def _close_version(self) -> None:
        clear(self._older)
        self._then.hide()
        self._then.show_sheets((), None)

    def _scroll_along(self, one: PageView, other: PageView) -> None:
        """As far down as the other is, however long either is."""
        mine, theirs = one.verticalScrollBar(), other.verticalScrollBar()
        if self._scrolling or not other.isVisible() or mine.maximum() == 0:
            return
        self._scrolling = True
        theirs.setValue(round(mine.value() / mine.maximum() * theirs.maximum()))
        self._scrolling = False


def _sheets(pages: Sequence[PageGeometry]) -> list[Sheet]:
    return [Sheet(PageRef(SHOWN, number), page.size) for number, page in enumerate(pages, start=1)]
