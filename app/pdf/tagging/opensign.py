"""Square-bracket tags of OpenSign and its kin: `[[signature:signer1]]`, `[[date-2]]`."""

import re
from collections.abc import Iterator
from typing import Final

from app.pdf.tagging.tag import Tag

_KINDS: Final = {
    "signature": "signature", "sign": "signature", "initials": "initials", "stamp": "stamp", "name": "name",
    "email": "email", "company": "company", "jobtitle": "title", "job title": "title", "date": "date_signed",
    "text": "text", "textinput": "text", "text input": "text", "checkbox": "checkbox", "dropdown": "dropdown",
    "radio": "radio", "image": "image", "number": "number",
}  # fmt: skip
_TAG: Final = re.compile(
    r"\[\[\s{0,6}(?P<type>[a-zA-Z ]{4,12}?)\s{0,6}(?:[-:_]\s{0,6}(?P<who>[\w ]{1,40}?))?\s{0,6}\]\]"
)


def tags(line: str) -> Iterator[Tag]:
    for found in _TAG.finditer(line):
        kind = _KINDS.get(found["type"].lower())
        if kind:
            who = found["who"] or ""
            yield Tag(found.start(), found.end(), kind, kind, role=f"signer{who}" if who.isdecimal() else who)
