"""Pigeon's operations against the strict fake."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.sync.request import Json, Request
from tests.fakes.calling import Caller, calling
from tests.fakes.pigeon import Pigeon

Desk = tuple[Pigeon, Caller]
JOSH = {"email": "josh@example.com", "first_name": "Josh", "last_name": "Ron", "signing_order": 1}
ANN = {"email": "ann@example.com", "first_name": "Ann", "last_name": "Lee", "signing_order": 2}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with calling(Pigeon(), tmp_path) as both:
        yield both


def draft(desk: Desk, *people: dict[str, Any], **more: Any) -> str:
    fake, call = desk
    made = call("create_document", file=call.paper(), name="Lease", recipients=list(people or (JOSH,)), **more)
    assert made["status"] == "document.uploaded"
    fake.advance(5)
    return str(made["id"])


def box(kind: str = "signature", **more: Any) -> dict[str, Any]:
    position = {"offset_x": 100, "offset_y": 200, "anchor_point": "topleft"}
    return {
        "type": kind,
        "layout": {"page": 1, "position": position, "style": {"width": 120, "height": 40}},
        **more,
    }


def test_a_document_goes_its_way(desk: Desk) -> None:
    fake, call = desk
    given = draft(desk, JOSH, ANN, metadata={"case": "42"}, tags=["leases"])
    assert call("get_document_status", document_id=given)["status"] == "document.draft"
    people = call("get_document_details", document_id=given)["recipients"]
    made = call("create_document_fields", document_id=given, fields=[box(assigned_to=one["id"]) for one in people])
    assert [one["assigned_to"]["id"] for one in made["fields"]] == [one["id"] for one in people]
    sent = call("send_document", document_id=given, subject="Please", message="Sign", silent=True)
    assert (sent["status"], sent["recipients"][0]["email"]) == ("document.sent", "josh@example.com")
    session = call("create_document_session", document_id=given, recipient="josh@example.com", lifetime=900)
    assert session["expires_at"] == "2026-03-04T10:15:05.000000Z"
    with pytest.raises(AssertionError):
        fake.sign(email="ann@example.com")
    fake.view()
    fake.sign()
    with pytest.raises(errors.RemoteConflict):
        call.file("download_protected_document", document_id=given)
    fake.sign()
    assert call("list_documents", status=2, metadata={"case": "42"}, tag="leases")["results"][0]["id"] == given
    assert call("list_documents", status__ne=2)["results"] == []
    for operation in ("download_document", "download_protected_document"):
        assert call.file(operation, document_id=given).read_bytes().startswith(call.paper().read_bytes())
    packed = call.file("download_document", "application/zip", document_id=given, separate_files=True)
    assert zipfile.ZipFile(io.BytesIO(packed.read_bytes())).namelist() == ["document.pdf"]


def test_what_is_still_being_made_cannot_be_used(desk: Desk) -> None:
    fake, call = desk
    made = call("create_document", url="https://files.example.com/a.pdf", name="Lease", recipients=[JOSH])
    for operation in ("get_document_details", "send_document"):
        with pytest.raises(errors.RemoteConflict):
            call(operation, document_id=made["id"])
    with pytest.raises(errors.RemoteNotReady):
        call.file("download_document", document_id=made["id"])
    fake.advance(5)
    call("send_document", document_id=made["id"])
    with pytest.raises(errors.RemoteConflict):
        call("send_document", document_id=made["id"])


def test_sessions_are_for_recipients_of_documents_that_are_out(desk: Desk) -> None:
    _, call = desk
    given = draft(desk)
    with pytest.raises(errors.RequestRefused):
        call("create_document_session", document_id=given, recipient=JOSH["email"])
    call("send_document", document_id=given)
    with pytest.raises(errors.RemoteGone):
        call("create_document_session", document_id=given, recipient="nobody@example.com")
    first = call("create_document_session", document_id=given, recipient=JOSH["email"])
    second = call("create_document_session", document_id=given, recipient=JOSH["email"])
    assert first["id"] != second["id"]


def test_a_template_wants_its_roles_and_its_approval(desk: Desk) -> None:
    fake, call = desk
    template = fake.add_template("Lease", "Landlord", approval=True)
    with pytest.raises(errors.RequestRefused, match="roles"):
        call("create_document", template_uuid=template, recipients=[{**JOSH, "role": "Tenant"}])
    made = call("create_document", template_uuid=template, recipients=[{**JOSH, "role": "Landlord"}])
    fake.advance(5)
    assert call("send_document", document_id=made["id"])["status"] == "document.waiting_approval"
    with pytest.raises(errors.RequestRefused):
        call("create_document_session", document_id=made["id"], recipient=JOSH["email"])
    fake.approve()
    assert call("send_document", document_id=made["id"])["status"] == "document.sent"


def test_a_draft_is_changed_and_others_are_not(desk: Desk) -> None:
    fake, call = desk
    given = draft(desk)
    call("update_document", document_id=given, name="Lease 2", metadata={"a": 1}, tags=["x"])
    told = call("get_document_details", document_id=given)
    assert (told["name"], told["metadata"], told["tags"]) == ("Lease 2", {"a": 1}, ["x"])
    call("send_document", document_id=given)
    with pytest.raises(errors.RemoteConflict):
        call("update_document", document_id=given, name="x")
    assert call("move_document_to_draft", document_id=given)["status"] == "document.draft"
    fake.locked.add(given)
    with pytest.raises(errors.RemoteConflict, match="editing"):
        call("delete_document", document_id=given)
    fake.locked.clear()
    call("delete_document", document_id=given)
    with pytest.raises(errors.RemoteGone):
        call("get_document_status", document_id=given)


def test_a_status_is_set_by_hand_where_the_table_allows_it(desk: Desk) -> None:
    fake, call = desk
    given = draft(desk)
    with pytest.raises(errors.RemoteConflict):
        call("update_document_status", document_id=given, status=11)
    call("send_document", document_id=given)
    call("update_document_status", document_id=given, status=11, note="over")
    assert fake.documents[given].status == "document.voided"
    call("update_document_status", document_id=given, status=2)
    with pytest.raises(errors.RemoteConflict):
        call("update_document_status", document_id=given, status=12)


def test_documents_are_listed_by_time_and_order(desk: Desk) -> None:
    _, call = desk
    first, second = draft(desk), draft(desk)
    listed = call("list_documents", order_by="date_created", created_from="2026-03-04T10:00:00Z")["results"]
    assert [one["id"] for one in listed] == [first, second]
    late = call("list_documents", created_from="2026-03-04T10:00:05Z", count=10, page=1)["results"]
    assert [one["id"] for one in late] == [second]
    assert call("list_documents", completed_to="2030-01-01T00:00:00Z")["results"] == []


def test_time_voids_a_document(desk: Desk) -> None:
    fake, call = desk
    given = draft(desk)
    call("send_document", document_id=given)
    fake.documents[given].expires = fake.now + timedelta(days=1)
    fake.advance(86400)
    assert call("get_document_status", document_id=given)["status"] == "document.voided"


def test_recipients_come_go_and_hand_over(desk: Desk) -> None:
    _, call = desk
    given = draft(desk)
    added = call("add_recipient", document_id=given, id="contact-2", kind="contact")["recipient_id"]
    call("update_recipient", document_id=given, recipient_id=added, phone="+1 555 0100")
    new = call("reassign_recipient", document_id=given, recipient_id=added, id="contact-1", kind="contact")
    people = call("get_document_details", document_id=given)["recipients"]
    assert (people[1]["id"], people[1]["email"]) == (new["recipient_id"], "josh@example.com")
    call("delete_recipient", document_id=given, recipient_id=new["recipient_id"])
    assert len(call("get_document_details", document_id=given)["recipients"]) == 1


def test_attachments(desk: Desk) -> None:
    _, call = desk
    given = draft(desk)
    (call.folder / "plan.txt").write_text("a plan")
    made = call("create_attachment", document_id=given, file=call.folder / "plan.txt", name="plan.txt")
    call("create_attachment", document_id=given, source="https://files.example.com/b.txt", name="b")
    assert [one["name"] for one in call("list_attachments", document_id=given)] == ["plan.txt", "b"]
    at = {"document_id": given, "attachment_id": made["uuid"]}
    assert call("get_attachment", **at) == made
    assert call.file("download_attachment", "", **at).read_bytes() == b"a plan"
    call("delete_attachment", **at)
    assert len(call("list_attachments", document_id=given)) == 1


def test_owners(desk: Desk) -> None:
    fake, call = desk
    given = draft(desk)
    call("update_document_ownership", document_id=given, membership_id="member-2")
    assert fake.documents[given].owner == "member-2"
    call("transfer_documents_ownership", from_membership_id="member-2", to_membership_id="member-1")
    assert fake.documents[given].owner == "member-1"


def test_form_fields_are_read_and_filled(desk: Desk) -> None:
    import pymupdf

    fake, call = desk
    with pymupdf.open() as paper:
        widget = pymupdf.Widget()
        widget.field_name, widget.field_type = "city", pymupdf.PDF_WIDGET_TYPE_TEXT
        widget.rect = pymupdf.Rect(72, 72, 200, 92)
        paper.new_page().add_widget(widget)
        paper.save(call.folder / "form.pdf")
    made = call(
        "create_document",
        file=call.folder / "form.pdf",
        name="Form",
        recipients=[JOSH],
        parse_form_fields=True,
        fields={"city": {"value": "Rome"}},
    )
    fake.advance(5)
    (field,) = call("list_document_fields", document_id=made["id"])["fields"]
    assert (field["name"], field["value"], field["layout"]["position"]["offset_x"]) == ("city", "Rome", 72)


def test_templates_and_webhooks(desk: Desk) -> None:
    _, call = desk
    made = call("create_template", file=call.paper(), name="Lease")
    call("create_template", url="https://files.example.com/a.pdf", name="NDA")
    assert [one["name"] for one in call("list_templates", q="lea", count=10)["results"]] == ["Lease"]
    assert call("get_template_details", template_id=made["id"])["roles"] == []
    call("delete_template", template_id=made["id"])
    hook = call(
        "create_webhook_subscription",
        name="ours",
        url="https://example.com/hook",
        triggers=["document_state_changed"],
    )
    assert len(call("list_webhook_subscriptions")["items"]) == 1
    assert call("update_webhook_subscription", uuid=hook["uuid"], active=False)["active"] is False
    assert call("get_webhook_subscription", uuid=hook["uuid"])["shared_key"] == hook["shared_key"]
    call("delete_webhook_subscription", uuid=hook["uuid"])
    assert call("list_webhook_subscriptions")["items"] == []


def test_what_is_assumed_works_as_assumed_and_is_gone_when_it_is_not_so(desk: Desk) -> None:
    fake, call = desk
    template = fake.add_template("Lease", "Landlord")
    items = [{"recipients": [JOSH]}]
    made = call("create_bulk_send_list", name="All", template_uuid=template, items=items)
    call("update_bulk_send_list", list_id=made["id"], name="Everybody")
    assert call("get_bulk_send_list", list_id=made["id"])["name"] == "Everybody"
    assert call("trigger_bulk_send", list_id=made["id"]) == {"id": made["id"], "status": "queued", "total": 1}
    call("delete_bulk_send_list", list_id=made["id"])
    assert call("list_bulk_send_lists") == {"results": []}
    assert call("connect_cloud_storage", provider="dropbox")["auth_url"].startswith("https://")
    assert call("list_cloud_storage_providers")[0]["connected"] is True
    call("disconnect_cloud_storage", provider="dropbox")
    assert call("update_branding", company_name="Acme Inc") == call("get_branding")
    assert call("set_confirmation_page", enabled=False) == {"enabled": False}
    fake.unverified = False
    with pytest.raises(errors.RemoteGone):
        call("get_branding")


def test_a_sandbox_marks_names_and_gives_no_protected_file(desk: Desk) -> None:
    fake, call = desk
    fake.sandbox = True
    given = draft(desk)
    assert call("get_document_status", document_id=given)["name"] == "[DEV] Lease"
    with pytest.raises(errors.CredentialRefused):
        call.file("download_protected_document", document_id=given)


def test_a_token_of_oauth_goes_as_bearer(tmp_path: Path) -> None:
    with calling(Pigeon(), tmp_path, scheme="Bearer") as (fake, call):
        with pytest.raises(errors.CredentialRefused):
            call("list_documents")
        fake.scheme = "Bearer"
        assert call("list_documents") == {"results": []}


@pytest.mark.parametrize(
    ("path", "body", "word"),
    [
        ("/documents", {"url": "https://a.example/x.pdf"}, "name"),
        ("/documents", {"url": "http://a.example/x.pdf", "name": "x"}, "url"),
        ("/documents", {"template_uuid": "x"}, "recipients"),
        ("/documents/ID/session", {"lifetime": 0, "recipient": "josh@example.com"}, "lifetime"),
        ("/documents/ID/session", {"lifetime": 5}, "recipient"),
        ("/documents/ID/fields", {"fields": [{**box(), "layout": {"page": 1}}]}, "position"),
        ("/documents/ID/fields", {"fields": [box(assigned_to="nobody")]}, "assigned_to"),
        ("/documents/ID/send", {"quiet": True}, "quiet"),
    ],
)
def test_the_fake_is_strict_by_itself(desk: Desk, path: str, body: Any, word: str) -> None:
    _, call = desk
    given = draft(desk)
    with pytest.raises(errors.RequestRefused) as refused:
        call.rig.transport.send(Request("POST", path.replace("ID", given), "a trial", body=Json(body)))
    assert refused.value.status == 400
    assert any(word in one for one in refused.value.fields)
