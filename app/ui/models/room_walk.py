"""The way from field to field, and the words for each: pure functions over an envelope and a role."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from app.domain import signing
from app.domain.conditions.states import states
from app.domain.envelope import Envelope
from app.domain.fields.attachment import Attachment
from app.domain.fields.base import Field, Kind, Value
from app.domain.fields.choice import Checkbox, Dropdown, Radio
from app.domain.fields.date import Date
from app.domain.fields.image import Image
from app.domain.fields.number import Number
from app.domain.fields.registry import kind_of
from app.domain.fields.signature import Initials, Signature
from app.domain.ids import FieldId
from app.ui.models.room_forms import day_shown, number_shown
from app.ui.models.room_speech import phrase, say

LINES_FROM_PT = 40.0
"""A text field at least so high takes several lines."""


class Control(Enum):
    """What opens over a field when a person fills it."""

    TEXT = auto()
    LINES = auto()
    NUMBER = auto()
    DATE = auto()
    TICK = auto()
    BUTTONS = auto()
    LIST = auto()
    PICTURE = auto()
    SIGNATURE = auto()
    INITIALS = auto()
    FILE = auto()

    @property
    def is_mark(self) -> bool:
        return self in (Control.SIGNATURE, Control.INITIALS)


# A kind added to the registry as a subclass of one of these needs no line here.
_CONTROLS: tuple[tuple[type[Kind], Control], ...] = (
    (Initials, Control.INITIALS),
    (Signature, Control.SIGNATURE),
    (Image, Control.PICTURE),
    (Attachment, Control.FILE),
    (Checkbox, Control.TICK),
    (Radio, Control.BUTTONS),
    (Dropdown, Control.LIST),
    (Date, Control.DATE),
    (Number, Control.NUMBER),
)
FILL_IN = phrase("Fill in")
_VERBS = {
    Control.SIGNATURE: phrase("Sign"),
    Control.INITIALS: phrase("Initial"),
    Control.TICK: phrase("Tick"),
    Control.BUTTONS: phrase("Choose"),
    Control.LIST: phrase("Choose"),
    Control.DATE: phrase("Date"),
    Control.PICTURE: phrase("Add picture"),
    Control.FILE: phrase("Add file"),
}


def control_of(field: Field) -> Control:
    kind = kind_of(field)
    for family, control in _CONTROLS:
        if isinstance(kind, family):
            return control
    several = field.style.multiline or (field.rect.height >= LINES_FROM_PT and not field.style.comb)
    return Control.LINES if several else Control.TEXT


def verb_of(field: Field) -> str:
    """What the tag beside the field asks for."""
    return say(_VERBS.get(control_of(field), FILL_IN))


def title_of(field: Field) -> str:
    return field.label or say(kind_of(field).title)


def place_of(envelope: Envelope, field: Field) -> str:
    if len(envelope.documents) == 1:
        return say("page {page}", page=field.page)
    return say("{title}, page {page}", title=envelope.document(field.document).title, page=field.page)


def shown_text(field: Field, value: Value | None) -> str:
    """A value in words, for the list of entries and for a screen reader; empty for none."""
    if value is None or value == "":
        return ""
    kind = kind_of(field)
    text = kind.text_of(field, value)
    if text and isinstance(kind, Date):
        return day_shown(str(value))
    if isinstance(kind, Number):
        return number_shown(text)
    return say(_MARK_WORDS.get(text, text)) if text in _MARK_WORDS else text or say("a picture")


_MARK_WORDS = {
    "drawn": phrase("drawn by hand"),
    "typed": phrase("typed"),
    "image": phrase("a picture"),
    "yes": phrase("yes"),
    "no": phrase("no"),
}


@dataclass(frozen=True)
class Walk:
    """`fields`: what this recipient fills by hand, in tab order, as required as the answers so far make them; those
    that are hidden or disabled are not among them. `missing`: the required ones still empty. `idle`: those that can be
    seen and are not wanted.
    """

    fields: tuple[Field, ...]
    missing: tuple[Field, ...]
    idle: tuple[Field, ...] = ()

    @property
    def required(self) -> int:
        return sum(field.required for field in self.fields)

    def needs(self, name: FieldId) -> bool:
        return any(field.id == name and field.required for field in self.fields)

    def holds(self, name: FieldId) -> bool:
        return any(field.id == name for field in self.fields)

    @property
    def done(self) -> bool:
        return not self.missing

    def field(self, name: FieldId) -> Field:
        return next(field for field in self.fields if field.id == name)

    def next_missing(self, after: FieldId | None = None) -> Field | None:
        """The next required empty field behind `after`, from the top again at the end; None when there is none."""
        ids = [field.id for field in self.fields]
        start = ids.index(after) + 1 if after in ids else 0
        gaps = {field.id for field in self.missing} - {after}
        in_turn = self.fields[start:] + self.fields[:start]
        return next((field for field in in_turn if field.id in gaps), None) or next(iter(self.missing), None)

    def following(self, after: FieldId | None, every: bool) -> Field | None:
        """Where one goes on to: the next required empty field or, through `every` field, the next one whatever stands
        in it, and at their end what is still missing."""
        return (self.beside(after, 1) if every else None) or self.next_missing(after)

    def beside(self, name: FieldId | None, step: int) -> Field | None:
        """The field one after (`step` 1) or before (-1), filled or not; None past either end."""
        ids = [field.id for field in self.fields]
        if name not in ids:
            return self.fields[0 if step > 0 else -1] if self.fields else None
        place = ids.index(name) + step
        return self.fields[place] if 0 <= place < len(ids) else None

    def of_control(self, control: Control) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if control_of(field) is control)


def walk_of(envelope: Envelope, role: str) -> Walk:
    standing = states(envelope)
    by_hand = tuple(
        replace(field, required=standing[field.id].required)
        for field in by_hand_of(envelope, role)
        if standing[field.id].enabled
    )
    gaps = {field.id for field in signing.missing(envelope, role)}
    idle = [f for f in by_hand_of(envelope, role) if standing[f.id].shown and not standing[f.id].enabled]
    return Walk(by_hand, tuple(field for field in by_hand if field.id in gaps), tuple(idle))


def by_hand_of(envelope: Envelope, role: str) -> tuple[Field, ...]:
    """All that this recipient might come to fill, whatever is hidden now."""
    return tuple(f for f in envelope.fields_of(role) if not (_by_itself(f) or f.read_only))


def automatic_of(envelope: Envelope, role: str) -> tuple[Field, ...]:
    """What the program fills, at the end or by a formula, shown so that nobody waits to be asked for it."""
    standing = states(envelope)
    return tuple(field for field in by_itself_of(envelope, role) if standing[field.id].shown)


def by_itself_of(envelope: Envelope, role: str) -> tuple[Field, ...]:
    """All that nobody need fill, whatever is hidden now."""
    return tuple(field for field in envelope.fields_of(role) if _by_itself(field))


def _by_itself(field: Field) -> bool:
    return kind_of(field).automatic or field.formula is not None


def has_result(field: Field) -> bool:
    """A formula makes its value, which the person signs too."""
    return field.formula is not None


def spoken(envelope: Envelope, field: Field, value: Value | None, missing: bool) -> str:
    """For a screen reader: what it is, whether it is needed, what stands in it, where it is."""
    need = say("required") if field.required else say("optional")
    holds = shown_text(field, value) or say("empty")
    state = say("still to be filled") if missing else holds
    return f"{title_of(field)}, {need}, {state}, {place_of(envelope, field)}"
