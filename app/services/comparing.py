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


MOST_OUTLINED = 12
"""Pages: more than anybody looks at one by one."""


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


def outlined(house: House, path: Path, report: Report) -> Report:
    """With the places of what was changed where only the page was known: there it looks different now."""
    return replace(report, signatures=tuple(_outlined(house, path, each) for each in report.signatures))


def _outlined(house: House, path: Path, signature: SignatureReport) -> SignatureReport:
    bare = {each.page for each in signature.changes_after if each.page and each.rect is None and not each.covered}
    if not bare or not signature.revision:
        return signature
    signed = house.verifier.extract_revision(path, signature.revision, house.library.blobs.new_file(".pdf"))
    try:
        places = {page: _difference(house, signed, path, page) for page in sorted(bare)[:MOST_OUTLINED]}
    finally:
        signed.unlink(missing_ok=True)
    changes = tuple(
        replace(each, rect=places.get(each.page)) if each.page and each.rect is None and not each.covered else each
        for each in signature.changes_after
    )
    return replace(signature, changes_after=changes)


def _difference(house: House, signed: Path, path: Path, page: int) -> Rect | None:
    """The smallest box around all that looks different, in points; None where nothing does or a page is missing."""
    try:
        before, after = _pixels(house, signed, page), _pixels(house, path, page)
    except errors.DocumentError:
        return None
    if before[:2] != after[:2]:
        return None
    rows = [y for y in range(before[1]) if _row(before, y) != _row(after, y)]
    columns = [x for y in rows for x in _differing(_row(before, y), _row(after, y))]
    if not columns:
        return None
    left, top = min(columns) / SCALE, rows[0] / SCALE
    return Rect(left, top, (max(columns) + 1) / SCALE - left, (rows[-1] + 1) / SCALE - top)


def _row(picture: tuple[int, int, bytes], y: int) -> bytes:
    width = picture[0] * 4
    return picture[2][y * width : (y + 1) * width]


def _differing(one: bytes, other: bytes) -> list[int]:
    """Pixels of a row; the fourth byte of each means nothing."""
    return [x for x in range(len(one) // 4) if one[x * 4 : x * 4 + 3] != other[x * 4 : x * 4 + 3]]


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
    one, other = _row(before, row), _row(after, row)
    if one == other:
        return True
    y = row * pt
    spans = [
        (rect.x - SLACK_PT, rect.right + SLACK_PT)
        for rect in explained
        if rect.y - SLACK_PT <= y <= rect.bottom + SLACK_PT
    ]
    return all(any(left <= x * pt <= right for left, right in spans) for x in _differing(one, other))
