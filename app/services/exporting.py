"""What leaves the library: sealed PDFs, certificate, trail and data, under names of our own making, each with
its fingerprint.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain import audit, errors, personal
from app.domain import timestamping as timestamps
from app.domain.audit import ChainReport
from app.domain.conditions.states import standing
from app.domain.envelope import Document, Envelope, EnvelopeStatus
from app.domain.fields.base import FileValue
from app.domain.ids import EnvelopeId, Sha256
from app.services import auditing, countersigning, describing, timestamping
from app.services.house import House

VOIDED = "VOIDED"
RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")


@dataclass(frozen=True)
class Options:
    """Copies besides the sealed files: all in one, encrypted, with a text across each page."""

    combined: bool = False
    password: str | None = field(default=None, repr=False)
    watermark: str | None = None


@dataclass(frozen=True)
class Exported:
    """`kind` is document, sealed, certificate, audit, data, personal, authority, seal, spot, time-stamp, time-stamp
    authority, attachment, remote, combined, encrypted or watermarked.
    """

    path: Path
    kind: str
    sha256: str


def export(house: House, envelope_id: str, out: Path, options: Options = Options()) -> tuple[Exported, ...]:
    """Files of the same names are replaced. A voided envelope leaves as copies marked so; what was sealed, here or at a
    service, holds no mark on its pages without losing its seals, so its name has it.
    """
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    folder = Folder(out)
    if envelope.status is EnvelopeStatus.VOIDED:
        files = list(_voided(house, envelope, folder))
    else:
        files = list(_sealed(house, envelope, folder))
        if options.watermark:
            files += _copies(house, envelope, folder, "watermarked", watermark=options.watermark)
    if options.password:
        files += _copies(house, envelope, folder, "encrypted", watermark=_mark(envelope), password=options.password)
    if options.combined:
        files.append(_combined(house, envelope, folder))
    return (*files, *_evidence(house, envelope, folder))


class Folder:
    """A folder being filled: safe names, none twice, each file whole or not there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._used: set[str] = set()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise errors.NotWritable(path=str(path), reason=problem.strerror or str(problem)) from problem

    def name(self, title: str, suffix: str) -> Path:
        stem = candidate = safe_name(title)
        number = 2
        while f"{candidate}{suffix}".lower() in self._used:
            candidate, number = f"{stem} {number}", number + 1
        self._used.add(f"{candidate}{suffix}".lower())
        return self._path / f"{candidate}{suffix}"

    def write(self, title: str, suffix: str, data: bytes, kind: str) -> Exported:
        path = self.name(title, suffix)
        temporary = path.with_name(f".{path.name}.new")
        try:
            temporary.write_bytes(data)
            temporary.replace(path)
        except OSError as problem:
            temporary.unlink(missing_ok=True)
            raise errors.NotWritable(path=str(path), reason=problem.strerror or str(problem)) from problem
        return Exported(path, kind, hashlib.sha256(data).hexdigest())


def safe_name(title: str) -> str:
    """A file name on any system: no separators, no control or direction characters, no reserved name, at most
    80 letters.
    """
    kept = "".join(c for c in unicodedata.normalize("NFC", title) if unicodedata.category(c)[0] != "C")
    kept = re.sub(r'[<>:"/\\|?*]+', " ", kept)
    kept = re.sub(r"\s+", " ", kept).strip(" .")[:80].strip(" .")
    return f"{kept}_" if RESERVED.match(kept) else kept or "document"


def sealed_title(envelope: Envelope, document: Document) -> str:
    """What a sealed file is called outside; of a voided envelope the name says it, for the file must stay as it is."""
    return f"{document.title} ({VOIDED}, as sealed)" if _mark(envelope) else document.title


def voided_copy(house: House, source: Path | Sha256) -> bytes:
    """With the word across each page; no seal survives."""
    path = source if isinstance(source, Path) else _path(house, source)
    return _copy(house, [path], VOIDED, None)


def _voided(house: House, envelope: Envelope, folder: Folder) -> Iterator[Exported]:
    for document in envelope.documents:
        yield folder.write(f"{document.title} ({VOIDED})", ".pdf", voided_copy(house, document.latest), "document")
        if document.current:
            sealed = _bytes(house, document.current)
            yield folder.write(sealed_title(envelope, document), ".pdf", sealed, "sealed")


def _sealed(house: House, envelope: Envelope, folder: Folder) -> Iterator[Exported]:
    for document in envelope.documents:
        yield folder.write(document.title, ".pdf", _bytes(house, document.latest), "document")
    if envelope.certificate:
        yield folder.write("certificate", ".pdf", _bytes(house, envelope.certificate), "certificate")
    for attachment in envelope.attachments:
        suffix = Path(attachment.title).suffix[:12]
        stem = Path(attachment.title).stem
        yield folder.write(stem, suffix, _bytes(house, attachment.sha256), "attachment")


def _handed_in(house: House, envelope: Envelope, folder: Folder) -> Iterator[Exported]:
    """Files recipients added, under the names they gave; the sealed page and the trail name their hashes."""
    for one in envelope.fields:
        value = standing(envelope, one)
        if isinstance(value, FileValue):
            name = Path(value.name)
            yield folder.write(name.stem, name.suffix[:12], _bytes(house, value.sha256), "attachment")


def _time_stamps(house: House, events: list[dict[str, Any]], folder: Folder) -> Iterator[Exported]:
    """As files for `openssl ts -verify`, with the certificates of those who vouch for them."""
    for claim in timestamps.claims(events):
        yield folder.write(f"time-stamp {claim.sequence}", ".tst", claim.token, "time-stamp")
    proven = timestamping.judged(house, events, ChainReport(len(events), True)).proven
    if roots := dict.fromkeys(one.root for one in proven):
        yield folder.write("time-stamp-authority", ".pem", "".join(roots).encode(), "time-stamp authority")


def _from_there(house: House, envelope: Envelope, folder: Folder) -> Iterator[Exported]:
    """What came back from the service it was handed to, beside ours; what came twice leaves once."""
    if (remote := envelope.remote) is None:
        return
    mark = f" ({VOIDED})" if _mark(envelope) else ""
    for title, sha256 in dict.fromkeys((one.title, one.sha256) for one in remote.files):
        data = _bytes(house, sha256)
        suffix = ".pdf" if data.startswith(b"%PDF-") else ""
        yield folder.write(f"{title} from {remote.account}{mark}", suffix, data, "remote")


def _spots(house: House, envelope: Envelope, folder: Folder) -> Iterator[Exported]:
    """Pictures of where they signed, as the trail names them by their hashes."""
    for recipient in envelope.recipients:
        for sha256 in recipient.ceremony.spots if recipient.ceremony else ():
            yield folder.write(f"signed by {recipient.role}", ".png", _bytes(house, sha256), "spot")


def _evidence(house: House, envelope: Envelope, folder: Folder) -> Iterator[Exported]:
    events = auditing.export_trail(house, envelope.id)
    head = countersigning.sealed_head(house, envelope)
    trail: dict[str, object] = {
        "schema": audit.SCHEMA,
        "envelope": envelope.id,
        "head": {"count": head.count, "sha256": head.sha256},
        "events": events,
    }
    if head.signature:
        trail["seal"] = {"signature": head.signature, "certificate_sha256": head.certificate_sha256}
    if times := timestamping.told(house, envelope.id):
        trail["times"] = list(times)
    yield folder.write("audit", ".json", _json(trail), "audit")
    yield from _handed_in(house, envelope, folder)
    yield from _from_there(house, envelope, folder)
    yield folder.write("data", ".json", _json(describing.form_data(envelope)), "data")
    if envelope.personal:
        told = {"schema": personal.SCHEMA, "salt": envelope.salt, "texts": dict(envelope.personal)}
        yield folder.write("personal", ".json", _json(told), "personal")
    yield from _spots(house, envelope, folder)
    yield from _time_stamps(house, events, folder)
    seals = countersigning.certificates(house)
    if seals:
        yield folder.write("device-seal", ".pem", "".join(seals).encode(), "seal")
    own = [trusted.pem for trusted in house.library.trust.list() if trusted.source == "device"]
    if own and envelope.status is not EnvelopeStatus.DRAFT:
        yield folder.write("device-authority", ".pem", "".join(own).encode(), "authority")


def _copies(
    house: House,
    envelope: Envelope,
    folder: Folder,
    kind: str,
    watermark: str | None = None,
    password: str | None = None,
) -> Iterator[Exported]:
    for document in envelope.documents:
        data = _copy(house, [_path(house, document.latest)], watermark, password)
        title = document.title if kind == "document" else f"{document.title} ({kind})"
        yield folder.write(title, ".pdf", data, kind)


def _combined(house: House, envelope: Envelope, folder: Folder) -> Exported:
    parts = [_path(house, document.latest) for document in envelope.documents]
    if envelope.certificate:
        parts.append(_path(house, envelope.certificate))
    return folder.write(f"{envelope.title} (combined)", ".pdf", _copy(house, parts, _mark(envelope), None), "combined")


def _copy(house: House, sources: list[Path], watermark: str | None, password: str | None) -> bytes:
    out = house.library.blobs.new_file(".pdf")
    try:
        house.maker.copy(sources, out, watermark=watermark, password=password)
        return out.read_bytes()
    finally:
        out.unlink(missing_ok=True)


def _mark(envelope: Envelope) -> str | None:
    return VOIDED if envelope.status is EnvelopeStatus.VOIDED else None


def _path(house: House, sha256: Sha256) -> Path:
    return house.library.blobs.path(sha256, verify=True)


def _bytes(house: House, sha256: Sha256) -> bytes:
    return _path(house, sha256).read_bytes()


def _json(data: object) -> bytes:
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()
