"""What a signer saw: which pages stood on the screen, how long and how large, as a compact list in the trail.

It is told to the signer before it begins, and can be switched off; that a page was shown at all is told either way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import errors, routing
from app.domain.audit import Moment
from app.domain.ceremony import Stage
from app.domain.envelope import Envelope
from app.domain.ids import DocumentId
from app.domain.steps import Step, by, step

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
