"""Drawing pages as BGRX pixels, straight into memory the window can show."""

import mmap
from collections import OrderedDict
from collections.abc import Hashable
from pathlib import Path
from typing import Any, Final

import pymupdf
from PIL import Image
from pymupdf import mupdf

from app.domain import errors
from app.pdf.mupdf import objects
from app.pdf.pixels import Frame

_KEPT_LISTS: Final = 8
_RESIDENT_BYTES: Final = 240 * 2**20
_STATUS: Final = Path("/proc/self/statm")


class DisplayLists:
    """The last pages, parsed: a tile or another zoom of a heavy page need not read it again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def of(self, document: pymupdf.Document, index: int, key: Hashable) -> Any:
        """The page at an index of this document, kept under what it is called in its file."""
        if key not in self._kept:
            self._kept[key] = display_list(document, index)
            while len(self._kept) > _KEPT_LISTS:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def bound_memory() -> None:
    """Give back decoded pictures and fonts: MuPDF keeps 256 MB of them, too much beside its other needs (M1).

    How much that is it does not tell, so the process's resident pages are counted, where the system says.
    """
    if _STATUS.exists():
        resident = int(_STATUS.read_text().split()[1]) * mmap.PAGESIZE
        if resident > _RESIDENT_BYTES:
            mupdf.fz_shrink_store(30)


def display_list(document: pymupdf.Document, index: int) -> Any:
    """Contents, annotations and form fields. Field by field, because into an empty signature field MuPDF draws
    an arrow of its own that no other reader shows."""
    page = mupdf.pdf_load_page(objects.native(document), index)
    made = mupdf.FzDisplayList(mupdf.pdf_bound_page(page, mupdf.FZ_CROP_BOX))
    device, upright = mupdf.fz_new_list_device(made), mupdf.FzMatrix()
    mupdf.pdf_run_page_contents(page, device, upright, mupdf.FzCookie())
    mupdf.pdf_run_page_annots(page, device, upright, mupdf.FzCookie())
    widget = mupdf.pdf_first_widget(page)
    while widget.m_internal:
        if not _is_empty_signature(mupdf.pdf_annot_obj(widget)):
            mupdf.pdf_run_annot(widget, device, upright, mupdf.FzCookie())
        widget = mupdf.pdf_next_widget(widget)
    mupdf.fz_close_device(device)
    return made


def _is_empty_signature(field: Any) -> bool:
    is_signature = objects.name(objects.inherited(field, "FT")) == "Sig"
    return is_signature and not objects.is_dict(objects.inherited(field, "V"))


def write_png(frame: Frame, pixels: bytearray, out: str) -> None:
    """BGRX rows as a picture file; the resolution is noted in it."""
    dpi = frame.scale * 72
    try:
        picture = Image.frombuffer("RGB", (frame.width, frame.height), pixels, "raw", "BGRX", frame.stride, 1)
        picture.save(out, "PNG", dpi=(dpi, dpi))
    except OSError as error:
        raise errors.NotWritable(path=out, reason=error.strerror or str(error)) from error


def draw(display_list: Any, frame: Frame, pixels: memoryview) -> None:
    """Paint the frame's part of a page on white; `pixels` holds `frame.height` rows of `frame.stride` bytes."""
    bgr = mupdf.FzColorspace(mupdf.FzColorspace.Fixed_BGR)
    pixmap = mupdf.fz_new_pixmap_with_data(
        bgr, frame.width, frame.height, mupdf.FzSeparations(), 1, frame.stride,
        mupdf.python_mutable_buffer_data(pixels),
    )  # fmt: skip
    # White and opaque first: a transparent picture would show black where the page has no ink.
    mupdf.fz_clear_pixmap_with_value(pixmap, 255)
    matrix = mupdf.FzMatrix(frame.scale, 0, 0, frame.scale, -frame.left, -frame.top)
    device = mupdf.fz_new_draw_device(matrix, pixmap)
    visible = mupdf.FzRect(
        frame.left / frame.scale,
        frame.top / frame.scale,
        (frame.left + frame.width) / frame.scale,
        (frame.top + frame.height) / frame.scale,
    )
    mupdf.fz_run_display_list(display_list, device, mupdf.FzMatrix(), visible, mupdf.FzCookie())
    mupdf.fz_close_device(device)
