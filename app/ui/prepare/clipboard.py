"""Fields on the system's clipboard, as JSON under a type of our own, so that they travel between windows and envelopes.

Only what a preparer set: marks and pictures belong to people and never leave their envelope.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QByteArray, QMimeData

from app.domain.errors import SpecError
from app.domain.fields.base import Align, Constraint, Field, TextStyle
from app.domain.fields.registry import KINDS, check, kind_of
from app.domain.geometry import Rect
from app.domain.ids import DocumentId, FieldId

MIME: Final = "application/x-paraph-fields+json"
MOST: Final = 2000


_PLAIN: Final = ("label", "help", "tooltip", "required", "read_only", "date_format", "locked", "formula")
"""Besides value, options, style and constraint: what a copy takes along."""


@dataclass(frozen=True)
class Copied:
    """A field as it was copied, `rect` and `page` where it stood, `recipient` the role it belonged to. `changes` are
    what was set on it."""

    kind: str
    page: int
    rect: Rect
    recipient: str | None
    changes: Mapping[str, Any]

    def onto(self, field: Field) -> Field:
        """A fresh field of the same kind with everything that was set."""
        return replace(field, **self.changes)

    def dress(self, field: Field) -> Field:
        """The same field looking like this one, as far as its kind can."""
        looks = kind_of(field).looks
        own = self.changes["style"]
        style = replace(
            own,
            multiline=own.multiline if "multiline" in looks else False,
            comb=own.comb if "comb" in looks else None,
        )
        return replace(field, style=style, date_format=self.changes["date_format"])


def written(fields: Sequence[Field]) -> QMimeData:
    data = QMimeData()
    data.setData(MIME, QByteArray(json.dumps([_row(field) for field in fields]).encode()))
    data.setText("\n".join(field.label or KINDS[field.kind].title for field in fields))
    return data


def holds_fields(data: QMimeData | None) -> bool:
    """An empty clipboard has no data at all."""
    return data is not None and data.hasFormat(MIME)


def read(data: QMimeData | None) -> tuple[Copied, ...]:
    """Nothing, when it is not ours, not whole, or makes no field: a clipboard is filled by strangers."""
    if data is None or not data.hasFormat(MIME):
        return ()
    try:
        rows = json.loads(bytes(data.data(MIME).data()))[:MOST]
        return tuple(_copied(row) for row in rows)
    except (ValueError, KeyError, TypeError, AttributeError, SpecError):
        return ()


def _row(field: Field) -> dict[str, Any]:
    return {
        **{name: getattr(field, name) for name in _PLAIN},
        "kind": field.kind,
        "page": field.page,
        "rect": [field.rect.x, field.rect.y, field.rect.width, field.rect.height],
        "recipient": field.recipient,
        "value": field.value if isinstance(field.value, (str, bool)) else None,
        "options": list(field.options),
        "style": asdict(field.style),
        "constraint": asdict(field.constraint),
    }


def _copied(row: dict[str, Any]) -> Copied:
    """Tried on a field of that kind first, so that nothing comes in which the library would refuse."""
    style = TextStyle(**{**row["style"], "align": Align(row["style"]["align"])})
    changes = {
        **{name: row[name] for name in _PLAIN},
        "value": row["value"],
        "options": tuple(row["options"]),
        "style": style,
        "constraint": Constraint(**row["constraint"]),
    }
    rect = Rect(*map(float, row["rect"]))
    copied = Copied(str(row["kind"]), int(row["page"]), rect, row["recipient"], changes)
    check(copied.onto(Field(FieldId(""), copied.kind, DocumentId(""), 1, rect)), "clipboard")
    return copied
