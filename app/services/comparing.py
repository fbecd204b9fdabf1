"""What a verifier reads and what a viewer shows can be two documents. So the pages of each signed revision are
drawn and compared with those of the whole file; a difference that no listed change explains takes the verdict away.
"""

from dataclasses import replace
from pathlib import Path

from app.domain import errors
from app.domain.geometry import Rect
from app.domain.verdict import Report, SignatureReport, Verdict
from app.pdf import Inspection
from app.services.house import House

SCALE = 0.75
"""Pixels per point: fine enough that one changed letter of 6 pt shows."""
SLACK_PT = 3.0
"""Around an explained place: strokes and soft edges reach a little beyond it."""


def compared(house: House, path: Path, report: Report) -> Report:
    """The report, or one that is no longer `valid` because something unexplained is shown."""
    if report.verdict is Verdict.INVALID:
        return report
    try:
        strange = {page for one in report.signatures for page in _unexplained(house, path, one)}
    except errors.DocumentError:
        reasons = (*report.reasons, "not_comparable")
        return replace(report, verdict=Verdict.INDETERMINATE, sentence_key="not_analysed", reasons=reasons)
    return report.with_pages_that_differ(tuple(sorted(strange)))


def _unexplained(house: House, path: Path, signature: SignatureReport) -> set[int]:
    if signature.is_timestamp or signature.revision_end >= path.stat().st_size:
        return set()
    signed = house.verifier.extract_revision(path, signature.revision, house.library.blobs.new_file(".pdf"))
    try:
        before, now = house.looker.inspect(signed), house.looker.inspect(path)
        pages = range(1, min(len(before.pages), len(now.pages)) + 1)
        differing = {page for page in pages if not _alike(house, signed, path, page, now, signature)}
        return differing | set(range(len(before.pages) + 1, len(now.pages) + 1))
    finally:
        signed.unlink(missing_ok=True)


def _alike(house: House, signed: Path, path: Path, page: int, now: Inspection, signature: SignatureReport) -> bool:
    before = _pixels(house, signed, page)
    after = _pixels(house, path, page)
    if before == after:
        return True
    if before[:2] != after[:2]:
        return False
    size = now.pages[page - 1].size
    explained = signature.explained(page)
    return all(_covered(row, explained, before, after, size.width / before[0]) for row in range(before[1]))


def _pixels(house: House, path: Path, page: int) -> tuple[int, int, bytes]:
    with_pixels = house.looker.render(path, page, SCALE)
    try:
        width, height = with_pixels.width, with_pixels.height
        rows = memoryview(with_pixels.buffer).cast("B")
        data = b"".join(bytes(rows[y * with_pixels.stride : y * with_pixels.stride + width * 4]) for y in range(height))
        return width, height, data
    finally:
        with_pixels.release()


def _covered(
    row: int, explained: tuple[Rect, ...], before: tuple[int, int, bytes], after: tuple[int, int, bytes], pt: float
) -> bool:
    """Every pixel of this row that differs lies in an explained place. `pt` is the size of a pixel in points."""
    width = before[0] * 4
    one, other = before[2][row * width : (row + 1) * width], after[2][row * width : (row + 1) * width]
    if one == other:
        return True
    y = row * pt
    spans = [
        (rect.x - SLACK_PT, rect.right + SLACK_PT)
        for rect in explained
        if rect.y - SLACK_PT <= y <= rect.bottom + SLACK_PT
    ]
    return all(
        any(left <= x * pt <= right for left, right in spans)
        for x in range(before[0])
        if one[x * 4 : x * 4 + 3] != other[x * 4 : x * 4 + 3]
    )
