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
    targets = [(entry_of(form, fill.pdf_name, path), fill) for fill in fills]
    drawings = [fill.drawing for fill in fills] + ([signature[1]] if signature else [])
    appearances = Appearances(drawings, pictures, writer)
    for entry, fill in targets:
        match fill.form:
            case FormType.CHECKBOX:
                _check(writer, entry, fill, appearances)
            case FormType.RADIO:
                _choose(writer, entry, fill)
            case _:
                _write(writer, entry, fill, appearances)
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


def _choose(writer: IncrementalPdfFileWriter, entry: FormEntry, fill: Fill) -> None:
    """One button of a group is on, the others off (12.7.4.2.4)."""
    chosen = _chosen_state(entry, fill.state)
    entry.field[pdf_name("/V")] = pdf_name(chosen)
    writer.update_container(entry.field)
    for widget in entry.widgets:
        widget[pdf_name("/AS")] = pdf_name(chosen if chosen in _states(widget) else _OFF)
        writer.update_container(widget)


def _chosen_state(entry: FormEntry, option: str) -> str:
    """A state is named after its option, or numbered where /Opt tells the options' texts."""
    options = item(entry.field, "/Opt")
    if isinstance(options, generic.ArrayObject):
        texts = [str(each) for each in options]
        if option in texts and option not in _all_states(entry):
            at = texts.index(option)
            return next(iter(sorted(_states(entry.widgets[at]) - {_OFF})), _OFF) if at < len(entry.widgets) else _OFF
    return "/" + option if "/" + option in _all_states(entry) else _OFF


def _all_states(entry: FormEntry) -> set[str]:
    return {state for widget in entry.widgets for state in _states(widget)}


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
