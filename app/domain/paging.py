"""Rebinding a draft's documents: pages are leaves that can be put in another order, turned, cropped, taken out or
brought in. Fields go with their page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain import errors
from app.domain.audit import Moment
from app.domain.drafting import SMALLEST_PT, consistent
from app.domain.envelope import Document, Envelope, EnvelopeStatus
from app.domain.fields.base import Field
from app.domain.geometry import Rect, Size
from app.domain.ids import DocumentId
from app.domain.steps import SENDER, Step, step


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a document to be bound. `source` names the file it comes from, "" for a blank one of `size`.

    `page` counts from 1. First it is turned by `straighten` degrees clockwise within its edges, then cropped to `crop`
    (points of the page as displayed before), then turned clockwise by `turns` quarters.
    """

    source: str
    page: int = 1
    turns: int = 0
    crop: Rect | None = None
    straighten: float = 0.0
    size: Size | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A document with its new pages, and the leaves they were made of; a leaf's source is the id of the draft's
    document it was a page of, or anything else.
    """

    document: Document
    leaves: tuple[Leaf, ...]


def require_loose(envelope: Envelope, documents: Sequence[Document]) -> None:
    """Raises unless these pages may be rebound: a draft, and nobody has signed the files."""
    envelope.require("change pages", EnvelopeStatus.DRAFT)
    for document in documents:
        if document.prior_signatures:
            raise errors.AlreadySigned(path=document.title, signatures=document.prior_signatures)


def rebind(
    envelope: Envelope, replaced: Sequence[DocumentId], bound: Sequence[Bound], done: str, moment: Moment
) -> Step:
    """`bound` stands in the place of the first of the replaced documents; their fields go with their pages, and are
    gone with pages that are gone. `done` says in the trail what was done.
    """
    before = {document: envelope.document(document) for document in replaced}
    require_loose(envelope, tuple(before.values()))
    at = min(envelope.number_of(document) for document in replaced) - 1
    others = [document for document in envelope.documents if document.id not in before]
    documents = (*others[:at], *(one.document for one in bound), *others[at:])
    went = _ways(bound)
    fields = [_followed(field, before, went) if field.document in before else field for field in envelope.fields]
    changed = replace(
        envelope,
        documents=documents,
        fields=tuple(field for field in fields if field is not None),
        updated_at=moment.wall,
    )
    facts = [{"title": one.document.title, "pages": len(one.leaves), "sha256": one.document.base} for one in bound]
    return step(consistent(changed), "pages_changed", SENDER, moment, done=done, documents=facts)


def restored(envelope: Envelope, documents: Sequence[Document], fields: Sequence[Field], moment: Moment) -> Step:
    """Documents and fields as they were: undoing and redoing what was done to pages."""
    require_loose(envelope, documents)
    changed = replace(envelope, documents=tuple(documents), fields=tuple(fields), updated_at=moment.wall)
    facts = [{"title": one.title, "pages": len(one.pages), "sha256": one.base} for one in documents]
    return step(consistent(changed), "pages_changed", SENDER, moment, done="restored", documents=facts)


@dataclass(frozen=True, slots=True)
class _Way:
    """Where a page went."""

    document: DocumentId
    page: int
    leaf: Leaf
    size: Size


def _ways(bound: Sequence[Bound]) -> Mapping[tuple[str, int], _Way]:
    """By where it was; a page that is there twice takes its fields to the first place."""
    ways: dict[tuple[str, int], _Way] = {}
    for one in bound:
        for number, leaf in enumerate(one.leaves, start=1):
            way = _Way(one.document.id, number, leaf, one.document.pages[number - 1].size)
            ways.setdefault((leaf.source, leaf.page), way)
    return ways


def _followed(
    field: Field, before: Mapping[DocumentId, Document], ways: Mapping[tuple[str, int], _Way]
) -> Field | None:
    way = ways.get((field.document, field.page))
    if way is None:
        return None
    place = _place(field.rect, way.leaf, before[field.document].pages[field.page - 1].size)
    if place is None:
        return None
    return replace(field, document=way.document, page=way.page, rect=place.clamped(way.size))


def _place(rect: Rect, leaf: Leaf, size: Size) -> Rect | None:
    """Where a field is after its page was straightened, cropped and turned; None where it was cut away."""
    if leaf.straighten:
        rect = rect.leaned(size, leaf.straighten)
    if leaf.crop is not None:
        seen = rect.overlap(leaf.crop)
        if seen < SMALLEST_PT:
            return None
        rect, size = rect.moved(-leaf.crop.x, -leaf.crop.y), leaf.crop.size
    return rect.turned(size, leaf.turns)
