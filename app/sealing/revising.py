"""One sealed revision from a request: copy, fill, sign, check, publish."""

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.domain.ids import Sha256
from app.sealing.cms import CmsTemplate, cms_template
from app.sealing.extending import append_field
from app.sealing.filling import fill_fields
from app.sealing.form import FormEntry, entry_of, form_of
from app.sealing.opening import (
    forbid_new_fields,
    forbid_what_is_locked,
    parsed,
    permissions_in,
    read_strictly,
    revision_of,
)
from app.sealing.permissions import Permissions, permissions_of
from app.sealing.publishing import Draft, appending, copy, publish_durably, replacing
from app.sealing.rechecking import Checked, Expected, Rechecker
from app.sealing.request import SealedRevision, SealRequest
from app.sealing.signing import Hole, sign_in_place
from app.sealing.signing_key import signing_key

LEVEL: Final = "B-B"
_CHECKED: Final = Rechecker()


def seal_revision(
    request: SealRequest, publish: Callable[[Draft], None] = publish_durably
) -> SealedRevision:
    """Writes `request.out`, whole and checked, or raises and leaves what was there. `publish` as of `replacing`."""
    path, template = str(request.source), template_of(request.key)
    forbid_wrong_time(request, template)
    with replacing(request.out, publish) as draft:
        copy(request.source, draft)
        before, known = draft.stat().st_size, _CHECKED.known(draft)
        signatures = append_revision(draft, request, template, known)
        expected = Expected(request.signature_field, template, permissions_of(request), signatures, before)
        whole = checked(draft, path, expected)
    return SealedRevision(
        sha256=whole.sha256,
        size=whole.size,
        signature_field=request.signature_field,
        level=LEVEL,
        certificate_sha256=Sha256(template.key.certificate_sha256),
        signatures=signatures,
    )


def checked(draft: Path, path: str, expected: Expected) -> Checked:
    """An unsigned file whose structure no verifier reads to its end can still be normalised: it says so as one does."""
    try:
        return _CHECKED.check(draft, path, expected)
    except errors.SealNotTrusted as problem:
        if problem.reason == "unreadable" and expected.signatures == 1:
            raise errors.SealNotMade(path=path, reason="structure") from problem
        raise


def append_revision(
    draft: Path,
    request: SealRequest,
    template: CmsTemplate,
    known: tuple[Permissions, ...] | None = None,
    *,
    sign: Callable[[Hole], bytes] | None = None,
) -> int:
    """Adds the revision behind the document in the draft, with its signature field where that is new; the number of
    signatures it then has.

    `known` spares the reading of earlier signatures, None means that they are not known. `sign` makes what goes into
    the hole, the template's key where it is None.
    """
    signs = sign or (lambda hole: template.signature_over(hole.digest))
    path = str(request.source)
    with appending(draft) as stream:
        reader = read_strictly(stream, path)
        writer = revision_of(reader, path)
        form = parsed(path, lambda: form_of(writer, _touched(request)))
        earlier = parsed(path, lambda: permissions_in(reader, stream)) if known is None else known
        if request.new_field is not None and request.signature_field not in form:
            forbid_new_fields(path, earlier, [request.signature_field])
            parsed(path, partial(append_field, writer, request.new_field, path))
            form = parsed(path, lambda: form_of(writer, _touched(request)))
        signature = _empty_signature(form, request)
        if earlier and request.certify:
            raise errors.SigningForbidden(path=path, by="signed")
        forbid_what_is_locked(path, earlier, _touched(request))
        parsed(path, lambda: _fill(writer, form, signature, request))
        parsed(path, lambda: sign_in_place(writer, signature.field, template, request, signs))
    return len(earlier) + 1


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
    writer: IncrementalPdfFileWriter, form: dict[str, FormEntry], signature: FormEntry, request: SealRequest
) -> None:
    appearance = request.appearance
    dressed = (signature, appearance) if appearance is not None else None
    if request.fills or dressed:
        fill_fields(writer, form, request.fills, dressed, request.pictures, str(request.source))


def _empty_signature(form: dict[str, FormEntry], request: SealRequest) -> FormEntry:
    """Raises `FieldNotInDocument`, or `SealNotMade` (field_filled): a second click on Sign ends here (fault 87)."""
    path, name = str(request.source), request.signature_field
    entry = entry_of(form, name, path)
    if entry.kind != "/Sig":
        raise errors.FieldNotInDocument(path=path, name=name)
    if entry.filled:
        raise errors.SealNotMade(path=path, reason="field_filled")
    return entry
