"""One PAdES B-B signature into a field of an open revision, written in place behind the bytes that are there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest, SignatureObject

from app.sealing.cms import CmsTemplate
from app.sealing.permissions import permissions_of
from app.sealing.request import SealRequest

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Hole:
    """Where the signature goes, with its angle brackets, in octets of the file; `digest` is of everything around it."""

    digest: bytes
    start: int
    end: int


def sign_in_place(
    writer: IncrementalPdfFileWriter, template: CmsTemplate, request: SealRequest, sign: Callable[[Hole], bytes]
) -> None:
    """Appends the revision to the stream the writer reads from; a field that is not there is made, invisible. What
    `sign` makes of the hole that is left for it goes there; it may be empty, to be filled later.

    The room for the signature is known beforehand: pyHanko would sign a first time to learn it.
    """
    steps = PdfCMSEmbedder().write_cms(request.signature_field, writer)
    next(steps)
    steps.send(SigObjSetup(sig_placeholder=_dictionary(request, template), mdp_setup=_references(request, template)))
    prepared, _ = steps.send(SigIOSetup(template.key.digest, in_place=True, chunk_size=_CHUNK_BYTES))
    hole = Hole(prepared.document_digest, prepared.reserved_region_start, prepared.reserved_region_end)
    steps.send(sign(hole))


def fill_hole(draft: Path, hole: Hole, signature: bytes) -> None:
    """Raises `OSError`."""
    with draft.open("r+b") as stream:
        PreparedByteRangeDigest(hole.digest, hole.start, hole.end).fill_reserved_region(stream, signature)


def _dictionary(request: SealRequest, template: CmsTemplate) -> SignatureObject:
    """ISO 32000-1, table 252; `bytes_reserved` counts hexadecimal digits."""
    return SignatureObject(
        timestamp=_whole_seconds(request.at),
        subfilter=SigSeedSubFilter.PADES,
        name=request.name or None,
        location=request.location or None,
        reason=request.reason or None,
        contact_info=request.contact or None,
        bytes_reserved=2 * (template.size + request.room),
    )


def _references(request: SealRequest, template: CmsTemplate) -> SigMDPSetup:
    """ISO 32000-1, 12.8.2."""
    permissions = permissions_of(request)
    return SigMDPSetup(
        md_algorithm=template.key.digest,
        certify=request.certify,
        field_lock=permissions.lock,
        docmdp_perms=permissions.docmdp,
    )


def _whole_seconds(at: datetime) -> datetime:
    return at.replace(microsecond=0)


