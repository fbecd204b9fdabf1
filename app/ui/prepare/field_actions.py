"""What the table of actions calls on the editor: one short method for each row that works on fields or the view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QGuiApplication

from app.domain.fields.base import Field
from app.domain.repeating import Fit
from app.ui.models.draft import Draft
from app.ui.prepare import clipboard, commands
from app.ui.prepare.repeat_dialog import RepeatDialog
from app.ui.prepare.studio import Studio


class FieldActions:
    """Mixed into the page, which sets `_studio` once the envelope is open; before that no action is enabled."""

    _studio: Studio | None

    @property
    def studio(self) -> Studio:
        if self._studio is None:
            raise AssertionError("no action is enabled before the envelope is open")
        return self._studio

    @property
    def draft(self) -> Draft:
        return self.studio.draft

    # -- edit ------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        self.draft.history.undo()

    def redo(self) -> None:
        self.draft.history.redo()

    def copy(self) -> None:
        QGuiApplication.clipboard().setMimeData(clipboard.written(self.draft.chosen))

    def cut(self) -> None:
        self.copy()
        self.delete_selection()

    def paste(self) -> None:
        self._paste(in_place=False)

    def paste_in_place(self) -> None:
        self._paste(in_place=True)

    def paste_style(self) -> None:
        commands.paste_look(self.draft, clipboard.read(QGuiApplication.clipboard().mimeData()))

    def repeat_on_pages(self) -> None:
        """The selected fields of one document on other pages of it."""
        chosen = self.draft.chosen
        document = self.draft.envelope.document(chosen[-1].document)
        fields = tuple(field for field in chosen if field.document == document.id)
        dialog = RepeatDialog(self.studio.small_pages(document), document, fields, self.studio)
        dialog.wanted.connect(lambda pages, fit, linked: self.repeat(fields, pages, fit, linked))
        dialog.open()

    def repeat(self, fields: Sequence[Field], pages: Sequence[int], fit: Fit, linked: bool) -> None:
        document = self.draft.envelope.document(fields[0].document)
        commands.repeat(self.draft, fields, pages, document, fit, self.studio.new_id, linked)

    def break_set(self) -> None:
        """The selected fields go their own ways from now on."""
        self.draft.replace_alone("Break the linked set", [replace(field, linked=None) for field in self.draft.chosen])

    def duplicate(self) -> None:
        fields = commands.beside(self.draft.chosen, self.studio.view.size_of)
        commands.duplicate(self.draft, fields, self.studio.new_id)

    def delete_selection(self) -> None:
        commands.delete(self.draft)

    def select_page(self) -> None:
        page = self.studio.view.page
        if page is not None:
            self.draft.select(commands.on_page_of(self.draft, page))

    def select_theirs(self) -> None:
        """Of the recipient of the key object, else of the current one."""
        chosen, current = self.draft.chosen, self.draft.current
        role = chosen[-1].recipient if chosen else current.role if current else None
        self.draft.select(field.id for field in self.draft.envelope.fields if field.recipient == role)

    def select_alike(self) -> None:
        kinds = {field.kind for field in self.draft.chosen}
        self.draft.select(field.id for field in self.draft.envelope.fields if field.kind in kinds)

    def place_field(self, kind: str) -> None:
        """The next click places one."""
        self.studio.tool.arm(kind)
        self.studio.view.setFocus()

    def give_to(self, number: int) -> None:
        self.studio.give_to(number)

    def nudge(self, dx: float, dy: float, resizes: bool) -> None:
        commands.nudge(self.draft, dx, dy, resizes, self.studio.view.size_of)

    def edit_recipient(self) -> None:
        self.studio.side.edit_recipient()

    # -- inside ----------------------------------------------------------------------------------------------

    def _paste(self, in_place: bool) -> None:
        view, copied = self.studio.view, clipboard.read(QGuiApplication.clipboard().mimeData())
        if view.page is not None and copied:
            commands.paste(self.draft, copied, view.page, self.studio.make_field, view.size_of, in_place)
