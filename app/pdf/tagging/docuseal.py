"""DocuSeal: `{{Name;role=Buyer;type=signature;required=false}}`. Without any attribute it is somebody's template
variable as likely as a field, and is left alone.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.pdf.tagging.tag import TRUE, Tag, strftime
from app.pdf.wording import kind_of_label

_TAG: Final = re.compile(r"\{\{\s{0,6}(?P<name>[^{};|:]{0,80}?)\s{0,6};(?P<rest>[^{}]{1,300})\}\}")
_KINDS: Final = {
    "signature": "signature", "initials": "initials", "date": "date", "datenow": "date_signed", "text": "text",
    "number": "number", "checkbox": "checkbox", "radio": "radio", "select": "dropdown", "image": "image",
    "stamp": "stamp", "file": "attachment", "cells": "text", "phone": "text", "multiple": "checkbox",
}  # fmt: skip
_KNOWN: Final = frozenset({
    "role", "type", "required", "readonly", "default", "options", "format", "width", "height", "hidden",
    "mask", "condition", "description", "name", "title", "font", "font_size", "font_type", "align", "valign",
    "color", "preferences", "area",
})  # fmt: skip
_PT_PER_PX: Final = 0.75


def tags(line: str) -> Iterator[Tag]:
    for found in _TAG.finditer(line):
        said = dict(_pair(part) for part in found["rest"].split(";") if part.strip())
        kind = _KINDS.get(said.get("type", "").lower() or _guess(found["name"]))
        if kind and said.keys() & {"type", "role"} and said.keys() <= _KNOWN:
            yield _tag(found, kind, said)


def _pair(part: str) -> tuple[str, str]:
    key, _, value = part.partition("=")
    return key.strip().lower(), value.strip()


def _guess(name: str) -> str:
    kind = kind_of_label(name, "text")
    return kind if kind in ("signature", "initials", "date") else "text"


def _tag(found: re.Match[str], kind: str, said: dict[str, str]) -> Tag:
    return Tag(
        found.start(),
        found.end(),
        kind,
        found["name"] or said.get("name", "") or kind,
        role=said.get("role", ""),
        required=said.get("required", "true").lower() in TRUE,
        read_only=said.get("readonly", "").lower() in TRUE,
        options=tuple(one.strip() for one in said.get("options", "").split(",") if one.strip()),
        value=said.get("default", ""),
        help=said.get("description", ""),
        date_format=strftime(said.get("format", "")) if kind == "date" else "",
        width=_points(said.get("width", "")),
        height=_points(said.get("height", "")),
    )


def _points(pixels: str) -> float:
    return float(pixels) * _PT_PER_PX if re.fullmatch(r"\d{1,4}(?:\.\d+)?", pixels) else 0.0
