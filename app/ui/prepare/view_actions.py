"""What the table of actions calls to move about: zoom, find, contents, a page by its number, the tab order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QInputDialog

from app.domain.envelope import Document
from app.services import viewing
from app.services.house import House
from app.ui.canvas.layout import PageRef
from app.ui.canvas.zoom import Fit
from app.ui.prepare.contents import ContentsDialog, Heading
from app.ui.prepare.find_bar import Place, Search
from app.ui.prepare.page_actions import PageActions
from app.ui.widgets.banner import Banner


class ViewActions(PageActions):
    """Mixed into the page."""

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

    def find_in_documents(self) -> None:
        self.studio.finder.open(searching(self._desk.house, self.draft.envelope.documents))

    def find_next(self) -> None:
        self.studio.finder.step(1)

    def find_previous(self) -> None:
        self.studio.finder.step(-1)

    def show_contents(self) -> None:
        house, documents = self._desk.house, self.draft.envelope.documents
        self._desk.run(lambda _: headings(house, documents), self._show_contents, owner=self.studio)

    def go_to_page(self) -> None:
        """By its number among all pages."""
        sheets, here = self.studio.view.sheets, self.studio.view.page
        at = next((n for n, sheet in enumerate(sheets, start=1) if sheet.ref == here), 1)
        dialog = QInputDialog(self._widget)
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setWindowTitle("Go to page")
        dialog.setLabelText(f"Page, from 1 to {len(sheets)}")
        dialog.setOkButtonText("Go to page")
        dialog.setIntRange(1, len(sheets))
        dialog.setIntValue(at)
        dialog.intValueSelected.connect(lambda number: self.studio.view.go_to(sheets[number - 1].ref))
        dialog.open()

    def dim_others(self) -> None:
        """On and off: the fields of all but the current recipient are pale."""
        self.studio.overlay.dims_others = not self.studio.overlay.dims_others
        self.studio.view.viewport().update()
        self.standing_changed.emit()

    def show_longest(self) -> None:
        """On and off: the longest answer to expect stands in each empty field."""
        self.studio.overlay.shows_longest = not self.studio.overlay.shows_longest
        self.studio.view.viewport().update()
        self.standing_changed.emit()

    def only_theirs(self) -> None:
        """On and off: only the current recipient's fields."""
        current = self.draft.current
        roles = {recipient.role for recipient in self.draft.envelope.recipients}
        self.draft.hide(() if self.draft.hidden or current is None else roles - {current.role})

    def show_everybody(self) -> None:
        self.draft.hide(())

    def single_page(self) -> None:
        """On and off: one page at a time."""
        self.studio.view.set_paged(not self.studio.view.is_paged)
        self.standing_changed.emit()

    def next_page(self) -> None:
        self.studio.view.turn(1)

    def previous_page(self) -> None:
        self.studio.view.turn(-1)

    def edit_tab_order(self) -> None:
        """On and off; while it is on, clicks number the current recipient's fields."""
        if self.studio.ordering is not None:
            self.studio.stop_ordering()
            return
        current = self.draft.current
        ordering = self.studio.start_ordering()
        words = (
            f"Tab order of {current.name or current.role if current else 'nobody'}: click the fields in the order they "
            "are to be filled in. Esc when it is right."
        )
        banner = Banner(words, "accent", "By position", closable=False)
        banner.acted.connect(ordering.by_position)
        self.studio.say(banner)

    def tab_order_earlier(self) -> None:
        self.studio.order_step(-1)

    def tab_order_later(self) -> None:
        self.studio.order_step(1)

    # -- inside ----------------------------------------------------------------------------------------------

    def _show_contents(self, found: Sequence[Heading]) -> None:
        dialog = ContentsDialog(found, self._widget)
        dialog.wanted.connect(self.studio.view.go_to)
        dialog.show()


def searching(house: House, documents: Sequence[Document]) -> Search:
    """Through all documents, in their order."""

    def search(text: str) -> Sequence[Place]:
        return [
            Place(PageRef(document.id, hit.page), hit.rects)
            for document in documents
            for hit in viewing.find_text(house, document.latest, text)
        ]

    return search


def headings(house: House, documents: Sequence[Document]) -> tuple[Heading, ...]:
    """With the documents above their own headings, where there are several."""
    found: list[Heading] = []
    for document in documents:
        entries = viewing.outline(house, document.latest)
        below = 1 if len(documents) > 1 else 0
        if below:
            found.append(Heading(1, document.title, PageRef(document.id, 1)))
        found += [
            Heading(entry.level + below, entry.title, PageRef(document.id, entry.page) if entry.page else None)
            for entry in entries
        ]
    return tuple(found)
