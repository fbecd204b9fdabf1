"""What is done with a chosen envelope on Home, and what is asked and said around it."""

from __future__ import annotations

import shutil
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.changes import Changes
from app.domain.envelope import Envelope
from app.domain.level import Level
from app.services import drafting, ending, exporting, lasting, sending, viewing
from app.services.exporting import Exported
from app.ui.desk import Desk
from app.ui.home.asking import Question

if TYPE_CHECKING:
    from app.ui.prepare.press import Press


class Deeds:
    """Each deed names the envelope it is for: the choice in the list may move on while it is done."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        self._desk = desk
        self._page = page
        self._copies = tempfile.TemporaryDirectory(prefix="paraph-copies-")
        page.destroyed.connect(self._copies.cleanup)

    def export(self, envelope: str) -> None:
        dialog = QFileDialog(self._page, "Export into a folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Export here")
        dialog.fileSelected.connect(lambda folder: self._export(envelope, Path(folder)))
        dialog.open()

    def carried(self, envelope: Envelope) -> QMimeData | None:
        """Copies of the sealed documents under their own names, for a drag to another program; None when there
        are none. The copies go when the window does: the other program has long taken its own."""
        sealed = [document for document in envelope.documents if document.current is not None]
        if not sealed:
            return None
        folder = Path(tempfile.mkdtemp(dir=self._copies.name))
        urls = []
        for document in sealed:
            copy = folder / f"{exporting.safe_name(exporting.sealed_title(envelope, document))}.pdf"
            shutil.copyfile(viewing.blob_path(self._desk.house, document.latest), copy)
            urls.append(QUrl.fromLocalFile(str(copy)))
        data = QMimeData()
        data.setUrls(urls)
        return data

    def verify(self, envelope: Envelope) -> None:
        sealed = [document for document in envelope.documents if document.current is not None]
        found = [(document.latest, document.title) for document in sealed]
        if envelope.remote is not None:
            found += [(one.sha256, f"{one.title}, as it came back") for one in envelope.remote.files if one.verdict]
        files = [viewing.blob_path(self._desk.house, sha256) for sha256, _ in found]
        self._desk.go.verify(files, [title for _, title in found])

    def print(self, envelope: Envelope) -> None:
        """Its documents as they stand."""
        from app.ui.prepare.press import latest_source
        from app.ui.prepare.printing import PrintOrder, meant
        from app.ui.prepare.studio import sheets_of

        sheets, source = sheets_of(envelope), latest_source(self._desk.house, envelope)
        self.press.ask(
            envelope.title, len(sheets), lambda printer: PrintOrder(meant(printer, sheets, None), source, {})
        )

    @cached_property
    def press(self) -> Press:
        from app.ui.prepare.press import Press

        return Press(self._desk, self._page, lambda: None)

    def copy(self, envelope: str) -> None:
        self._desk.run(
            lambda _: drafting.copy(self._desk.house, envelope),
            lambda changes: self._desk.go.prepare(changes.one("envelope")),
            owner=self._page,
        )

    def take_back(self, envelope: str) -> None:
        self._desk.run(
            lambda _: sending.back_to_draft(self._desk.house, envelope),
            lambda _: self._desk.notices.tell("It is a draft again", "Open", lambda: self._desk.go.prepare(envelope)),
            owner=self._page,
        )

    def strengthen(self, envelope: str) -> None:
        """At once, whatever the time of the next try."""
        self._desk.run(
            lambda _: lasting.try_now(self._desk.house, envelope),
            lambda _: self._desk.notices.tell("The seals have their level"),
            failed=lambda problem: self._not_strengthened(envelope, problem),
            owner=self._page,
        )

    def _not_strengthened(self, envelope: str, problem: Exception) -> None:
        self._desk.publish(Changes.of("envelope", envelope))
        self._desk.notices.fail(problem)

    def choose_level(self, envelope: str, level: Level) -> None:
        self._desk.run(
            lambda _: lasting.choose(self._desk.house, envelope, level),
            lambda _: self._desk.notices.tell(f"{level} is the level wanted now"),
            owner=self._page,
        )

    def kiosk(self, envelope: str) -> None:
        Question(
            "Run this draft as a kiosk?",
            "One person after another enters a name, reads and signs a copy of their own, with nobody between. The "
            "device shows nothing else until you end it with your host PIN, also after a restart.",
            "Start the kiosk",
            lambda _: self._desk.go.kiosk(envelope),
            self._page,
        ).open()

    def pack_for_travel(self) -> None:
        from app.ui.home.travel import TravelPack

        TravelPack(self._desk, self._page).open()

    def show_reminders(self) -> None:
        from app.ui.home.reminders import Reminders

        Reminders(self._desk, self._page).open()

    def void(self, envelope: str) -> None:
        Question(
            "Void this envelope?",
            "Nobody can sign it any more, and copies made from now on bear the word VOIDED. This cannot be undone.",
            "Void envelope",
            lambda reason: self._void(envelope, reason),
            self._page,
            "Reason, for the audit trail",
        ).open()

    def delete(self, envelope: str) -> None:
        Question(
            "Delete this draft?",
            "The draft with its documents and fields is removed from the library. This cannot be undone.",
            "Delete draft",
            lambda _: self._delete(envelope),
            self._page,
        ).open()

    def _export(self, envelope: str, folder: Path) -> None:
        self._desk.run(
            lambda _: exporting.export(self._desk.house, envelope, folder),
            lambda files: self._tell_exported(files, folder),
            owner=self._page,
        )

    def _tell_exported(self, files: tuple[Exported, ...], folder: Path) -> None:
        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

        count = f"{len(files)} file{'' if len(files) == 1 else 's'} exported"
        self._desk.notices.tell(count, "Open folder", show)

    def _void(self, envelope: str, reason: str) -> None:
        self._desk.run(
            lambda _: ending.void(self._desk.house, envelope, reason),
            lambda _: self._desk.notices.tell("The envelope is voided"),
            owner=self._page,
        )

    def _delete(self, envelope: str) -> None:
        self._desk.run(
            lambda _: drafting.delete(self._desk.house, envelope),
            lambda _: self._desk.notices.tell("The draft is deleted"),
            owner=self._page,
        )
