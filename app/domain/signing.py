"""One recipient's way through the ceremony. Each function checks the stage and returns the step to record."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain import errors, routing
from app.domain.audit import Moment
from app.domain.canonical import canonical, composed, fingerprint
from app.domain.ceremony import TRIES, Ceremony, Consent, Stage
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.fields.base import Field, PictureValue, Value
from app.domain.fields.registry import accept, kind_of
from app.domain.ids import DocumentId, Sha256
from app.domain.mark import Mark
from app.domain.recipient import Recipient, RecipientStatus
from app.domain.steps import HOST, SYSTEM, Step, by, step


def open_room(envelope: Envelope, role: str, moment: Moment) -> Step:
    """A handover. A ceremony that was cut off keeps what was entered and asks who is there once more."""
    recipient = routing.require_turn(envelope, role, "sign")
    before = recipient.ceremony
    fresh = Ceremony(Stage.OPENED, moment.wall)
    ceremony = replace(before, stage=Stage.OPENED, tries_left=TRIES, consent=None) if before else fresh
    opened = replace(recipient, ceremony=ceremony)
    return step(envelope.with_recipient(opened), "room_opened", HOST, moment, role=role, resumed=before is not None)


def identify(envelope: Envelope, role: str, statement: str, methods: tuple[str, ...], moment: Moment) -> Step:
    """`statement` is the host's word on how the person was identified; `methods` are those that were passed,
    such as access_code: all that the sender asked for, within the tries that were left.
    """
    recipient, ceremony = _in_stage(envelope, role, "identify", Stage.OPENED)
    for asked in recipient.auth:
        if asked.type not in methods or not ceremony.tries_left:
            raise errors.AccessDenied(role=role, method=asked.type, tries_left=ceremony.tries_left)
    identified = replace(ceremony, stage=Stage.IDENTIFIED, identified_by=statement)
    viewed = recipient.viewed_at or moment.wall
    changed = replace(recipient, ceremony=identified, status=RecipientStatus.VIEWED, viewed_at=viewed)
    return step(
        envelope.with_recipient(changed),
        "identified",
        HOST,
        moment,
        role=role,
        how=statement,
        methods=list(methods),
    )


def wrong_code(envelope: Envelope, role: str, method: str, moment: Moment) -> Step:
    """Counts a wrong try; the caller raises `AccessDenied` after recording it."""
    recipient, ceremony = _in_stage(envelope, role, "identify", Stage.OPENED)
    left = max(0, ceremony.tries_left - 1)
    changed = envelope.with_recipient(replace(recipient, ceremony=replace(ceremony, tries_left=left)))
    return step(changed, "access_denied", by(role), moment, role=role, method=method, tries_left=left)


def consent(envelope: Envelope, role: str, text_sha256: Sha256, language: str, moment: Moment) -> Step:
    recipient, ceremony = _in_stage(envelope, role, "consent", Stage.IDENTIFIED)
    given = Consent(text_sha256, language, moment.wall)
    changed = envelope.with_recipient(
        replace(recipient, ceremony=replace(ceremony, stage=Stage.CONSENTED, consent=given))
    )
    return step(changed, "consented", by(role), moment, role=role, text_sha256=text_sha256, language=language)


def show_page(envelope: Envelope, role: str, document: DocumentId, page: int, moment: Moment) -> Step | None:
    """None when this page was already told. Only to somebody who was identified: it is evidence that they saw it."""
    recipient, ceremony = _active(envelope, role, "show a page")
    if ceremony.stage is Stage.OPENED:
        raise errors.WrongStage(role=role, step="show a page", stage=ceremony.stage)
    shown_of = envelope.document(document)
    if not 1 <= page <= len(shown_of.pages):
        raise errors.PageOutOfRange(path=shown_of.title, page=page, pages=len(shown_of.pages))
    if (document, page) in ceremony.pages_shown:
        return None
    shown = replace(ceremony, pages_shown=(*ceremony.pages_shown, (document, page)))
    changed = envelope.with_recipient(replace(recipient, ceremony=shown))
    return step(changed, "page_shown", by(role), moment, role=role, document=shown_of.title, page=page)


def adopt(envelope: Envelope, role: str, mark: Mark, moment: Moment, *, initials: bool = False) -> Step:
    """Choosing what one's signature (or initials) looks like; it stands in no field yet."""
    recipient, ceremony = _in_stage(envelope, role, "adopt", Stage.CONSENTED)
    mark = mark.checked()
    adopted = replace(ceremony, initials=mark) if initials else replace(ceremony, signature=mark)
    changed = envelope.with_recipient(replace(recipient, ceremony=adopted))
    what = "initials" if initials else "signature"
    return step(
        changed,
        "adopted",
        by(role),
        moment,
        role=role,
        what=what,
        capture=mark.capture,
        mark_sha256=mark.fingerprint,
    )


def fill(envelope: Envelope, role: str, field: Field, value: Value, moment: Moment) -> Step:
    """The trail holds kind and hash of what was entered, not the value."""
    _in_stage(envelope, role, "fill", Stage.CONSENTED)
    field = envelope.field(field.id)
    if field.recipient != role:
        raise errors.NotTheirField(name=field.name, role=role)
    if kind_of(field).automatic:
        expected = "written by the program when they sign"
        raise errors.ValueRefused(field=field.name, rule="read_only", expected=expected, value=str(value)[:80])
    accepted = accept(field, value)
    changed = replace(envelope, values={**envelope.values, field.id: accepted}, updated_at=moment.wall)
    return step(
        changed,
        "field_filled",
        by(role),
        moment,
        role=role,
        field=field.name,
        type=field.kind,
        value_sha256=hash_of(accepted),
    )


def with_automatic(envelope: Envelope, role: str, moment: Moment) -> Envelope:
    """Fills the fields the program fills when somebody signs: today by the signer's clock."""
    today = local_day(moment)
    filled = {f.id: today for f in envelope.fields_of(role) if kind_of(f).automatic}
    return replace(envelope, values={**envelope.values, **filled})


def missing(envelope: Envelope, role: str) -> tuple[Field, ...]:
    """Required fields of this recipient that hold nothing valid yet, in reading order."""
    return tuple(f for f in envelope.fields_of(role) if _unfilled(envelope, f))


def finish(envelope: Envelope, role: str, sealed: Mapping[DocumentId, dict[str, Any]], moment: Moment) -> Step:
    """`sealed`: facts of the new revision of each document (`sha256`, `signature_field`, `level`,
    `certificate_sha256`).
    """
    recipient, ceremony = _finishable(envelope, role)
    documents = tuple(
        replace(d, current=Sha256(sealed[d.id]["sha256"])) if d.id in sealed else d for d in envelope.documents
    )
    done = replace(
        recipient,
        status=RecipientStatus.COMPLETED,
        completed_at=moment.wall,
        ceremony=replace(ceremony, stage=Stage.FINISHED),
    )
    after = replace(envelope, documents=documents, updated_at=moment.wall).with_recipient(done)
    first = step(
        after,
        "signed",
        by(role),
        moment,
        role=role,
        action=str(recipient.action),
        values_sha256=_values_hash(after, role),
    )
    for document_id, facts in sealed.items():
        title = envelope.document(document_id).title
        first = first.then(step(after, "sealed", SYSTEM, moment, role=role, document=title, **facts))
    return Step(routing.advanced(after), first.entries)


def give_copy(envelope: Envelope, role: str, files: int, moment: Moment) -> Step:
    """Somebody took the documents along; nothing changes but the trail."""
    envelope.recipient(role)
    return step(envelope, "copy_given", by(role), moment, role=role, files=files)


def close_documents(envelope: Envelope, sealed: Mapping[DocumentId, dict[str, Any]], moment: Moment) -> Step:
    """Sealed once, at completion: `sealed` as in `finish`, by the device for everybody. At least one document."""
    _all_acted(envelope, "seal")
    documents = (replace(envelope.document(d), current=Sha256(facts["sha256"])) for d, facts in sealed.items())
    after = replace(envelope.with_documents(documents), updated_at=moment.wall)
    entries = [
        entry
        for document, facts in sealed.items()
        for entry in step(
            after, "sealed", SYSTEM, moment, role="", document=after.document(document).title, **facts
        ).entries
    ]
    return Step(after, tuple(entries))


def complete(envelope: Envelope, certificate: Sha256 | None, moment: Moment) -> Step:
    """The last recipient has acted."""
    _all_acted(envelope, "complete")
    done = replace(
        envelope,
        status=EnvelopeStatus.COMPLETED,
        certificate=certificate,
        completed_at=moment.wall,
        updated_at=moment.wall,
    )
    return step(done, "completed", SYSTEM, moment, certificate_sha256=certificate)


def check_finishable(envelope: Envelope, role: str) -> None:
    """Raises the reason why this recipient cannot finish yet."""
    _finishable(envelope, role)


def hash_of(value: Value) -> Sha256:
    if isinstance(value, Mark):
        return value.fingerprint
    if isinstance(value, PictureValue):
        return value.sha256
    return fingerprint(canonical(composed(value)))


def _values_hash(envelope: Envelope, role: str) -> Sha256:
    pairs = [[f.id, hash_of(v)] for f in envelope.fields_of(role) if (v := envelope.value_of(f)) is not None]
    return fingerprint(canonical(pairs))


def _unfilled(envelope: Envelope, field: Field) -> bool:
    value = envelope.value_of(field)
    # What only the sender or the program may write is nothing the recipient could still fill.
    if kind_of(field).automatic or field.read_only or not field.required:
        return False
    if value is None:
        return True
    try:
        accept(field, value)
    except errors.RuleError:
        return True
    return False


def _finishable(envelope: Envelope, role: str) -> tuple[Recipient, Ceremony]:
    recipient, ceremony = _in_stage(envelope, role, "finish", Stage.CONSENTED)
    gaps = missing(envelope, role)
    marks = sorted({f.kind for f in gaps if f.kind in ("signature", "initials")})
    if marks:
        raise errors.SignatureMissing(role=role, needs=marks)
    if gaps:
        field = gaps[0]
        raise errors.ValueRefused(
            field=field.name, rule="required", expected=field.label or kind_of(field).title, value=""
        )
    return recipient, ceremony


def _all_acted(envelope: Envelope, action: str) -> None:
    envelope.require(action, EnvelopeStatus.OUT)
    if not routing.finished(envelope):
        raise errors.NotTheirTurn(role="", waiting_for=[r.role for r in routing.pending(envelope)])


def _active(envelope: Envelope, role: str, what: str) -> tuple[Recipient, Ceremony]:
    recipient = routing.require_turn(envelope, role, "sign")
    if recipient.ceremony is None:
        raise errors.WrongStage(role=role, step=what, stage="not opened")
    return recipient, recipient.ceremony


def _in_stage(envelope: Envelope, role: str, what: str, stage: Stage) -> tuple[Recipient, Ceremony]:
    recipient, ceremony = _active(envelope, role, what)
    if ceremony.stage is not stage:
        raise errors.WrongStage(role=role, step=what, stage=ceremony.stage)
    return recipient, ceremony


def local_day(moment: Moment) -> str:
    """The signer's calendar day, ISO 8601."""
    return (moment.wall + timedelta(minutes=moment.offset_minutes)).date().isoformat()
