"""Opening a document for one more revision: strictly, and saying in facts why not."""

import os
from collections.abc import Callable, Sequence
from typing import BinaryIO, TypeVar

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import PositionDict
from pyhanko.sign.fields import MDPPerm

from app.domain import errors
from app.sealing.permissions import Permissions
from app.sealing.publishing import holds

T = TypeVar("T")


class Revision(IncrementalPdfFileWriter):
    """pyHanko's incremental writer, silent about itself.

    It would stamp /Producer and /ModDate into the document's information and XMP at each revision: bytes and a change
    that nobody asked for, and in a PDF/A file the two would have to agree. Leaving both alone keeps them agreeing.
    """

    def _update_meta(self) -> None:
        return

    def _write_objects(self, stream: BinaryIO, object_position_dict: PositionDict) -> None:
        """What is added begins on a line of its own: many files end right behind %%EOF, and an object whose number
        stands there is none for PDF/A (ISO 19005-1, 6.1.8) and for some readers.
        """
        stream.seek(-1, os.SEEK_END)
        if stream.read(1) not in b"\r\n":
            stream.write(b"\n")
        super()._write_objects(stream, object_position_dict)


def read_strictly(stream: BinaryIO, path: str) -> PdfFileReader:
    """Raises `SealNotMade` with structure, hybrid or encrypted.

    No lenient rung below: verification reads strictly, so what was sealed on a leniently read structure could never
    come out valid. An unsigned file is normalised and sealed then; for a signed one there is no way.
    """
    reader = parsed(path, lambda: PdfFileReader(stream, strict=True))
    if parsed(path, lambda: reader.xrefs.hybrid_xrefs_present):
        raise errors.SealNotMade(path=path, reason="hybrid")
    if parsed(path, lambda: reader.encrypted):
        _decrypt(reader, path)
    return reader


def revision_of(reader: PdfFileReader, path: str) -> Revision:
    return parsed(path, lambda: Revision(reader.stream, prev=reader))


def permissions_in(reader: PdfFileReader, stream: BinaryIO) -> tuple[Permissions, ...]:
    """What each signature and document timestamp of the file allows, in their order.

    A file without the word /ByteRange has none: a signature's dictionary tells file offsets and lies in no compressed
    stream. That spares an unsigned file the reading of its whole form.
    """
    if not holds(stream, b"/ByteRange"):
        return ()
    return tuple(Permissions(each.docmdp_level, each.fieldmdp) for each in reader.embedded_signatures)


def forbid_new_fields(path: str, earlier: Sequence[Permissions], names: Sequence[str]) -> None:
    """Raises `SigningForbidden`: a certified document takes signatures in the fields it has and no others."""
    if any(each.docmdp is not None for each in earlier):
        raise errors.SigningForbidden(path=path, by="docmdp")
    forbid_what_is_locked(path, earlier, names)


def forbid_what_is_locked(path: str, earlier: Sequence[Permissions], fills: Sequence[str]) -> None:
    """Raises `SigningForbidden`: a certification may allow nothing more, an earlier lock may hold a field."""
    if any(each.docmdp is MDPPerm.NO_CHANGES for each in earlier):
        raise errors.SigningForbidden(path=path, by="docmdp")
    locks = [each.lock for each in earlier if each.lock is not None]
    if any(lock.is_locked(name) for lock in locks for name in fills):
        raise errors.SigningForbidden(path=path, by="fieldmdp")


def parsed(path: str, step: Callable[[], T]) -> T:
    """pyHanko meets a broken file with nearly any exception: each means that this file cannot be worked on."""
    try:
        return step()
    except errors.ParaphError:
        raise
    except MemoryError:
        raise
    except Exception as error:
        raise errors.SealNotMade(path=path, reason="structure") from error


def _decrypt(reader: PdfFileReader, path: str) -> None:
    """An empty user password opens what only restricts; the program never keeps another one."""
    from pyhanko.pdf_utils.crypt import AuthStatus, StandardSecurityHandler

    if not isinstance(reader.security_handler, StandardSecurityHandler):
        raise errors.EncryptionUnsupported(path=path, method="public key")
    result = parsed(path, lambda: reader.decrypt(""))
    if result.status is AuthStatus.FAILED:
        raise errors.PasswordNeeded(path=path)
