"""The verdict pipeline, from bytes to report. Steps are numbered as in the project's rules for judging a signed file:
2 strict parse, 3 tail, 4 renderer's repair, 5 raw count, 6 coverage, 7 timestamps, 8 /Contents; 1 (limits) is the child
process's, 9 (pictures) belongs to whoever draws pages, see `Report.with_pages_that_differ`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.verdict import Report, Suspicion
from app.sealing.verifying import fallback, suspecting
from app.sealing.verifying.anchors import TrustAnchor
from app.sealing.verifying.changes import Reviewer
from app.sealing.verifying.digests import Digests
from app.sealing.verifying.evidence import covers_evidence, evidence_in
from app.sealing.verifying.examining import Examined, Examiner
from app.sealing.verifying.judging import concluded, level_of, reported
from app.sealing.verifying.pages import Pages
from app.sealing.verifying.raw import RawFile
from app.sealing.verifying.reading import Opened, open_file
from app.sealing.verifying.trusting import Evidence, Trust
from app.sealing.verifying.unlisted import offsets_of, unlisted

_NONE: Final = Evidence()


async def analyse(
    path: str,
    data: bytes,
    anchors: Sequence[TrustAnchor],
    at: datetime,
    renderer_repairs: bool,
    brought: Evidence = _NONE,
) -> Report:
    """A verdict for any bytes that start like a PDF. What is not understood is `indeterminate`. `brought` helps to
    judge certificates; it is no part of the file, so it gives no signature a level.
    """
    raw, digests = RawFile(data), Digests(data)
    opened = open_file(data)
    obstacles = _obstacles(raw, opened, renderer_repairs)
    if opened is None or not opened.signatures:
        if raw.byte_range_marks or opened is None:
            return _by_bytes_alone(path, raw, digests, obstacles)
        reasons = obstacles if "encrypted" in obstacles else (*obstacles, "unsigned")
        return concluded(path, digests.whole().hex(), (), _harmless(raw, opened), reasons, 0)
    if obstacles and fallback.was_altered(raw, digests):
        obstacles = (*obstacles, "digest_mismatch")
    try:
        evidence = evidence_in(opened.reader, opened.signatures)
        examined = await _examined(raw, digests, opened, Trust(anchors, evidence.with_more(brought), at))
        if not obstacles and _is_unreadable(examined) and fallback.was_altered(raw, digests):
            obstacles = ("digest_mismatch",)
        return _report(path, raw, digests, opened, examined, evidence, obstacles)
    except Exception:  # noqa: BLE001 - it opened and then broke somewhere inside: not verified, perhaps altered
        return _by_bytes_alone(path, raw, digests, (*obstacles, "unreadable"))


def _obstacles(raw: RawFile, opened: Opened | None, renderer_repairs: bool) -> tuple[str, ...]:
    """Why this file may not be called valid, whatever its signatures say."""
    if opened is None:
        return ("unreadable",)
    found = list(opened.obstacles)
    if raw.startxref is None or raw.startxref != opened.reader.last_startxref:
        found.append("tail_irregular")
    if renderer_repairs:
        found.append("repaired")
    if len(raw.byte_range_marks) > len({id(each.sig_object) for each in opened.signatures}):
        found.append("hidden_signature")
    if _smuggles(raw, opened):
        found.append("unlisted_objects")
    return tuple(found)


def _is_unreadable(examined: Sequence[Examined]) -> bool:
    """Some signature broke off before its digest was compared; a date nobody can read is enough for that."""
    return any("signature_unreadable" in each.reasons for each in examined)


def _smuggles(raw: RawFile, opened: Opened) -> bool:
    """Whether objects that no table names follow the last signature: a program that repairs would show them."""
    end = max((covered.end for covered in raw.byte_ranges), default=raw.size)
    return end < raw.size and bool(unlisted(raw.data, offsets_of(opened.reader), end))


def _by_bytes_alone(path: str, raw: RawFile, digests: Digests, obstacles: tuple[str, ...]) -> Report:
    if fallback.was_altered(raw, digests):
        obstacles = (*obstacles, "digest_mismatch")
    return concluded(path, digests.whole().hex(), (), (), obstacles, 0)


async def _examined(raw: RawFile, digests: Digests, opened: Opened, trust: Trust) -> list[Examined]:
    """The newest first, so that each trusted timestamp speaks for everything before it; returned oldest first."""
    examiner = Examiner(raw, digests, trust)
    found: list[Examined] = []
    proven: datetime | None = None
    for signature in reversed(opened.signatures):
        each = await examiner.examine(signature, proven)
        if each.is_trusted_timestamp and each.claimed is not None:
            proven = each.claimed if proven is None else min(proven, each.claimed)
        found.append(each)
    for each in _sharing(found):
        each.reasons.append("shared_signature")
    return found[::-1]


def _sharing(found: Sequence[Examined]) -> list[Examined]:
    """One signature shown in several fields looks like several people (fault 23)."""
    contents = [each.signature.pkcs7_content for each in found]
    return [each for each in found if contents.count(each.signature.pkcs7_content) > 1]


def _report(
    path: str,
    raw: RawFile,
    digests: Digests,
    opened: Opened,
    examined: Sequence[Examined],
    evidence: Evidence,
    obstacles: tuple[str, ...],
) -> Report:
    reviewer, pages = Reviewer(opened.reader, examined), Pages(opened.reader)
    reports, seen = [], list(suspecting.suspicions_in(raw, opened.reader, examined))
    for place, each in enumerate(examined):
        review = reviewer.review(each)
        stamps = [later for later in examined[place + 1 :] if later.is_trusted_timestamp]
        archived = any(covers_evidence(opened.reader, later.signature) for later in stamps)
        level = level_of(each, bool(stamps), evidence.speaks_of(each.certificate), archived)
        number = raw.revision_ending(each.coverage.byte_range.end) if each.coverage.byte_range else 0
        reports.append(reported(each, review, number, pages, level))
        seen.extend(suspecting.suspicions_of(review.changes))
    return concluded(path, digests.whole().hex(), reports, seen, obstacles, len(raw.revisions))


def _harmless(raw: RawFile, opened: Opened) -> tuple[Suspicion, ...]:
    return tuple(suspecting.suspicions_in(raw, opened.reader, ()))
