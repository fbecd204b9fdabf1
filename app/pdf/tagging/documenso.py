"""Documenso: `{{SIGNATURE, r1}}`, `{{text, r2, label=Company, required=true}}`."""

import re
from collections.abc import Iterator
from typing import Final

from app.pdf.tagging.tag import TRUE, Tag

_TAG: Final = re.compile(
    r"\{\{\s{0,6}(?P<type>[A-Za-z_]{4,12})\s{0,6},\s{0,6}(?P<who>r\d{1,2})\s{0,6}(?:,(?P<rest>[^{}]{0,300}))?\}\}", re.I
)
_KINDS: Final = {
    "signature": "signature", "free_signature": "signature", "initials": "initials", "email": "email",
    "name": "name", "date": "date_signed", "text": "text", "number": "number", "radio": "radio",
    "checkbox": "checkbox", "dropdown": "dropdown",
}  # fmt: skip


def tags(line: str) -> Iterator[Tag]:
    for found in _TAG.finditer(line):
        kind = _KINDS.get(found["type"].lower())
        if kind:
            said = dict(_pair(part) for part in (found["rest"] or "").split(",") if "=" in part)
            yield Tag(
                found.start(),
                found.end(),
                kind,
                said.get("label", "") or kind,
                role=found["who"].lower(),
                required=said.get("required", "true").lower() in TRUE,
                read_only=said.get("readonly", "").lower() in TRUE,
                options=tuple(one.strip() for one in re.split(r"[|;]", said.get("options", "")) if one.strip()),
                value=said.get("text", "") or said.get("default", ""),
                help=said.get("placeholder", ""),
                max_length=_number(said.get("characterlimit", "")),
            )


def _pair(part: str) -> tuple[str, str]:
    key, _, value = part.partition("=")
    return key.strip().lower(), value.strip()


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < int(text) < 100_000 else None
