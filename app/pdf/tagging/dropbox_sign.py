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
    r"\[\s{0,6}(?P<type>[a-z-]{3,14})\s{0,6}\|\s{0,6}(?P<req>req|noreq)\s{0,6}\|\s{0,6}"
    r"(?P<who>signer\d{1,2}|sender|me)\s{0,6}(?P<rest>(?:\|[^\]|]{0,80}){0,9})\]"
)


def tags(line: str) -> Iterator[Tag]:
    for found in _TAG.finditer(line):
        kind = _KINDS.get(found["type"])
        if kind:
            label = next((part.strip() for part in found["rest"].split("|") if part.strip()), "")
            yield Tag(
                found.start(), found.end(), kind, label or kind, role=found["who"], required=found["req"] == "req"
            )
