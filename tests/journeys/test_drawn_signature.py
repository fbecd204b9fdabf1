"""A signature drawn in the room is sharp at 800 % in the sealed PDF, and lies where the hand drew it.

The strokes are known, the pen or the mouse draws them in a real room, the envelope is sealed, and poppler renders the
field at 576 dpi. Along the normal of every point that the hand gave, the ink's two edges are looked for: how wide each
is, and how far the middle between them is from the point.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import hypot, pi, sin
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.geometry import Rect
from app.services import drafting, reading, sending, viewing
from app.services.house import House
from app.tasks import TaskRunner
from app.ui.models.room import Screen
from app.ui.room.pad import Pad
from app.ui.room.signature import DRAW
from app.ui.room.window import RoomWindow
from app.ui.theme import Theme
from tests.support.pages import write_pdf
from tests.support.studios import dressed
from tests.ui.room_hands import LEFT, NO_KEY, Person, empty, pen

ZOOM = 8
"""Of 72 dpi: 800 %."""
OFF_PT, EDGE_PX = 0.3, 2.0
FARTHEST_PX = 14
"""From the middle of the ink to the paper beside it."""
Stroke = list[tuple[float, float]]
Point = tuple[float, float]
FIELDS = {"large": Rect(90, 300, 240, 80), "small": Rect(90, 300, 84, 30)}


def strokes(width: int, height: int) -> list[Stroke]:
    """In the pixels of the pad: a wave that grows, a bow under it, a slanting bar; none touches another."""
    wave = [(0.06 + 0.8 * t, 0.3 - (0.05 + 0.15 * t) * sin(5 * pi * t)) for t in (n / 90 for n in range(91))]
    bow = [(0.1 + 0.7 * t, 0.6 + 0.22 * sin(pi * t)) for t in (n / 40 for n in range(41))]
    bar = [(0.92 + 0.03 * t, 0.85 - 0.6 * t) for t in (n / 12 for n in range(13))]
    return [[(x * width, y * height) for x, y in stroke] for stroke in (wave, bow, bar)]


def by_mouse(pad: Pad, stroke: Stroke) -> Stroke:
    """A mouse knows whole pixels only."""
    spots = [QPoint(round(x), round(y)) for x, y in stroke]
    QTest.mousePress(pad, LEFT, NO_KEY, spots[0])
    for spot in spots[1:]:
        QTest.mouseMove(pad, spot)
    QTest.mouseRelease(pad, LEFT, NO_KEY, spots[-1])
    return [(float(spot.x()), float(spot.y())) for spot in spots]


def by_pen(pad: Pad, stroke: Stroke) -> Stroke:
    """Pressed harder on the way, and held as a right hand holds it."""
    kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * (len(stroke) - 2), QEvent.Type.TabletRelease]
    for number, (kind, (x, y)) in enumerate(zip(kinds, stroke, strict=True)):
        pen(pad, kind, QPointF(x, y), 0.2 + 0.7 * number / len(stroke), (35, -20))
    return stroke


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return dressed(qapp)


@pytest.fixture
def tasks(qapp: object) -> Iterator[TaskRunner]:
    failures: list[Exception] = []
    runner = TaskRunner(failures.append)
    yield runner
    runner.close()
    assert not failures


@pytest.mark.parametrize("size", FIELDS)
@pytest.mark.parametrize("way", [by_mouse, by_pen])
def test_a_drawn_signature_is_sharp_at_800_percent_and_lies_where_it_was_drawn(
    way: Callable[[Pad, Stroke], Stroke],
    size: str,
    qtbot: QtBot,
    theme: Theme,
    house: House,
    tasks: TaskRunner,
    tmp_path: Path,
) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not here")
    drawn, sealed = signed(way, FIELDS[size], qtbot, house, tasks, tmp_path)
    operators, images = appearance(sealed)
    assert {b"c", b"B"} <= operators, "the outline of the ink is filled"
    assert not images
    page, ink = rendered(sealed, FIELDS[size], tmp_path), mapped(drawn, FIELDS[size])
    measured = [measure(page, at, normal) for stroke in ink for at, normal in normals(stroke)]
    assert len(measured) > 120
    farthest_pt = max(off for off, _ in measured) / ZOOM
    widest_px = max(width for _, width in measured)
    assert farthest_pt <= OFF_PT
    assert widest_px <= EDGE_PX


def signed(
    way: Callable[[Pad, Stroke], Stroke], spot: Rect, qtbot: QtBot, house: House, tasks: TaskRunner, folder: Path
) -> tuple[list[Stroke], Path]:
    """What was drawn, in the pad's pixels, and the sealed PDF."""
    envelope_id = drafting.from_files(house, [write_pdf(folder / "deed.pdf", 1)]).one("envelope")
    signer = drafting.new_recipient(house, reading.envelope(house, envelope_id), "Jane Smith")
    drafting.set_recipients(house, envelope_id, [signer])
    envelope = reading.envelope(house, envelope_id)
    field = drafting.new_field(house, envelope, "signature", envelope.documents[0].id, 1, spot, signer.role)
    drafting.set_fields(house, envelope_id, [field])
    sending.send(house, envelope_id)
    room = RoomWindow(house, tasks, envelope_id, signer.role)
    person = Person(qtbot, room)
    person.begin()
    person.click(person.go_to(field.label))
    person.sheet.choose(DRAW)
    pad = person.sheet.findChild(Pad)
    assert pad is not None
    drawn = [way(pad, stroke) for stroke in strokes(pad.width(), pad.height())]
    person.place()
    person.press("Finish")
    person.press("Sign and finish")
    person.wait_for(Screen.THANKS)
    empty([room])
    return drawn, viewing.blob_path(house, reading.envelope(house, envelope_id).documents[0].latest)


def appearance(path: Path) -> tuple[set[bytes], list[Any]]:
    """The operators of the signature's appearance, and the pictures it could show."""
    with path.open("rb") as stream:
        reader = PdfFileReader(stream)
        (signature,) = reader.embedded_signatures
        return _inside(signature.sig_field["/AP"]["/N"])


def _inside(form: Any) -> tuple[set[bytes], list[Any]]:
    operators, images = set(form.data.split()), []
    for one in form.get("/Resources", {}).get("/XObject", {}).values():
        found = one.get_object()
        if found["/Subtype"] == "/Image":
            images.append(found)
        else:
            more, others = _inside(found)
            operators |= more
            images += others
    return operators, images


def rendered(path: Path, spot: Rect, folder: Path) -> Image.Image:
    """The field alone, by poppler."""
    left, top, width, height = (round(number * ZOOM) for number in (spot.x, spot.y, spot.width, spot.height))
    box = ["-x", str(left), "-y", str(top), "-W", str(width), "-H", str(height)]
    command = ["pdftoppm", "-r", str(72 * ZOOM), "-gray", "-singlefile", *box, str(path), str(folder / "field")]
    subprocess.run(command, check=True, timeout=120)
    with Image.open(folder / "field.pgm") as page:
        return page.convert("L")


def mapped(drawn: list[Stroke], spot: Rect) -> list[Stroke]:
    """Into the pixels of the field as rendered: as large as it can be with two points around, in the middle."""
    xs, ys = [x for stroke in drawn for x, _ in stroke], [y for stroke in drawn for _, y in stroke]
    around = min(2.0, spot.width / 10, spot.height / 10)
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min((spot.width - 2 * around) / wide, (spot.height - 2 * around) / high)
    left = (spot.width - wide * scale) / 2 - min(xs) * scale
    top = (spot.height - high * scale) / 2 - min(ys) * scale
    return [[((x * scale + left) * ZOOM, (y * scale + top) * ZOOM) for x, y in stroke] for stroke in drawn]


def normals(stroke: Stroke) -> Iterator[tuple[Point, Point]]:
    """Of the inner points, each with the unit vector across the way there."""
    apart = [place for place, after in pairwise(stroke) if place != after]
    for before, at, after in zip(apart, apart[1:], apart[2:], strict=False):
        x, y = after[0] - before[0], after[1] - before[1]
        yield at, (-y / hypot(x, y), x / hypot(x, y))


def measure(page: Image.Image, at: Point, normal: Point) -> tuple[float, float]:
    """How far the middle of the ink is from the point, and how wide the wider of its two edges, in pixels."""
    step = 0.05
    sides = [[_darkness(page, at, normal, sign * n * step) for n in range(int(FARTHEST_PX / step))] for sign in (1, -1)]
    assert max(sides[0][0], sides[1][0]) > 0.9, f"no ink at {at}"
    ends = [[_falls_below(side, share) * step for share in (0.9, 0.5, 0.1)] for side in sides]
    return abs(ends[0][1] - ends[1][1]) / 2, max(below - above for above, _, below in ends)


def _falls_below(side: list[float], share: float) -> int:
    return next(number for number, dark in enumerate(side) if dark < share)


def _darkness(page: Image.Image, at: Point, normal: Point, along: float) -> float:
    """From paper, 0, to ink, 1, between the pixels' middles."""
    x, y = at[0] + normal[0] * along - 0.5, at[1] + normal[1] * along - 0.5
    left, top = int(x), int(y)
    right, down = x - left, y - top
    shares = (
        (0, 0, (1 - right) * (1 - down)),
        (1, 0, right * (1 - down)),
        (0, 1, (1 - right) * down),
        (1, 1, right * down),
    )
    return sum((255 - _grey(page, left + a, top + b)) / (255 - INK_GREY) * share for a, b, share in shares)


def _grey(page: Image.Image, x: int, y: int) -> float:
    value = page.getpixel((min(max(x, 0), page.width - 1), min(max(y, 0), page.height - 1)))
    assert isinstance(value, int | float)
    return float(value)


INK_GREY = 0.299 * 22 + 0.587 * 30 + 0.114 * 66
"""How dark the ink itself is."""
