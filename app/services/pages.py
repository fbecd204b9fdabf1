"""Page tools: a draft's pages reordered, turned, brought in, taken out, split, merged, cropped, straightened.

The file that came in is kept; what is shown and signed is bound anew. Each returns what is needed to go back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from app.domain import errors, paging
from app.domain.changes import Changes
from app.domain.envelope import Document, Envelope
from app.domain.fields.base import Field
from app.domain.geometry import PageGeometry, Rect, Size
from app.domain.ids import DocumentId, EnvelopeId, Sha256
from app.domain.paging import Bound, Leaf
from app.services.drafting import record
from app.services.house import House
from app.services.taking_in import take_in

MOST_DEGREES = 45
BROUGHT = "brought"
"""The source of leaves from a file that is in no envelope."""


@dataclass(frozen=True)
class PagesBefore:
    """The draft's documents and fields before a change; `restore` puts them back."""

    documents: tuple[Document, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class PagesChanged:
    """`straightened` tells by how many degrees which page was turned."""

    changes: Changes
    before: PagesBefore
    straightened: Mapping[int, float] = field(default_factory=dict)


def reorder(house: House, envelope_id: str, document: str, order: Sequence[int]) -> PagesChanged:
    """`order`: the page numbers of now, each once, as they shall follow."""
    envelope, one = _found(house, envelope_id, document)
    if sorted(order) != list(range(1, len(one.pages) + 1)):
        raise errors.SpecError(path="order", problem="every page must be in it once")
    return _bind(house, envelope, one, [Leaf(one.id, page) for page in order], "reordered")


def rotate(house: House, envelope_id: str, document: str, pages: Sequence[int], quarter_turns: int = 1) -> PagesChanged:
    """Clockwise; fields turn along."""
    envelope, one = _found(house, envelope_id, document)
    _require(one, pages)
    leaves = [replace(leaf, turns=quarter_turns % 4) if leaf.page in pages else leaf for leaf in _leaves(one)]
    return _bind(house, envelope, one, leaves, "rotated")


def delete(house: House, envelope_id: str, document: str, pages: Sequence[int]) -> PagesChanged:
    """With their fields. One page must stay: a document is removed with `drafting.remove_document`."""
    envelope, one = _found(house, envelope_id, document)
    _require(one, pages)
    left = [leaf for leaf in _leaves(one) if leaf.page not in pages]
    if not left:
        raise errors.SpecError(path="pages", problem="one page must stay; remove the document instead")
    return _bind(house, envelope, one, left, "deleted")


def insert(
    house: House,
    envelope_id: str,
    document: str,
    at: int,
    path: Path,
    pages: Sequence[int] | None = None,
    password: str | None = None,
) -> PagesChanged:
    """Pages of a file (all by default) before page `at`; one more than there are pages puts them at the end."""
    envelope, one = _found(house, envelope_id, document)
    _require_gap(one, at)
    paging.require_loose(envelope, [one])
    taken = take_in(house, path, password).document
    paging.require_loose(envelope, [taken])
    wanted = list(pages) if pages is not None else list(range(1, len(taken.pages) + 1))
    _require(taken, wanted)
    leaves = _leaves(one)
    leaves[at - 1 : at - 1] = [Leaf(BROUGHT, page) for page in wanted]
    more = replace(one, made_of=tuple(dict.fromkeys((*one.made_of, taken.original))))
    return _bind(house, envelope, more, leaves, "inserted", {BROUGHT: taken.base})


def blank(
    house: House, envelope_id: str, document: str, at: int, size: Size | None = None, count: int = 1
) -> PagesChanged:
    """Blank pages before page `at`, as large as the page there (or the last) unless told."""
    envelope, one = _found(house, envelope_id, document)
    _require_gap(one, at)
    if not 1 <= count <= 100:
        raise errors.SpecError(path="count", problem="from 1 to 100 blank pages at a time")
    paper = size or one.pages[min(at, len(one.pages)) - 1].size
    leaves = _leaves(one)
    leaves[at - 1 : at - 1] = [Leaf("", size=paper)] * count
    return _bind(house, envelope, one, leaves, "blank_inserted")


def split(house: House, envelope_id: str, document: str, starts: Sequence[int]) -> PagesChanged:
    """A new document begins at each of these pages; the first part keeps the document's identity."""
    envelope, one = _found(house, envelope_id, document)
    _require(one, starts)
    edges = [*sorted({1, *starts}), len(one.pages) + 1]
    if len(edges) < 3:
        raise errors.SpecError(path="starts", problem="a part must begin after the first page")
    paging.require_loose(envelope, [one])
    bound = []
    for number, (start, end) in enumerate(pairwise(edges), start=1):
        part = one if number == 1 else replace(one, id=DocumentId(house.clock.new_id()))
        leaves = [Leaf(one.id, page) for page in range(start, end)]
        bound.append(_bound(house, replace(part, title=f"{one.title} ({number})"), leaves, {one.id: one.base}))
    return _rebound(house, envelope, [one.id], bound, "split")


def merge(house: House, envelope_id: str, documents: Sequence[str]) -> PagesChanged:
    """All pages of these documents, in the order given, become one: the first of them."""
    envelope = _envelope(house, envelope_id)
    parts = [envelope.document(DocumentId(document)) for document in dict.fromkeys(documents)]
    if len(parts) < 2:
        raise errors.SpecError(path="documents", problem="merging takes two documents or more")
    paging.require_loose(envelope, parts)
    leaves = [Leaf(part.id, page) for part in parts for page in range(1, len(part.pages) + 1)]
    originals = (original for part in parts for original in (part.original, *part.made_of))
    more = tuple(dict.fromkeys(original for original in originals if original != parts[0].original))
    whole = replace(parts[0], made_of=more)
    bound = _bound(house, whole, leaves, {part.id: part.base for part in parts})
    return _rebound(house, envelope, [part.id for part in parts], [bound], "merged")


def crop(house: House, envelope_id: str, document: str, pages: Sequence[int], rect: Rect) -> PagesChanged:
    """Fields keep their place on what is printed; those wholly outside go."""
    envelope, one = _found(house, envelope_id, document)
    _require(one, pages)
    for page in pages:
        if not rect.within(one.pages[page - 1].size, tolerance_pt=0.5):
            raise errors.SpecError(path="rect", problem=f"reaches outside page {page}")
    leaves = [replace(leaf, crop=rect) if leaf.page in pages else leaf for leaf in _leaves(one)]
    return _bind(house, envelope, one, leaves, "cropped")


def trim(
    house: House, envelope_id: str, document: str, page: int, degrees: float = 0.0, rect: Rect | None = None
) -> PagesChanged:
    """A scan put right by hand: turned clockwise by up to `MOST_DEGREES`, then cut to `rect`. Fields go along."""
    envelope, one = _found(house, envelope_id, document)
    _require(one, [page])
    if abs(degrees) > MOST_DEGREES:
        raise errors.SpecError(path="degrees", problem=f"from -{MOST_DEGREES} to {MOST_DEGREES}")
    if rect is not None and not rect.within(one.pages[page - 1].size, tolerance_pt=0.5):
        raise errors.SpecError(path="rect", problem=f"reaches outside page {page}")
    trimmed = Leaf(one.id, page, straighten=degrees, crop=rect)
    leaves = [trimmed if leaf.page == page else leaf for leaf in _leaves(one)]
    return _bind(house, envelope, one, leaves, "cropped" if rect is not None else "straightened")


def lean(house: House, envelope_id: str, document: str, page: int) -> float:
    """By how many degrees clockwise a scan would have to be turned to stand straight; 0 where it does, or is none."""
    _, one = _found(house, envelope_id, document)
    _require(one, [page])
    return house.looker.skew(house.library.blobs.path(one.base), page)


def straighten(house: House, envelope_id: str, document: str, pages: Sequence[int]) -> PagesChanged:
    """Turns each page by what it leans; nothing is recorded when all stand straight."""
    envelope, one = _found(house, envelope_id, document)
    _require(one, pages)
    paging.require_loose(envelope, [one])
    source = house.library.blobs.path(one.base)
    leaning = {page: house.looker.skew(source, page) for page in pages}
    turned = {page: degrees for page, degrees in leaning.items() if degrees}
    if not turned:
        return PagesChanged(Changes.of("envelope", envelope.id), _before(envelope))
    leaves = [replace(leaf, straighten=turned.get(leaf.page, 0.0)) for leaf in _leaves(one)]
    return replace(_bind(house, envelope, one, leaves, "straightened"), straightened=turned)


def restore(house: House, envelope_id: str, before: PagesBefore) -> PagesChanged:
    """Back to how documents and fields were; what this returns leads forward again.

    Raises a `StoreError` when a state in between has been swept meanwhile: nothing is changed then.
    """
    envelope = _envelope(house, envelope_id)
    for document in before.documents:
        house.library.blobs.path(document.base)
    done = paging.restored(envelope, before.documents, before.fields, house.moment())
    return PagesChanged(record(house, done), _before(envelope))


def rewritten(house: House, document: Document, made: Path) -> Document:
    """The document with these bytes as what fields are laid into; the file is taken over."""
    sha256 = house.library.blobs.adopt(made)
    return replace(document, edited=sha256, pages=_geometries(house, sha256))


def _bind(
    house: House,
    envelope: Envelope,
    document: Document,
    leaves: Sequence[Leaf],
    done: str,
    more: Mapping[str, Sha256] | None = None,
) -> PagesChanged:
    paging.require_loose(envelope, [document])
    bound = _bound(house, document, leaves, {document.id: document.base, **(more or {})})
    return _rebound(house, envelope, [document.id], [bound], done)


def _bound(house: House, document: Document, leaves: Sequence[Leaf], sources: Mapping[str, Sha256]) -> Bound:
    out = house.library.blobs.new_file(".pdf")
    try:
        used = {leaf.source for leaf in leaves}
        paths = {name: house.library.blobs.path(sha256) for name, sha256 in sources.items() if name in used}
        house.maker.bind(leaves, paths, out)
        return Bound(rewritten(house, document, out), tuple(leaves))
    except errors.DocumentError as problem:
        problem.path = document.title
        raise
    finally:
        out.unlink(missing_ok=True)


def _rebound(
    house: House, envelope: Envelope, replaced: Sequence[DocumentId], bound: Sequence[Bound], done: str
) -> PagesChanged:
    step = paging.rebind(envelope, replaced, bound, done, house.moment())
    return PagesChanged(record(house, step), _before(envelope))


def _geometries(house: House, sha256: Sha256) -> tuple[PageGeometry, ...]:
    return house.looker.inspect(house.library.blobs.path(sha256)).pages


def _before(envelope: Envelope) -> PagesBefore:
    return PagesBefore(envelope.documents, envelope.fields)


def _leaves(document: Document) -> list[Leaf]:
    return [Leaf(document.id, page) for page in range(1, len(document.pages) + 1)]


def _envelope(house: House, envelope_id: str) -> Envelope:
    return house.library.envelope(EnvelopeId(envelope_id))


def _found(house: House, envelope_id: str, document: str) -> tuple[Envelope, Document]:
    envelope = _envelope(house, envelope_id)
    return envelope, envelope.document(DocumentId(document))


def _require(document: Document, pages: Sequence[int]) -> None:
    if not pages:
        raise errors.SpecError(path="pages", problem="name at least one page")
    for page in pages:
        if not 1 <= page <= len(document.pages):
            raise errors.PageOutOfRange(path=document.title, page=page, pages=len(document.pages))


def _require_gap(document: Document, at: int) -> None:
    if not 1 <= at <= len(document.pages) + 1:
        raise errors.PageOutOfRange(path=document.title, page=at, pages=len(document.pages))
