r"""DocuSign: anchors are whatever the sender chose; these are customary: `/sn1/`, `\s1\`, `**signature_1**`."""

import re
from collections.abc import Iterator
from typing import Final

from app.pdf.tagging.tag import Tag

_SLASHED: Final = {
    "s": "signature", "sn": "signature", "sig": "signature", "i": "initials", "in": "initials", "d": "date_signed",
    "ds": "date_signed", "date": "date_signed", "n": "name", "fn": "name", "name": "name", "e": "email",
    "em": "email", "co": "company", "ti": "title", "tx": "text", "cb": "checkbox",
}  # fmt: skip
_STARRED: Final = {
    "signature": "signature", "initials": "initials", "initial": "initials", "date": "date_signed",
    "datesigned": "date_signed", "name": "name", "fullname": "name", "email": "email", "title": "title",
    "company": "company", "text": "text",
}  # fmt: skip
# Alone between blanks: /d1/ in an address or a path is none.
_SLASH: Final = re.compile(r"(?<![\w/\\.:])(?P<edge>[/\\])(?P<type>[a-z]{1,4})(?P<who>\d)(?P=edge)(?![\w/\\.])", re.I)
_STAR: Final = re.compile(r"\*\*(?P<type>[a-z]{4,10})_(?P<who>\d{1,2})\*\*", re.I)


def tags(line: str) -> Iterator[Tag]:
    for pattern, kinds in ((_SLASH, _SLASHED), (_STAR, _STARRED)):
        for found in pattern.finditer(line):
            kind = kinds.get(found["type"].lower())
            if kind:
                yield Tag(found.start(), found.end(), kind, kind, role=f"signer{found['who']}")
