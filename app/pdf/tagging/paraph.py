"""`{{type:key}}`, our own, as in Markdown documents."""

from collections.abc import Iterator
from typing import Final

from app.pdf.tagging.tag import Tag
from app.pdf.tokenising import TOKEN

KINDS: Final = frozenset({
    "signature", "initials", "date", "date_signed", "text", "number", "checkbox", "name", "email", "company",
    "title", "image", "stamp", "attachment",
})  # fmt: skip


def tags(line: str) -> Iterator[Tag]:
    for found in TOKEN.finditer(line):
        kind, key = found["type"].lower(), found["key"].strip()
        if kind in KINDS and ";" not in key and ":" not in key:
            yield Tag(found.start(), found.end(), kind, key, role=key)
