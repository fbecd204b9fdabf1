"""What the table of actions calls to put the documents on paper, as they stand on the screen."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from app.tasks import Handle, Report
from app.ui.canvas.layout import PageRef
from app.ui.prepare.printing import PrintOrder, Stamp, meant, print_pages
from app.ui.prepare.rehearse_actions import RehearseActions
from app.ui.theme import SPACE
from app.ui.widgets.look import column
from app.ui.widgets.progress import ProgressStrip


class PrintActions(RehearseActions):
    """Mixed into the page."""

    _is_printing = False

    def print_documents(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.draft.envelope.title)
        dialog = QPrintDialog(printer, self._widget)
        dialog.setMinMax(1, len(self.studio.view.sheets))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintCurrentPage)
        dialog.accepted.connect(lambda: self.print_with(printer))
        dialog.finished.connect(dialog.deleteLater)
        # Its own `open` wants a slot to call.
        QDialog.open(dialog)

    def print_with(self, printer: QPrinter) -> None:
        """One order at a time; the window goes on meanwhile."""
        order = self.print_order(printer)
        progress = _Progress(self._widget)

        def work(report: Report) -> int:
            return print_pages(printer, order, report)

        def ended() -> None:
            progress.close()
            self._is_printing = False
            self.standing_changed.emit()

        def done(pages: int) -> None:
            ended()
            if pages == len(order.sheets):
                self._desk.notices.tell(f"{pages} page{'' if pages == 1 else 's'} printed.")
            else:
                self._desk.notices.warn(
                    f"The printer took {pages} of {len(order.sheets)} pages. Choose another one, or a file."
                )

        def failed(error: Exception) -> None:
            ended()
            self._desk.notices.fail(error)

        self._is_printing = True
        self.standing_changed.emit()
        progress.strip.cancelled.connect(ended)
        progress.follow(self._desk.run(work, done, failed=failed, on_progress=progress.strip.report, owner=self.studio))

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


class _Progress(QDialog):
    """Shown when it takes more than a moment."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Printing")
        self.setMinimumWidth(360)
        self.strip = ProgressStrip()
        self.setLayout(column(self.strip, margin=SPACE.around))

    def follow(self, handle: Handle) -> None:
        self.strip.follow("Drawing the pages", handle)
        if handle.running:
            self.show()

    def reject(self) -> None:
        """Esc puts the window away and not the work."""
        self.hide()
