"""An envelope packed for the way to a service: who acts there, which bytes go up, what they are asked for.

Where somebody sealed here already, or the file came in signed, the sealed file goes up as it is. Otherwise the page
goes up as it looks, with what is known printed on it and without our form: the service lays its own fields over it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain import handing
from app.domain.conditions.states import is_conditional, standing
from app.domain.envelope import Document, Envelope
from app.domain.fields.base import Field
from app.domain.fields.registry import kind_of
from app.domain.ids import Sha256
from app.domain.recipient import Action, Recipient, RecipientStatus
from app.domain.routing import pending
from app.pdf import Placed
from app.services import seals
from app.services.freezing import TEST
from app.services.house import House
from app.services.laying import blobs_of
from app.sync.flow import Remark
from app.sync.outgoing import OutDocument, OutField, Outgoing, OutPerson

CERTIFICATE: Final = "Certificate of completion"


@dataclass(frozen=True)
class Packed:
    """`lost` and `problems` are what can be told before any service is asked."""

    outgoing: Outgoing
    lost: tuple[Remark, ...] = ()
    problems: tuple[Remark, ...] = ()


def pack(house: House, envelope: Envelope, operation: str, options: Mapping[str, str]) -> Packed:
    """Raises `StoreError` when bytes are missing, `DocumentError` when a page cannot be printed on."""
    there = handing.for_there(envelope)
    roles = {one.role for one in there}
    going = tuple(f for f in envelope.fields if f.recipient in roles and _is_asked(f))
    outgoing = Outgoing(
        operation=operation,
        envelope=envelope.id,
        title=envelope.title,
        message=envelope.message,
        documents=tuple(_document(house, envelope, one, roles) for one in envelope.documents),
        people=tuple(_person(one) for one in (*there, *_copies(envelope))),
        fields=tuple(_field(envelope, one) for one in going),
        sequential=envelope.routing == "sequential",
        expires_at=envelope.expires_at,
        test_mode=envelope.test_mode,
        metadata=dict(envelope.metadata),
        copy_mode=str(envelope.copy_mode),
        hide_other_signers=envelope.hide_other_signers,
        has_password=envelope.password is not None,
        signed_here=tuple(r.name for r in envelope.recipients if r.status is RecipientStatus.COMPLETED),
        certificate=_certificate(house, envelope),
        attachments=tuple(one.title for one in envelope.attachments),
        options=dict(options),
    )
    here = tuple(Remark("signs_here_first", one.role) for one in pending(envelope) if one.role not in roles)
    return Packed(outgoing, tuple(_lost(envelope, roles)), here)


def _copies(envelope: Envelope) -> tuple[Recipient, ...]:
    return tuple(one for one in envelope.recipients if one.action is Action.COPY)


def _person(one: Recipient) -> OutPerson:
    auth = tuple(method.type for method in one.auth)
    return OutPerson(one.role, one.name, one.email, one.phone, one.action, one.order, auth)


def _is_asked(field: Field) -> bool:
    """Whether its recipient fills it in themselves."""
    return field.formula is None and not field.read_only


def _field(envelope: Envelope, field: Field) -> OutField:
    value = standing(envelope, field)
    return OutField(
        field.id,
        field.kind,
        field.recipient or "",
        envelope.number_of(field.document),
        field.page,
        field.rect,
        field.label,
        field.required,
        field.mapping_key or "",
        value if isinstance(value, str | bool) else None,
        field.options,
        field.style.multiline,
    )


def _lost(envelope: Envelope, roles: set[str]) -> Iterator[Remark]:
    yield from (Remark("document_conditional", one.title) for one in envelope.documents if one.conditions)
    if envelope.confirm_each_field:
        yield Remark("one_by_one")
    for field in envelope.fields:
        if field.recipient in roles:
            name = field.label or field.mapping_key or kind_of(field).title
            if field.formula is not None:
                yield Remark("computed", name)
            elif is_conditional(envelope, field):
                yield Remark("conditional", name)


# -- the bytes -------------------------------------------------------------------------------------------------------


def _document(house: House, envelope: Envelope, document: Document, roles: set[str]) -> OutDocument:
    sealed = document.current is not None or document.prior_signatures > 0
    sha256 = (document.current or document.base) if sealed else _printed(house, envelope, document, roles)
    size = house.library.blobs.path(sha256, verify=True).stat().st_size
    return OutDocument(document.title, sha256, size, tuple(page.size for page in document.pages), sealed)


def _printed(house: House, envelope: Envelope, document: Document, roles: set[str]) -> Sha256:
    """A new blob, or the one there is when nothing has to be printed on it."""
    known = [f for f in envelope.fields if f.document == document.id and (f.recipient not in roles or not _is_asked(f))]
    placed = [
        Placed(f.page, f.rect, seals.drawing(house, envelope, f, standing(envelope, f)))
        for f in known
        if standing(envelope, f) is not None
    ]
    blobs = house.library.blobs
    source = blobs.path(document.base, verify=True)
    if not placed and not envelope.test_mode:
        return document.base
    marked, out = blobs.new_file(".pdf"), blobs.new_file(".pdf")
    try:
        if envelope.test_mode:
            house.maker.watermark(source, marked, TEST)
            source = marked
        house.maker.stamp_drawings(source, out, placed, blobs_of(house, (one.drawing for one in placed)))
        return blobs.adopt(out)
    finally:
        for left in (marked, out):
            left.unlink(missing_ok=True)


def _certificate(house: House, envelope: Envelope) -> OutDocument | None:
    if envelope.certificate is None:
        return None
    path = house.library.blobs.path(envelope.certificate, verify=True)
    return OutDocument(CERTIFICATE, envelope.certificate, path.stat().st_size, (), sealed=True)
