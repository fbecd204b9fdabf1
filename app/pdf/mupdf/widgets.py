"""Form fields with their places (ISO 32000-2, 12.5.6.19 and 12.7.5), one object where field and place can be one."""

from typing import Final

import pymupdf

from app.domain.drawing import Drawing
from app.domain.fields.base import FormType
from app.domain.geometry import PageGeometry, Rect
from app.pdf.laid import NOWHERE, OFF, ON, LaidField
from app.pdf.mupdf import pages, writing
from app.pdf.mupdf.acroform import DEFAULT_APPEARANCE
from app.pdf.mupdf.inking import Ink

_PRINT: Final = 4
_LOCKED: Final = 128
_READ_ONLY, _REQUIRED, _MULTILINE = 1 << 0, 1 << 1, 1 << 12
_COMBO, _COMB = 1 << 17, 1 << 24

_MULTILINE_FROM_PT: Final = 36.0


class Widgets:
    """Lays one field after the other. Every field has an appearance: no viewer is asked to make one."""

    def __init__(self, document: pymupdf.Document, ink: Ink) -> None:
        self._document = document
        self._ink = ink

    def lay(self, field: LaidField, page: PageGeometry) -> str:
        """The reference that belongs into the form's /Fields; the places are in their page's /Annots."""
        match field.form:
            case FormType.SIGNATURE:
                return self._single(field, page, self._signature(field, page))
            case FormType.CHECKBOX:
                return self._single(field, page, self._checkbox(field, page))
            case FormType.RADIO:
                return self._radio(field, page)
            case FormType.CHOICE:
                return self._single(field, page, self._choice(field, page))
            case _:
                return self._single(field, page, self._text(field, page))

    def _single(self, field: LaidField, page: PageGeometry, entries: dict[str, str]) -> str:
        return self._add(field.page, self._place(field, page, field.rect) | self._naming(field) | entries)

    def _signature(self, field: LaidField, page: PageGeometry) -> dict[str, str]:
        """With an empty appearance: every field has one (ISO 19005 demands it), and this shows nothing yet."""
        entries = {"FT": "/Sig", "F": str(_PRINT | _LOCKED), "Ff": "0"}
        if field.rect != NOWHERE:
            entries |= self._shown(field, page)
        if field.lock:
            names = " ".join(writing.text(name) for name in field.lock)
            lock = f"<</Type/SigFieldLock/Action/Include/Fields[{names}]>>"
            entries["Lock"] = writing.add(self._document, lock)
        return entries

    def _text(self, field: LaidField, page: PageGeometry) -> dict[str, str]:
        # A comb is told to viewers only together with /MaxLen and on one line (ISO 32000-1, table 228).
        multiline = field.multiline or (field.rect.height >= _MULTILINE_FROM_PT and not field.comb)
        flags = (_MULTILINE if multiline else 0) | (_COMB if field.comb and field.max_length else 0)
        entries = {"FT": "/Tx", "DA": DEFAULT_APPEARANCE, **self._flags(field, flags), **self._shown(field, page)}
        if field.value:
            entries["V"] = writing.text(field.value)
        if field.max_length:
            entries["MaxLen"] = str(field.max_length)
        return entries

    def _choice(self, field: LaidField, page: PageGeometry) -> dict[str, str]:
        options = " ".join(writing.text(option) for option in field.options)
        entries = {"FT": "/Ch", "DA": DEFAULT_APPEARANCE, "Opt": f"[{options}]"}
        if field.value:
            entries["V"] = writing.text(field.value)
        return entries | self._flags(field, _COMBO) | self._shown(field, page)

    def _checkbox(self, field: LaidField, page: PageGeometry) -> dict[str, str]:
        state = writing.name(field.value or OFF)
        shapes = {key: self._form(field.drawings.get(key), field, page) for key in (OFF, ON)}
        normal = writing.dictionary(shapes)
        return {"FT": "/Btn", "V": state, "AS": state, "AP": f"<</N {normal}>>", **self._flags(field)}

    def _radio(self, field: LaidField, page: PageGeometry) -> str:
        """One checkbox for each option below the group's name, in their order; its on-state bears the option.

        Not the nameless widgets of true radio buttons (ISO 32000-2, 12.7.5.2.4): switching one on after a signature
        is a change that verifiers cannot attribute to a field, and calls the earlier signature into question.
        """
        parent = {"FT": "/Btn"} | self._naming(field) | self._flags(field)
        made = writing.add(self._document, writing.dictionary(parent))
        kids = [self._option(field, page, number, row, made) for number, row in enumerate(_rows(field), start=1)]
        writing.put(self._document, writing.parse(self._document, made), "Kids", f"[{' '.join(kids)}]")
        return made

    def _option(self, field: LaidField, page: PageGeometry, number: int, row: Rect, parent: str) -> str:
        option = field.options[number - 1]
        state = writing.name(option if option == field.value else OFF)
        shapes = {
            OFF: self._form(field.drawings.get(OFF), field, page, row),
            option: self._form(field.drawings.get(option), field, page, row),
        }
        place = self._place(field, page, row.moved(field.rect.x, field.rect.y))
        naming = {"Parent": parent, "T": writing.text(str(number)), "TU": writing.text(option)}
        stated = {"V": state, "AS": state, "AP": f"<</N {writing.dictionary(shapes)}>>"}
        return self._add(field.page, place | naming | stated)

    def _place(self, field: LaidField, page: PageGeometry, rect: Rect) -> dict[str, str]:
        box = (0.0, 0.0, 0.0, 0.0) if field.rect == NOWHERE else page.to_pdf(rect)
        entries = {"Type": "/Annot", "Subtype": "/Widget", "F": str(_PRINT), "Rect": writing.numbers(box)}
        if page.rotate and field.rect != NOWHERE:
            entries["MK"] = f"<</R {page.rotate}>>"
        return entries

    def _naming(self, field: LaidField) -> dict[str, str]:
        entries = {"T": writing.text(field.name)}
        return entries | ({"TU": writing.text(field.label)} if field.label else {})

    def _flags(self, field: LaidField, more: int = 0) -> dict[str, str]:
        flags = more | (_READ_ONLY if field.read_only else 0) | (_REQUIRED if field.required else 0)
        return {"Ff": str(flags)}

    def _shown(self, field: LaidField, page: PageGeometry) -> dict[str, str]:
        return {"AP": f"<</N {self._form(field.drawings.get(''), field, page)}>>"}

    def _form(self, drawing: Drawing | None, field: LaidField, page: PageGeometry, part: Rect | None = None) -> str:
        if drawing is None:
            return self._ink.form(Drawing(field.rect.width, field.rect.height), page.rotate, part)
        return self._ink.form(drawing, page.rotate, part)

    def _add(self, page: int, entries: dict[str, str]) -> str:
        owner = pages.page_object(self._document, page - 1)
        entries["P"] = writing.reference(owner)
        made = writing.add(self._document, writing.dictionary(entries))
        writing.push(self._document, owner, "Annots", [made])
        return made


def _rows(field: LaidField) -> tuple[Rect, ...]:
    """The row of each option, relative to the field; as the kind draws them."""
    height = field.rect.height / max(len(field.options), 1)
    return tuple(Rect(0, n * height, field.rect.width, height) for n in range(len(field.options)))
