"""A field is a place to fill; its kind says how it looks, what it accepts and what it becomes in a PDF form."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from app.domain import errors
from app.domain.drawing import Drawing, Metrics
from app.domain.fields import day_format
from app.domain.fields.condition import Condition
from app.domain.geometry import Rect, Size
from app.domain.ids import DocumentId, FieldId, Sha256
from app.domain.mark import Mark


class FormType(StrEnum):
    """What a field becomes in the PDF (ISO 32000-1, 12.7.4); NONE is drawn into the page when the document is
    frozen.
    """

    SIGNATURE = "signature"
    TEXT = "text"
    CHECKBOX = "checkbox"
    RADIO = "radio"
    CHOICE = "choice"
    NONE = "none"


class Align(StrEnum):
    """Where a line stands between the left and the right edge of its field."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class PictureValue:
    """A PNG or JPEG blob and its size in pixels."""

    sha256: Sha256
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class FileValue:
    """A file somebody hands in: what it was called, its bytes counted, and the blob that holds them."""

    name: str
    size: int
    sha256: Sha256


Value = str | bool | Mark | PictureValue | FileValue
"""Neutral form: text as typed, a date as ISO 8601, a number with a decimal point, a choice as its option."""


SMALLEST_PT, LARGEST_PT = 4, 144
"""Of text whose size the sender chooses."""


COLOUR = re.compile(r"#[0-9a-f]{6}")
MOST_CELLS = 100
FACES = ("sans", "sans-bold")
"""Those a sender may choose; others step in where these have no letter."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text stands in a field. None is inherited from the envelope's style, see `style.inherited`; of an inherited
    `size_pt`, None means as large as fits. `colour` as `#rrggbb`, small letters; `language` is that of month names.

    `comb`: so many cells of equal width, a character in each (ISO 32000-1, table 228). `multiline`: lines from the top
    down, for answers of several sentences.
    """

    face: str | None = None
    size_pt: float | None = None
    align: Align = Align.LEFT
    bold: bool | None = None
    colour: str | None = None
    multiline: bool = False
    comb: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Constraint:
    """What the sender demands beyond the kind's own rules; lengths in characters, `pattern` as in `fields.pattern`,
    over the whole text; `preset` names one of `presets.PRESETS`. `message` is what the recipient reads when the pattern
    or the preset does not fit.
    """

    minimum: str | None = None
    maximum: str | None = None
    max_length: int | None = None
    pattern: str | None = None
    message: str | None = None
    preset: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """`recipient` is a role and `page` counts from 1; a note has no recipient. `rect` as in `geometry`.

    `help` is read beside the field in the room; `tooltip` is the name readers of the PDF tell (its /TU), the label
    where empty. `date_format` None is the envelope's. `tab_index` puts it before those without, smallest first.
    `formula` makes its value, see `formulas`. Fields of one `linked` set repeat each other on several pages. `locked`
    is kept from moving in the editor.
    """

    id: FieldId
    kind: str
    document: DocumentId
    page: int
    rect: Rect
    recipient: str | None = None
    label: str = ""
    help: str = ""
    required: bool = True
    read_only: bool = False
    mapping_key: str | None = None
    value: Value | None = None
    options: tuple[str, ...] = ()
    date_format: str | None = None
    style: TextStyle = TextStyle()
    constraint: Constraint = Constraint()
    locked: bool = False
    tooltip: str = ""
    tab_index: int | None = None
    formula: str | None = None
    conditions: tuple[Condition, ...] = ()
    linked: str | None = None

    def at(self, rect: Rect, page: int | None = None) -> "Field":
        return replace(self, rect=rect, page=page or self.page)

    @property
    def name(self) -> str:
        """What people call it in messages and data: mapping key, else label, else its kind."""
        return self.mapping_key or self.label or self.kind


class Kind:
    """Behaviour shared by all fields of one kind. A subclass overrides what differs."""

    name: ClassVar[str]
    title: ClassVar[str]
    icon: ClassVar[str]
    key: ClassVar[str] = ""
    """Letter that picks it in the editor."""
    form: ClassVar[FormType] = FormType.TEXT
    default_size: ClassVar[Size] = Size(160, 24)
    minimum_size: ClassVar[Size] = Size(24, 12)
    automatic: ClassVar[bool] = False
    """Filled by the program when the recipient signs, not by hand."""
    needs_recipient: ClassVar[bool] = True
    demands: ClassVar[frozenset[str]] = frozenset()
    """The keys of a `Constraint` this kind heeds; others would be a demand nobody checks."""
    looks: ClassVar[frozenset[str]] = frozenset()
    """Of `multiline` and `comb`, those this kind can be written in."""
    computable: ClassVar[bool] = False
    """A formula may make its value."""

    def check(self, field: Field, path: str) -> None:
        """Raises `SpecError` below `path` for demands and looks that make no sense; a value is not looked at."""
        for key in ("minimum", "maximum", "max_length", "pattern", "preset"):
            if key not in self.demands and getattr(field.constraint, key) is not None:
                raise errors.SpecError(path=f"{path}.{key}", problem=f"{self.title} fields do not have one")
        for key in ("multiline", "comb"):
            if key not in self.looks and getattr(field.style, key):
                raise errors.SpecError(path=f"{path}.{key}", problem=f"{self.title} fields cannot be written so")
        if field.formula is not None and not self.computable:
            raise errors.SpecError(path=f"{path}.formula", problem=f"{self.title} fields are not computed")
        _check_style(field.style, path)

    def accept(self, field: Field, value: Value) -> Value:
        """The value in neutral form, or `ValueRefused` saying what is wanted."""
        raise NotImplementedError

    def draw(self, field: Field, value: Value | None, metrics: Metrics) -> Drawing:
        """What stands in the field; nothing for None."""
        raise NotImplementedError

    def default_for(self, recipient_name: str, email: str, today: str) -> Value | None:
        """What the room offers before anything is typed; None for nothing."""
        return None

    def form_value(self, field: Field, value: Value) -> str:
        """The /V of the form field as text (for a checkbox: its state name)."""
        return self.text_of(field, value)

    def text_of(self, field: Field, value: Value) -> str:
        """For people: data export, certificate of completion, screen reader."""
        return str(value)

    def refusal(self, field: Field, rule: str, expected: str, value: object) -> errors.ValueRefused:
        return errors.ValueRefused(field=field.name, rule=rule, expected=expected, value=str(value)[:80])


def _check_style(style: TextStyle, path: str) -> None:
    size = style.size_pt
    if size is not None and not SMALLEST_PT <= size <= LARGEST_PT:
        problem = f"{size:g}, but should be from {SMALLEST_PT} to {LARGEST_PT} points"
        raise errors.SpecError(path=f"{path}.font_size", problem=problem)
    if style.colour is not None and not COLOUR.fullmatch(style.colour):
        raise errors.SpecError(path=f"{path}.colour", problem=f"{style.colour[:20]} is no colour such as #1a2b3c")
    if style.language is not None and style.language not in day_format.MONTHS:
        problem = f"{style.language[:20]} is none of {', '.join(day_format.MONTHS)}"
        raise errors.SpecError(path=f"{path}.language", problem=problem)
    if style.comb is not None and not 1 <= style.comb <= MOST_CELLS:
        raise errors.SpecError(path=f"{path}.comb", problem=f"{style.comb} cells, but should be from 1 to {MOST_CELLS}")
    if style.face is not None and style.face not in FACES:
        problem = f"{style.face[:40]} is none of {', '.join(FACES)}"
        raise errors.SpecError(path=f"{path}.font", problem=problem)
    if style.comb is not None and style.multiline:
        raise errors.SpecError(path=f"{path}.comb", problem="a comb has one line")
