"""One sealed revision from a request: copy, fill, sign, check, publish."""

from functools import lru_cache
from typing import BinaryIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.domain.ids import Sha256
from app.sealing.cms import CmsTemplate, cms_template
from app.sealing.filling import fill_fields
from app.sealing.form import FormEntry, entry_of, form_of
from app.sealing.opening import (
    forbid_what_certification_forbids,
    parsed,
    read_strictly,
    revision_of,
    signature_count,
)
from app.sealing.publishing import copy_into, digest_of, replacing
from app.sealing.rechecking import Expected, recheck
from app.sealing.request import SealedRevision, SealRequest
from app.sealing.signing import sign_in_place
from app.sealing.signing_key import signing_key

LEVEL = "B-B"


def seal_revision(request: SealRequest, *, field_must_exist: bool = True) -> SealedRevision:
    """Writes `request.out`, whole and checked, or raises and leaves what was there.

    The check reads the file anew, from the disk's side of the same handle.
    """
    path, template = str(request.source), template_of(request.key)
    forbid_wrong_time(request, template)
    with replacing(request.out) as stream:
        copy_into(request.source, stream)
        signatures = append_revision(stream, request, template, field_must_exist=field_must_exist)
        expected = Expected(request.signature_field, template.key.certificate_der, signatures)
        recheck(stream, path, expected)
        return _described(stream, request, template, signatures)


def append_revision(
    stream: BinaryIO, request: SealRequest, template: CmsTemplate, *, field_must_exist: bool
) -> int:
    """Adds the revision behind the document in the stream; the number of signatures it then has."""
    path = str(request.source)
    reader = read_strictly(stream, path)
    earlier = parsed(path, lambda: signature_count(reader))
    writer = revision_of(reader, path)
    form = parsed(path, lambda: form_of(writer))
    signature = _empty_signature(form, request, field_must_exist)
    if earlier:
        if request.certify:
            raise errors.SigningForbidden(path=path, by="signed")
        parsed(path, lambda: forbid_what_certification_forbids(reader, path, _touched(request)))
    parsed(path, lambda: _fill(writer, form, signature, request))
    try:
        sign_in_place(writer, template, request)
    except (SigningError, PdfError) as error:
        raise errors.SealNotMade(path=path, reason="structure") from error
    return earlier + 1


@lru_cache(maxsize=4)
def template_of(key: KeyMaterial) -> CmsTemplate:
    return cms_template(signing_key(key))


def forbid_wrong_time(request: SealRequest, template: CmsTemplate) -> None:
    """A signature outside its certificate's time can never be valid (robustness, fault 80)."""
    certificate = template.key.certificate
    name = certificate.subject.rfc4514_string()
    if request.at < certificate.not_valid_before_utc:
        raise errors.IdentityUnusable(name=name, reason="not_yet_valid")
    if request.at > certificate.not_valid_after_utc:
        raise errors.IdentityUnusable(name=name, reason="expired")


def _touched(request: SealRequest) -> tuple[str, ...]:
    return (*(fill.pdf_name for fill in request.fills), request.signature_field)


def _fill(
    writer: IncrementalPdfFileWriter, form: dict[str, FormEntry], signature: FormEntry | None, request: SealRequest
) -> None:
    appearance = request.appearance
    dressed = (signature, appearance) if signature and appearance is not None else None
    if request.fills or dressed:
        fill_fields(writer, form, request.fills, dressed, request.pictures, str(request.source))


def _empty_signature(form: dict[str, FormEntry], request: SealRequest, must_exist: bool) -> FormEntry | None:
    """Raises `FieldNotInDocument`, or `SealNotMade` (field_filled): a second click on Sign ends here (fault 87)."""
    path, name = str(request.source), request.signature_field
    if name not in form and not must_exist:
        return None
    entry = entry_of(form, name, path)
    if entry.kind != "/Sig":
        raise errors.FieldNotInDocument(path=path, name=name)
    if entry.filled:
        raise errors.SealNotMade(path=path, reason="field_filled")
    return entry


def _described(
    stream: BinaryIO, request: SealRequest, template: CmsTemplate, signatures: int
) -> SealedRevision:
    digest, size = digest_of(stream)
    return SealedRevision(
        sha256=digest,
        size=size,
        signature_field=request.signature_field,
        level=LEVEL,
        certificate_sha256=Sha256(template.key.certificate_sha256),
        signatures=signatures,
    )
