"""What the table of actions calls on pages: turning, moving, deleting, inserting, splitting, merging, straightening.

They work on the pages chosen among the thumbnails, or else on the page being read. Fields go along.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog

from app.domain.geometry import PageGeometry, Rect
from app.services import pages
from app.services.house import House
from app.services.pages import PagesChanged
from app.ui.canvas.layout import PageRef
from app.ui.models.pictures import picture
from app.ui.prepare.document_actions import DocumentActions
from app.ui.prepare.trim_dialog import TrimDialog

INSERTABLE: Final = "Pages (*.pdf *.png *.jpg *.jpeg *.md *.markdown);;All files (*)"
PREVIEW_PX: Final = 1200.0
"""Of the height of the page that is put right by hand."""
Tool = Callable[[House, str, str, list[int]], PagesChanged]


class PageActions(DocumentActions):
    """Mixed into the page."""

    def turn_right(self) -> None:
        self._use("Turn", pages.rotate)

    def turn_left(self) -> None:
        self._use("Turn", lambda house, envelope, document, chosen: pages.rotate(house, envelope, document, chosen, 3))

    def delete_pages(self) -> None:
        """All pages of a document: then the document goes."""
        found = self.pages_meant()
        if found is None:
            return
        document, chosen = found
        if len(chosen) == len(self._pages_of(document)):
            self.remove_document(document)
        else:
            self._use("Delete", pages.delete)

    def straighten_pages(self) -> None:
        def told(changed: PagesChanged) -> None:
            if not changed.straightened:
                self._desk.notices.tell("These pages stand straight already, or are no scans.")

        self._use("Straighten", pages.straighten, told)

    def trim_page(self) -> None:
        """The page being read, cropped and straightened by hand."""
        house, here = self._desk.house, self.studio.view.page
        if here is None:
            return
        source, scale = self.studio.source, PREVIEW_PX / max(self.studio.view.size_of(here).height, 1.0)
        dialog = TrimDialog(f"Page {here.page}", self.studio.view.size_of(here), self._widget)
        dialog.wanted.connect(lambda degrees, frame: self.trim(here, degrees, frame))
        dialog.lean_wanted.connect(
            lambda: self._desk.run(
                lambda _: pages.lean(house, self._id, here.document, here.page), dialog.show_lean, owner=dialog
            )
        )
        self._desk.run(lambda _: picture(source(here, scale, None)), dialog.show_page, owner=dialog)
        dialog.open()

    def trim(self, page: PageRef, degrees: float, frame: Rect | None) -> None:
        self.rework(
            f"Crop and straighten page {page.page}",
            lambda house: pages.trim(house, self._id, page.document, page.page, degrees, frame),
        )

    def move_pages_up(self) -> None:
        self._carry(-1)

    def move_pages_down(self) -> None:
        self._carry(1)

    def insert_blank(self) -> None:
        """Behind the pages meant, as large as the last of them."""
        found = self.pages_meant()
        if found is not None:
            document, chosen = found
            size = self._pages_of(document)[chosen[-1] - 1].size
            self.rework(
                "Insert blank page",
                lambda house: pages.blank(house, self._id, document, chosen[-1] + 1, size),
                lambda _: self.studio.view.go_to(PageRef(document, chosen[-1] + 1)),
            )

    def insert_pages(self) -> None:
        """From a file, behind the pages meant."""
        found = self.pages_meant()
        if found is None:
            return
        dialog = QFileDialog(self._widget, "Insert pages", "", INSERTABLE)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.insert_from(found[0], found[1][-1] + 1, Path(name)))
        dialog.open()

    def insert_from(self, document: str, at: int, path: Path, password: str | None = None) -> None:
        self.rework(
            f"Insert pages of {path.name}",
            lambda house: pages.insert(house, self._id, document, at, path, password=password),
            lambda _: self.studio.view.go_to(PageRef(document, at)),
            lambda error: self._ask_password(error, path, lambda given: self.insert_from(document, at, path, given)),
        )

    def split_document(self) -> None:
        """A new document begins at each of the pages meant; the first page begins one anyhow."""
        found = self.pages_meant()
        starts = [page for page in found[1] if page > 1] if found is not None else []
        if found is None or not starts:
            self._desk.notices.tell("Go to the page at which the new document is to begin. Page 1 begins one already.")
            return
        self.rework("Split document", lambda house: pages.split(house, self._id, found[0], starts))

    def merge_documents(self) -> None:
        """All documents of the envelope become one, in their order."""
        ids = [document.id for document in self.draft.envelope.documents]
        if len(ids) > 1:
            self.rework("Merge documents", lambda house: pages.merge(house, self._id, ids))

    def reorder_pages(self, document: str, order: Sequence[int]) -> None:
        """The old page numbers in their new order."""
        if list(order) != sorted(order):
            self.rework("Reorder pages", lambda house: pages.reorder(house, self._id, document, order))

    def crop_to_selection(self) -> None:
        """The pages meant, to the box around the selected fields."""
        chosen = self.draft.chosen
        if chosen:
            around = self.studio.box_around(chosen)
            document, page = chosen[0].document, chosen[0].page
            self.rework("Crop page", lambda house: pages.crop(house, self._id, document, [page], around))

    def pages_meant(self) -> tuple[str, list[int]] | None:
        """Of one document, in order: those chosen among the thumbnails, else the one being read."""
        chosen = self.studio.documents.stamps.chosen
        here = self.studio.view.page
        if chosen:
            document = chosen[0].document
            return document, sorted(each.page for each in chosen if each.document == document)
        return (here.document, [here.page]) if here is not None else None

    # -- inside ----------------------------------------------------------------------------------------------

    def _use(self, what: str, tool: Tool, then: Callable[[PagesChanged], None] | None = None) -> None:
        found = self.pages_meant()
        if found is not None:
            document, chosen = found
            name = f"{what} page {chosen[0]}" if len(chosen) == 1 else f"{what} {len(chosen)} pages"
            self.rework(name, lambda house: tool(house, self._id, document, chosen), then)

    def _carry(self, by: int) -> None:
        """All pages meant one step further, if there is room."""
        found = self.pages_meant()
        if found is None:
            return
        document, chosen = found
        order = list(range(1, len(self._pages_of(document)) + 1))
        if chosen[0] + by < 1 or chosen[-1] + by > len(order):
            return
        for page in chosen if by < 0 else reversed(chosen):
            at = order.index(page)
            order.insert(at + by, order.pop(at))
        self.reorder_pages(document, order)
        self.studio.documents.stamps.choose([PageRef(document, page + by) for page in chosen])

    def _pages_of(self, document: str) -> Sequence[PageGeometry]:
        return next((each.pages for each in self.draft.envelope.documents if each.id == document), ())
