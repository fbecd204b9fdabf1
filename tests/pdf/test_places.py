"""E1: what is dropped is where it prints, measured in pixels of poppler and of our own pictures."""

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from app.domain.fields.base import FormType
from app.domain.geometry import PageGeometry, Rect
from app.pdf import OFF, ON, LaidField, Looker, Maker
from tests.pdf.strange import PLACES, corner_mark, darkness, inked, write_places

NOTE = Rect(61, 83, 96, 44)
BOX = Rect(150, 210, 40, 30)
TOLERANCE_PT = 0.5


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory, maker: Maker) -> Path:
    """The mark drawn into the page."""
    drawing = corner_mark(NOTE.width, NOTE.height)
    return _laid(tmp_path_factory.mktemp("noted"), maker, FormType.NONE, NOTE, {"": drawing})


@pytest.fixture(scope="module")
def ticked(tmp_path_factory: pytest.TempPathFactory, maker: Maker) -> Path:
    """The mark as the appearance of a checkbox that is on."""
    drawing = corner_mark(BOX.width, BOX.height)
    return _laid(
        tmp_path_factory.mktemp("ticked"), maker, FormType.CHECKBOX, BOX, {OFF: corner_mark(4, 4), ON: drawing}
    )


@pytest.fixture(scope="module")
def marked(noted: Path, ticked: Path) -> dict[str, tuple[Path, Rect]]:
    return {"noted": (noted, NOTE), "ticked": (ticked, BOX)}


def _laid(folder: Path, maker: Maker, form: FormType, rect: Rect, drawings: dict) -> Path:
    source, out = write_places(folder / "places.pdf"), folder / "laid.pdf"
    fields = [
        LaidField(f"mark_{n}", form, n, rect, value=ON if form is FormType.CHECKBOX else "", drawings=drawings)
        for n in range(1, len(PLACES) + 1)
    ]
    maker.lay(source, out, fields)
    return out


@pytest.mark.parametrize(("number", "place"), list(enumerate(PLACES, start=1)))
@pytest.mark.parametrize("kind", ["noted", "ticked"])
def test_fault_12_13_14_a_mark_prints_where_it_was_dropped_by_poppler(
    marked: dict[str, tuple[Path, Rect]], tmp_path: Path, kind: str, number: int, place: PageGeometry
) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm (poppler-utils) is not installed")
    path, rect = marked[kind]
    out = tmp_path / "page"
    subprocess.run(
        ["pdftoppm", "-cropbox", "-r", "288", "-f", str(number), "-l", str(number), "-singlefile", "-png",
         path, out],
        check=True,
    )  # fmt: skip
    with Image.open(out.with_suffix(".png")) as image:
        # poppler knows no UserUnit: its pixels count units, of which one is `user_unit` points.
        px_per_pt = 4 / place.user_unit
        assert image.width / px_per_pt == pytest.approx(place.size.width, abs=TOLERANCE_PT)
        _expect(image, rect, px_per_pt)


@pytest.mark.parametrize(("number", "place"), list(enumerate(PLACES, start=1)))
@pytest.mark.parametrize("kind", ["noted", "ticked"])
def test_fault_12_13_14_a_mark_is_shown_where_it_was_dropped(
    marked: dict[str, tuple[Path, Rect]], looker: Looker, kind: str, number: int, place: PageGeometry
) -> None:
    path, rect = marked[kind]
    pixels = looker.render(path, number, 4.0)
    try:
        assert (pixels.width, pixels.height) == (round(place.size.width * 4), round(place.size.height * 4))
        image = Image.frombuffer("RGB", (pixels.width, pixels.height), pixels.buffer, "raw", "BGRX", pixels.stride, 1)
        _expect(image, rect, 4.0)
    finally:
        pixels.release()


def test_the_places_are_read_as_they_were_written(looker: Looker, noted: Path) -> None:
    found = looker.inspect(noted).pages
    assert [(p.rotate, p.user_unit) for p in found] == [(p.rotate, p.user_unit) for p in PLACES]
    for read, written in zip(found, PLACES, strict=True):
        for side in ("left", "bottom", "right", "top"):
            assert getattr(read, side) == pytest.approx(getattr(written, side), abs=1e-3)


def test_fields_are_read_back_where_they_were_laid(looker: Looker, ticked: Path) -> None:
    for field in looker.read_fields(ticked):
        for side in ("x", "y", "width", "height"):
            assert getattr(field.rect, side) == pytest.approx(getattr(BOX, side), abs=0.01)


def _expect(image: Image.Image, rect: Rect, px_per_pt: float) -> None:
    found = inked(image, px_per_pt)
    for side in ("x", "y", "right", "bottom"):
        assert getattr(found, side) == pytest.approx(getattr(rect, side), abs=TOLERANCE_PT), side
    quarter = Rect(rect.x + 4, rect.y + 4, rect.width / 2 - 8, rect.height / 2 - 8)
    assert darkness(image, quarter, px_per_pt) > 0.95, "the upper left quarter is filled"
    assert darkness(image, quarter.moved(rect.width / 2, rect.height / 2), px_per_pt) < 0.05
