"""Form fields a file already has, as places of our kinds."""

from typing import Any, Final

import pymupdf

from app.domain.geometry import Rect
from app.pdf.inspection import FoundField, Source
from app.pdf.mupdf import objects, pages
from app.pdf.mupdf.fields import Field, Widget, fields_of
from app.pdf.wording import kind_of_label

# Field flags, ISO 32000-2, tables 227, 229, 231 and 233.
READ_ONLY: Final = 1 << 0
REQUIRED: Final = 1 << 1
MULTILINE: Final = 1 << 12
RADIO: Final = 1 << 15
PUSH_BUTTON: Final = 1 << 16
COMB: Final = 1 << 24

_HIDDEN: Final = 1 << 1
_NO_VIEW: Final = 1 << 5


def read(document: pymupdf.Document) -> tuple[FoundField, ...]:
    """Visible fields with a place on a page, in the order of pages and down each page."""
    found = [read_one for field in fields_of(document) for read_one in _read(document, field)]
    return tuple(sorted(found, key=lambda f: (f.page, round(f.rect.y), f.rect.x)))


def area(document: pymupdf.Document, field: Field) -> Rect | None:
    """The first place that is seen, as displayed."""
    widget = next((each for each in field.widgets if _is_shown(each)), None)
    return pages.geometry(document, widget.page).from_pdf(widget.box) if widget and widget.page is not None else None


def _read(document: pymupdf.Document, field: Field) -> list[FoundField]:
    kind = _kind(field)
    shown = [widget for widget in field.widgets if _is_shown(widget)]
    if kind is None or not shown:
        return []
    if kind == "radio":
        # One field of ours holds the whole group; a group over several pages is read from its first.
        shown = [widget for widget in shown if widget.page == shown[0].page]
        return [_found(document, field, kind, shown)]
    return [_found(document, field, kind, [widget]) for widget in shown]


def _kind(field: Field) -> str | None:
    match field.type:
        case "Tx":
            return kind_of_label(_label(field) or field.name, default="text")
        case "Ch":
            return "dropdown"
        case "Sig":
            return "signature"
        case "Btn" if field.flags & PUSH_BUTTON:
            return None
        case "Btn":
            return "radio" if field.flags & RADIO else "checkbox"
        case _:
            return None


def _is_shown(widget: Widget) -> bool:
    flags = objects.integer(objects.get(widget.obj, "F"))
    x0, y0, x1, y1 = widget.box
    return widget.page is not None and not flags & (_HIDDEN | _NO_VIEW) and x0 != x1 and y0 != y1


def _found(document: pymupdf.Document, field: Field, kind: str, widgets: list[Widget]) -> FoundField:
    index = widgets[0].page or 0
    page = pages.geometry(document, index)
    rect = pages.around(page.from_pdf(widget.box) for widget in widgets)
    longest = objects.integer(objects.inherited(field.obj, "MaxLen"))
    value = objects.text(objects.inherited(field.obj, "V"))
    return FoundField(
        source=Source.ACROFORM,
        kind=kind,
        name=field.name,
        page=index + 1,
        rect=rect,
        options=_options(field, kind),
        value="" if value == "Off" else value,
        label=_label(field),
        required=bool(field.flags & REQUIRED),
        read_only=bool(field.flags & READ_ONLY),
        max_length=longest or None,
        comb=bool(field.flags & COMB and longest),
        multiline=bool(field.type == "Tx" and field.flags & MULTILINE),
    )


def _label(field: Field) -> str:
    return objects.text(objects.inherited(field.obj, "TU"))


def _options(field: Field, kind: str) -> tuple[str, ...]:
    listed = tuple(_option(item) for item in objects.items(objects.inherited(field.obj, "Opt")))
    if kind != "radio":
        return listed if kind == "dropdown" else ()
    states = tuple(dict.fromkeys(state for widget in field.widgets for state in widget.states))
    return listed if len(listed) == len(states) else states


def _option(item: Any) -> str:
    """An option is a text, or a pair of export value and text shown (ISO 32000-2, table 234)."""
    pair = list(objects.items(item))
    return objects.text(pair[-1] if pair else item)
