"""What one language calls the things people fill in, and the people who do."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.pdf.wordlists.folding import folded

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One language's words, folded: `kinds` by phrase, `roles` by word, `heads` by the end of a compound.

    `common` are words that betray the language of a page; `joins` put the word that counts first ("date of …").
    """

    code: str
    kinds: Mapping[Phrase, str]
    roles: Mapping[str, str]
    heads: Mapping[str, str]
    common: frozenset[str]
    joins: frozenset[str]


def table(
    code: str,
    *,
    kinds: Mapping[str, str],
    roles: Mapping[str, str],
    common: str,
    joins: str = "",
    heads: Mapping[str, str] | None = None,
) -> Table:
    """`kinds` and `roles` name their words separated by commas, as people write them; `common` by blanks."""
    phrases = {tuple(folded(phrase).split()): kind for kind, said in kinds.items() for phrase in _parts(said)}
    people = {folded(word): role for role, said in roles.items() for word in _parts(said)}
    ends = {folded(word): kind for kind, said in (heads or {}).items() for word in _parts(said)}
    return Table(code, phrases, people, ends, frozenset(folded(common).split()), frozenset(folded(joins).split()))


def _parts(said: str) -> list[str]:
    return [part.strip() for part in said.split(",") if part.strip()]
