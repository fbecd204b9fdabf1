"""Pictures people bring: signatures, photographs."""

from dataclasses import dataclass
from pathlib import Path

from app.domain import errors
from app.domain.ids import Sha256
from app.domain.trim import PLAIN, Trim
from app.services.house import House
from app.services.taking_in import open_regular

LARGEST_PICTURE = 20 * 2**20


@dataclass(frozen=True)
class Taken:
    """A PNG in the library, upright, and its size in pixels."""

    sha256: Sha256
    width: int
    height: int


def take_picture(house: House, path: Path, trim: Trim = PLAIN) -> Taken:
    """PNG or JPEG; decoded, turned and cut in a child process, stored as PNG without metadata."""
    out = house.library.blobs.new_file(".png")
    try:
        width, height = clean_picture(house, path, trim, out)
        return Taken(house.library.blobs.adopt(out), width, height)
    finally:
        out.unlink(missing_ok=True)


def clean_picture(house: House, path: Path, trim: Trim, out: Path) -> tuple[int, int]:
    """The same into a file that is no part of the library; its size in pixels."""
    with open_regular(path) as file:
        data = file.read(LARGEST_PICTURE + 1)
    if len(data) > LARGEST_PICTURE:
        raise errors.FileTooLarge(path=str(path), size=len(data), limit=LARGEST_PICTURE)
    raw = house.library.blobs.new_file(path.suffix.lower()[:8])
    try:
        raw.write_bytes(data)
        return house.maker.clean_picture(raw, out, trim)
    except errors.DocumentError as problem:
        problem.path = str(path)
        raise
    finally:
        raw.unlink(missing_ok=True)
