"""NueForm's operations against the strict fake."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.sync.request import Json, Request
from tests.fakes.calling import Caller, calling
from tests.fakes.nueform import FORM, NueForm

Desk = tuple[NueForm, Caller]
JOHN = {"slot_number": 1, "first_name": "John", "last_name": "Smith", "email": "john@example.com"}
JANE = {"slot_number": 2, "first_name": "Jane", "last_name": "Doe", "email": "jane@example.com"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with calling(NueForm(), tmp_path, form_id=FORM) as both:
        yield both


def test_a_session_is_signed_and_its_documents_have_their_fingerprints(desk: Desk) -> None:
    fake, call = desk
    made = call("create_session", signers=[JOHN, JANE], send_signing_emails=True)
    assert (made["form_id"], made["status"], made["total_slots"], made["copy_mode"]) == (FORM, "active", 2, "ask")
    assert made["expires_at"] == "2026-04-03T10:00:00.000Z"
    assert call("list_documents", session_id=made["id"]) == {"documents": []}
    fake.view(2)
    fake.sign(2)
    assert call("get_session", session_id=made["id"])["total_signed"] == 1
    fake.sign()
    read = call("get_session", session_id=made["id"])
    assert (read["status"], [one["status"] for one in read["signer_links"]]) == ("fully_signed", ["signed", "signed"])
    (one,) = call("list_documents", session_id=made["id"])["documents"]
    got = call.file("download_document", session_id=made["id"], document_id=one["id"]).read_bytes()
    assert one["document_hash"] == f"sha256:{hashlib.sha256(got).hexdigest()}"
    actions = [each["action"] for each in call("get_audit_trail", session_id=made["id"])["entries"]]
    assert actions == ["session_created", "document_viewed", "signed", "signed", "session_completed"]
    assert fake.sessions[made["id"]].mails == ["john@example.com", "jane@example.com"]


def test_all_that_can_be_said_of_a_session(desk: Desk) -> None:
    fake, call = desk
    given = {
        "signers": [JOHN],
        "signing_order": "any",
        "expiry_days": 7,
        "hide_other_signers": True,
        "require_email_verification": True,
        "copy_mode": "always",
        "notify_emails": ["boss@example.com"],
        "notify_events": ["each_signature", "all_complete", "decline", "expiry"],
        "send_signing_emails": True,
        "custom_email_body": "Dear {slot_firstName}, sign at {slot_link} by {expiryDate}.",
    }
    made = call("create_session", **given)
    assert (made["hide_other_signers"], made["copy_mode"], made["expires_at"]) == (
        True,
        "always",
        "2026-03-11T10:00:00.000Z",
    )
    assert fake.sessions[made["id"]].given == given
    told = call("resolve_short_code", short_code=made["signer_links"][0]["short_code"])
    assert (told["requires_email_verification"], told["requires_password"]) == (True, False)


def test_a_link_is_resolved_and_its_password_tried_without_a_login(desk: Desk) -> None:
    fake, call = desk
    made = call("create_session", signing_order="sequential", password="open sesame")
    codes = [one["short_code"] for one in made["signer_links"]]
    told = [call("resolve_short_code", short_code=code) for code in codes]
    assert [(one["slot_label"], one["is_turn"], one["requires_password"]) for one in told] == [
        ("Buyer", True, True),
        ("Seller", False, True),
    ]
    with pytest.raises(errors.RequestRefused, match="Invalid password") as refused:
        call("verify_password", short_code=codes[0], password="wrong")
    assert refused.value.status == 401
    granted = call("verify_password", short_code=codes[0], password="open sesame")
    assert granted["access_token"].startswith("tmp_")
    lines = fake.log[1:]
    assert not [line for line in lines if "authorization" in line["headers"]]
    assert not [code for code in codes if code in str(lines)]
    assert "open sesame" not in str(fake.log)


def test_five_wrong_passwords_are_enough(desk: Desk) -> None:
    _, call = desk
    code = call("create_session", password="x")["signer_links"][0]["short_code"]
    for _ in range(5):
        with pytest.raises(errors.RequestRefused):
            call("verify_password", short_code=code, password="wrong")
    with pytest.raises(errors.TooManyRequests):
        call("verify_password", short_code=code, password="x")
    bare = call("create_session")["signer_links"][0]["short_code"]
    with pytest.raises(errors.RequestRefused, match="no password"):
        call("verify_password", short_code=bare, password="x")
    with pytest.raises(errors.RemoteGone) as gone:
        call("resolve_short_code", short_code="nobody")
    assert "nobody" not in str(gone.value)


def test_voiding_ends_links_and_tells_those_who_signed(desk: Desk) -> None:
    fake, call = desk
    made = call("create_session", signers=[JOHN])
    fake.sign(1)
    told = call("void_session", session_id=made["id"], reason="Terms changed")
    assert told == {
        "id": made["id"],
        "status": "voided",
        "voided_at": "2026-03-04T10:00:00.000Z",
        "void_reason": "Terms changed",
    }
    assert [one["status"] for one in fake.sessions[made["id"]].links] == ["signed", "voided"]
    assert fake.sessions[made["id"]].mails == ["john@example.com"]
    with pytest.raises(errors.RemoteConflict):
        call("void_session", session_id=made["id"])


def test_resending_needs_an_address_and_something_to_sign(desk: Desk) -> None:
    fake, call = desk
    made = call("create_session", signers=[JOHN])
    sent = call("resend_signing_request", session_id=made["id"], slot_number=1)
    assert sent == {"success": True, "sent_to": "john@example.com", "slot_number": 1}
    with pytest.raises(errors.RequestRefused, match="no email"):
        call("resend_signing_request", session_id=made["id"], slot_number=2)
    with pytest.raises(errors.RemoteGone):
        call("resend_signing_request", session_id=made["id"], slot_number=3)
    fake.sign(1)
    with pytest.raises(errors.RemoteConflict):
        call("resend_signing_request", session_id=made["id"], slot_number=1)


def test_sessions_of_a_form_by_status_and_page(desk: Desk) -> None:
    fake, call = desk
    first = call("create_session", expiry_days=1)
    second = call("create_session")
    fake.advance(86400)
    assert [one["id"] for one in call("list_sessions", status="expired")["sessions"]] == [first["id"]]
    told = call("list_sessions", page=1, per_page=1)
    assert ([one["id"] for one in told["sessions"]], told["total"], told["per_page"]) == ([second["id"]], 2, 1)
    fake.decline()
    assert call("list_sessions", status="declined")["total"] == 1
    assert call("list_forms")[0]["id"] == FORM


def test_a_wrapper_and_another_status_are_taken_too(desk: Desk) -> None:
    fake, call = desk
    fake.is_wrapped, fake.create_status = True, 200
    made = call("create_session")
    assert call("get_session", session_id=made["id"])["id"] == made["id"]


def test_turns_are_kept(desk: Desk) -> None:
    fake, call = desk
    form = fake.add_form("A", "B", questions=("One", "Two"), signing_order="sequential")
    made = call("create_session", id=form.id, signers=[JOHN, JANE], send_signing_emails=True)
    assert fake.sessions[made["id"]].mails == ["john@example.com"]
    with pytest.raises(AssertionError, match="turn"):
        fake.sign(2)
    fake.sign()
    fake.sign()
    assert len(call("list_documents", session_id=made["id"])["documents"]) == 2


def test_a_plan_without_contracts_and_a_form_without_one(desk: Desk) -> None:
    fake, call = desk
    with pytest.raises(errors.RequestRefused, match="no contract question"):
        call("create_session", id=fake.add_form("A", questions=()).id)
    fake.plan = "free"
    with pytest.raises(errors.PermissionMissing):
        call("create_session")


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"signers": [{"slot_number": 3}]}, "signers"),
        ({"signers": [{"slot_number": 1}, {"slot_number": 1}]}, "twice"),
        ({"signers": [{"first_name": "J"}]}, "slot_number"),
        ({"expiry_days": 0}, "expiry_days"),
        ({"copy_mode": "never"}, "copy_mode"),
        ({"notify_emails": ["nobody"]}, "notify_emails"),
        ({"signingOrder": "any"}, "signingOrder"),
    ],
)
def test_the_fake_is_strict_by_itself(desk: Desk, body: Any, word: str) -> None:
    fake, call = desk
    asked = Request("POST", f"/forms/{FORM}/signing-sessions", "a trial", body=Json(body))
    with pytest.raises(errors.RequestRefused, match=word) as refused:
        call.rig.transport.send(asked)
    assert refused.value.status == 400
    assert fake.sessions == {}


def test_webhooks_of_forms(desk: Desk) -> None:
    _, call = desk
    assert call("get_form_webhook") == {"url": None}
    assert call("set_form_webhook", url="https://example.com/hook") == call("get_form_webhook")
    assert call("list_webhooks") == []
    before = call("get_webhook_secret")
    assert call("regenerate_webhook_secret") != before
