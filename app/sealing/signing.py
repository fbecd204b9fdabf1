"""One PAdES B-B signature into a field of an open revision, written in place behind the bytes that are there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter, ensure_sig_flags
from pyhanko.sign.signers.cms_embedder import SigMDPSetup
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest, SignatureObject

from app.sealing.cms import CmsTemplate
from app.sealing.permissions import permissions_of
from app.sealing.request import SealRequest

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Hole:
    """Where hexadecimal digits go, with their angle brackets from `start` to before `end`; `digest` is of everything
    around it, and is to be signed or stamped.
    """

    start: int
    end: int
    digest: bytes


def sign_in_place(
    writer: IncrementalPdfFileWriter,
    field: generic.DictionaryObject,
    template: CmsTemplate,
    request: SealRequest,
    sign: Callable[[Hole], bytes],
) -> None:
    """Appends the revision to the stream the writer reads from. What `sign` makes of the hole that is left for it goes
    there; it may be empty, to be filled later.

    The room for the signature is known beforehand: pyHanko would sign a first time to learn it, and look for the field
    through the whole form.
    """
    dress_as_nothing(field, writer)
    signature = _dictionary(request, template)
    reference = writer.add_object(signature)
    field[pdf_name("/V")] = reference
    writer.update_container(field)
    ensure_sig_flags(writer)
    _references(request, template).apply(reference, writer)
    steps = signature.fill(writer, template.key.digest, in_place=True, chunk_size=_CHUNK_BYTES)
    prepared, _ = next(steps)
    hole = Hole(prepared.reserved_region_start, prepared.reserved_region_end, prepared.document_digest)
    steps.send(sign(hole))


def dress_as_nothing(field: generic.PdfObject, writer: IncrementalPdfFileWriter) -> None:
    """A field without an area gets an appearance without content: PDF/A-1 wants one of every field (ISO 19005-1, 6.9).
    What has an area, or a look already, stays as it is.
    """
    widget = field.get_object()
    if pdf_name("/AP") in widget or pdf_name("/Rect") not in widget:
        return
    left, bottom, right, top = (float(edge) for edge in widget["/Rect"])
    if left != right and bottom != top:
        return
    nothing = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(generic.NumberObject(0) for _ in range(4)),
        },
        stream_data=b"",
    )
    widget[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(nothing)})
    writer.update_container(widget)


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


