"""What the table of actions calls to put the documents on paper, as they stand on the screen."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtPrintSupport import QPrinter

from app.ui.canvas.layout import PageRef
from app.ui.prepare.press import Press
from app.ui.prepare.printing import PrintOrder, Stamp, meant
from app.ui.prepare.rehearse_actions import RehearseActions


class PrintActions(RehearseActions):
    """Mixed into the page."""

    _press: Press

    def print_documents(self) -> None:
        self._press.ask(self.draft.envelope.title, len(self.studio.view.sheets), self.print_order)

    def print_order(self, printer: QPrinter) -> PrintOrder:
        """What is seen; of a draft also its fields, each with what stands in it or with its name."""
        view = self.studio.view
        sheets = meant(printer, view.sheets, view.page)
        stamps: defaultdict[PageRef, list[Stamp]] = defaultdict(list)
        pages = {sheet.ref for sheet in sheets}
        for field in self.draft.envelope.fields if self.draft.is_editable else ():
            page = PageRef(field.document, field.page)
            if page in pages and self.draft.shows(field):
                stamps[page].append(self.studio.overlay.stamp(field))
        return PrintOrder(sheets, self.studio.source, dict(stamps))
