"""From an envelope to the words it is found by, and from the search box to a query that is never a syntax error."""

import unicodedata
from typing import NamedTuple

from app.domain.envelope import Envelope

MOST_WORDS = 16
"""A pasted page of text is no search; the first words decide."""


class Texts(NamedTuple):
    """What an envelope is found by; the names are those of the columns."""

    title: str
    message: str
    people: str
    documents: str
    metadata: str


def texts_of(envelope: Envelope) -> Texts:
    people = (part for r in envelope.recipients for part in (r.name, r.email) if part)
    files = (*(d.title for d in envelope.documents), *(a.title for a in envelope.attachments))
    metadata = (part for pair in envelope.metadata.items() for part in pair)
    return Texts(envelope.title, envelope.message, "\n".join(people), "\n".join(files), "\n".join(metadata))


def words_of(typed: str) -> tuple[str, ...]:
    """The pieces between blanks that hold a letter or a digit: what the index would see as a word."""
    pieces = (piece for piece in typed.replace("\0", " ").split() if any(map(_is_wordy, piece)))
    return tuple(pieces)[:MOST_WORDS]


def _is_wordy(character: str) -> bool:
    """As SQLite's unicode61 tokenizer decides: letters, numbers and private use."""
    return unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "Co"
