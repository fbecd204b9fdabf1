"""What every plan looks at: are the people complete, do the fields lie on their pages, what has no place over there."""

from collections import Counter
from collections.abc import Collection, Iterator

from app.domain.recipient import Action
from app.sync.flow import Remark
from app.sync.outgoing import OutField, Outgoing
from app.sync.provider import Capability, Provider


def people(outgoing: Outgoing, *, most: float = float("inf"), emails: bool = True) -> Iterator[Remark]:
    """Problems: nobody left to act, too many, a name or an address missing, one address for two people."""
    signers = outgoing.signers
    if not signers:
        yield Remark("nobody_left")
    if len(signers) > most:
        yield Remark("too_many_people", facts={"most": int(most)})
    for one in signers:
        if not one.name.strip():
            yield Remark("name_missing", one.role, role=one.role)
        if emails and "@" not in one.email:
            yield Remark("email_missing", one.role, role=one.role)
    if emails:
        used = Counter(one.email.strip().casefold() for one in signers if "@" in one.email)
        last = {one.email.strip().casefold(): one.role for one in signers}
        for address, times in used.items():
            if times > 1:
                yield Remark("email_twice", address, role=last[address])


def documents(outgoing: Outgoing, *, most: int, bytes_each: float = float("inf")) -> Iterator[Remark]:
    """Problems: none, too many, too large."""
    if not outgoing.documents:
        yield Remark("no_document")
    if len(outgoing.documents) > most:
        yield Remark("too_many_documents", facts={"most": most})
    for one in outgoing.documents:
        if one.size > bytes_each:
            yield Remark("document_too_large", one.title, {"most": int(bytes_each), "size": one.size})


def places(outgoing: Outgoing) -> Iterator[Remark]:
    """Problems: a field off its page, or of nobody who acts there."""
    roles = {one.role for one in outgoing.signers}
    for field in outgoing.fields:
        pages = outgoing.documents[field.document - 1].pages if field.document <= len(outgoing.documents) else ()
        if not 1 <= field.page <= len(pages) or not field.rect.within(pages[field.page - 1]):
            yield of_field("field_off_page", field)
        elif field.rect.width <= 0 or field.rect.height <= 0:
            yield of_field("field_without_size", field)
        if field.role not in roles:
            yield of_field("field_of_nobody", field)


def fields(outgoing: Outgoing, known: Collection[str]) -> Iterator[Remark]:
    """Problems: a field off its page or of nobody, one that must be filled and is of a kind they do not have, nowhere
    to sign."""
    yield from places(outgoing)
    yield from (_of_kind("kind_required", one) for one in outgoing.fields if one.kind not in known and one.required)
    yield from signs(outgoing)


def kinds_lost(outgoing: Outgoing, known: Collection[str]) -> Iterator[Remark]:
    """Fields of a kind the service does not have, which nobody must fill."""
    return (_of_kind("kind_unknown", one) for one in outgoing.fields if one.kind not in known and not one.required)


def as_text(outgoing: Outgoing) -> Iterator[Remark]:
    """Numbers, where the service has none."""
    return (_of_kind("becomes_text", one) for one in outgoing.fields if one.kind == "number")


def prefilled(outgoing: Outgoing) -> Iterator[Remark]:
    """Fields in which something stands already, where it is not told there."""
    return (Remark("prefilled", named(one)) for one in outgoing.fields if one.value not in (None, "", False))


def _of_kind(code: str, field: OutField) -> Remark:
    return of_field(code, field, kind=field.kind)


def signs(outgoing: Outgoing, kinds_of_signing: Collection[str] = ("signature",)) -> Iterator[Remark]:
    """Problems: somebody who shall sign has no place for it."""
    having = {field.role for field in outgoing.fields if field.kind in kinds_of_signing}
    for one in outgoing.signers:
        if one.action is Action.SIGN and one.role not in having:
            yield Remark("no_signature_field", one.role, role=one.role)


def left_behind(outgoing: Outgoing, provider: Provider) -> Iterator[Remark]:
    """What the provider's capabilities do not cover and the envelope asks for."""
    asked = (
        ("attachments", bool(outgoing.attachments), Capability.ATTACHMENTS),
        ("hide_other_signers", outgoing.hide_other_signers, Capability.HIDE_SIGNERS),
        ("copy_mode", outgoing.copy_mode != "ask", Capability.COPY_MODE),
        ("expires_at", outgoing.expires_at is not None, Capability.EXPIRY),
        ("order", outgoing.sequential and len(outgoing.signers) > 1, Capability.SEQUENTIAL),
        ("metadata", bool(outgoing.metadata), Capability.METADATA),
    )
    yield from (Remark(code) for code, wanted, needed in asked if wanted and not provider.can(needed))
    yield from _never_carried(outgoing)


def _never_carried(outgoing: Outgoing) -> Iterator[Remark]:
    """Of a password and of codes only a hash is kept here."""
    if outgoing.has_password:
        yield Remark("password")
    for copy in outgoing.copies:
        yield Remark("copies", copy.name)
    for one in outgoing.signers:
        if one.auth:
            yield Remark("auth", one.role, {"auth": ", ".join(one.auth)})
        if one.action is not Action.SIGN:
            yield Remark("action", one.role, {"action": str(one.action)})


def of_field(code: str, field: OutField, **facts: str | int | float) -> Remark:
    return Remark(code, named(field), facts, field=field.name)


def named(field: OutField) -> str:
    """As a person knows it."""
    return field.label or field.mapping_key or f"{field.kind}, page {field.page}"
