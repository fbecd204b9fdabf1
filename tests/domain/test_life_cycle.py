"""Whatever is called in whatever order: an envelope moves only along its picture, and every move leaves its entry."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app import codec
from app.domain import drafting, ending, errors, routing, sending, signing
from app.domain.audit import Head, Moment, head_of, link, verify
from app.domain.ceremony import Stage
from app.domain.envelope import Envelope, EnvelopeStatus, Routing
from app.domain.fields.base import Field, Value
from app.domain.ids import DocumentId, FieldId, Sha256
from app.domain.recipient import Action, RecipientStatus
from app.domain.steps import Step
from tests.support.drafts import (
    INK,
    NOW,
    TEXT,
    TYPED,
    at,
    consented,
    document,
    draft,
    field,
    filled,
    recipient,
    seals,
    value_for,
)

S, R = EnvelopeStatus, RecipientStatus
MOVES = {
    S.DRAFT: {S.DRAFT, S.OUT},
    S.OUT: {S.OUT, S.DRAFT, S.COMPLETED, S.DECLINED, S.VOIDED, S.EXPIRED},
    **{end: {end} for end in (S.COMPLETED, S.DECLINED, S.VOIDED, S.EXPIRED)},
}
GOING = {R.WAITING, R.TURN, R.VIEWED}
RECIPIENT_MOVES = {
    R.WAITING: {R.WAITING, R.TURN},
    R.TURN: {R.TURN, R.VIEWED, R.DECLINED},
    R.VIEWED: {R.VIEWED, R.COMPLETED, R.DECLINED},
    R.COMPLETED: {R.COMPLETED},
    R.DECLINED: {R.DECLINED},
}
STAGES = {
    None: {None, Stage.OPENED},
    Stage.OPENED: {Stage.OPENED, Stage.IDENTIFIED, Stage.DECLINED},
    Stage.IDENTIFIED: {Stage.IDENTIFIED, Stage.OPENED, Stage.CONSENTED, Stage.DECLINED},
    Stage.CONSENTED: {Stage.CONSENTED, Stage.OPENED, Stage.FINISHED, Stage.DECLINED},
    Stage.FINISHED: {Stage.FINISHED},
    Stage.DECLINED: {Stage.DECLINED},
}
RESETS = {"back_to_draft", "reassigned", "edited", "document_removed", "documents_added"}
"""Entries after which a recipient may stand anywhere earlier."""

ROLES = ("buyer", "seller", "boss", "file", "stranger")
roles = st.sampled_from(ROLES)
given_values = [TYPED, INK, True, False, "", "Jane", "2026-01-31", "12.5", "nonsense"]
values: st.SearchStrategy[Value] = st.sampled_from(given_values)
words = st.sampled_from(["", "  ", "Because"])


def beginning(how: Routing) -> Envelope:
    people = (
        recipient("buyer"),
        recipient("seller", 2),
        recipient("boss", 2, Action.APPROVE),
        recipient("file", 3, Action.COPY),
    )
    fields: tuple[Field, ...] = (
        field(1, "signature"),
        field(2),
        field(3, "checkbox", required=False),
        field(4, "signature", "seller"),
        field(5, "date_signed", "seller"),
        field(6, "number", "boss", required=False),
    )
    return draft(people, fields, routing=how, expires_at=NOW + timedelta(minutes=900))


class LifeCycle(RuleBasedStateMachine):
    """Legal and illegal calls alike; a refused call must leave everything as it was."""

    def __init__(self) -> None:
        super().__init__()
        self.minutes = 0
        self.head = Head()
        self.records: list[dict[str, object]] = []
        self.envelope = beginning(Routing.SEQUENTIAL)

    @initialize(how=st.sampled_from(list(Routing)), out=st.booleans(), done=st.integers(0, 3))
    def begin(self, how: Routing, out: bool, done: int) -> None:
        """From anywhere on the way, always by the rules: chance alone seldom walks it all."""
        self.envelope = beginning(how)
        if out:
            self.send()
            for role in ROLES[:done]:
                self.go_all_the_way(role)

    # -- the sender ----------------------------------------------------------------------------------------------

    @rule(title=st.sampled_from(["Lease", "Offer"]))
    def edit(self, title: str) -> None:
        self.take(lambda now: drafting.change(self.envelope, now, title=title))

    @rule(role=roles)
    def drop_a_recipient(self, role: str) -> None:
        left = [one for one in self.envelope.recipients if one.role != role]
        self.take(lambda now: drafting.set_recipients(self.envelope, left, now))

    @rule(number=st.integers(1, 9), role=roles, kind=st.sampled_from(["text", "signature", "date"]))
    def place_a_field(self, number: int, role: str, kind: str) -> None:
        self.take(lambda now: drafting.upsert_field(self.envelope, field(number, kind, role), now))

    @rule(number=st.integers(1, 2))
    def add_a_document(self, number: int) -> None:
        self.take(lambda now: drafting.add_documents(self.envelope, [document(number)], now))

    @rule()
    def send(self) -> None:
        prepared = {one.id: Sha256("a" * 64) for one in self.envelope.documents}
        self.take(lambda now: sending.send(self.envelope, prepared, now))

    @rule()
    def back_to_draft(self) -> None:
        self.take(lambda now: sending.back_to_draft(self.envelope, now))

    @rule(reason=words)
    def void(self, reason: str) -> None:
        self.take(lambda now: ending.void(self.envelope, reason, now))

    @rule(role=roles, name=words)
    def reassign(self, role: str, name: str) -> None:
        self.take(lambda now: ending.reassign(self.envelope, role, name, "", now))

    @rule()
    def expire(self) -> None:
        self.take(lambda now: ending.expire(self.envelope, now))

    @rule(hours=st.sampled_from([1, 24]))
    def wait(self, hours: int) -> None:
        self.minutes += 60 * hours

    # -- the recipients ------------------------------------------------------------------------------------------

    @rule(role=roles)
    def open_room(self, role: str) -> None:
        self.take(lambda now: signing.open_room(self.envelope, role, now))

    @rule(role=roles)
    def identify(self, role: str) -> None:
        self.take(lambda now: signing.identify(self.envelope, role, "passport", (), now))

    @rule(role=roles)
    def consent(self, role: str) -> None:
        self.take(lambda now: signing.consent(self.envelope, role, TEXT, "en", now))

    @rule(role=roles, page=st.integers(0, 3))
    def show(self, role: str, page: int) -> None:
        self.take(lambda now: signing.show_page(self.envelope, role, DocumentId("D1"), page, now))

    @rule(role=roles, initials=st.booleans())
    def adopt(self, role: str, initials: bool) -> None:
        self.take(lambda now: signing.adopt(self.envelope, role, TYPED, now, initials=initials))

    @rule(role=roles, number=st.integers(1, 9), value=values)
    def fill(self, role: str, number: int, value: Value) -> None:
        def act(now: Moment) -> Step:
            return signing.fill(self.envelope, role, self.envelope.field(FieldId(f"F{number}")), value, now)

        self.take(act)

    @rule(role=roles)
    def fill_everything(self, role: str) -> None:
        for one in self.envelope.fields_of(role):
            self.take(lambda now, one=one: signing.fill(self.envelope, role, one, value_for(one), now))  # type: ignore[misc]

    @rule(role=roles)
    def finish(self, role: str) -> None:
        self.take(lambda now: signing.finish(self.envelope, role, seals(self.envelope), now))

    @rule(role=roles, skipped=st.sampled_from(["", "open_room", "identify", "consent", "fill_everything"]))
    def go_all_the_way(self, role: str, skipped: str = "") -> None:
        """Or all but one step of it."""
        for name in ("open_room", "identify", "consent", "fill_everything", "finish"):
            if name != skipped:
                getattr(self, name)(role)

    @rule(role=roles, reason=words)
    def decline(self, role: str, reason: str) -> None:
        self.take(lambda now: ending.decline(self.envelope, role, reason, now))

    @rule()
    def complete(self) -> None:
        self.take(lambda now: signing.complete(self.envelope, None, now))

    # -- what must hold ------------------------------------------------------------------------------------------

    def take(self, act: Callable[[Moment], Step | None]) -> None:
        self.minutes += 1
        before, text = self.envelope, codec.encode_text(self.envelope)
        try:
            step = act(at(self.minutes))
        except (errors.RuleError, errors.DocumentError):
            step = None
        assert codec.encode_text(before) == text, "a value was changed in place"
        if step is not None:
            self.record(before, step)

    def record(self, before: Envelope, step: Step) -> None:
        after, kinds = step.envelope, {entry.kind for entry in step.entries}
        assert step.entries, "a step without an entry"
        assert after.id == before.id
        assert after.status in MOVES[before.status]
        if after.status is not before.status:
            assert kinds & {"out", "back_to_draft", str(after.status)}
        self.check_recipients(before, after, kinds)
        self.check_ends(before, step)
        if before.status is not S.DRAFT and "back_to_draft" not in kinds:
            assert after.fields == before.fields, "what was frozen changed"
            assert [d.original for d in after.documents] == [d.original for d in before.documents]
        events = link(after.id, self.head, step.entries)
        self.records += json.loads(json.dumps([{**event.body(), "sha256": event.sha256} for event in events]))
        self.head = head_of(events)
        self.envelope = after

    @staticmethod
    def check_recipients(before: Envelope, after: Envelope, kinds: set[str]) -> None:
        if kinds & RESETS:
            return
        for one in before.recipients:
            then = after.recipient(one.role)
            assert then.status in RECIPIENT_MOVES[one.status]
            stage = one.ceremony.stage if one.ceremony else None
            assert (then.ceremony.stage if then.ceremony else None) in STAGES[stage]

    def check_ends(self, before: Envelope, step: Step) -> None:
        for entry in step.entries:
            if entry.kind == "expired":
                assert before.expires_at is not None
                assert before.expires_at <= entry.moment.wall
            if entry.kind == "back_to_draft":
                assert all(one.status in GOING for one in before.recipients)
            if entry.kind == "reassigned":
                assert before.recipient(entry.facts["role"]).status in GOING
            if entry.kind == "signed":
                ceremony = before.recipient(entry.facts["role"]).ceremony
                assert ceremony is not None
                assert ceremony.stage is Stage.CONSENTED

    @invariant()
    def the_trail_is_whole(self) -> None:
        assert verify(self.records).intact
        assert len(self.records) == self.head.count

    @invariant()
    def a_status_means_what_it_says(self) -> None:
        envelope, states = self.envelope, {one.status for one in self.envelope.recipients}
        if envelope.status is S.DRAFT:
            assert states <= {R.WAITING}
            assert not envelope.values
            assert all(one.prepared is None for one in envelope.documents)
        else:
            assert all(one.prepared is not None for one in envelope.documents)
            assert envelope.sent_at is not None
        assert (R.DECLINED in states) == (envelope.status is S.DECLINED)
        assert (envelope.completed_at is not None) == (envelope.status is S.COMPLETED)
        if envelope.status is S.COMPLETED:
            assert all(one.status is R.COMPLETED for one in routing.acting(envelope))
        if envelope.status is S.OUT:
            assert {one.role for one in routing.current(envelope)} == {
                one.role for one in envelope.recipients if one.status in (R.TURN, R.VIEWED)
            }

    @invariant()
    def what_was_finished_was_agreed_to_and_nothing_is_missing(self) -> None:
        for one in self.envelope.recipients:
            if one.status is R.COMPLETED:
                assert one.ceremony is not None
                assert one.ceremony.consent is not None
                assert one.completed_at is not None
                assert signing.missing(self.envelope, one.role) == ()

    @invariant()
    def everything_is_kept_as_it_is(self) -> None:
        text = codec.encode_text(self.envelope)
        assert codec.decode_text(Envelope, text) == self.envelope


LifeCycle.TestCase.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
TestLifeCycle = LifeCycle.TestCase


def test_the_machine_can_reach_every_end() -> None:
    """What chance explores is only worth something if all ends are within its reach."""
    reached = set()
    for last in ("complete", "void", "decline", "expire", "nothing"):
        machine = LifeCycle()
        machine.send()
        for role in ROLES[:3] if last == "complete" else ():
            machine.envelope = filled(consented(machine.envelope, role), role)
            machine.finish(role)
        if last == "decline":
            machine.decline("buyer", "Because")
        elif last == "void":
            machine.void("Because")
        elif last != "nothing":
            machine.wait(24)
            getattr(machine, last)()
        machine.a_status_means_what_it_says()
        reached.add(machine.envelope.status)
    assert reached == set(S) - {S.DRAFT}
