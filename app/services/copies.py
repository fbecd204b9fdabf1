"""Taking a copy: into a folder, onto a drive, by e-mail. What each person took, and how, is in the trail."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from app.domain import copying
from app.domain.canonical import fingerprint
from app.domain.changes import Changes
from app.domain.envelope import Document, Envelope, EnvelopeStatus
from app.domain.ids import EnvelopeId, Sha256
from app.services import mailing
from app.services.drafting import record
from app.services.exporting import VOIDED, Exported, Folder, safe_name, voided_copy
from app.services.house import House
from app.services.laying import own_copy

Way = Literal["folder", "drive"]
TEXT = "Attached is your copy of “{title}”, as it stands after your part.\n"


@dataclass(frozen=True)
class Copied:
    """A file to be sent; `kind` as application/pdf."""

    name: str
    kind: str
    data: bytes = field(repr=False)


def give(house: House, envelope_id: str, role: str, out: Path, way: Way = "folder") -> tuple[Exported, ...]:
    """The documents as they stand now, and no evidence about anybody else. Raises `CopyRefused`."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    copying.check_allowed(envelope, role)
    folder = Folder(out)
    files = tuple(folder.write(*one) for one in _files(house, envelope, role))
    prints = [Sha256(file.sha256) for file in files]
    record(house, copying.give_copy(envelope, role, prints, house.moment(), way))
    return files


def by_email(house: House, envelope_id: str, role: str, to: str = "") -> Changes:
    """To their own address, or to the one they name. Recorded once the mail server has it."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    copying.check_allowed(envelope, role)
    address = to or envelope.recipient(role).email
    files = files_of(house, envelope, role)
    attached = tuple((file.name, file.kind, file.data) for file in files)
    mailing.send(house, mailing.Letter(address, envelope.title, TEXT.format(title=envelope.title), attached))
    prints = [fingerprint(file.data) for file in files]
    return record(house, copying.give_copy(envelope, role, prints, house.moment(), "email", address))


def files_of(house: House, envelope: Envelope, role: str) -> tuple[Copied, ...]:
    """What a person takes along, named as on a disk."""
    return tuple(
        Copied(
            f"{safe_name(title)}{suffix}", "application/pdf" if suffix == ".pdf" else "application/octet-stream", data
        )
        for title, suffix, data, _ in _files(house, envelope, role)
    )


def _files(house: House, envelope: Envelope, role: str) -> Iterator[tuple[str, str, bytes, str]]:
    """Title, suffix, bytes and kind of each. Where others are hidden: what was presented, with one's own entries. Of a
    voided envelope: copies marked so."""
    blobs, is_void = house.library.blobs, envelope.status is EnvelopeStatus.VOIDED
    for document in envelope.documents:
        title = f"{document.title} ({VOIDED})" if is_void else document.title
        if envelope.hide_other_signers:
            yield title, ".pdf", _own(house, envelope, document, role), "document"
        else:
            data = voided_copy(house, document.latest) if is_void else blobs.read(document.latest)
            yield title, ".pdf", data, "document"
    if envelope.certificate and not envelope.hide_other_signers:
        yield "certificate", ".pdf", blobs.read(envelope.certificate), "certificate"
    for attachment in envelope.attachments:
        suffix = Path(attachment.title).suffix[:12]
        yield Path(attachment.title).stem, suffix, blobs.read(attachment.sha256), "attachment"


def _own(house: House, envelope: Envelope, document: Document, role: str) -> bytes:
    with own_copy(house, envelope, document, role) as path:
        return voided_copy(house, path) if envelope.status is EnvelopeStatus.VOIDED else path.read_bytes()
