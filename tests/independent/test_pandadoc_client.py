"""PandaDoc's own published client can talk to the fake of Pigeon, whose paths are PandaDoc's: so the fake speaks the
contract, and not only what our catalogue believes of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pandadoc_client as client
import pytest
from pandadoc_client import apis, models

from tests.fakes.pigeon import Pigeon

JOSH = {"email": "josh@example.com", "first_name": "Josh", "last_name": "Ron", "role": "Landlord"}


@pytest.fixture
def fake() -> Iterator[Pigeon]:
    with Pigeon().serving() as served:
        assert isinstance(served, Pigeon)
        yield served


@pytest.fixture
def spoken(fake: Pigeon) -> Iterator[Any]:
    configured = client.Configuration(host=fake.origin, api_key={"apiKey": f"API-Key {fake.key}"})
    with client.ApiClient(configured) as opened:
        yield opened


def made(fake: Pigeon, spoken: Any) -> str:
    template = fake.add_template("Lease", "Landlord")
    asked = models.DocumentCreateRequest(
        name="Lease",
        template_uuid=template,
        recipients=[models.DocumentCreateRequestRecipients(**JOSH)],
        metadata={"case": "42"},
        tags=["leases"],
    )
    found = apis.DocumentsApi(spoken).create_document(document_create_request=asked)
    assert str(found.status) == "document.uploaded"
    fake.advance(5)
    return str(found.id)


def test_a_document_goes_its_way(fake: Pigeon, spoken: Any) -> None:
    documents = apis.DocumentsApi(spoken)
    given = made(fake, spoken)
    assert str(documents.status_document(given).status) == "document.draft"
    assert documents.details_document(given).recipients[0].email == "josh@example.com"
    sent = documents.send_document(given, models.DocumentSendRequest(subject="Please", message="Sign", silent=True))
    assert str(sent.status) == "document.sent"
    link = documents.create_document_link(
        given, models.DocumentCreateLinkRequest(recipient="josh@example.com", lifetime=900.0)
    )
    assert link.id in fake.sessions
    fake.sign()
    (listed,) = documents.list_documents(tag="leases", count=10, page=1).results
    assert (listed.id, str(listed.status)) == (given, "document.completed")
    for answer in (documents.download_document(given), documents.download_protected_document(given)):
        assert read(answer).startswith(b"%PDF-")
    documents.transfer_document_ownership(given, models.DocumentTransferOwnershipRequest(membership_id="member-2"))
    assert fake.documents[given].owner == "member-2"


def read(answer: io.IOBase) -> bytes:
    with answer:
        return bytes(answer.read())


def test_a_document_is_changed_moved_and_deleted(fake: Pigeon, spoken: Any) -> None:
    documents = apis.DocumentsApi(spoken)
    given = made(fake, spoken)
    documents.update_document(given, models.DocumentUpdateRequest(name="Lease 2"))
    assert fake.documents[given].name == "Lease 2"
    status = models.DocumentStatusRequestEnum(2)
    documents.change_document_status(given, models.DocumentStatusChangeRequest(status=status, note="done"))
    assert fake.documents[given].status == "document.completed"
    documents.delete_document(given)
    with pytest.raises(client.ApiException) as gone:
        documents.status_document(given)
    assert gone.value.status == 404


def test_recipients_and_attachments(fake: Pigeon, spoken: Any) -> None:
    given = made(fake, spoken)
    people = apis.DocumentRecipientsApi(spoken)
    added = people.add_document_recipient(given, models.DocumentRecipientCreateRequest(id="contact-2", kind="contact"))
    people.edit_document_recipient(given, added.recipient_id, models.DocumentRecipientEditRequest(phone="+15550100"))
    moved = people.reassign_document_recipient(
        given, added.recipient_id, models.DocumentRecipientCreateRequest(id="contact-1", kind="contact")
    )
    people.delete_document_recipient(given, moved.recipient_id)
    assert len(fake.documents[given].recipients) == 1
    attachments = apis.DocumentAttachmentsApi(spoken)
    assert attachments.list_document_attachments(given) == []


def test_templates_and_webhooks(fake: Pigeon, spoken: Any) -> None:
    fake.add_template("Lease", "Landlord")
    templates = apis.TemplatesApi(spoken)
    (one,) = templates.list_templates(q="lease").results
    assert templates.details_template(one.id).roles[0].name == "Landlord"
    templates.delete_template(one.id)
    assert fake.templates == {}
    hooks = apis.WebhookSubscriptionsApi(spoken)
    wanted = models.WebhookSubscriptionCreateRequest(
        name="ours",
        url="https://example.com/hook",
        triggers=[models.WebhookSubscriptionTriggerEnum("document_state_changed")],
    )
    hook = hooks.create_webhook_subscription(wanted)
    assert hooks.details_webhook_subscription(hook.uuid).name == "ours"
    hooks.delete_webhook_subscription(hook.uuid)
    assert hooks.list_webhook_subscriptions().items == []


def test_a_wrong_key_is_refused(fake: Pigeon) -> None:
    configured = client.Configuration(host=fake.origin, api_key={"apiKey": "API-Key wrong"})
    with client.ApiClient(configured) as opened, pytest.raises(client.ApiException) as refused:
        apis.DocumentsApi(opened).list_documents()
    assert refused.value.status == 401
