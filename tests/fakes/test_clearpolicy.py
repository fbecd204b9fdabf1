"""ClearPolicy's operations against the strict fake, with a stored token and with OAuth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.services import accounts, operating
from app.services.house import House
from app.sync.request import Json, Request
from tests.fakes.calling import Caller, calling
from tests.fakes.clearpolicy import ClearPolicy
from tests.support import houses

Desk = tuple[ClearPolicy, Caller]
ASK = "create_attestation_request"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with calling(ClearPolicy(), tmp_path) as both:
        yield both


def test_one_person_is_asked_for_one_document(desk: Desk) -> None:
    fake, call = desk
    person = call("create_person", name="Jane Smith", email="jane@example.com", phone="+1 555 0100")
    paper = fake.add_document("Handbook")
    made = call(ASK, person_id=person["id"], document_id=paper["id"])
    assert (made["requested_attestation_type"], made["status"], made["source"]) == ("acknowledgment", "sent", "oauth")
    assert (made["recipient_name"], made["recipient_email"]) == ("Jane Smith", "jane@example.com")
    assert made["sent_at"] == "2026-03-04T10:00:00.000000Z"
    more = call(ASK, person_id=person["id"], document_id=paper["id"], requested_attestation_type="signature")
    assert more["requested_attestation_type"] == "signature"
    fake.sign()
    (told,) = call("list_documents", name="hand")["data"]
    assert told["attestation_counts"]["attested_latest"] == 1
    assert fake.requests[more["id"]]["viewed_at"]


def test_people_are_found_by_parts_and_by_id(desk: Desk) -> None:
    fake, call = desk
    people = [fake.add_person(f"Person {number}", f"p{number}@example.com") for number in range(3)]
    assert [one["name"] for one in call("list_people", email="P1@")["data"]] == ["Person 1"]
    assert call("list_people", id=people[0]["id"])[0]["id"] == people[0]["id"]
    page = call("list_people", per_page=2, page=2)
    assert (len(page["data"]), page["meta"]["total"], page["meta"]["from"], page["links"]["next"]) == (1, 3, 3, None)
    assert call("get_person", id=people[1]["id"])["email"] == "p1@example.com"
    assert call("get_me")["organization"]["id"] == fake.organization
    with pytest.raises(errors.RequestRefused, match="taken"):
        call("create_person", name="x", email="p1@example.com")


def test_what_cannot_be_asked_is_refused_in_order(desk: Desk) -> None:
    fake, call = desk
    person, paper = fake.add_person("Jane", "jane@example.com"), fake.add_document("Draft", published=False)
    stranger = "01hv3k8e7q2n4m6p8r0s2t4v6x"
    for ids, kind in (
        ((stranger, stranger), "RemoteGone"),
        ((person["id"], stranger), "RemoteGone"),
        ((person["id"], paper["id"]), "RequestRefused"),
    ):
        with pytest.raises(errors.RemoteError) as refused:
            call(ASK, person_id=ids[0], document_id=ids[1])
        assert refused.value.kind == kind
    fake.manager = True
    with pytest.raises(errors.PermissionMissing):
        call(ASK, person_id=stranger, document_id=stranger)
    assert call("get_me")
    fake.paid = False
    with pytest.raises(errors.PaymentNeeded):
        call(ASK, person_id=stranger, document_id=stranger)
    assert fake.requests == {}


def test_a_request_cannot_be_read_unless_the_unverified_is_switched_on(desk: Desk) -> None:
    fake, call = desk
    person, paper = fake.add_person("Jane", "jane@example.com"), fake.add_document("Handbook")
    made = call(ASK, person_id=person["id"], document_id=paper["id"])
    read = Request("GET", "/attestation-requests/{id}", "a trial", at={"id": made["id"]})
    with pytest.raises(errors.RemoteGone):
        call.rig.transport.send(read)
    fake.unverified = True
    assert call.rig.transport.send(read).data["id"] == made["id"]


@pytest.mark.parametrize("body", [{"person_id": "x"}, {"personId": "x"}, {"requested_attestation_type": "seal"}])
def test_the_fake_is_strict_by_itself(desk: Desk, body: Any) -> None:
    _, call = desk
    with pytest.raises(errors.RequestRefused) as refused:
        call.rig.transport.send(Request("POST", "/attestation-requests", "a trial", body=Json(body)))
    assert refused.value.status == 422
    assert any(next(iter(body)) in one for one in refused.value.fields)


# -- OAuth -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library") as built:
        yield built


def ask(house: House, operation: str, **given: Any) -> Any:
    asked = operating.operation(house, "acme", operation)
    return operating.run(house, "acme", asked, given).answer


@pytest.mark.parametrize("base", ["/api/v1", "/v1"])
def test_a_client_logs_in_once_and_again_when_its_token_is_refused(house: House, base: str) -> None:
    fake = ClearPolicy(now=house.clock.now())
    with fake.serving():
        options = {"credential": "client", "client_id": fake.client.id}
        accounts.add(house, "clearpolicy", "acme", fake.client.secret, f"{fake.origin}{base}", options)
        person = ask(house, "create_person", name="Jane", email="jane@example.com")
        paper = fake.add_document("Handbook")
        assert ask(house, ASK, person_id=person["id"], document_id=paper["id"])["status"] == "sent"
        assert len(fake.tokens) == 1
        fake.tokens.clear()
        assert ask(house, ASK, person_id=person["id"], document_id=paper["id"])["status"] == "sent"
        assert len(fake.tokens) == 1
        assert len(fake.requests) == 2
    assert fake.client.secret not in str(fake.log)
    assert {line["path"].rpartition("/")[0] for line in fake.log if line["path"] != "/oauth/token"} == {base}


def test_a_token_is_exchanged_before_it_runs_out(house: House) -> None:
    fake = ClearPolicy(now=house.clock.now())
    fake.lasts_s = 30
    with fake.serving():
        options = {"credential": "client", "client_id": fake.client.id}
        accounts.add(house, "clearpolicy", "acme", fake.client.secret, fake.url, options)
        for _ in range(2):
            ask(house, "get_me")
        assert len(fake.tokens) == 2


def test_a_wrong_client_secret_is_said_to_be_wrong(house: House) -> None:
    fake = ClearPolicy()
    with fake.serving():
        options = {"credential": "client", "client_id": fake.client.id}
        accounts.add(house, "clearpolicy", "acme", "another secret", fake.url, options)
        with pytest.raises(errors.CredentialRefused) as refused:
            ask(house, "get_me")
    assert "another secret" not in str(refused.value)
