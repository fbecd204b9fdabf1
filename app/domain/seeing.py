"""What a signer saw: which pages stood on the screen, how long and how large, as a compact list in the trail; and a
small picture of the place where they signed, right after.

It is told to the signer before it begins, and can be switched off; that a page was shown at all is told either way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain import errors, routing
from app.domain.audit import Moment
from app.domain.ceremony import Stage
from app.domain.conditions.states import states
from app.domain.envelope import Envelope
from app.domain.fields.base import Field
from app.domain.ids import DocumentId, Sha256
from app.domain.steps import SYSTEM, Step, by, step

LONGEST_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Seen:
    """One stretch of looking at one page: milliseconds on screen, at a zoom in per cent."""

    document: DocumentId
    page: int
    shown_ms: int
    zoom_percent: int


def saw(envelope: Envelope, role: str, seen: Sequence[Seen], moment: Moment) -> Step:
    """`pages` of the event: [document, page, milliseconds, per cent] in the order they were seen, documents and
    pages counted from 1.
    """
    recipient = routing.require_turn(envelope, role, "see")
    if recipient.ceremony is None or recipient.ceremony.stage in (Stage.OPENED, Stage.AWAY):
        stage = recipient.ceremony.stage if recipient.ceremony else "not opened"
        raise errors.WrongStage(role=role, step="see", stage=stage)
    pages = [_told(envelope, one) for one in seen]
    return step(envelope, "pages_seen", by(role), moment, role=role, pages=pages)


def _told(envelope: Envelope, one: Seen) -> list[int]:
    document = envelope.document(one.document)
    if not 1 <= one.page <= len(document.pages):
        raise errors.PageOutOfRange(path=document.title, page=one.page, pages=len(document.pages))
    return [envelope.number_of(one.document), one.page, min(max(one.shown_ms, 0), LONGEST_MS), one.zoom_percent]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody signed, and the picture of it; without one, `problem` is the kind of error that prevented it."""

    field: Field
    picture: Sha256 | None = None
    problem: str = ""


def signed_spots(envelope: Envelope, role: str) -> tuple[Field, ...]:
    """The first signature in each document: that of the others looks the same."""
    standing = states(envelope)
    first: dict[DocumentId, Field] = {}
    for field in envelope.fields_of(role):
        if field.kind == "signature" and standing[field.id].shown and envelope.value_of(field) is not None:
            first.setdefault(field.document, field)
    return tuple(first.values())


def picture_spots(envelope: Envelope, role: str, spots: Sequence[Spot], moment: Moment) -> Step:
    """Right after `finish`. What could not be pictured is told as well."""
    recipient = envelope.recipient(role)
    if recipient.ceremony is None or recipient.ceremony.stage is not Stage.FINISHED:
        stage = recipient.ceremony.stage if recipient.ceremony else "not opened"
        raise errors.WrongStage(role=role, step="picture", stage=stage)
    taken = tuple(spot.picture for spot in spots if spot.picture is not None)
    after = envelope.with_recipient(replace(recipient, ceremony=replace(recipient.ceremony, spots=taken)))
    so_far = Step(after, ())
    for spot in spots:
        where = {"role": role, "document": after.document(spot.field.document).title, "page": spot.field.page}
        if spot.picture is not None:
            so_far = so_far.then(step(so_far.envelope, "spot_pictured", SYSTEM, moment, **where, sha256=spot.picture))
        else:
            so_far = so_far.then(step(so_far.envelope, "spot_missing", SYSTEM, moment, **where, problem=spot.problem))
    return so_far
