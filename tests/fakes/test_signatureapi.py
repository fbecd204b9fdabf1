"""SignatureAPI's operations against the strict fake."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.domain.errors import SpecError
from app.sync.request import Json, Request
from tests.fakes.calling import Caller, calling
from tests.fakes.signatureapi import SignatureApi

Desk = tuple[SignatureApi, Caller]
JANE = {"type": "signer", "key": "jane", "name": "Jane Smith", "email": "jane@example.com"}
BOB = {"type": "signer", "key": "bob", "name": "Bob Jones", "email": "bob@example.com"}
LINK = [{"type": "email_link"}]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with calling(SignatureApi(), tmp_path) as both:
        yield both


def document(call: Caller, *people: str, **more: Any) -> dict[str, Any]:
    """One page with a signature for each."""
    upload = call("create_upload", file=call.paper())
    places = [{"key": f"{key}_signs", "type": "signature", "recipient_key": key, "height": 40} for key in people]
    at = [
        {"place_key": one["key"], "page": 1, "top": 200 + 100 * number, "left": 72} for number, one in enumerate(places)
    ]
    return {"url": upload["url"], "format": "pdf", "key": "lease", "places": places, "fixed_positions": at, **more}


def create(call: Caller, *people: dict[str, Any], **more: Any) -> Any:
    keys = [one["key"] for one in people]
    return call("create_envelope", title="Lease", documents=[document(call, *keys)], recipients=list(people), **more)


def test_an_envelope_goes_its_way(desk: Desk) -> None:
    fake, call = desk
    made = create(call, JANE, BOB, metadata={"case": "42"}, topics=["leases"])
    assert (made["status"], made["mode"], made["documents"][0]["page_count"]) == ("processing", "test", 1)
    fake.advance(5)
    read = call("get_envelope", id=made["id"])
    assert read["status"] == "in_progress"
    assert [one["status"] for one in read["recipients"]] == ["sent", "awaiting"]
    fake.view()
    fake.sign(values={"city": "Springfield"})
    fake.sign()
    fake.advance(1)
    read = call("get_envelope", id=made["id"])
    assert (read["status"], read["captures"], read["metadata"]) == (
        "completed",
        {"city": "Springfield"},
        {"case": "42"},
    )
    assert [one["id"] for one in call("list_envelopes", topic="leases", status="completed")["data"]] == [made["id"]]
    kinds = [one["type"] for one in call("list_envelope_events", id=made["id"], limit=100)["data"]]
    assert kinds[0] == "deliverable.generated"
    assert kinds[-2:] == ["envelope.started", "envelope.created"]
    assert kinds.count("recipient.completed") == 2


def test_the_result_is_at_another_host_and_gets_no_key(desk: Desk) -> None:
    fake, call = desk
    made = create(call, JANE)
    fake.advance(5)
    fake.sign()
    (pending,) = call("list_deliverables", id=made["id"])["data"]
    assert (pending["status"], pending["url"]) == ("pending", None)
    fake.advance(1)
    one = call("get_deliverable", id=pending["id"])
    out = call.folder / "result.pdf"
    call.rig.transport.download(one["url"], out, limit=1 << 20)
    assert out.read_bytes().startswith(call.paper().read_bytes())
    fake.advance(3601)
    with pytest.raises(errors.PermissionMissing):
        call.rig.transport.download(one["url"], out, limit=1 << 20)
    more = call("create_deliverable", id=made["id"], type="simple", name="Copy", password="abcd1234")
    assert (more["password"], more["status"]) == ("********", "pending")


def test_a_new_ceremony_ends_the_one_before(desk: Desk) -> None:
    fake, call = desk
    made = create(call, {**JANE, "ceremony_creation": "manual"})
    fake.advance(5)
    (person,) = made["recipients"]
    assert person["ceremony"] is None
    custom = [{"type": "custom", "provider": "our login", "data": {"user": "42"}}]
    first = call("create_ceremony", recipient_id=person["id"], authentication=custom, embeddable_in=["*"])
    assert first["url"].startswith("https://sign.signatureapi.com/en/start?token=")
    second = call("create_ceremony", recipient_id=person["id"], authentication=custom, url_variant="short")
    kept = call("get_recipient", recipient_id=person["id"])["ceremony"]
    assert kept["url"] == second["url"] != first["url"]
    assert (kept["redirect_delay"], kept["url_variant"]) == (3, "short")
    mailed = call("create_ceremony", recipient_id=person["id"], authentication=LINK)
    assert mailed["url"] is None
    assert mailed["authentication"] == [{"type": "email_link", "subject_override": None, "message_override": None}]
    fake.sign()
    with pytest.raises(errors.RemoteConflict):
        call("create_ceremony", recipient_id=person["id"], authentication=LINK)


def test_reminders_wait_longer_and_longer(desk: Desk) -> None:
    fake, call = desk
    person = create(call, JANE)["recipients"][0]["id"]
    with pytest.raises(errors.RemoteConflict):
        call("resend_to_recipient", recipient_id=person)
    fake.advance(5)
    for wait in (900, 900, 900, 3600, 3600, 3600, 86400, 86400, 86400, 86400):
        told = call("resend_to_recipient", recipient_id=person)
        assert told["can_resend_at"] > "2026"
        with pytest.raises((errors.TooManyRequests, errors.RemoteConflict)):
            call("resend_to_recipient", recipient_id=person)
        fake.advance(wait)
    with pytest.raises(errors.RemoteConflict):
        call("resend_to_recipient", recipient_id=person)


def test_somebody_else_takes_over_and_somebody_refuses(desk: Desk) -> None:
    fake, call = desk
    made = create(call, JANE, BOB)
    fake.advance(5)
    new = call("replace_recipient", recipient_id=made["recipients"][0]["id"], name="Zoë", email="zoe@example.com")
    assert (new["key"], new["status"]) == ("jane", "sent")
    fake.decline(email="zoe@example.com", reason="no")
    read = call("get_envelope", id=made["id"])
    assert [one["status"] for one in read["recipients"]] == ["rejected", "replaced", "awaiting"]
    assert read["status"] == "in_progress"
    (event,) = [
        one
        for one in call("list_recipient_events", recipient_id=new["id"])["data"]
        if one["type"] == "recipient.rejected"
    ]
    assert event["data"]["reason"] == "no"


def test_cancelling_and_deleting(desk: Desk) -> None:
    fake, call = desk
    made = create(call, JANE)
    for operation in ("cancel_envelope", "delete_envelope"):
        with pytest.raises(errors.RemoteConflict):
            call(operation, id=made["id"])
    fake.advance(5)
    assert call("update_envelope", id=made["id"], label="by mistake")["label"] == "by mistake"
    assert call("cancel_envelope", id=made["id"], reason="x")["status"] == "canceled"
    assert call("list_events")["data"][0]["type"] == "envelope.canceled"
    assert call("delete_envelope", id=made["id"]) is None
    with pytest.raises(errors.RemoteGone):
        call("get_envelope", id=made["id"])


def test_pages_of_a_list_lead_on(desk: Desk) -> None:
    _, call = desk
    for _ in range(3):
        create(call, JANE)
    first = call("list_envelopes", limit=2)
    assert (len(first["data"]), first["links"]["previous"]) == (2, None)
    assert first["links"]["next"].endswith("/v1/envelopes?limit=2&cursor=2")
    last = call("list_envelopes", page=first["links"]["next"])
    assert (len(last["data"]), last["links"]["next"]) == (1, None)
    assert last["data"][0]["id"] not in [one["id"] for one in first["data"]]
    with pytest.raises(SpecError):
        call("list_senders", page=first["links"]["next"])


def test_test_and_live_do_not_see_each_other(desk: Desk) -> None:
    fake, call = desk
    made = create(call, JANE)
    live = Caller(fake, call.folder, fake.live_key)
    with pytest.raises(errors.RemoteGone):
        live("get_envelope", id=made["id"])
    assert live("list_envelopes")["data"] == []
    fake.live_mode = False
    with pytest.raises(errors.CredentialRefused):
        live("list_envelopes")


def test_uploads_and_senders(desk: Desk) -> None:
    fake, call = desk
    upload = call("create_upload", file=call.paper())
    assert call("get_upload", id=upload["id"])["sha_256"] == upload["sha_256"]
    made = call("create_sender", name="Acme", email="sign@example.com")
    assert call("list_senders")["data"] == [made]
    call("delete_sender", id=made["id"])
    assert call("list_senders")["data"] == []
    fake.advance(86401)
    gone = {"url": upload["url"], "format": "pdf"}
    with pytest.raises(errors.RequestRefused, match="has expired"):
        call("create_envelope", title="x", documents=[gone], recipients=[JANE])


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"top": 30}, "inside"),
        ({"left": 560}, "inside"),
        ({"top": 900}, "inside"),
        ({"page": 2}, "page"),
    ],
)
def test_a_place_off_the_page_is_refused(desk: Desk, change: dict[str, Any], word: str) -> None:
    fake, call = desk
    one = document(call, "jane")
    one["fixed_positions"][0] |= change
    with pytest.raises(errors.RequestRefused, match=word):
        call("create_envelope", title="x", documents=[one], recipients=[JANE])
    assert fake.envelopes == {}


def test_a_place_without_a_position_needs_its_marker(desk: Desk) -> None:
    _, call = desk
    with pytest.raises(errors.RequestRefused, match="nowhere in the document"):
        call("create_envelope", title="x", documents=[document(call, "jane", fixed_positions=[])], recipients=[JANE])


@pytest.mark.parametrize(
    ("path", "body", "word"),
    [
        ("/recipients/RE/ceremonies", {}, "authentication"),
        ("/recipients/RE/ceremonies", {"authentication": []}, "authentication"),
        ("/recipients/RE/ceremonies", {"authentication": [{"type": "email_link", "x": 1}]}, "authentication[0].x"),
        ("/recipients/RE/ceremonies", {"authentication": LINK, "redirect_url": "http://a.b"}, "redirect_url"),
        ("/recipients/RE/ceremonies", {"authentication": LINK, "redirect_delay": 21}, "redirect_delay"),
        ("/recipients/RE/ceremonies", {"authentication": [{"type": "custom", "provider": "x", "data": {}}]}, "data"),
        ("/recipients/RE/replace", {"name": "x"}, "email"),
    ],
)
def test_the_fake_is_strict_by_itself(desk: Desk, path: str, body: Any, word: str) -> None:
    _, call = desk
    person = create(call, JANE)["recipients"][0]["id"]
    with pytest.raises(errors.RequestRefused) as refused:
        call.rig.transport.send(Request("POST", path.replace("RE", person), "a trial", body=Json(body)))
    assert any(word in one for one in refused.value.fields)
