"""An order to print, from the question on which paper to the word that it is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.envelope import Envelope
from app.services import viewing
from app.services.house import House
from app.tasks import Handle, Report
from app.ui.canvas.feeder import Source
from app.ui.desk import Desk
from app.ui.prepare.printing import PrintOrder, print_pages
from app.ui.theme import SPACE
from app.ui.widgets.look import column
from app.ui.widgets.progress import ProgressStrip

OrderOf = Callable[[QPrinter], PrintOrder]


class Press:
    """One order at a time; the window goes on meanwhile. `turned` is called when it begins and when it ends."""

    def __init__(self, desk: Desk, page: QWidget, turned: Callable[[], None]) -> None:
        self._desk, self._page, self._turned = desk, page, turned
        self.is_busy = False

    def ask(self, title: str, pages: int, order_of: OrderOf) -> None:
        """Which printer, and which of the pages."""
        if self.is_busy:
            self._desk.notices.warn("The last order is still being printed.")
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        dialog = QPrintDialog(printer, self._page)
        dialog.setMinMax(1, pages)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintCurrentPage)
        dialog.accepted.connect(lambda: self.run(printer, order_of(printer)))
        dialog.finished.connect(dialog.deleteLater)
        # Its own `open` wants a slot to call.
        QDialog.open(dialog)

    def run(self, printer: QPrinter, order: PrintOrder) -> None:
        progress = _Progress(self._page)

        def work(report: Report) -> int:
            return print_pages(printer, order, report)

        def ended() -> None:
            progress.close()
            self._turn(False)

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

        self._turn(True)
        progress.strip.cancelled.connect(ended)
        progress.follow(self._desk.run(work, done, failed=failed, on_progress=progress.strip.report, owner=self._page))

    def _turn(self, is_busy: bool) -> None:
        self.is_busy = is_busy
        self._turned()


def latest_source(house: House, envelope: Envelope) -> Source:
    """The latest bytes of each document."""
    latest = {str(document.id): document.latest for document in envelope.documents}
    return lambda page, scale, clip: viewing.page_image(house, latest[page.document], page.page, scale, clip)


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
