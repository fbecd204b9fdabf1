"""Field tags people have written into their documents for one service or another."""

from app.pdf.tagging import adobe, documenso, docuseal, docusign, dropbox_sign, opensign, paraph
from app.pdf.tagging.tag import Notation, Tag

__all__ = ["NOTATIONS", "Tag", "tags_in"]

NOTATIONS: tuple[Notation, ...] = (
    paraph.tags,
    docuseal.tags,
    documenso.tags,
    adobe.tags,
    dropbox_sign.tags,
    opensign.tags,
    docusign.tags,
)


def tags_in(line: str) -> tuple[Tag, ...]:
    """The tags of a line from left to right; where two notations claim the same letters, the earlier has them."""
    found: list[Tag] = []
    for notation in NOTATIONS:
        for tag in notation(line):
            if not any(tag.start < other.end and other.start < tag.end for other in found):
                found.append(tag)
    return tuple(sorted(found, key=lambda tag: tag.start))
