"""A copy fetched with a telephone over the local network, where the host allows it. Told in the trail and in the ledger
of what left this machine before its first byte leaves.
"""

import io
import zipfile
from collections.abc import Sequence
from typing import Final

from app.domain import copying, errors
from app.domain.canonical import fingerprint
from app.domain.connection import Connection
from app.domain.drawing import Drawing
from app.domain.ids import EnvelopeId
from app.glyphs import qr
from app.services import copies
from app.services.drafting import record
from app.services.exporting import safe_name
from app.services.house import House
from app.sync.handout import Handout, PageWords, Parcel, own_address

__all__ = ["Handout", "PageWords", "fits_picture", "picture", "start"]

TRIES: Final = 4
WHY: Final = "copy by telephone"


def start(house: House, envelope_id: str, role: str, words: PageWords) -> Handout:
    """Close it when it is not wanted any more. Raises `CopyRefused` and `NoLocalNetwork`."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    if not house.settings.copies_by_qr:
        raise errors.CopyRefused(role=role)
    copying.check_allowed(envelope, role)
    files = copies.files_of(house, envelope, role)
    address = house.settings.copies_address or own_address()
    given: list[str] = []
    lines: dict[str, tuple[int, Connection]] = {}

    def allow(peer: str) -> None:
        line = Connection(house.clock.now(), "", peer, "POST", "/", WHY)
        lines[peer] = (house.library.connections.begin(line), line)
        if not given:
            _tell(house, envelope_id, role, files)
            given.append(peer)

    def sent(peer: str, size: int) -> None:
        number, line = lines[peer]
        whole = Connection(line.at, "", peer, line.method, line.path, WHY, "200", size)
        house.library.connections.end(number, whole)

    return Handout(address, _parcel(envelope.title, files), words, allow, sent)


def fits_picture(url: str) -> bool:
    """Whether it is short enough to be scanned."""
    return len(url.encode()) <= qr.MOST


def picture(url: str) -> Drawing:
    """A link as a QR code with its quiet zone; each module is one point wide."""
    return qr.drawing(url)


def _tell(house: House, envelope_id: str, role: str, files: Sequence[copies.Copied]) -> None:
    """Once, however often the telephone has to try."""
    prints = [fingerprint(file.data) for file in files]
    for left in reversed(range(TRIES)):
        envelope = house.library.envelope(EnvelopeId(envelope_id))
        try:
            record(house, copying.give_copy(envelope, role, prints, house.moment(), "qr"))
            return
        except errors.EnvelopeChanged:
            if not left:
                raise


def _parcel(title: str, files: Sequence[copies.Copied]) -> Parcel:
    """The one file there is, or all of them in one archive."""
    if len(files) == 1:
        (only,) = files
        return Parcel(only.name, only.kind, only.data)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, file in enumerate(files, start=1):
            archive.writestr(f"{number} {file.name}", file.data)
    return Parcel(f"{safe_name(title)}.zip", "application/zip", packed.getvalue())
