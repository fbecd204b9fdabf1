"""Every kind of field, photographed where it stands: the editor's window, the room's window, the sealed PDF.

The windows are the real ones over a real house, grabbed at 150 dpi. The PDF is drawn by poppler at 600 dpi and made
smaller: at 150 it moves letters and lines to whole pixels, and that is not where they were sealed. In a window
a field lies under tinted glass. The same window with nothing written in its fields is photographed too, and what the
second is darker by is the ink.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.domain.ceremony import IdEvidence
from app.domain.fields.base import Field, PictureValue, Value
from app.domain.fields.registry import KINDS
from app.domain.geometry import Rect
from app.domain.ids import FieldId
from app.domain.mark import Mark
from app.services import drafting, files, pictures, reading, sending, viewing
from app.services.house import House
from app.ui.canvas.layout import PageRef
from app.ui.canvas.painter import DrawingPainter
from app.ui.canvas.view import PageView
from app.ui.models.room import RoomModel, Screen
from app.ui.models.room_desk import Identified
from app.ui.room.window import RoomWindow
from tests.journeys.test_editor_as_sealed import DPI, FAINT, SCALE, grown, ink, middle, pixels, window
from tests.journeys.test_geometry import picture
from tests.support import houses
from tests.support.faults import put
from tests.support.inline_runner import InlineRunner
from tests.support.pages import write_pdf
from tests.support.room import DRAWN
from tests.support.studios import bench, dressed, wait_for
from tests.ui.room_hands import empty

WHOLE_PAGE = (1900, 2300)
"""A window in which a sheet of A4 stands whole at 150 dpi, beside the panels."""
OVER = 4
NEXT_TO_NOTHING = 0.95
"""Pixels, between the middles of the ink."""


@dataclass(frozen=True)
class Seen:
    """The photographs of one field, as ink on white."""

    editor: Image.Image
    room: Image.Image
    sealed: Image.Image


@pytest.fixture(scope="module")
def seen(
    rooms: houses.Rooms, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, Seen]]:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not here")
    dressed(qapp)
    folder = tmp_path_factory.mktemp("everywhere")
    with houses.house(rooms, folder / "library") as house, pytest.MonkeyPatch.context() as patch:
        envelope, fields = drafted(house, folder)
        values = answers(house, folder, fields)
        editor = in_the_editor(house, envelope, fields, values, patch)
        sending.send(house, envelope)
        room = in_the_room(house, envelope, fields, values, patch)
        document = reading.envelope(house, envelope).documents[0]
        assert document.current is not None
        sealed = in_poppler(viewing.blob_path(house, document.current), folder)
        yield {
            field.kind: Seen(editor[field.kind], room[field.kind], cut(sealed, field.rect, OVER)) for field in fields
        }


def drafted(house: House, folder: Path) -> tuple[str, tuple[Field, ...]]:
    """One field of each kind, beside whole points, far enough from each other that nothing covers the next one."""
    source = write_pdf(folder / "blank.pdf", 1)
    source.write_bytes(source.read_bytes().replace(b"(Page 1) Tj", b"(      ) Tj"))
    made = drafting.from_files(house, [source]).one("envelope")
    signer = drafting.new_recipient(house, reading.envelope(house, made), "Jane Smith")
    drafting.set_recipients(house, made, [signer])
    envelope = reading.envelope(house, made)
    fields = []
    for at, kind in enumerate(sorted(KINDS)):
        size = KINDS[kind].default_size
        spot = Rect(50.4 + 270 * (at % 2), 30.7 + 84.3 * (at // 2), min(size.width, 170), min(size.height, 60))
        field = drafting.new_field(house, envelope, kind, envelope.documents[0].id, 1, spot, signer.role)
        options = ("One", "Two") if kind in ("dropdown", "radio") else ()
        field = replace(field, options=options, label="", mapping_key=None)
        fields.append(replace(field, value="Handed over") if kind == "note" else field)
    drafting.set_fields(house, made, fields)
    return made, tuple(fields)


def answers(house: House, folder: Path, fields: tuple[Field, ...]) -> dict[FieldId, Value]:
    """By hand or by the program; a note has its words already."""
    (folder / "proof.txt").write_text("insured", "utf-8")
    taken = pictures.take_picture(house, picture(folder / "black.png", 60, 40))
    shown = PictureValue(taken.sha256, taken.width, taken.height)
    today = house.moment().wall.date().isoformat()
    of_kind: dict[str, Any] = {
        "signature": DRAWN,
        "initials": Mark("typed", text="JS"),
        "image": shown,
        "stamp": shown,
        "attachment": files.take_file(house, folder / "proof.txt"),
        "checkbox": True,
        "radio": "Two",
        "dropdown": "Two",
        "number": "1234.50",
        "date": "2026-01-31",
        "date_signed": today,
        "email": "jane@example.com",
    }
    return {field.id: of_kind.get(field.kind, "Jane Smith") for field in fields if field.kind != "note"}


def in_the_editor(
    house: House, envelope: str, fields: tuple[Field, ...], values: Mapping[FieldId, Value], patch: pytest.MonkeyPatch
) -> dict[str, Image.Image]:
    put(house, envelope, values=dict(values))
    with bench(house, envelope, InlineRunner(), size=WHOLE_PAGE) as made:
        found = photographs(made.studio.view, fields, patch)
    put(house, envelope, values={})
    return found


def in_the_room(
    house: House, envelope: str, fields: tuple[Field, ...], values: Mapping[FieldId, Value], patch: pytest.MonkeyPatch
) -> dict[str, Image.Image]:
    """Filled in by the person who sits there; then sealed."""
    room = RoomWindow(house, InlineRunner(), envelope, reading.envelope(house, envelope).recipients[0].role)
    try:
        room.resize(*WHOLE_PAGE)
        room.show()
        model = room.sitting.model
        fill_in(room, model, fields, values)
        found = photographs(room.sitting.document.view, fields, patch)
        model.finish()
        wait_for(lambda: model.screen is Screen.THANKS, 30)
        return found
    finally:
        empty([room])


def fill_in(room: RoomWindow, model: RoomModel, fields: tuple[Field, ...], values: Mapping[FieldId, Value]) -> None:
    room.sitting.begin()
    wait_for(lambda: model.screen is Screen.HANDOVER)
    model.hand_over(Identified("Known to me", IdEvidence.KNOWN))
    model.identify(Identified("Known to me", IdEvidence.KNOWN), {}, lambda words: pytest.fail(words.happened))
    wait_for(lambda: model.screen is Screen.READING)
    model.consent()
    wait_for(lambda: model.screen is Screen.WALK)
    for field in fields:
        value = values.get(field.id)
        if isinstance(value, Mark):
            model.desk.adopt(value, field.kind == "initials")
        if value is not None and not KINDS[field.kind].automatic:
            model.fill({field.id: value})
    model.go_to(None)


def in_poppler(path: Path, folder: Path) -> Image.Image:
    """The first page, larger by `OVER`."""
    command: list[str | Path] = ["pdftoppm", "-r", str(DPI * OVER), "-gray", "-singlefile", path, folder / "page"]
    subprocess.run(command, check=True, timeout=60)
    with Image.open(folder / "page.pgm") as page:
        return page.convert("L")


def cut(page: Image.Image, rect: Rect, over: int) -> Image.Image:
    """The field and the paper around it, at 150 dpi, out of a picture that is larger by `over`."""
    around, (width, height) = window(rect), pixels(rect)
    left, top = round(around.x * SCALE) * over, round(around.y * SCALE) * over
    found = page.crop((left, top, left + width * over, top + height * over))
    return found.resize((width, height), Image.Resampling.BOX)


def photographs(view: PageView, fields: tuple[Field, ...], patch: pytest.MonkeyPatch) -> dict[str, Image.Image]:
    """By kind, cut out like the picture of the PDF."""
    view.set_zoom(DPI / 96)
    assert view.scale == pytest.approx(SCALE)
    view.verticalScrollBar().setValue(0)
    wait_for(lambda: view.is_settled, 20)
    written = photograph(view)
    with patch.context() as without_ink:
        without_ink.setattr(DrawingPainter, "paint", lambda *_: None)
        bare = photograph(view)
    found = {}
    for field in fields:
        corner = view.frame_of(PageRef(field.document, field.page)).origin.toPoint()
        around, size = window(field.rect), pixels(field.rect)
        at = corner + QPoint(round(around.x * SCALE), round(around.y * SCALE))
        assert view.viewport().rect().contains(QRect(at, QPoint(at.x() + size[0], at.y() + size[1])))
        box = (at.x(), at.y(), at.x() + size[0], at.y() + size[1])
        mine, under = written.crop(box), bare.crop(box)
        # What the page itself shows was drawn before any window came to it.
        printed = field.kind == "note" and mine.tobytes() == under.tobytes()
        found[field.kind] = mine if printed else lifted(mine, under)
    return found


def photograph(view: PageView) -> Image.Image:
    grey = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = bytes(grey.constBits())
    return Image.frombytes("L", (grey.width(), grey.height()), rows, "raw", "L", grey.bytesPerLine())


def lifted(written: Image.Image, bare: Image.Image) -> Image.Image:
    """The ink as it would stand on white: how much of what lay there comes through."""
    parts = (
        min(255, 255 * over // max(under, 1)) for over, under in zip(written.tobytes(), bare.tobytes(), strict=True)
    )
    return Image.frombytes("L", written.size, bytes(parts))


PLACES = [
    # What the act itself fills in (the day of signing) stands nowhere before it, and the room says so in words.
    (kind, place)
    for kind in sorted(KINDS)
    for place in ("editor", "room")
    if not (KINDS[kind].automatic and place == "room")
]


@pytest.mark.parametrize(("kind", "place"), PLACES)
def test_a_field_looks_the_same_in_the_window_and_in_the_sealed_pdf(
    kind: str, place: str, seen: Mapping[str, Seen]
) -> None:
    shown, sealed = getattr(seen[kind], place), seen[kind].sealed
    assert ink(sealed).getbbox() is not None
    beside = ImageChops.subtract(ink(shown), grown(ink(sealed, FAINT)))
    assert not beside.getbbox(), "the window draws what is not sealed"
    missing = ImageChops.subtract(ink(sealed), grown(ink(shown, FAINT)))
    assert not missing.getbbox(), "what is sealed is not in the window"
    for mine, other in zip(middle(shown), middle(sealed), strict=True):
        assert mine == pytest.approx(other, abs=NEXT_TO_NOTHING)
