"""VisiSign's operations against the strict fake, and the fake against what must be refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from app.domain import errors
from tests.fakes import papers
from tests.fakes.calling import Caller, calling
from tests.fakes.visisign import VisiSign

JANE = {"name": "Jane Smith", "email": "jane@example.com"}
BOB = {"name": "Bob Jones", "email": "bob@example.com"}
BOX = {"type": "signature", "signer_index": 0, "page": 1, "x": 100, "y": 650, "width": 200, "height": 50}
CREATE = "create_signature_request"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[VisiSign, Caller]]:
    with calling(VisiSign(), tmp_path) as both:
        yield both


def fillable(path: Path, *names: str) -> Path:
    """A PDF with a text field for each name."""
    with pymupdf.open() as paper:
        page = paper.new_page()
        for number, name in enumerate(names, 1):
            widget = pymupdf.Widget()
            widget.field_name, widget.field_type = name, pymupdf.PDF_WIDGET_TYPE_TEXT
            widget.rect = pymupdf.Rect(72, 40 * number, 200, 40 * number + 20)
            page.add_widget(widget)
        paper.save(path)
    return path


def send(call: Caller, **more: Any) -> Any:
    given = {"file": call.paper(), "signers": [JANE], "fields": [BOX], **more}
    return call(CREATE, **given)["signature_request"]


def test_a_document_is_sent_signed_and_fetched(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    sent = send(call, metadata={"case": "42"}, fields=[BOX, {**BOX, "type": "text", "y": 60, "mapping_key": "city"}])
    assert (sent["title"], sent["status"], sent["metadata"]) == ("Untitled", "sent", {"case": "42"})
    assert sent["signers"][0]["signing_url"].startswith("https://app.visisign.app/sign/tok_")
    with pytest.raises(errors.RemoteGone):
        call.file("download_files", id=sent["id"])
    fake.view()
    fake.sign(values={"city": "Springfield"})
    read = call("get_signature_request", id=sent["id"])["signature_request"]
    assert (read["status"], read["is_complete"], read["form_data"]) == ("completed", True, {"city": "Springfield"})
    assert read["signers"][0]["viewed_at"] == "2026-03-04T10:00:00Z"
    assert "signing_url" not in read["signers"][0]
    signed = call.file("download_files", id=sent["id"]).read_bytes()
    assert signed.startswith(call.paper().read_bytes())
    assert len(papers.sizes(signed)) == 1


def test_pages_of_the_list(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    for number in range(3):
        send(call, signers=[{**JANE, "email": f"jane{number}@example.com"}])
    first = call("list_signature_requests", page=1, per_page=2)
    assert [one["id"] for one in first["signature_requests"]] == ["sr_3", "sr_2"]
    assert first["pagination"] == {"page": 1, "per_page": 2, "total_pages": 2, "total_count": 3}
    assert len(call("list_signature_requests")["signature_requests"]) == 3
    assert [line["method"] for line in fake.asked_for("GET /signature_requests")] == ["GET", "GET"]


def test_markdown_gives_each_role_its_fields(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    content = (
        "# NDA\n\n{{signature:buyer}}\n\n{{ pagebreak }}\n\n{{date:Bob Jones}} {{text:nobody}} {{signature:seller}}\n"
    )
    call(CREATE, content=content, signers=[{**JANE, "role": "buyer"}, {**BOB, "role": "seller"}])
    (made,) = fake.requests.values()
    assert [(one["type"], one["signer_index"]) for one in made.fields] == [
        ("signature", 0),
        ("date", 1),
        ("text", 0),
        ("signature", 1),
    ]
    assert (made.fields[0]["width"], made.fields[0]["height"]) == (200, 50)
    assert len(papers.sizes(made.paper)) == 2


def test_every_kind_of_field_with_all_that_can_be_said_of_it(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    kinds = ("signature", "initials", "date", "text", "checkbox")
    more = {"label": "Here", "required": False, "width": 40, "height": 20}
    fields = [
        {**BOX, **more, "type": kind, "y": 60.5 * number, "mapping_key": kind} for number, kind in enumerate(kinds, 1)
    ]
    sent = send(call, fields=fields, message="Please.", signers=[{**JANE, "phone_number": "+1 555 0100"}])
    assert sent["message"] == "Please."
    (made,) = fake.requests.values()
    assert made.fields == fields
    assert made.facts["signers"][0]["phone_number"] == "+1 555 0100"
    fake.sign(values=dict.fromkeys(kinds, "x"))
    assert set(made.form_data) == set(kinds)


def test_form_fields_of_the_pdf_go_to_the_first_signer(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    form = fillable(call.folder / "form.pdf", "city", "street")
    send(call, file=form, fields=[], import_fields=True, signers=[JANE, BOB])
    (made,) = fake.requests.values()
    assert [(one["label"], one["signer_index"]) for one in made.fields] == [("city", 0), ("street", 0)]


def test_one_at_a_time_they_take_turns(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    send(call, signing_order="one_at_a_time", signers=[{**JANE, "order": 1}, {**BOB, "order": 2}])
    with pytest.raises(AssertionError, match="turn"):
        fake.sign(email="bob@example.com")
    fake.sign(email="jane@example.com")
    fake.sign(email="bob@example.com")
    (made,) = fake.requests.values()
    assert made.status == "completed"


def test_a_template_is_filled_by_mapping_key(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    one = fake.add_template("W-9", keys=("taxpayer_name",))
    assert call("list_templates")["templates"][0]["fields_count"] == 1
    told = call("get_template", id=one.id)["template"]
    assert told["fields"][0]["mapping_key"] == "taxpayer_name"
    sent = call("send_with_template", template_id=one.id, signers=[JANE], custom_fields={"taxpayer_name": "J", "x": 1})
    assert sent["signature_request"]["title"] == "W-9"
    fake.sign()
    assert fake.requests[sent["signature_request"]["id"]].form_data == {"taxpayer_name": "J"}
    fake.team = False
    with pytest.raises(errors.PermissionMissing, match="Team plan"):
        call("send_with_template", template_id=one.id, signers=[JANE])


def test_roles_of_a_template_are_all_taken(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    one = fake.add_template("Lease", roles=("Landlord", "Tenant"))
    by_name = [{**JANE, "role": "Landlord"}, {**BOB, "role_id": 2}]
    call("send_with_template", template_id=one.id, signers=by_name)
    with pytest.raises(errors.RequestRefused, match="signers must have"):
        call("send_with_template", template_id=one.id, signers=by_name[:1])


def test_cancelling_and_reminding_need_an_open_request(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    sent = send(call)
    assert call("send_reminder", id=sent["id"], email_address=JANE["email"]) == {"message": "Reminder sent"}
    with pytest.raises(errors.TooManyRequests):
        call("send_reminder", id=sent["id"], email_address=JANE["email"])
    fake.advance(3601)
    with pytest.raises(errors.RemoteGone):
        call("send_reminder", id=sent["id"], email_address=BOB["email"])
    assert call("cancel_signature_request", id=sent["id"])["signature_request"]["status"] == "cancelled"
    for operation, more in (("cancel_signature_request", {}), ("send_reminder", {"email_address": JANE["email"]})):
        with pytest.raises(errors.RequestRefused) as refused:
            call(operation, id=sent["id"], **more)
        assert refused.value.status == 422


def test_time_ends_a_request(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    with pytest.raises(errors.RequestRefused, match="expires_at"):
        send(call, expires_at="2026-03-04T09:00:00Z")
    sent = send(call, expires_at="2026-03-05T10:00:00Z")
    fake.advance(86400)
    assert call("get_signature_request", id=sent["id"])["signature_request"]["status"] == "expired"


def test_a_decline_shows_as_a_flag_and_the_status_stays(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    sent = send(call)
    fake.decline()
    read = call("get_signature_request", id=sent["id"])["signature_request"]
    assert (read["status"], read["is_declined"]) == ("sent", True)


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        ({"wallet": 0}, "PaymentNeeded"),
        ({"age_days": 3}, "RequestRefused"),
        ({"key": "vsk_other"}, "CredentialRefused"),
    ],
)
def test_what_the_account_may_not(desk: tuple[VisiSign, Caller], spoil: dict[str, Any], kind: str) -> None:
    fake, call = desk
    for name, value in spoil.items():
        setattr(fake, name, value)
    with pytest.raises(errors.RemoteError) as refused:
        send(call, signers=[{**JANE, "email": f"jane{number}@example.com"} for number in range(11)])
    assert refused.value.kind == kind
    assert fake.requests == {}


def test_fifty_in_an_hour_and_five_to_one_address(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    for _ in range(5):
        send(call)
    with pytest.raises(errors.TooManyRequests):
        send(call)
    fake.advance(3601)
    send(call)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"signers": [JANE], "content": "{{signature:a}}", "file_url": "https://x.example"}, "file_url"),
        ({"signers": [JANE], "content": "no token"}, "content"),
        ({"signers": [], "content": "{{signature:a}}"}, "signers"),
        ({"signers": [{"name": "J"}], "content": "{{signature:a}}"}, "signers[0].email"),
        ({"signers": [JANE]}, "file"),
        ({"data": {"signers": [JANE], "content": "none"}}, "content"),
    ],
)
def test_the_fake_is_strict_by_itself(desk: tuple[VisiSign, Caller], body: Any, word: str) -> None:
    """Past our own checks, straight to the wire."""
    from app.sync.request import Json, Request

    fake, call = desk
    with pytest.raises(errors.RequestRefused) as refused:
        call.rig.transport.send(Request("POST", "/signature_requests", "a trial", body=Json(body)))
    assert refused.value.status == 422
    assert any(word in one for one in refused.value.fields)
    assert fake.requests == {}


def test_a_field_off_the_page_is_refused(desk: tuple[VisiSign, Caller]) -> None:
    _, call = desk
    for box in ({**BOX, "x": 500}, {**BOX, "page": 2}):
        with pytest.raises(errors.RequestRefused, match=r"fields\[0\]"):
            send(call, fields=[box])


def test_without_a_key_the_download_leads_elsewhere(desk: tuple[VisiSign, Caller]) -> None:
    from app.sync.request import Request

    fake, call = desk
    sent = send(call)
    fake.sign()
    bare = Request("GET", f"/signature_requests/{sent['id']}/files", "a trial", anonymous=True)
    with pytest.raises(errors.RedirectRefused):
        call.rig.transport.download(bare, call.folder / "x.pdf", limit=1 << 20)


def test_the_log_holds_no_secret(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    send(call)
    assert fake.key not in str(fake.log)
    assert fake.log[0]["headers"]["authorization"] == "[hidden]"


def test_two_fakes_of_one_seed_say_the_same(tmp_path: Path) -> None:
    told = []
    for _ in range(2):
        with calling(VisiSign(seed=7), tmp_path) as (_, call):
            told.append(send(call))
    assert told[0] == told[1]


def test_webhooks_as_far_as_a_key_may(desk: tuple[VisiSign, Caller]) -> None:
    fake, call = desk
    made = call("create_webhook", url="https://example.com/hook", events=["signature_request.signed"])
    assert made["signing_secret"].startswith("whsec_")
    (one,) = call("list_webhooks")["webhook_endpoints"]
    assert one["events"] == ["signature_request.signed"]
    assert call("test_webhook", id=one["id"])["delivery_id"] == 1
    call("delete_webhook", id=one["id"])
    assert call("list_webhooks")["webhook_endpoints"] == []
    fake.webhooks_by_key = False
    with pytest.raises(errors.PermissionMissing, match="dashboard"):
        call("list_webhooks")
