"""The page Verify."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.domain import errors
from app.domain.geometry import Rect
from app.services import verifying, viewing
from app.services.viewing import Pixels
from app.ui.action import Need, Standing
from app.ui.action_set import ActionSet
from app.ui.canvas.layout import PageRef, Sheet
from app.ui.canvas.view import PageView
from app.ui.desk import Desk
from app.ui.frame.memory import Memory
from app.ui.models.verdicts import Finding, Judge, Spot, Verdicts
from app.ui.verify.outlines import Outlines
from app.ui.verify.verdict_panel import VerdictPanel
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.look import column, set_look

SHOWN: Final = "file"
"""What the one document of the view is called there."""


class VerifyPage(QWidget):
    """Signals: `standing_changed` when another file is shown or judged."""

    standing_changed = Signal()

    def __init__(self, desk: Desk, judge: Judge, actions: ActionSet, memory: Memory) -> None:
        super().__init__()
        self._desk = desk
        self._memory = memory
        self._verdicts = Verdicts(judge, desk.runner, self)
        self._shown: tuple[Path, int] | None = None
        self._outlines = Outlines()
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName("Files")
        self._panel = VerdictPanel(actions)
        self._view = PageView(desk.runner)
        self._view.add_overlay(self._outlines)
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
        right.setLayout(column(self._older, self._view, gap=0))
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
        judged = finding.judged
        name = f"{Path(finding.title).stem} report.json"
        dialog = QFileDialog(self, "Save report", name, "JSON (*.json)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.fileSelected.connect(
            lambda chosen: self._desk.run(
                lambda _: _write(Path(chosen), json.dumps(verifying.as_json(judged), indent=1, ensure_ascii=False)),
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
        if finding.pages and self._shown != (finding.path, 0):
            self._lay(finding, finding.path, 0)
        elif not finding.pages:
            self._view.show_sheets((), None)
        self.standing_changed.emit()

    def _lay(self, finding: Finding, file: Path, version: int) -> None:
        """Pages of `file`, which is the finding's own (version 0) or an earlier version of it."""
        self._shown = (finding.path, version)
        sheets = [Sheet(PageRef(f"{SHOWN}-{version}", n + 1), page.size) for n, page in enumerate(finding.pages)]
        house = self._desk.house

        def draw(ref: PageRef, scale: float, clip: Rect | None) -> Pixels:
            return viewing.page_image(house, file, ref.page, scale, clip)

        self._view.show_sheets(sheets, draw)
        self._tell_version(finding, version)

    def _tell_version(self, finding: Finding, version: int) -> None:
        while (item := self._older.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        if version:
            banner = Banner(
                f"This is the document as it was when version {version} was signed.",
                "accent",
                "Show it as it is now",
                False,
            )
            banner.acted.connect(lambda: self._lay(finding, finding.path, 0))
            self._older.addWidget(banner)

    def _point_at(self, spot: Spot) -> None:
        self._outlines.pointed_at = spot
        shown = self._shown[1] if self._shown else 0
        self._view.reveal(PageRef(f"{SHOWN}-{shown}", spot.page), spot.rect, upper_third=True)
        self._view.viewport().update()

    def _show_version(self, number: int) -> None:
        finding = self._finding()
        if finding is not None:
            self._desk.run(
                lambda _: verifying.revision_file(self._desk.house, finding.path, number),
                lambda file: self._lay(finding, file, number),
                owner=self,
            )


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as problem:
        raise errors.NotWritable(path=str(path), reason=problem.strerror or str(problem)) from problem
