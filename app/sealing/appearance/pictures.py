"""Pictures in the file: a JPEG and a plain PNG go in as they are, the rest is decoded (ISO 32000-1, 8.9)."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from app.domain import errors
from app.sealing.archival import forbids_transparency

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_PNG_COMPONENTS = {0: 1, 2: 3}
_SPACES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
_FRAMES = frozenset((0xC0, 0xC1, 0xC2))


@dataclass(frozen=True, slots=True)
class Placed:
    """An image in the file and its size in pixels."""

    image: generic.IndirectObject
    size: tuple[int, int]


def place(path: Path, writer: BasePdfFileWriter) -> Placed:
    """Raises `FileMissing`, `FileUnreadable` or `NotADocument`."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise errors.FileMissing(path=str(path)) from None
    except OSError as error:
        raise errors.FileUnreadable(path=str(path), reason=error.strerror or "") from None
    placed = _jpeg(data, writer) if data.startswith(_JPEG) else _plain_png(data, writer)
    return placed or _decoded(path, writer)


def _jpeg(data: bytes, writer: BasePdfFileWriter) -> Placed | None:
    """The frame header tells size and components (ITU-T T.81, B.2.2); None for what is stranger than that."""
    at, adobe = 2, False
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        adobe = adobe or (marker == 0xEE and data[at + 4 : at + 9] == b"Adobe")
        if marker in _FRAMES:
            bits, height, width, components = struct.unpack(">BHHB", data[at + 4 : at + 10])
            if bits != 8 or components not in _SPACES or not width or not height:
                return None
            entries = _entries(width, height, components, bits)
            entries[pdf_name("/Filter")] = pdf_name("/DCTDecode")
            if components == 4 and adobe:
                # Adobe writes CMYK inverted and everybody follows.
                entries[pdf_name("/Decode")] = generic.ArrayObject(generic.NumberObject(n) for n in (1, 0) * 4)
            return Placed(writer.add_object(generic.StreamObject(entries, encoded_data=data)), (width, height))
        at += 2 + length
    return None


def _plain_png(data: bytes, writer: BasePdfFileWriter) -> Placed | None:
    """Grey or RGB without transparency and interlacing: its rows are what PDF calls predictor 15 (7.4.4.4)."""
    if not data.startswith(_PNG) or len(data) < 33:
        return None
    width, height, bits, kind, _, _, interlaced = struct.unpack(">IIBBBBB", data[16:29])
    packed = _png_rows(data)
    if kind not in _PNG_COMPONENTS or bits > 8 or interlaced or packed is None:
        return None
    components = _PNG_COMPONENTS[kind]
    entries = _entries(width, height, components, bits)
    entries[pdf_name("/Filter")] = pdf_name("/FlateDecode")
    parameters = {"/Predictor": 15, "/Colors": components, "/BitsPerComponent": bits, "/Columns": width}
    entries[pdf_name("/DecodeParms")] = generic.DictionaryObject(
        {pdf_name(key): generic.NumberObject(number) for key, number in parameters.items()}
    )
    return Placed(writer.add_object(generic.StreamObject(entries, encoded_data=packed)), (width, height))


def _png_rows(data: bytes) -> bytes | None:
    """The IDAT chunks joined; None when the file is cut off or has a transparent colour (PNG, 11.2 and 11.3)."""
    at = 8
    parts: list[bytes] = []
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind == b"IEND":
            return b"".join(parts)
        if kind == b"tRNS":
            return None
        if kind == b"IDAT":
            parts.append(data[at + 8 : at + 8 + length])
        at += 12 + length
    return None


def _decoded(path: Path, writer: BasePdfFileWriter) -> Placed:
    from pyhanko.pdf_utils.images import PdfImage, pil_image

    try:
        image = PdfImage(str(path)).image
        if image.mode not in ("RGB", "RGBA", "L", "LA"):
            image = image.convert("RGBA")
        if image.mode in ("RGBA", "LA") and forbids_transparency(writer):
            image = _on_white(image.convert("RGBA"))
        return Placed(pil_image(image, writer), (image.width, image.height))
    except (OSError, ValueError, SyntaxError):
        raise errors.NotADocument(path=str(path), found="unreadable picture") from None


def _on_white(image: Any) -> Any:
    paper = image.copy()
    paper.paste((255, 255, 255, 255), (0, 0, image.width, image.height))
    paper.alpha_composite(image)
    return paper.convert("RGB")


def _entries(width: int, height: int, components: int, bits: int) -> dict[generic.NameObject, generic.PdfObject]:
    return {
        pdf_name("/Type"): pdf_name("/XObject"),
        pdf_name("/Subtype"): pdf_name("/Image"),
        pdf_name("/Width"): generic.NumberObject(width),
        pdf_name("/Height"): generic.NumberObject(height),
        pdf_name("/ColorSpace"): pdf_name(_SPACES[components]),
        pdf_name("/BitsPerComponent"): generic.NumberObject(bits),
    }
