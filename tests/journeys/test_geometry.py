"""What is placed is where it prints: from the stored rectangle to the sealed page, measured in poppler's pixels.

Rotations x boxes x UserUnit (ISO 32000-1, 7.7.3.3 and 14.11.2). A black picture fills its field, so that the mark's
outline is the field's rectangle.
"""

import itertools
import shutil
import subprocess
import zlib
from pathlib import Path
from struct import pack

import pytest

from app.domain.geometry import Rect
from app.domain.mark import Mark
from app.services import drafting, pictures, reading, sending, signing_at_once, verifying, viewing
from app.services.house import House
from app.services.signing_at_once import Act
from tests.support.pages import write_pdf

DPI = 144
TOLERANCE_PT = 0.5
BOXES = {
    "media box at the origin": "",
    "crop box off the origin": "/CropBox [57 101 457 701]",
    "media box off the origin": "/CropBox [-40 -60 360 540] /MediaBox [-40 -60 460 640]",
}
CASES = list(itertools.product((0, 90, 180, 270), BOXES, (1, 2.5)))


def picture(path: Path, width: int, height: int) -> Path:
    """A black PNG (ISO/IEC 15948), by hand."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\0" * width) * height
    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )
    return path


def black_pixels(path: Path, page: int, folder: Path) -> tuple[Rect, tuple[float, float]]:
    """The outline of everything black on a page, and the page's size, in points of poppler, which knows no UserUnit."""
    exactly = ["-cropbox", "-gray", "-aa", "no", "-aaVector", "no"]
    pages = ["-r", str(DPI), "-f", str(page), "-l", str(page)]
    subprocess.run(["pdftoppm", *pages, *exactly, path, folder / "page"], check=True, timeout=60)
    (drawn,) = folder.glob("page*.pgm")
    _, size, _, pixels = drawn.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    drawn.unlink()
    rows = [pixels[y * width : (y + 1) * width] for y in range(height)]
    ys = [y for y, row in enumerate(rows) if min(row) < 60]
    xs = [x for row in rows[ys[0] : ys[-1] + 1] for x in (_first(row), width - 1 - _first(row[::-1])) if x < width]
    scale = 72 / DPI
    found = Rect(min(xs) * scale, ys[0] * scale, (max(xs) + 1 - min(xs)) * scale, (ys[-1] + 1 - ys[0]) * scale)
    return found, (width * scale, height * scale)


def _first(row: bytes) -> int:
    return next((x for x, value in enumerate(row) if value < 60), len(row) * 2)


@pytest.mark.parametrize(("rotate", "box", "unit"), CASES)
def test_a_mark_is_sealed_within_half_a_point_of_its_field(
    rotate: int, box: str, unit: float, house: House, tmp_path: Path
) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not here")
    extra = f"/Rotate {rotate} /UserUnit {unit} {BOXES[box]}"
    # The page's own words are white on white here: only the mark is black.
    source = write_pdf(tmp_path / "blank.pdf", 1, 500, 800, extra)
    source.write_bytes(source.read_bytes().replace(b"(Page 1) Tj", b"(      ) Tj"))
    envelope_id = drafting.from_files(house, [source]).one("envelope")
    envelope = reading.envelope(house, envelope_id)
    signer = drafting.new_recipient(house, envelope, "Jane Smith")
    drafting.set_recipients(house, envelope_id, [signer])
    page = envelope.documents[0].pages[0].size
    wanted = Rect(page.width * 0.37, page.height * 0.61, 120 * unit, 40 * unit)
    field = drafting.new_field(house, envelope, "signature", envelope.documents[0].id, 1, wanted, signer.role)
    drafting.set_fields(house, envelope_id, [field])
    sending.send(house, envelope_id)
    taken = pictures.take_picture(house, picture(tmp_path / "black.png", 120, 40))
    mark = Mark("image", picture=taken.sha256, picture_size=(taken.width, taken.height))
    signing_at_once.sign(house, envelope_id, signer.role, Act(consent=True, signature=mark))
    sealed = viewing.blob_path(house, reading.envelope(house, envelope_id).documents[0].latest)
    assert verifying.verify(house, sealed).all_valid
    found, size = black_pixels(sealed, 1, tmp_path)
    assert size == pytest.approx((page.width / unit, page.height / unit), abs=1)
    for name in ("x", "y", "right", "bottom"):
        assert getattr(found, name) == pytest.approx(getattr(wanted, name) / unit, abs=TOLERANCE_PT), name
