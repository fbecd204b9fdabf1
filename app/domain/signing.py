"""One recipient's way through the ceremony. Each function checks the stage and returns the step to record."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain import errors, routing
from app.domain.answering import check_formulas, shared_answer, why_not_by_hand, with_computed
from app.domain.attesting import attestation_of, check_attested
from app.domain.audit import Moment, stamp
from app.domain.canonical import canonical, composed, fingerprint
from app.domain.ceremony import TRIES, Ceremony, Consent, IdEvidence, Stage
from app.domain.conditions.states import State, state_of, states
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.fields.base import Field, FileValue, PictureValue, Value
from app.domain.fields.registry import accept, kind_of
from app.domain.ids import DocumentId, Sha256
from app.domain.mark import Mark
from app.domain.recipient import Action, Attestation, Recipient, RecipientStatus
from app.domain.steps import HOST, SYSTEM, Step, by, step
from app.domain.style import zone

MARKS = ("signature", "initials")


def open_room(envelope: Envelope, role: str, moment: Moment, **about: object) -> Step:
    """A handover. A ceremony that was cut off keeps what was entered and asks who is there once more.

    `about` tells of the place: host, device, program, the state of its clock.
    """
    recipient = routing.require_turn(envelope, role, "sign")
    before = recipient.ceremony
    fresh = Ceremony(Stage.OPENED, moment.wall)
    ceremony = replace(before, stage=Stage.OPENED, tries_left=TRIES, consent=None) if before else fresh
    ceremony = replace(ceremony, code="", code_until=None, codes_sent=0)
    opened = with_computed(envelope.with_recipient(replace(recipient, ceremony=ceremony, remote=False)))
    seen = routing.witnessed(envelope, recipient) if recipient.action is Action.WITNESS else None
    if seen is not None:
        about = {**about, "witness_of": seen.role}
    return step(opened, "room_opened", HOST, moment, role=role, resumed=before is not None, **about)


def identify(
    envelope: Envelope,
    role: str,
    statement: str,
    methods: tuple[str, ...],
    moment: Moment,
    evidence: IdEvidence = IdEvidence.OTHER,
    digits: str = "",
) -> Step:
    """`statement` is the host's word on how the person was identified, `evidence` and the last `digits` of a card what
    it rests on; `methods` are those that were passed, such as access_code: all that the sender asked for, within the
    tries that were left.
    """
    recipient, ceremony = _in_stage(envelope, role, "identify", Stage.OPENED)
    for asked in recipient.auth:
        if asked.type not in methods or not ceremony.tries_left:
            raise errors.AccessDenied(role=role, method=asked.type, tries_left=ceremony.tries_left)
    identified = replace(
        ceremony, stage=Stage.IDENTIFIED, identified_by=statement, evidence=evidence, code="", code_until=None
    )
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
        evidence=str(evidence),
        digits=digits,
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
    if ceremony.stage in (Stage.OPENED, Stage.AWAY):
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
    """The trail holds kind and hash of what was entered, not the value. Fields of theirs with the same mapping key
    share the answer, and formulas follow it.
    """
    _in_stage(envelope, role, "fill", Stage.CONSENTED)
    field = envelope.field(field.id)
    if field.recipient != role:
        raise errors.NotTheirField(name=field.name, role=role)
    state = state_of(envelope, field)
    if refusal := why_not_by_hand(field, state):
        raise errors.ValueRefused(field=field.name, rule="read_only", expected=refusal, value=str(value)[:80])
    accepted = accept(replace(field, required=state.required), value)
    entered = {**envelope.values, **shared_answer(envelope, field, accepted)}
    changed = with_computed(replace(envelope, values=entered, updated_at=moment.wall))
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
    today = local_day(moment, envelope.style.time_zone)
    filled = {f.id: today for f in envelope.fields_of(role) if kind_of(f).automatic}
    return with_computed(replace(envelope, values={**envelope.values, **filled}))


def missing(envelope: Envelope, role: str) -> tuple[Field, ...]:
    """Required fields of this recipient that hold nothing valid yet, in reading order."""
    standing = states(envelope)
    unsigned = attestation_of(envelope, envelope.recipient(role)) is Attestation.ACKNOWLEDGMENT
    return tuple(
        f
        for f in envelope.fields_of(role)
        if not (unsigned and f.kind in MARKS) and _unfilled(envelope, f, standing[f.id])
    )


def finish(
    envelope: Envelope, role: str, sealed: Mapping[DocumentId, dict[str, Any]], moment: Moment, intent: str = ""
) -> Step:
    """`sealed`: facts of the new revision of each document (`sha256`, `signature_field`, `level`,
    `certificate_sha256`). `intent` is the sentence that stood where they said so.
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
        attestation=str(attestation_of(envelope, recipient)),
        intent=intent,
        values_sha256=_values_hash(after, role),
        **_witnessed(envelope, recipient, moment),
    )
    for field in after.fields_of(role):
        if field.formula is not None and field.id in after.values:
            first = first.then(step(first.envelope, "field_computed", SYSTEM, moment, **_computed_facts(after, field)))
    for document_id, facts in sealed.items():
        title = envelope.document(document_id).title
        first = first.then(step(first.envelope, "sealed", SYSTEM, moment, role=role, document=title, **facts))
    return Step(routing.advanced(first.envelope), first.entries)


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
    if isinstance(value, PictureValue | FileValue):
        return value.sha256
    return fingerprint(canonical(composed(value)))


def _values_hash(envelope: Envelope, role: str) -> Sha256:
    standing = states(envelope)
    shown = [f for f in envelope.fields_of(role) if standing[f.id].shown]
    pairs = [[f.id, hash_of(v)] for f in shown if (v := envelope.value_of(f)) is not None]
    return fingerprint(canonical(pairs))


def _computed_facts(envelope: Envelope, field: Field) -> dict[str, Any]:
    """As for what was filled in, with the formula that made it."""
    return {
        "role": field.recipient,
        "field": field.name,
        "type": field.kind,
        "formula": field.formula,
        "value_sha256": hash_of(envelope.values[field.id]),
    }


def _unfilled(envelope: Envelope, field: Field, state: State) -> bool:
    value = envelope.value_of(field)
    # What only the sender or the program may write is nothing the recipient could still fill.
    if kind_of(field).automatic or field.read_only or field.formula is not None or not state.required:
        return False
    if value is None:
        return True
    try:
        accept(replace(field, required=True), value)
    except errors.RuleError:
        return True
    return False


def _witnessed(envelope: Envelope, recipient: Recipient, moment: Moment) -> dict[str, object]:
    """For a witness: whose act, and both times close together."""
    seen = routing.witnessed(envelope, recipient) if recipient.action is Action.WITNESS else None
    if seen is None or seen.completed_at is None:
        return {}
    apart = round((moment.wall - seen.completed_at).total_seconds())
    return {"witness_of": seen.role, "seen_at": stamp(seen.completed_at), "apart_s": apart}


def _finishable(envelope: Envelope, role: str) -> tuple[Recipient, Ceremony]:
    recipient, ceremony = _in_stage(envelope, role, "finish", Stage.CONSENTED)
    check_attested(envelope, recipient)
    gaps = missing(envelope, role)
    marks = sorted({f.kind for f in gaps if f.kind in MARKS})
    if marks:
        raise errors.SignatureMissing(role=role, needs=marks)
    if gaps:
        field = gaps[0]
        raise errors.ValueRefused(
            field=field.name, rule="required", expected=field.label or kind_of(field).title, value=""
        )
    check_formulas(envelope, role)
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


def local_day(moment: Moment, time_zone: str | None = None) -> str:
    """The calendar day, ISO 8601, in the envelope's zone; without one, or where it is not known, that of the signer."""
    if time_zone is not None and (found := zone(time_zone)) is not None:
        return moment.wall.astimezone(found).date().isoformat()
    return (moment.wall + timedelta(minutes=moment.offset_minutes)).date().isoformat()
