"""Drawing and opening pages: R3, R4, O1, O2, O3 and the memory of a looking child (M1).

Ours is what the window calls: `Looker` with a warm child. The peers are whole programs, because that is what
stands in for "just run mutool": their start belongs to them as our child's start-up, done once, to us.
"""

from __future__ import annotations

import itertools
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pymupdf
from PIL import Image, ImageChops, ImageStat

from app.pdf import Looker
from app.process import Pixels
from tests.benchmarks.harness import Benchmark, Goal, NotMeasured, Row, Workbench

DPI = 150
SCALE = DPI / 72
_numbers = itertools.count()


def run_r3(bench: Workbench) -> Sequence[Row]:
    pdftoppm, mutool = bench.need("pdftoppm"), bench.need("mutool")
    looker = _warm(bench)
    rows = []
    try:
        for kind, source in _kinds(bench).items():
            fresh = _Fresh(bench.folder, source)
            shown: list[Image.Image] = []
            ours, poppler, draw = bench.interleave(
                lambda fresh=fresh, shown=shown: shown.append(_image(looker, fresh.path)),
                lambda fresh=fresh: _run(pdftoppm, "-r", DPI, "-f", 1, "-l", 1, "-png", fresh.path, fresh.out),
                lambda fresh=fresh: _run(mutool, "draw", "-q", "-r", DPI, "-o", f"{fresh.out}.png", fresh.path, 1),
                setup=fresh.renew,
            )
            _run(mutool, "draw", "-q", "-r", DPI, "-o", f"{fresh.out}.png", fresh.path, 1)
            bench.check(_alike(shown[-1], Path(f"{fresh.out}.png")), f"{kind}: not the page mutool draws")
            rows.append(Row(f"{kind}, beside pdftoppm", Goal.at_most(0.5), ours.ratio_to(poppler)))
            bench.note(f"{kind}: {ours.ratio_to(draw):.2f}× of mutool draw; {ours.median * 1000:.1f} ms")
    finally:
        looker.close()
    return rows


def run_r4(bench: Workbench) -> Sequence[Row]:
    try:
        from PySide6.QtGui import QImage
    except ImportError as missing:
        raise NotMeasured(str(missing)) from missing
    looker = _warm(bench)
    try:
        pixels = looker.render(next(iter(_kinds(bench).values())), 1, 2.5)
        size = pixels.stride * pixels.height

        def wrap() -> None:
            for _ in range(100):
                QImage(pixels.buffer, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)

        wrapped, piped = bench.interleave(wrap, lambda: _pipe(size))
        picture = QImage(pixels.buffer, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
        middle = pixels.buffer[pixels.stride * 9 + 36]
        bench.check(picture.pixelColor(9, 9).blue() == middle, "the picture shows other pixels")
        del picture
        bench.note(
            f"{size / 1e6:.1f} MB of pixels: {wrapped.median * 1e4:.1f} µs wrapped, {piped.median * 1e3:.1f} ms piped"
        )
        return (Row("wrapping shared pixels, beside a pipe", Goal.at_most(0.01), wrapped.ratio_to(piped) / 100),)
    finally:
        looker.close()


def run_o1(bench: Workbench) -> Sequence[Row]:
    mutool = bench.need("mutool")
    looker = _warm(bench)
    rows = []
    try:
        for what, name in (("a letter", "google-doc-document.pdf"), ("two columns", "multicolumn.pdf"),
                           ("a book whose title page is all curves", "GeoTopo-komprimiert.pdf")):  # fmt: skip
            fresh = _Fresh(bench.folder, bench.corpus / "sample-files" / name)
            ours, peer = bench.interleave(
                lambda fresh=fresh: looker.render(fresh.path, 1, 1.5).release(),
                lambda fresh=fresh: _run(mutool, "draw", "-q", "-r", 108, "-o", f"{fresh.out}.pnm", fresh.path, 1),
                rounds=9,
                setup=fresh.renew,
            )
            rows.append(Row(f"{what}: page 1 painted, beside mutool draw", Goal.at_most(0.75), ours.ratio_to(peer)))
            bench.note(f"{what}: {ours.median * 1e3:.1f} ms")
        return rows
    finally:
        looker.close()


def run_o2(bench: Workbench) -> Sequence[Row]:
    looker = _warm(bench)
    try:
        long, short = (_Fresh(bench.folder, _pages(bench.folder, count)) for count in (5_000, 10))

        def renew() -> None:
            long.renew()
            short.renew()

        ours, ten = bench.interleave(
            lambda: looker.render(long.path, 1, 1.5).release(),
            lambda: looker.render(short.path, 1, 1.5).release(),
            rounds=9,
            setup=renew,
        )
        sizes, _ = bench.interleave(lambda: looker.inspect(long.path), lambda: looker.inspect(short.path))
        bench.check(len(looker.inspect(long.path).pages) == 5_000, "pages are missing")
        bench.note(f"page 1 of 5,000 after {ours.median * 1e3:.1f} ms, of 10 after {ten.median * 1e3:.1f} ms")
        bench.note(f"inspecting all 5,000 pages afterwards: {sizes.median * 1e3:.0f} ms")
        return (Row("page 1 of 5,000 painted, beside 1 of 10", Goal.at_most(2), ours.ratio_to(ten)),)
    finally:
        looker.close()


def run_o3(bench: Workbench) -> Sequence[Row]:
    if (os.cpu_count() or 1) < 2:
        raise NotMeasured("one processor")
    source = _text_pages(bench.folder, 500)
    one, two = Looker.with_children(1), Looker.with_children(2)
    try:
        fresh = _Fresh(bench.folder, source)
        for looker in (one, two):
            looker.render(source, 1, 0.2).release()
        double, single = bench.interleave(
            lambda: _thumbnails(two, fresh.path, 2), lambda: _thumbnails(one, fresh.path, 1), setup=fresh.renew
        )
        bench.note("500 thumbnails; the window's heartbeat beside them is R1's to measure")
        return (Row("thumbnails by two children, beside one", Goal.at_most(0.55), double.ratio_to(single)),)
    finally:
        one.close()
        two.close()


def run_m1(bench: Workbench) -> Sequence[Row]:
    if not Path("/proc/self/status").exists():
        raise NotMeasured("no /proc here")
    workers = Looker.with_children(1)
    try:
        source = _thousand(bench)
        for page in range(1, 1_001):
            workers.render(source, page, 1.5).release()
        pid = workers._workers.workers[0].pid  # type: ignore[attr-defined]
        status = Path(f"/proc/{pid}/status").read_text()
        peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        return (Row("most memory of a child over 1,000 pages", Goal.at_most(400), peak / 1024, "MB"),)
    finally:
        workers.close()


class _Fresh:
    """A copy of a file under a new name each round: nothing about it can be remembered."""

    def __init__(self, folder: Path, source: Path) -> None:
        self._folder, self._source = folder, source
        self.renew()

    def renew(self) -> None:
        number = next(_numbers)
        self.path, self.out = self._folder / f"{number}.pdf", self._folder / f"{number}"
        self.path.write_bytes(self._source.read_bytes())


def _warm(bench: Workbench) -> Looker:
    looker = Looker.with_children(1)
    looker.render(_pages(bench.folder, 1), 1, 1.0).release()
    return looker


def _kinds(bench: Workbench) -> dict[str, Path]:
    """A page of text, a scan, curves by the thousand."""
    return {
        "text": bench.corpus / "sample-files" / "multicolumn.pdf",
        "scan": _scan(bench.folder),
        "curves": _curves(bench.folder),
    }


def _scan(folder: Path) -> Path:
    path, picture = folder / "scan.pdf", folder / "scan.jpg"
    if not path.exists():
        Image.effect_noise((1654, 2339), 40).convert("RGB").save(picture, quality=80)
        document = pymupdf.open()
        page = document.new_page(width=595, height=842)
        page.insert_image(page.rect, filename=picture)
        document.save(path)
    return path


def _curves(folder: Path) -> Path:
    path = folder / "curves.pdf"
    if not path.exists():
        document = pymupdf.open()
        shape = document.new_page(width=595, height=842).new_shape()
        for n in range(4_000):
            x, y = 40 + (n * 37) % 500, 40 + (n * 53) % 740
            turn = math.sin(n) * 40
            shape.draw_bezier((x, y), (x + turn, y + 30), (x + 30, y - turn), (x + 45, y + turn))
            shape.finish(width=0.6, closePath=False)
        shape.commit()
        document.save(path, deflate=True)
    return path


def _pages(folder: Path, count: int) -> Path:
    path = folder / f"pages-{count}.pdf"
    if not path.exists():
        document = pymupdf.open()
        for number in range(count):
            document.new_page(width=595, height=842).insert_text((72, 72), f"Page {number + 1}")
        document.save(path, deflate=True)
    return path


def _text_pages(folder: Path, count: int) -> Path:
    path = folder / f"text-{count}.pdf"
    document = pymupdf.open()
    words = "The parties agree that this page is as long as pages are. " * 40
    for number in range(count):
        page = document.new_page(width=595, height=842)
        page.insert_textbox((60, 60, 535, 780), f"{number}. {words}", fontsize=10)
    document.save(path, deflate=True)
    return path


def _thousand(bench: Workbench) -> Path:
    """1,000 mixed pages: text, every tenth a scan, every fiftieth curves."""
    path = bench.folder / "thousand.pdf"
    document = pymupdf.open(_text_pages(bench.folder, 880))
    for source, count in ((_scan(bench.folder), 100), (_curves(bench.folder), 20)):
        with pymupdf.open(source) as one:
            for _ in range(count):
                document.insert_pdf(one)
    document.save(path, deflate=True)
    return path


def _thumbnails(looker: Looker, path: Path, threads: int) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda page: looker.render(path, page, 0.2).release(), range(1, 501)))


def _image(looker: Looker, path: Path) -> Image.Image:
    pixels: Pixels = looker.render(path, 1, SCALE)
    size = (pixels.width, pixels.height)
    made = Image.frombytes("RGB", size, bytes(pixels.buffer), "raw", "BGRX", pixels.stride, 1)
    pixels.release()
    return made


def _alike(ours: Image.Image, theirs: Path) -> bool:
    """The same page but for the rounding of edges: three grey levels in 255 on average."""
    with Image.open(theirs) as image:
        other = image.convert("RGB").resize(ours.size) if image.size != ours.size else image.convert("RGB")
    return max(ImageStat.Stat(ImageChops.difference(ours, other)).mean) < 3


def _pipe(size: int) -> None:
    """As many bytes through a pipe from another process."""
    script = f"import sys; sys.stdout.buffer.write(bytes({size}))"
    done = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, check=True)
    if len(done.stdout) != size:
        raise RuntimeError("short")


def _run(program: Path, *arguments: object) -> None:
    subprocess.run([program, *map(str, arguments)], check=True, capture_output=True)


BENCHMARKS = (
    Benchmark("R3", "Drawing a page", run_r3),
    Benchmark("R4", "A delivered page costs the window next to nothing", run_r4),
    Benchmark("O1", "Opening: the first page", run_o1),
    Benchmark("O2", "Opening: 5,000 pages", run_o2),
    Benchmark("O3", "Thumbnails on two children", run_o3),
    Benchmark("M1", "Memory of a looking child", run_m1),
)
