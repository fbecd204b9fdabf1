"""Dropbox Sign: `[sig|req|signer1]`, `[text|noreq|signer2|Company|company_id]`."""

import re
from collections.abc import Iterator
from typing import Final

from app.pdf.tagging.tag import Tag

_KINDS: Final = {
    "sig": "signature", "initial": "initials", "date": "date_signed", "text": "text", "check": "checkbox",
    "text-merge": "text", "checkbox-merge": "checkbox", "radio": "radio", "dropdown": "dropdown",
}  # fmt: skip
_TAG: Final = re.compile(
    r"\[\s*(?P<type>[a-z-]{3,14})\s*\|\s*(?P<req>req|noreq)\s*\|\s*(?P<who>signer\d{1,2}|sender|me)\s*(?P<rest>(?:\|[^\]|]{0,80})*)\]"
)


def tags(line: str) -> Iterator[Tag]:
    for found in _TAG.finditer(line):
        kind = _KINDS.get(found["type"])
        if kind:
            label = next((part.strip() for part in found["rest"].split("|") if part.strip()), "")
            yield Tag(
                found.start(), found.end(), kind, label or kind, role=found["who"], required=found["req"] == "req"
            )
