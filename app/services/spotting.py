"""A small picture of the place where somebody signed, made right after: part of the record of what they saw."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain import errors, seeing
from app.domain.audit import Moment
from app.domain.envelope import Envelope, SealingMode
from app.domain.fields.base import Field
from app.domain.geometry import Rect, Size
from app.domain.ids import Sha256
from app.domain.seeing import Spot
from app.domain.steps import Step
from app.services.house import House
from app.services.laying import own_copy

AROUND_PT = 40.0
"""Enough of the page to see what stands above the line."""
SCALE, WIDEST_PX = 1.5, 720


def pictured(house: House, finished: Step, role: str, moment: Moment) -> Step:
    """`finished` with the pictures; they are blobs before the step is recorded. A page that cannot be pictured keeps
    nobody from signing: the trail says so.
    """
    envelope = finished.envelope
    spots = [_spot(house, envelope, role, field) for field in seeing.signed_spots(envelope, role)]
    return finished.then(seeing.picture_spots(envelope, role, spots, moment)) if spots else finished


def _spot(house: House, envelope: Envelope, role: str, field: Field) -> Spot:
    try:
        return Spot(field, _picture(house, envelope, role, field))
    except errors.DocumentError as problem:
        return Spot(field, problem=problem.kind)


def _picture(house: House, envelope: Envelope, role: str, field: Field) -> Sha256:
    clip = _around(field.rect, envelope.document(field.document).pages[field.page - 1].size)
    out = house.library.blobs.new_file(".png")
    try:
        with _page_of(house, envelope, role, field) as source:
            house.looker.picture(source, field.page, min(SCALE, WIDEST_PX / clip.width), out, clip=clip)
        return house.library.blobs.adopt(out)
    finally:
        out.unlink(missing_ok=True)


@contextmanager
def _page_of(house: House, envelope: Envelope, role: str, field: Field) -> Iterator[Path]:
    """As they had it before them: the revision that their signature just closed, or, where others are hidden or the
    seal comes at the end, the page with their own entries.
    """
    document = envelope.document(field.document)
    if envelope.sealing is SealingMode.EACH_RECIPIENT and not envelope.hide_other_signers:
        yield house.library.blobs.path(document.latest)
    else:
        with own_copy(house, envelope, document, role) as path:
            yield path


def _around(spot: Rect, page: Size) -> Rect:
    left, top = max(spot.x - AROUND_PT, 0.0), max(spot.y - AROUND_PT, 0.0)
    right = min(spot.x + spot.width + AROUND_PT, page.width)
    return Rect(left, top, right - left, min(spot.y + spot.height + AROUND_PT, page.height) - top)
