"""Fields and what happened to them, in words for who does not see the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.envelope import Envelope
from app.domain.fields.base import Field
from app.domain.fields.registry import KINDS
from app.domain.geometry import Rect
from app.domain.ids import FieldId
from app.ui.models.lengths import Unit, shown


def field_words(envelope: Envelope, field: Field, unit: Unit) -> str:
    """`Signature, Ana Ruiz, page 2, 40 mm from left, 210 mm from top, required`."""
    return ", ".join((_called(envelope, field), place_words(field.page, field.rect, unit), *_marks(field)))


def place_words(page: int, rect: Rect, unit: Unit) -> str:
    """`page 2, 40 mm from left, 210 mm from top`."""
    return f"page {page}, {shown(rect.x, unit)} {unit.word} from left, {shown(rect.y, unit)} {unit.word} from top"


def step_words(before: Envelope, after: Envelope, unit: Unit) -> str:
    """What became of the fields between two states of an envelope; "" when nothing did that is seen on a page."""
    old, new = _by_id(before), _by_id(after)
    added = [field for name, field in new.items() if name not in old]
    gone = [field for name, field in old.items() if name not in new]
    changed = [field for name, field in new.items() if name in old and _looks(old[name]) != _looks(field)]
    told = (
        _of(added, "placed", lambda field: field_words(after, field, unit)),
        _of(gone, "deleted", lambda field: f"Deleted: {_called(before, field)}, page {field.page}"),
        _of(changed, "changed", lambda field: _changed(after, old[field.id], field, unit)),
    )
    return ". ".join(words for words in told if words)


def choice_words(envelope: Envelope, chosen: Sequence[Field], unit: Unit) -> str:
    """What is selected now."""
    if not chosen:
        return "Nothing selected"
    return field_words(envelope, chosen[0], unit) if len(chosen) == 1 else f"{len(chosen)} fields selected"


def _of(fields: Sequence[Field], what: str, words: Callable[[Field], str]) -> str:
    if len(fields) == 1:
        return words(fields[0])
    return f"{len(fields)} fields {what}" if fields else ""


def _changed(envelope: Envelope, before: Field, after: Field, unit: Unit) -> str:
    if before.rect.size == after.rect.size:
        return field_words(envelope, after, unit)
    size = f"{shown(after.rect.width, unit)} by {shown(after.rect.height, unit)} {unit.word}"
    return f"{_called(envelope, after)}, {size}"


def _called(envelope: Envelope, field: Field) -> str:
    """Kind, label where it says more, and whose it is."""
    whose = [recipient.name or recipient.role for recipient in envelope.recipients if recipient.role == field.recipient]
    title = KINDS[field.kind].title
    return ", ".join((title, *([field.label] if field.label not in ("", title) else []), *whose))


def _marks(field: Field) -> list[str]:
    marks = {
        "required": field.required and KINDS[field.kind].needs_recipient,
        "read-only": field.read_only,
        "with a condition": bool(field.conditions),
        "repeated on other pages": field.linked is not None,
        "locked": field.locked,
    }
    return [word for word, holds in marks.items() if holds]


def _looks(field: Field) -> tuple[object, ...]:
    """Whose place, owner or kind is another has changed for who looks at the page; the panel tells the rest."""
    return field.rect, field.page, field.document, field.recipient, field.kind


def _by_id(envelope: Envelope) -> dict[FieldId, Field]:
    return {field.id: field for field in envelope.fields}
