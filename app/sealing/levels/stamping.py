"""Where a time stamp goes: into the newest signature, as long as nobody has the file yet, or behind everything as a
document time stamp (ISO 32000-2, 12.8.5) in a revision of its own.

Each is made in two steps, because between them the authority is asked. The draft is private to the caller meanwhile.
"""

import secrets
from pathlib import Path
from typing import BinaryIO, Final

from asn1crypto import cms
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from app.domain import errors
from app.sealing import der
from app.sealing.levels.tokens import DIGEST, digest
from app.sealing.opening import parsed, read_strictly, revision_of
from app.sealing.signing import Hole, dress_as_nothing

TOKEN_BYTES: Final = 16 * 1024
"""Room for a token with its chain; those of public authorities have 3 to 8 KiB."""


def hole_of_newest_signature(draft: Path, path: str) -> Hole:
    """Of the signature that closes the file; its value is what gets stamped (RFC 5126, 6.1.1)."""
    with draft.open("rb") as stream:
        newest = _newest(read_strictly(stream, path))
        if newest is None or newest.sig_object_type != "/Sig":
            raise errors.SealNotMade(path=path, reason="unsigned")
        _, start, end, _ = map(int, newest.byte_range)
        return Hole(start, end, digest(newest.signer_info["signature"].native))


def put_into_signature(draft: Path, path: str, hole: Hole, token: bytes) -> None:
    """As an unsigned attribute: the signature does not cover it, it covers the signature."""
    with draft.open("r+b") as stream:
        stream.seek(hole.start + 1)
        message = cms.ContentInfo.load(der.first(bytes.fromhex(stream.read(hole.end - hole.start - 2).decode())))
        info = message["content"]["signer_infos"][0]
        stamp = cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(token)]})
        info["unsigned_attrs"] = cms.CMSAttributes([stamp])
        _fill(stream, path, hole, message.dump())


def hole_of_document_stamp(draft: Path, path: str) -> Hole:
    """Appends a revision whose signature is still missing."""
    with draft.open("r+b") as stream:
        reader = read_strictly(stream, path)
        writer = revision_of(reader, path)
        return parsed(path, lambda: _prepared(writer, dressed=not _is_closed(reader)))


def put_into_document_stamp(draft: Path, path: str, hole: Hole, token: bytes) -> None:
    with draft.open("r+b") as stream:
        _fill(stream, path, hole, token)


def _is_closed(reader: PdfFileReader) -> bool:
    """Certified against every change: a time stamp may be added all the same, but nothing that is drawn."""
    return any(each.docmdp_level is MDPPerm.NO_CHANGES for each in reader.embedded_signatures)


def _prepared(writer: IncrementalPdfFileWriter, *, dressed: bool) -> Hole:
    """Invisible, on the first page. The extension says so to readers of files before PDF 2.0."""
    if writer.output_version < (2, 0):
        writer.register_extension(ESIC_EXTENSION_1)
    name = f"Timestamp-{secrets.token_hex(8)}"
    steps = PdfCMSEmbedder(new_field_spec=SigFieldSpec(name)).write_cms(name, writer)
    field = next(steps)
    if dressed:
        dress_as_nothing(field, writer)
    steps.send(SigObjSetup(sig_placeholder=DocumentTimestamp(bytes_reserved=2 * TOKEN_BYTES)))
    made, _ = steps.send(SigIOSetup(DIGEST, in_place=True))
    return Hole(made.reserved_region_start, made.reserved_region_end, made.document_digest)


def _fill(stream: BinaryIO, path: str, hole: Hole, message: bytes) -> None:
    room = hole.end - hole.start - 2
    digits = message.hex().upper().encode()
    if len(digits) > room:
        raise errors.SealNotMade(path=path, reason="no_room")
    stream.seek(hole.start)
    stream.write(b"<" + digits.ljust(room, b"0") + b">")


def _newest(reader: PdfFileReader) -> EmbeddedPdfSignature | None:
    found = list(reader.embedded_signatures)
    return found[-1] if found else None
