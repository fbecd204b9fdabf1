"""The documents on paper: each page at its size, the fields of a draft where they stand, off the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from pytestqt.qtbot import QtBot

from app.domain.errors import Cancelled
from app.domain.geometry import Rect, Size
from app.services import drafting
from app.services.house import House
from app.tasks import TaskRunner
from app.ui.canvas.layout import PageRef, Sheet
from app.ui.prepare.printing import PrintOrder, meant, print_pages
from app.ui.theme import Theme
from tests.support import houses, leases
from tests.support.inline_runner import InlineRunner
from tests.support.pages import write_pdf
from tests.support.studios import Bench, Paper, bench

A4, WIDE, HUGE = Size(595, 842), Size(842, 595), Size(1190, 1684)
MARK = "0 0 0 rg 100 642 50 20 re f"
"""A black box 100 points from the left and 180 from the top of an A4 page."""


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library") as built:
        yield built


@pytest.fixture
def made(house: House, theme: Theme, runner: InlineRunner, tmp_path: Path) -> Iterator[Bench]:
    envelope_id = drafting.from_files(house, [write_pdf(tmp_path / "Lease.pdf", 3, marks=MARK)]).one("envelope")
    with bench(house, envelope_id, runner) as found:
        found.studio.ghosts.show_offers((), ())
        yield found


def to_file(path: Path, dpi: int = 150) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    printer.setResolution(dpi)
    return printer


def blank(page: PageRef, scale: float, clip: Rect | None) -> Paper:
    return Paper(10, 10, 0x80)


def order_of(*sizes: Size) -> PrintOrder:
    sheets = tuple(Sheet(PageRef("D", n), size) for n, size in enumerate(sizes, start=1))
    return PrintOrder(sheets, blank, {})


def print_with(made: Bench, printer: QPrinter) -> None:
    """As once the dialogue was answered."""
    made.page._press.run(printer, made.page.print_order(printer))


def ink_of(path: Path, page: int, below: int = 60) -> tuple[float, float, float, float]:
    """The box around everything dark below the words at the top, in points."""
    with pymupdf.open(path) as document:
        scale = 4
        pixels = document[page].get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY)
    rows = [pixels.samples[n * pixels.stride : n * pixels.stride + pixels.width] for n in range(pixels.height)]
    dark = [n for n, row in enumerate(rows) if n > 150 * scale and min(row) < below]
    across = [n for n in range(pixels.width) if any(rows[row][n] < below for row in dark)]
    return across[0] / scale, dark[0] / scale, (across[-1] + 1) / scale, (dark[-1] + 1) / scale


def test_each_page_lies_at_its_size_turned_as_it_is_and_made_smaller_where_the_paper_is(
    qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    order = order_of(A4, WIDE, HUGE)
    assert print_pages(to_file(tmp_path / "out.pdf"), order, lambda done, total: told.append((done, total))) == 3
    assert told == [(1, 3), (2, 3), (3, 3)]
    with pymupdf.open(tmp_path / "out.pdf") as document:
        sizes = [(round(page.rect.width), round(page.rect.height)) for page in document]
        assert sizes == [(595, 842), (842, 595), (595, 842)]
        boxes = [page.get_image_info()[0]["bbox"] for page in document]
    for box, (width, height) in zip(boxes, sizes, strict=True):
        assert box == pytest.approx((0, 0, width, height), abs=1.0)


def test_what_is_printed_stands_where_it_stood(made: Bench, tmp_path: Path) -> None:
    print_with(made, to_file(tmp_path / "out.pdf"))
    assert ink_of(tmp_path / "out.pdf", 0) == pytest.approx((100, 180, 150, 200), abs=0.75)
    with pymupdf.open(tmp_path / "out.pdf") as document:
        assert len(document) == 3
    assert made.notices.told == ["3 pages printed."]


def test_the_fields_of_a_draft_are_printed_in_their_place(made: Bench, tmp_path: Path) -> None:
    made.page.add_recipient()
    document = made.stored.documents[0].id
    made.studio._place("signature", PageRef(document, 2), Rect(300, 400, 180, 50))
    printer = to_file(tmp_path / "out.pdf")
    print_with(made, printer)
    with pymupdf.open(tmp_path / "out.pdf") as printed:
        images = [info["bbox"] for info in printed[1].get_image_info()]
        assert len(printed[0].get_image_info()) == 1
    assert len(images) == 2
    assert images[1] == pytest.approx((300, 400, 480, 450), abs=0.75)


def test_what_is_out_is_printed_as_it_was_frozen_and_without_frames(
    house: House, theme: Theme, runner: InlineRunner, tmp_path: Path
) -> None:
    with bench(house, leases.sent(house, tmp_path), runner) as made:
        printer = to_file(tmp_path / "out.pdf")
        order = made.page.print_order(printer)
        assert (len(order.sheets), order.stamps) == (2, {})
        print_with(made, printer)
        assert made.notices.told == ["2 pages printed."]


def test_only_the_pages_that_were_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    sheets = order_of(A4, A4, A4, A4).sheets
    printer = to_file(tmp_path / "out.pdf")
    assert meant(printer, sheets, None) == sheets
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert meant(printer, sheets, None) == sheets[1:3]
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert meant(printer, sheets, PageRef("D", 4)) == sheets[3:]


def test_stopped_in_the_middle_nothing_more_is_drawn(qtbot: QtBot, tmp_path: Path) -> None:
    drawn: list[int] = []

    def source(page: PageRef, scale: float, clip: Rect | None) -> Paper:
        drawn.append(page.page)
        return Paper(10, 10)

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        print_pages(to_file(tmp_path / "out.pdf"), PrintOrder(order_of(A4, A4, A4).sheets, source, {}), stop)
    assert drawn == [1, 2]


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told(made: Bench, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    print_with(made, to_file(tmp_path / "folder" / "missing" / "out.pdf"))
    assert made.notices.warned == ["The printer took 0 of 3 pages. Choose another one, or a file."]


def test_the_window_goes_on_while_pages_are_drawn_and_another_order_waits(
    qtbot: QtBot, house: House, theme: Theme, tmp_path: Path
) -> None:
    failures: list[Exception] = []
    runner = TaskRunner(failures.append)
    envelope_id = drafting.from_files(house, [write_pdf(tmp_path / "Lease.pdf", 2)]).one("envelope")
    with bench(house, envelope_id, runner) as made:
        threads: list[str] = []
        gate = threading.Event()
        source = made.studio.source

        def slow(page: PageRef, scale: float, clip: Rect | None) -> object:
            threads.append(threading.current_thread().name)
            gate.wait(20)
            return source(page, scale, clip)

        made.studio._supplies.__dict__["source"] = lambda _: slow
        print_with(made, to_file(tmp_path / "out.pdf"))
        qtbot.waitUntil(lambda: bool(threads), timeout=10_000)
        assert made.actions.reason_against("document.print") == "The last order is still being printed."
        gate.set()
        qtbot.waitUntil(lambda: made.notices.told == ["2 pages printed."], timeout=20_000)
        assert threading.main_thread().name not in threads
        assert made.actions.reason_against("document.print") == ""
    runner.close()
    assert not failures


def test_the_dialogue_knows_how_many_pages_there_are(made: Bench) -> None:
    made.do("document.print")
    (dialog,) = made.page.findChildren(QPrintDialog)
    assert (dialog.minPage(), dialog.maxPage()) == (1, 3)
    dialog.reject()
