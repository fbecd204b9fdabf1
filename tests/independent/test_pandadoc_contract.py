"""What our catalogue sends to Pigeon, and what the fake answers, judged by PandaDoc's published definition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import SpecError
from app.sync.argument import Where
from app.sync.operation import Operation, build
from app.sync.registry import provider_of
from tests.fakes.calling import Caller, calling
from tests.fakes.chance import STARTS, few_of
from tests.fakes.pigeon import Pigeon
from tests.house.source import CHECKOUT
from tests.independent.openapi import Held, Published, complaints, judged, watched

DOCUMENT = CHECKOUT.parent / "shared" / "contracts" / "published" / "pandadoc-8.8.json"
PIGEON = provider_of("pigeon")
JOSH = {"email": "josh@example.com", "first_name": "Josh", "last_name": "Ron"}
BOX = {
    "type": "signature",
    "layout": {
        "page": 1,
        "position": {"offset_x": 100, "offset_y": 200.5, "anchor_point": "topleft"},
        "style": {"width": 120, "height": 40},
    },
    "field_id": "sign_here",
    "merge_field": "sign",
    "assigned_to": "r1",
    "settings": {"required": True, "placeholder": "x", "masked": False, "multiline": False, "options": []},
}
FILLING = {
    "fields": {"city": {"value": "Rome", "role": "Landlord"}},
    "tokens": [{"name": "Sender.Name", "value": "Acme"}],
    "metadata": {"case": "42"},
    "tags": ["leases"],
}
PERSON = {
    **JOSH,
    "phone": "+15550100",
    "role": "Landlord",
    "signing_order": 1,
    "delivery_methods": {"email": True, "sms": False},
    "redirect": {"is_enabled": True, "url": "https://example.com/done"},
}
CHANGED = {name: value for name, value in PERSON.items() if name != "role"} | {"id": "r1"}
FROM_PDF = {"name": "Lease", "recipients": [PERSON], "folder_uuid": "f1", "owner": {"email": "a@example.com"}}
ASKED: list[tuple[str, dict[str, Any]]] = [
    (
        "list_documents",
        {
            "q": "x",
            "status": 2,
            "status__ne": 0,
            "template_id": "t1",
            "folder_uuid": "f1",
            "contact_id": "c1",
            "membership_id": "m1",
            "id": "d1",
            "tag": "x",
            "metadata": {"case": "42"},
            "deleted": False,
            "created_from": "2026-01-01T00:00:00Z",
            "created_to": "2026-02-01T00:00:00Z",
            "modified_from": "2026-01-01T00:00:00Z",
            "modified_to": "2026-02-01T00:00:00Z",
            "completed_from": "2026-01-01T00:00:00Z",
            "completed_to": "2026-02-01T00:00:00Z",
            "order_by": "-date_created",
            "count": 10,
            "page": 2,
        },
    ),
    ("create_document", {"template_uuid": "t1", "recipients": [PERSON], "name": "Lease", **FILLING}),
    ("create_document", {"url": "https://files.example.com/a.pdf", "parse_form_fields": True, **FROM_PDF, **FILLING}),
    ("create_document", {"file": "a.pdf", "parse_form_fields": True, **FROM_PDF, **FILLING}),
    ("get_document_status", {}),
    ("delete_document", {}),
    ("update_document", {"name": "Lease 2", "recipients": [CHANGED], **FILLING, "fields": {"city": {"value": "Rome"}}}),
    ("update_document_status", {"status": 11, "note": "over", "notify_recipients": True}),
    ("move_document_to_draft", {}),
    ("get_document_details", {}),
    (
        "send_document",
        {
            "message": "Sign",
            "subject": "Please",
            "silent": True,
            "sender": {"membership_id": "m1"},
            "reply_to": "a@example.com",
            "forwarding_settings": {"forwarding_allowed": True, "forwarding_with_reassigning_allowed": False},
            "selected_approvers": {"steps": [{"id": "s1", "group": {"id": "g1", "type": "any", "assignees": []}}]},
        },
    ),
    ("create_document_session", {"recipient": "josh@example.com", "lifetime": 900}),
    (
        "download_document",
        {
            "watermark_text": "copy",
            "watermark_color": "#ff0000",
            "watermark_font_size": 12,
            "watermark_opacity": 0.5,
            "separate_files": False,
        },
    ),
    ("download_protected_document", {"separate_files": True}),
    ("update_document_ownership", {"membership_id": "m1"}),
    ("transfer_documents_ownership", {"from_membership_id": "m1", "to_membership_id": "m2"}),
    ("list_attachments", {}),
    ("create_attachment", {"source": "https://files.example.com/a.txt", "name": "plan"}),
    ("create_attachment", {"file": "plan.txt", "name": "plan"}),
    ("get_attachment", {}),
    ("delete_attachment", {}),
    ("download_attachment", {}),
    ("list_document_fields", {}),
    ("create_document_fields", {"fields": [BOX]}),
    ("add_recipient", {"id": "c1", "kind": "contact"}),
    (
        "update_recipient",
        {
            **{name: PERSON[name] for name in ("email", "phone", "first_name", "last_name", "redirect")},
            "company": "Acme",
            "title": "CEO",
            "city": "Rome",
            "delivery_methods": {"email": True, "sms": False},
            "verification_settings": {"verification_place": "before_open", "id_verification": {"enabled": True}},
        },
    ),
    ("delete_recipient", {}),
    ("reassign_recipient", {"id": "c1", "kind": "contact_group"}),
    (
        "list_templates",
        {"q": "x", "shared": True, "deleted": False, "id": "t1", "folder_uuid": "f1", "tag": ["a", "b"], "count": 5},
    ),
    ("create_template", {"url": "https://files.example.com/a.pdf", "name": "Lease", "metadata": {"a": "b"}}),
    ("create_template", {"file": "a.pdf", "name": "Lease", "tokens": FILLING["tokens"]}),
    ("get_template_details", {}),
    ("delete_template", {}),
    ("list_webhook_subscriptions", {}),
    (
        "create_webhook_subscription",
        {
            "name": "ours",
            "url": "https://example.com/hook",
            "triggers": ["document_state_changed"],
            "active": True,
            "payload": ["fields", "metadata"],
        },
    ),
    ("get_webhook_subscription", {}),
    ("update_webhook_subscription", {"active": False}),
    ("delete_webhook_subscription", {}),
]  # fmt: skip
each = pytest.mark.parametrize(("name", "values"), ASKED, ids=[f"{n} {one[0]}" for n, one in enumerate(ASKED)])


@pytest.fixture(scope="module")
def published() -> Published:
    if not DOCUMENT.is_file():
        pytest.skip(f"no published contracts here: {DOCUMENT.name} is beside the checkout where it is known")
    return Published.at(DOCUMENT, "/public/v1")


def with_path(operation: Operation, values: dict[str, Any]) -> dict[str, Any]:
    return {**{one.name: "1a2b" for one in operation.at(Where.PATH)}, **values}


@each
def test_our_request_is_one_that_the_definition_takes(published: Published, name: str, values: dict[str, Any]) -> None:
    operation = PIGEON.operation(name)
    request = build(operation, with_path(operation, values))
    assert not judged(published, request)


PROVEN = [one for one in PIGEON.operations if not one.is_unverified]


@pytest.mark.parametrize("operation", PROVEN, ids=[one.name for one in PROVEN])
def test_whatever_our_catalogue_lets_through_the_definition_takes(published: Published, operation: Operation) -> None:
    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(STARTS.get(operation.name, [{}])), few_of(operation.arguments))
    def trial(start: dict[str, Any], values: dict[str, Any]) -> None:
        try:
            request = build(operation, {**values, **start})
        except SpecError:
            return
        assert not judged(published, request)

    trial()


def test_all_but_the_assumed_operations_are_asked_here() -> None:
    assert {name for name, _ in ASKED} == {one.name for one in PIGEON.operations if not one.is_unverified}


def test_the_judge_refuses_what_is_wrong(published: Published) -> None:
    judge = published.operation("POST", "/documents/1a2b/session")
    assert judge is not None
    schema = published.body(judge, "application/json")
    assert schema is not None
    for wrong in ({}, {"recipient": 5}, {"recipient": "a@example.com", "until": 5}):
        assert list(complaints(schema, wrong))
    assert published.operation("PUT", "/documents/1a2b/session") is None


# -- the fake --------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(published: Published, tmp_path: Path) -> Iterator[tuple[Pigeon, Caller, Held]]:
    with calling(Pigeon(), tmp_path) as (fake, call):
        yield fake, call, watched(fake, published)


def test_what_the_fake_answers_is_what_the_definition_says(desk: tuple[Pigeon, Caller, Held]) -> None:
    fake, call, found = desk
    made = call("create_document", file=call.paper(), name="Lease", recipients=[JOSH], metadata={"case": "42"})
    fake.advance(5)
    at = {"document_id": made["id"]}
    person = call("get_document_details", **at)["recipients"][0]["id"]
    call("create_document_fields", **at, fields=[{**BOX, "assigned_to": person}])
    call("list_document_fields", **at)
    call("update_document", **at, name="Lease 2")
    call("send_document", **at)
    call("create_document_session", **at, recipient="josh@example.com")
    part = call("create_attachment", **at, source="https://files.example.com/a.txt", name="plan")["uuid"]
    call("list_attachments", **at)
    call("get_attachment", **at, attachment_id=part)
    fake.sign()
    call("get_document_status", **at)
    call("list_documents", metadata={"case": "42"}, count=5)
    call("move_document_to_draft", **at)
    call("add_recipient", **at, id="contact-1", kind="contact")
    call("create_template", file=call.paper(), name="Lease")
    template = fake.add_template("NDA", "Partner")
    call("list_templates")
    call("get_template_details", template_id=template)
    hook = call("create_webhook_subscription", name="x", url="https://a.example/", triggers=["document_deleted"])
    call("get_webhook_subscription", uuid=hook["uuid"])
    call("list_webhook_subscriptions")
    call("delete_document", **at)
    assert found == Held()
