"""What the table of actions calls on documents: adding, removing, ordering, replacing, and bringing in their fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.changes import Changes
from app.domain.envelope import Document
from app.domain.errors import PasswordNeeded, PasswordWrong
from app.services import drafting, importing, reading, replacing
from app.services.importing import ImportChoices, ImportReport
from app.services.replacing import Replaced
from app.services.viewing import FoundField
from app.ui.canvas.layout import PageRef
from app.ui.prepare import commands
from app.ui.prepare.import_dialog import ImportDialog, ReportDialog
from app.ui.prepare.logic_actions import LogicActions
from app.ui.prepare.password_dialog import PasswordDialog
from app.ui.prepare.replaced_dialog import ReplacedDialog

OFFERED: Final = "Documents (*.pdf *.md *.markdown *.png *.jpg *.jpeg *.docx);;All files (*)"
NO_PASSWORDS: Final[Mapping[str, str]] = MappingProxyType({})


class DocumentActions(LogicActions):
    """Mixed into the page."""

    def choose_documents(self) -> None:
        dialog = QFileDialog(self._widget, "Add documents", "", OFFERED)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add_files([Path(name) for name in names]))
        dialog.open()

    def replace_document(self) -> None:
        """The document being read gets new pages; its fields look for the words they stood beside."""
        document = self._document_in_sight()
        if document is None:
            return
        dialog = QFileDialog(self._widget, f"Replace {document.title}", "", OFFERED)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.replace_with(document, Path(name)))
        dialog.open()

    def replace_with(self, document: Document, path: Path, password: str | None = None) -> None:
        def refused(error: Exception) -> None:
            self._ask_password(error, path, lambda given: self.replace_with(document, path, given))

        self.rework(
            f"Replace {document.title}",
            lambda house: replacing.replace_document(house, self._id, document.id, path, password),
            self._review,
            refused,
        )

    def bring_in_fields(self) -> None:
        """Form fields, tags and printed places of the document being read, to be looked through before."""
        document = self._document_in_sight()
        if document is None:
            return
        house = self._desk.house
        self._desk.run(
            lambda _: importing.offers(house, self._id, document.id),
            lambda found: self._offer_import(document, found),
            owner=self.studio,
        )

    def import_chosen(self, document: Document, choices: ImportChoices) -> None:
        count = len(choices.found)
        name = "Bring in field" if count == 1 else f"Bring in {count} fields"
        self.rework(name, lambda house: importing.bring_in(house, self._id, document.id, choices), self._report_import)

    def add_files(self, paths: Sequence[Path], passwords: Mapping[str, str] = NO_PASSWORDS) -> None:
        house, keeper = self._desk.house, self._keeper
        if keeper is None:
            return
        keeper.flush()
        known = {document.id for document in self.draft.envelope.documents}

        def taken(changes: Changes) -> None:
            stored = reading.envelope(house, changes.one("envelope"))
            keeper.believe(stored)
            self._join(stored.documents)
            if fresh := [document.id for document in stored.documents if document.id not in known]:
                self.studio.view.go_to(PageRef(fresh[0], 1))

        self._desk.run(
            lambda _: drafting.add_files(house, self._id, paths, passwords),
            taken,
            failed=lambda error: self._not_added(paths, passwords, error),
            owner=self.studio,
        )

    def remove_document(self, document: str) -> None:
        if self.draft.is_editable:
            self.draft.edit("Remove document", commands.without_document(self.draft.envelope, document))

    def order_documents(self, ids: tuple[str, ...]) -> None:
        envelope = self.draft.envelope
        known = {str(document.id): document for document in envelope.documents}
        self.draft.edit("Reorder documents", replace(envelope, documents=tuple(known[each] for each in ids)))

    # -- inside ----------------------------------------------------------------------------------------------

    @property
    def _widget(self) -> QWidget:
        """The page this is mixed into."""
        return cast("QWidget", self)

    def _document_in_sight(self) -> Document | None:
        page = self.studio.view.page
        if page is None:
            return None
        return next((each for each in self.draft.envelope.documents if each.id == page.document), None)

    def _not_added(self, paths: Sequence[Path], passwords: Mapping[str, str], error: Exception) -> None:
        """A locked document is asked for its password, and all are tried again."""
        known = [path for path in paths if isinstance(error, PasswordNeeded | PasswordWrong)
                 and error.path in (str(path), path.name)]  # fmt: skip
        locked = known[0] if known else paths[0]
        self._ask_password(error, locked, lambda given: self.add_files(paths, {**passwords, str(locked): given}))

    def _ask_password(self, error: Exception, path: Path, again: object) -> None:
        if not isinstance(error, PasswordNeeded | PasswordWrong):
            self._desk.notices.fail(error)
            return
        dialog = PasswordDialog(path, error, self._widget)
        dialog.given.connect(again)
        dialog.open()

    def _join(self, stored: tuple[Document, ...]) -> None:
        envelope = self.draft.envelope
        known = {document.id for document in envelope.documents}
        fresh = tuple(document for document in stored if document.id not in known)
        name = "Add document" if len(fresh) == 1 else f"Add {len(fresh)} documents"
        self.draft.edit(name, replace(envelope, documents=(*envelope.documents, *fresh)))

    def _offer_import(self, document: Document, found: Sequence[FoundField]) -> None:
        if not found:
            self._desk.notices.tell("This document asks for nothing that is not placed already.")
            return
        dialog = ImportDialog(document, found, self.draft.envelope, self._widget)
        dialog.chosen.connect(lambda choices: self.import_chosen(document, choices))
        dialog.open()

    def _report_import(self, report: ImportReport) -> None:
        if report.left or any(taken.without for taken in report.taken):
            ReportDialog(report, self._widget).open()
        else:
            count = len(report.taken)
            self._desk.notices.tell(f"{count} field{'' if count == 1 else 's'} brought in.")

    def _review(self, replaced: Replaced) -> None:
        if not replaced.lines:
            return
        dialog = ReplacedDialog(replaced.lines, self._widget)
        dialog.wanted.connect(self.studio.show_field)
        dialog.show()
