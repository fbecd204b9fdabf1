"""One envelope for each thing preflight can find: a sound draft of two signers, and what spoils it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain import one_time_code
from app.domain.envelope import Envelope, SealingMode
from app.domain.fields.base import Field, TextStyle
from app.domain.fields.condition import Condition, Effect, Group, Op, Test
from app.domain.geometry import Rect
from app.domain.ids import FieldId
from app.domain.recipient import Action, AuthMethod, Recipient
from app.domain.steps import step
from app.services import reading
from app.services.house import House


def put(house: House, envelope_id: str, **changes: Any) -> None:
    """As it may come from elsewhere: past the rules of drafting, where they would refuse it."""
    envelope = reading.envelope(house, envelope_id)
    house.library.record(step(replace(envelope, **changes), "edited", "sender", house.moment(), changed=[]))


def text(envelope: Envelope, number: int, **more: Any) -> Field:
    usual: dict[str, Any] = {
        "rect": Rect(300, 400 + 40 * number, 160, 24), "label": f"Extra {number}", "recipient": "buyer"
    }  # fmt: skip
    return Field(FieldId(f"X{number}"), "text", envelope.documents[0].id, 1, **{**usual, **more})


def with_fields(*extra: Callable[[Envelope], Field]) -> Callable[[Envelope], dict[str, Any]]:
    return lambda envelope: {"fields": (*envelope.fields, *(one(envelope) for one in extra))}


def shown_when(*tests: Test) -> tuple[Condition, ...]:
    return (Condition(Effect.SHOW, (Group(tests),)),)


def person(envelope: Envelope, **more: Any) -> dict[str, Any]:
    first, *others = envelope.recipients
    return {"recipients": (replace(first, **more), *others)}


def document(envelope: Envelope, **more: Any) -> dict[str, Any]:
    first, *others = envelope.documents
    return {"documents": (replace(first, **more), *others)}


def witness(envelope: Envelope, **more: Any) -> Recipient:
    usual: dict[str, Any] = {"action": Action.WITNESS, "order": 9, **more}
    return Recipient(envelope.recipients[0].id, "witness", "Wim", **usual)


ONE, TWO = FieldId("X1"), FieldId("X2")
NEVER = shown_when(Test(ONE, Op.FILLED), Test(ONE, Op.EMPTY))
FAULTS: dict[str, Callable[[Envelope], dict[str, Any]]] = {
    "expires_in_the_past": lambda e: {"expires_at": e.created_at - timedelta(days=1)},
    "recipient_without_name": lambda e: person(e, name=" ", email="jane.smith@example.com"),
    "signer_without_signature": lambda e: {"fields": tuple(f for f in e.fields if f.kind != "signature")},
    "fields_of_a_reader": lambda e: person(e, action=Action.VIEW),
    "recipient_unused": lambda e: {
        "recipients": (*e.recipients, Recipient(e.recipients[0].id, "witness", "Wim", action=Action.WITNESS, order=9))
    },
    "field_too_small": with_fields(lambda e: text(e, 1, rect=Rect(300, 500, 10, 5))),
    "text_does_not_fit": with_fields(lambda e: text(e, 1, rect=Rect(560, 400, 30, 12), style=TextStyle(size_pt=10))),
    "fields_overlap": with_fields(
        lambda e: text(e, 1), lambda e: text(e, 2, rect=Rect(310, 445, 160, 24)), lambda e: text(e, 3)
    ),
    "field_off_page": with_fields(lambda e: text(e, 1, rect=Rect(580, 830, 100, 24))),
    "key_with_two_kinds": with_fields(
        lambda e: text(e, 1, mapping_key="k"), lambda e: replace(text(e, 2, mapping_key="k"), kind="number")
    ),
    "required_never_shown": with_fields(lambda e: text(e, 1), lambda e: text(e, 2, conditions=NEVER)),
    "condition_never": with_fields(lambda e: text(e, 1), lambda e: text(e, 2, conditions=NEVER, required=False)),
    "condition_always": with_fields(
        lambda e: text(e, 1), lambda e: text(e, 2, conditions=shown_when(Test(ONE, Op.FILLED)))
    ),
    "condition_cycle": with_fields(
        lambda e: text(e, 1, required=False, conditions=shown_when(Test(TWO, Op.FILLED))),
        lambda e: text(e, 2, required=False, conditions=shown_when(Test(ONE, Op.FILLED))),
    ),
    "condition_broken": with_fields(
        lambda e: text(e, 1, required=False),
        lambda e: text(e, 2, conditions=shown_when(Test(ONE, Op.FILLED), Test(FieldId("gone"), Op.FILLED))),
    ),
    "certified_against_changes": lambda e: document(e, certification=1),
    "signed_document_takes_signatures_only": lambda e: {
        **document(e, prior_signatures=1),
        "fields": (*e.fields, text(e, 1)),
    },
    "certified_without_room": lambda e: document(e, certification=2),
    "already_signed": lambda e: {
        **document(e, prior_signatures=1),
        "fields": tuple(f for f in e.fields if f.kind == "signature"),
    },
    "was_encrypted": lambda e: document(e, encrypted=True),
    "was_normalised": lambda e: document(e, normalised=e.documents[0].original),
    "has_xfa": lambda e: document(e, xfa=True),
    "no_documents": lambda _: {"documents": (), "fields": ()},
    "nobody_acts": lambda e: {
        "recipients": tuple(replace(r, action=Action.COPY) for r in e.recipients),
        "fields": (),
    },
    "no_email": lambda e: person(e, email="jane@"),
    "name_hidden": lambda e: person(e, name="Jane\u202e Smith"),
    "name_mixed": lambda e: person(e, name="J\u0430ne Smith"),
    "same_email": lambda e: person(e, email=e.recipients[1].email.upper()),
    "code_without_address": lambda e: person(e, email="", auth=(AuthMethod(one_time_code.METHOD, ""),)),
    "witness_without_signer": lambda e: {"recipients": (*e.recipients, witness(e, witness_of="witness"))},
    "witness_before_signer": lambda e: {"recipients": (*e.recipients, witness(e, witness_of="seller", order=1))},
    "condition_on_later": with_fields(
        lambda e: text(e, 1, recipient="seller", required=False),
        lambda e: text(e, 2, required=False, conditions=shown_when(Test(ONE, Op.FILLED))),
    ),
    "formula_broken": with_fields(lambda e: text(e, 1, formula="1 + ")),
    "formula_unknown": with_fields(lambda e: text(e, 1, formula="[nowhere] + 1")),
    "formula_cycle": with_fields(
        lambda e: text(e, 1, mapping_key="one", formula="[two] + 1"),
        lambda e: text(e, 2, mapping_key="two", formula="[one] + 1"),
    ),
    "formula_on_later": with_fields(
        lambda e: text(e, 1, mapping_key="later", recipient="seller"),
        lambda e: text(e, 2, formula="[later]"),
    ),
    "signed_document_needs_each_recipient": lambda e: {
        **document(e, prior_signatures=1),
        "sealing": SealingMode.AT_COMPLETION,
        "fields": tuple(f for f in e.fields if f.kind == "signature"),
    },
}
