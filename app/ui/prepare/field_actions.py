"""What the table of actions calls on the editor: one short method for each row that works on fields or the view."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from app.ui.canvas.zoom import Fit
from app.ui.models.draft import Draft
from app.ui.prepare import clipboard, commands
from app.ui.prepare.arranging import Edge
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

    # -- arrange ---------------------------------------------------------------------------------------------

    def align_left(self) -> None:
        self._align(Edge.LEFT)

    def align_centre(self) -> None:
        self._align(Edge.CENTRE)

    def align_right(self) -> None:
        self._align(Edge.RIGHT)

    def align_top(self) -> None:
        self._align(Edge.TOP)

    def align_middle(self) -> None:
        self._align(Edge.MIDDLE)

    def align_bottom(self) -> None:
        self._align(Edge.BOTTOM)

    def distribute_across(self) -> None:
        commands.distribute(self.draft, True, self.studio.view.size_of)

    def distribute_down(self) -> None:
        commands.distribute(self.draft, False, self.studio.view.size_of)

    def same_width(self) -> None:
        commands.make_alike(self.draft, True, False, self.studio.view.size_of)

    def same_height(self) -> None:
        commands.make_alike(self.draft, False, True, self.studio.view.size_of)

    # -- view ------------------------------------------------------------------------------------------------

    def zoom_in(self) -> None:
        self.studio.view.zoom_in()

    def zoom_out(self) -> None:
        self.studio.view.zoom_out()

    def fit_page(self) -> None:
        self.studio.view.set_fit(Fit.PAGE)

    def fit_width(self) -> None:
        self.studio.view.set_fit(Fit.WIDTH)

    def actual_size(self) -> None:
        self.studio.view.set_zoom(1.0)

    def show_findings(self) -> None:
        self.studio.preflight.unfold()

    def edit_recipient(self) -> None:
        self.studio.side.edit_recipient()

    # -- inside ----------------------------------------------------------------------------------------------

    def _align(self, edge: Edge) -> None:
        commands.align(self.draft, edge, self.studio.view.size_of)

    def _paste(self, in_place: bool) -> None:
        view, copied = self.studio.view, clipboard.read(QGuiApplication.clipboard().mimeData())
        if view.page is not None and copied:
            commands.paste(self.draft, copied, view.page, self.studio.make_field, view.size_of, in_place)
