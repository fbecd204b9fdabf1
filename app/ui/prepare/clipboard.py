"""Fields on the system's clipboard, as JSON under a type of our own, so that they travel between windows and envelopes.

Only what a preparer set: marks and pictures belong to people and never leave their envelope.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QByteArray, QMimeData

from app.domain.fields.base import Align, Field, TextStyle
from app.domain.fields.registry import KINDS
from app.domain.geometry import Rect

MIME: Final = "application/x-paraph-fields+json"
MOST: Final = 2000


@dataclass(frozen=True)
class Copied:
    """A field as it was copied: `page` and `rect` where it stood, `recipient` the role it belonged to."""

    kind: str
    page: int
    rect: Rect
    recipient: str | None
    properties: dict[str, Any]
    style: TextStyle

    def onto(self, field: Field) -> Field:
        """A fresh field of the same kind with everything that was set."""
        changed = {name: value for name, value in self.properties.items() if name in _PLAIN}
        changed["options"] = tuple(self.properties.get("options", ()))
        return replace(field, style=self.style, **changed)


_PLAIN: Final = ("label", "help", "required", "read_only", "date_format", "value")


def written(fields: Sequence[Field]) -> QMimeData:
    data = QMimeData()
    data.setData(MIME, QByteArray(json.dumps([_row(field) for field in fields]).encode()))
    data.setText("\n".join(field.label or KINDS[field.kind].title for field in fields))
    return data


def holds_fields(data: QMimeData | None) -> bool:
    """An empty clipboard has no data at all."""
    return data is not None and data.hasFormat(MIME)


def read(data: QMimeData | None) -> tuple[Copied, ...]:
    """Nothing, when it is not ours or not whole: a clipboard is filled by strangers."""
    if data is None or not data.hasFormat(MIME):
        return ()
    try:
        rows = json.loads(bytes(data.data(MIME).data()))[:MOST]
        return tuple(_copied(row) for row in rows)
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()


def _row(field: Field) -> dict[str, Any]:
    value = field.value if isinstance(field.value, (str, bool)) else None
    plain = {name: getattr(field, name) for name in _PLAIN if name != "value"}
    return {
        **plain,
        "value": value,
        "kind": field.kind,
        "page": field.page,
        "rect": [field.rect.x, field.rect.y, field.rect.width, field.rect.height],
        "recipient": field.recipient,
        "options": list(field.options),
        "style": [field.style.face, field.style.size_pt, field.style.align.value],
    }


def _copied(row: dict[str, Any]) -> Copied:
    face, size, align = row["style"]
    if row["kind"] not in KINDS:
        raise ValueError(row["kind"])
    style = TextStyle(str(face), None if size is None else float(size), Align(align))
    return Copied(row["kind"], int(row["page"]), Rect(*map(float, row["rect"])), row["recipient"], row, style)
