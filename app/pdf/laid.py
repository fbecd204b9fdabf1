"""What is laid into a document when it is frozen, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.drawing import Drawing
from app.domain.fields.base import FormType
from app.domain.geometry import Rect
from app.domain.ids import Sha256

NOWHERE = Rect(0, 0, 0, 0)
"""The place of an invisible signature field (ISO 32000-2, 12.7.5.5: a rectangle of no size)."""

ON, OFF = "Yes", "Off"


@dataclass(frozen=True, slots=True)
class LaidField:
    """One form field, or with `FormType.NONE` a drawing that becomes part of the page.

    `page` counts from 1, `rect` is in points of the page as displayed; NOWHERE for an invisible signature.
    `drawings` says what stands in it by state: under "" for text, choice and NONE; under "Off" and "Yes" for a
    checkbox; for radio buttons under "Off" and each option, every time the whole group. `value` is the /V it
    starts with. `comb` divides it into `max_length` cells. `lock`: for a signature, the names of all fields its
    FieldMDP lock covers.
    """

    name: str
    form: FormType
    page: int = 1
    rect: Rect = NOWHERE
    label: str = ""
    value: str = ""
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    lock: tuple[str, ...] = ()
    required: bool = False
    read_only: bool = True
    max_length: int | None = None
    comb: bool = False
    multiline: bool = False


@dataclass(frozen=True, slots=True)
class LaidDocument:
    """A frozen document. `renamed` tells which fields the file had before bear another name now."""

    sha256: Sha256
    size: int
    pages: int
    renamed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """A drawing and its place on a page (from 1; points as displayed)."""

    page: int
    rect: Rect
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page (from 1; points as displayed)."""

    page: int
    rect: Rect


@dataclass(frozen=True, slots=True)
class FoundToken:
    """A field token of a Markdown document: its place, its kind and the key after the colon."""

    kind: str
    key: str
    page: int
    rect: Rect
