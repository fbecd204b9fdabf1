"""A picture somebody brings becomes a page: turned upright, at its own size, never larger than A4."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

import pymupdf
from PIL import Image, ImageOps, UnidentifiedImageError

from app.domain import errors
from app.domain.trim import PLAIN, Trim
from app.pdf.laid import LaidDocument
from app.pdf.mupdf import trimming
from app.pdf.mupdf.opening import examine
from app.pdf.mupdf.saving import save

_A4_PT: Final = (595.28, 841.89)
_USUAL_DPI: Final = 150.0
_LEAST_DPI: Final = 72.0
_MOST_PIXELS: Final = 100_000_000
_FORMATS: Final = ("PNG", "JPEG")
_UPRIGHT: Final = 1
_ORIENTATION: Final = 0x0112


def from_picture(path: str, out: str) -> LaidDocument:
    """See `Maker.from_picture`."""
    with _opened(path) as image:
        content, size = _content(path, image), _size(image)
    document = pymupdf.open()
    page = document.new_page(width=size[0], height=size[1])
    page.insert_image(page.rect, stream=content)
    document.set_metadata({"producer": "Paraph"})
    return save(document, out)


def clean_picture(path: str, out: str, trim: Trim = PLAIN) -> tuple[int, int]:
    """See `Maker.clean_picture`."""
    with _opened(path) as image:
        upright = ImageOps.exif_transpose(image)
        plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    clean = trimming.trimmed(Image.frombytes(plain.mode, plain.size, plain.tobytes()), trim)  # pixels only
    try:
        clean.save(out, "PNG")
    except OSError as error:
        raise errors.NotWritable(path=out, reason=error.strerror or str(error)) from error
    return clean.size


@contextmanager
def _opened(path: str) -> Iterator[Image.Image]:
    """A whole picture; what Pillow stumbles over is no picture."""
    examine(path)
    try:
        with Image.open(path, formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise errors.DocumentTooHeavy(path=path, limit=_MOST_PIXELS)
            image.load()
            yield image
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise errors.NotADocument(path=path, found="broken picture") from error


def _content(path: str, image: Image.Image) -> bytes:
    """The file itself where it is upright: a JPEG is not pressed twice."""
    if image.getexif().get(_ORIENTATION, _UPRIGHT) == _UPRIGHT:
        return Path(path).read_bytes()
    turned, stream = ImageOps.exif_transpose(image), BytesIO()
    turned.save(stream, "PNG")
    return stream.getvalue()


def _size(image: Image.Image) -> tuple[float, float]:
    """Points. A picture that does not say how dense it is, or says less than a screen, is taken as a scan."""
    width, height = image.size
    if image.getexif().get(_ORIENTATION, _UPRIGHT) >= 5:  # lying on its side
        width, height = height, width
    dpi = float(image.info.get("dpi", (0, 0))[0])
    if dpi <= _LEAST_DPI:
        dpi = _USUAL_DPI
    points = width * 72 / dpi, height * 72 / dpi
    paper = _A4_PT if height >= width else _A4_PT[::-1]
    factor = min(1.0, paper[0] / points[0], paper[1] / points[1])
    return max(points[0] * factor, 3), max(points[1] * factor, 3)
