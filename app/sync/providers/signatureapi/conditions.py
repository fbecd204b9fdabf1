"""What must hold between the parts of an envelope of SignatureAPI. [public] unless it says otherwise."""

from collections.abc import Iterator
from typing import Any

from app.domain.errors import SpecError
from app.sync.operation import Values
from app.sync.providers.signatureapi.shapes import INPUT_PLACES

WHITE_ON = 4.5
"""WCAG 2.2, 1.4.3: the contrast that an accent must have on white."""


def somebody_signs(values: Values) -> None:
    if not any(one["type"] in ("signer", "automatic_signer") for one in values["recipients"]):
        raise SpecError(path="recipients", problem="needs at least one signer")


def places_are_somebodys(values: Values) -> None:
    known = {one["key"] for one in values["recipients"]}
    for path, place in _places(values):
        if "recipient_key" in place and place["recipient_key"] not in known:
            raise SpecError(path=f"{path}.recipient_key", problem=f"is nobody's; known are: {', '.join(sorted(known))}")


def place_keys_are_own(values: Values) -> None:
    """Within a document; and a fixed position is of a place that is there."""
    for number, document in enumerate(values["documents"]):
        keys = [one["key"] for one in document.get("places", ())]
        for index, key in enumerate(keys):
            if key in keys[:index]:
                raise SpecError(path=f"documents[{number}].places[{index}].key", problem=f"{key!r} is there already")
        for index, one in enumerate(document.get("fixed_positions", ())):
            if one["place_key"] not in keys:
                path = f"documents[{number}].fixed_positions[{index}].place_key"
                raise SpecError(path=path, problem="is no place of this document")


def input_needs_turns(values: Values) -> None:
    """With more than one recipient."""
    if values.get("routing") != "parallel" or len(values["recipients"]) < 2:
        return
    for path, place in _places(values):
        if place["type"] in INPUT_PLACES:
            raise SpecError(path=f"{path}.type", problem="needs sequential routing with more than one recipient")


def data_is_for_docx(values: Values) -> None:
    for number, one in enumerate(values["documents"]):
        if "data" in one and one["format"] != "docx":
            raise SpecError(path=f"documents[{number}].data", problem="is for docx only")


def accent_is_legible(values: Values) -> None:
    accent = values.get("branding", {}).get("accent_color", "")
    if accent and 1.05 / (_luminance(accent) + 0.05) < WHITE_ON:
        raise SpecError(path="branding.accent_color", problem=f"needs a contrast of {WHITE_ON} on white")


def _places(values: Values) -> Iterator[tuple[str, Any]]:
    for number, document in enumerate(values["documents"]):
        for index, place in enumerate(document.get("places", ())):
            yield f"documents[{number}].places[{index}]", place


def _luminance(colour: str) -> float:
    """Relative luminance of sRGB, from 0 to 1 (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
