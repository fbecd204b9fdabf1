"""Values into form fields so that every earlier signature stands: only /V, /AS and /AP change.

A widget update by anything else also touches /BS or /MK, and the difference analysis of verifiers calls that an
illegal modification.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.domain.drawing import Drawing
from app.domain.fields.base import FormType
from app.domain.ids import Sha256
from app.sealing.appearance import Appearances
from app.sealing.form import FormEntry, entry_of, item, page_rotation
from app.sealing.request import Fill

_OFF = "/Off"


def fill_fields(
    writer: IncrementalPdfFileWriter,
    form: dict[str, FormEntry],
    fills: Sequence[Fill],
    signature: tuple[FormEntry, Drawing] | None,
    pictures: Mapping[Sha256, Path],
    path: str,
) -> None:
    """All fills and the look of the signature field, in one go so that they share their fonts.

    Raises `FieldNotInDocument` before anything is changed, `GlyphsMissing`, `FileMissing` for a picture.
    """
    targets = [(_targets(form, fill, path), fill) for fill in fills]
    drawings = [fill.drawing for fill in fills] + ([signature[1]] if signature else [])
    appearances = Appearances(drawings, pictures, writer)
    for entries, fill in targets:
        match fill.form:
            case FormType.CHECKBOX:
                _check(writer, entries[0], fill, appearances)
            case FormType.RADIO:
                _choose(writer, entries, fill)
            case _:
                _write(writer, entries[0], fill, appearances)
    if signature and not signature[1].empty:
        _dress(writer, signature[0].widgets[0], signature[1], appearances)


def _write(writer: IncrementalPdfFileWriter, entry: FormEntry, fill: Fill, appearances: Appearances) -> None:
    """Text, lists, and marks and pictures that stand in text fields."""
    entry.field[pdf_name("/V")] = generic.TextStringObject(fill.state)
    writer.update_container(entry.field)
    for widget in entry.widgets:
        _dress(writer, widget, fill.drawing, appearances)


def _check(writer: IncrementalPdfFileWriter, entry: FormEntry, fill: Fill, appearances: Appearances) -> None:
    """The laid appearances stay when they know the state; else the drawing becomes that state's appearance."""
    state = pdf_name("/" + fill.state)
    entry.field[pdf_name("/V")] = state
    writer.update_container(entry.field)
    for widget in entry.widgets:
        if state != _OFF and state not in _states(widget):
            form = appearances.form(fill.drawing, page_rotation(widget, writer))
            widget[pdf_name("/AP")] = _dictionary("/N", generic.DictionaryObject({state: form}))
        widget[pdf_name("/AS")] = state
        writer.update_container(widget)


def _choose(writer: IncrementalPdfFileWriter, buttons: Sequence[FormEntry], fill: Fill) -> None:
    """Of a group's buttons, each a field with a name, the one whose state is the option goes on, the others off."""
    for button in buttons:
        chosen = pdf_name("/" + fill.state)
        state = chosen if chosen in _states(button.widgets[0]) else pdf_name(_OFF)
        button.field[pdf_name("/V")] = state
        button.widgets[0][pdf_name("/AS")] = state
        writer.update_container(button.field)
        writer.update_container(button.widgets[0])


def _targets(form: dict[str, FormEntry], fill: Fill, path: str) -> list[FormEntry]:
    """One field; of a group of buttons those below its name. Raises `FieldNotInDocument`."""
    below = [entry for name, entry in form.items() if name.startswith(f"{fill.pdf_name}.")]
    return below if fill.form is FormType.RADIO and below else [entry_of(form, fill.pdf_name, path)]


def _states(widget: generic.DictionaryObject) -> set[str]:
    appearance = item(widget, "/AP")
    normal = item(appearance, "/N") if isinstance(appearance, generic.DictionaryObject) else None
    if not isinstance(normal, generic.DictionaryObject) or isinstance(normal, generic.StreamObject):
        return set()
    return {str(state) for state in normal}


def _dress(
    writer: IncrementalPdfFileWriter,
    widget: generic.DictionaryObject,
    drawing: Drawing,
    appearances: Appearances,
) -> None:
    form = appearances.form(drawing, page_rotation(widget, writer))
    widget[pdf_name("/AP")] = _dictionary("/N", form)
    writer.update_container(widget)


def _dictionary(key: str, value: generic.PdfObject) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(key): value})
