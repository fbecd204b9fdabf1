"""What comes back from a service: files, taken in and judged before they count, and what news make necessary next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain import errors, handing
from app.domain.audit import Moment
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import DocumentId, Sha256
from app.domain.remote import RemoteFile, RemoteStatus
from app.domain.steps import Step
from app.domain.verdict import Report, Verdict
from app.services import clockwatching, completing, countersigning, lasting, timestamping, verifying
from app.services.house import House
from app.store import OperationRecord
from app.sync.download import Download
from app.sync.flow import Fetch, Flow, Kind
from app.sync.outgoing import OutDocument
from app.sync.rhythm import FIRST_S

if TYPE_CHECKING:
    from app.sync.transport import Transport

PDF: Final = "application/pdf"
EXTENDED: Final = "extended"
"""Our seals are whole in their revisions, and the service drew onto the pages in a later one."""
GOOD: Final = frozenset({str(Verdict.VALID), str(Verdict.INDETERMINATE), EXTENDED})
"""A service's seal by an authority nobody here trusts is told as such and filed; a broken one is not."""
ALTERED: Final = "altered"
OTHER: Final = "other_document"
UNREADABLE: Final = "unreadable"


@dataclass(frozen=True)
class Arrived:
    """A file that is a blob now, with what was found out about it. `refusal` is raised once it is noted."""

    download: Download
    file: RemoteFile
    refusal: errors.ParaphError | None = None


def arrive(house: House, transport: "Transport", envelope: Envelope, sent: OutDocument | None, fetch: Fetch) -> Arrived:
    """Streamed to a private file, then judged; `sent` is what it was made of, where that is known.

    Raises `RemoteError`; then nothing was kept.
    """
    blobs = house.library.blobs
    suffix = ".pdf" if fetch.content_type == PDF else ""
    out, rejected = blobs.new_file(suffix), blobs.new_file(suffix)
    try:
        try:
            download = transport.download(
                fetch.source,
                out,
                limit=fetch.limit,
                why="download",
                content_type=fetch.content_type,
                expected_sha256=fetch.expected_sha256,
                rejected=rejected,
            )
        except errors.DownloadAltered as refusal:
            return _altered(house, envelope, fetch, rejected, refusal)
        return _judged(house, envelope, sent, fetch, out, download)
    finally:
        for left in (out, rejected):
            left.unlink(missing_ok=True)


def noted(envelope: Envelope, arrived: Arrived, moment: Moment) -> Step | None:
    """None for a file that was noted before a kill and came again; after a bad one the good one counts anew."""
    file = arrived.file
    before = [one for one in handing.theirs(envelope).files if (one.document, one.title) == (file.document, file.title)]
    if before and before[-1] == file:
        return None
    return handing.take_file(envelope, arrived.file, arrived.download.size, moment)


def expect_good(arrived: Arrived) -> None:
    """Raises what is wrong with it."""
    if arrived.refusal is not None:
        raise arrived.refusal


def following(
    house: House, flow: Flow, before: Envelope, after: Envelope, cause: OperationRecord, *, wanted: bool = True
) -> Iterator[OperationRecord]:
    """Rows these news cause: an envelope that arrived is followed, one that is completed is fetched, and one that
    arrived although it was called off is voided.
    """
    was, now = before.remote, after.remote
    if was is None or now is None:
        return
    if now.id and not was.id and Kind.FOLLOW in flow.steps:
        yield _row(house, Kind.FOLLOW, cause, FIRST_S)
    if now.id and not was.id and not wanted and Kind.VOID in flow.steps:
        yield replace(_row(house, Kind.VOID, cause), request={"reason": after.end_reason})
    if _is_completed(after) and not _is_completed(before) and Kind.DOWNLOAD in flow.steps:
        yield _row(house, Kind.DOWNLOAD, cause)


def completed(house: House, envelope: Envelope) -> tuple[Step | None, tuple[OperationRecord, ...]]:
    """Once everybody has acted and every document is back: the certificate of completion is made here, from the trail
    with both histories. Raises `VaultError` or `IdentityError` when this device cannot seal now.
    """
    if not handing.is_whole(envelope, GOOD):
        return None, ()
    # What the clock did is told first: the certificate and the device's signature are of the trail as it will be.
    so_far = clockwatching.noted(house, Step(envelope, ()), house.moment())
    step = completing.completed(house, so_far)
    return step, lasting.wanted_after(house, step.envelope)


def anchor(house: House, envelope: Envelope) -> None:
    """Of an envelope that may just have been completed: its end is countersigned beside it, and stamped in time."""
    if envelope.status is EnvelopeStatus.COMPLETED:
        countersigning.anchor(house, envelope.id)
        timestamping.want(house, envelope.id)


def _is_completed(envelope: Envelope) -> bool:
    return envelope.remote is not None and envelope.remote.status is RemoteStatus.COMPLETED


def _row(house: House, kind: Kind, cause: OperationRecord, wait_s: float = 0.0) -> OperationRecord:
    now = house.clock.now()
    due = now + timedelta(seconds=wait_s)
    return OperationRecord(house.clock.new_id(), str(kind), cause.account, cause.envelope, now, now, due)


# -- judging ---------------------------------------------------------------------------------------------------------


def _altered(
    house: House, envelope: Envelope, fetch: Fetch, rejected: Path, refusal: errors.DownloadAltered
) -> Arrived:
    """Whole, and not what was promised: evidence, and no document."""
    size = rejected.stat().st_size
    sha256 = house.library.blobs.adopt(rejected)
    return Arrived(Download(sha256, size), _file(envelope, fetch, sha256, ALTERED), refusal)


def _judged(
    house: House, envelope: Envelope, sent: OutDocument | None, fetch: Fetch, out: Path, download: Download
) -> Arrived:
    if fetch.content_type != PDF:
        return Arrived(download, _file(envelope, fetch, house.library.blobs.adopt(out), ""))
    verdict, reasons = _verdict(house, sent, out)
    file = _file(envelope, fetch, house.library.blobs.adopt(out), verdict)
    if verdict in GOOD:
        return Arrived(download, file)
    return Arrived(download, file, errors.FileNotVerified(title=fetch.title, verdict=verdict, reasons=reasons))


def _verdict(house: House, sent: OutDocument | None, out: Path) -> tuple[str, list[str]]:
    """Structure first, then whether it can be our document at all, then its signatures (faults 67 and 76)."""
    try:
        pages, ours = len(house.looker.inspect(out).pages), len(sent.pages) if sent else 0
        if pages < ours:
            return OTHER, [f"it has {pages} pages, and ours has {ours}"]
        report = verifying.verify(house, out).report
    except errors.DocumentError as problem:
        return UNREADABLE, [problem.kind]
    if report.verdict is Verdict.INVALID and sent is not None and _only_extended(house, sent, out, report):
        return EXTENDED, []
    return str(report.verdict), list(report.reasons)


def _only_extended(house: House, sent: OutDocument, out: Path, report: Report) -> bool:
    """Whether it begins with the very bytes that went up, and nothing but our seals complains of what came after."""
    before = house.library.blobs.read(Sha256(sent.sha256))
    with out.open("rb") as file:
        if file.read(len(before)) != before:
            return False
    own = verifying.verify(house, house.library.blobs.path(Sha256(sent.sha256))).report
    ours = {one.field for one in own.signatures}
    wrong = [one for one in report.signatures if one.verdict is Verdict.INVALID]
    return bool(wrong) and all(one.intact and one.field in ours for one in wrong)


def _file(envelope: Envelope, fetch: Fetch, sha256: str, verdict: str) -> RemoteFile:
    document: DocumentId | None = envelope.documents[fetch.document - 1].id if fetch.document else None
    return RemoteFile(fetch.title, Sha256(sha256), verdict, document)
