"""The order in which every fake judges a request, and what it never takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.sync.registry import provider_of
from app.sync.request import Json, Raw, Request
from tests.fakes.calling import Caller, calling
from tests.fakes.clearpolicy import ClearPolicy
from tests.fakes.every import FAKES
from tests.fakes.fake import Fake
from tests.fakes.visisign import VisiSign

ID = "01hv3k8e7q2n4m6p8r0s2t4v6x"
CHANGES = {
    "clearpolicy": ("POST", "/attestation-requests", 422),
    "nueform": ("POST", "/forms/665a1b2c3d4e5f6a7b8c9d0e/signing-sessions", 400),
    "pigeon": ("POST", "/documents", 400),
    "signatureapi": ("POST", "/envelopes", 422),
    "visisign": ("POST", "/signature_requests", 422),
}
NOT_THERE = {
    "nueform": "/signing-sessions/nobody/void",
    "pigeon": "/documents/nobody/session",
    "signatureapi": "/recipients/nobody/replace",
    "visisign": "/signature_requests/nobody/remind",
}
each = pytest.mark.parametrize("name", sorted(CHANGES))


@pytest.fixture
def desk(name: str, tmp_path: Path) -> Iterator[tuple[Fake, Caller]]:
    with calling(FAKES[name](), tmp_path) as both:
        yield both


def send(call: Caller, method: str, path: str, body: Json | Raw | None) -> Any:
    return call.rig.transport.send(Request(method, path, "a trial", body=body)).data


@each
def test_it_answers_what_an_account_is_tried_with(desk: tuple[Fake, Caller], name: str) -> None:
    _, call = desk
    assert call.rig.transport.send(provider_of(name).probe).status == 200


@each
def test_the_key_comes_before_everything(desk: tuple[Fake, Caller], name: str) -> None:
    fake, _ = desk
    stranger = Caller(fake, Path(), "another key")
    for method, path in (("GET", "/nowhere"), (CHANGES[name][0], CHANGES[name][1])):
        with pytest.raises(errors.CredentialRefused):
            send(stranger, method, path, Json({"wrong": 1}) if method != "GET" else None)


@pytest.mark.parametrize("name", sorted(NOT_THERE))
def test_what_is_not_there_comes_before_what_is_wrong(desk: tuple[Fake, Caller], name: str) -> None:
    with pytest.raises(errors.RemoteGone):
        send(desk[1], "POST", NOT_THERE[name], Json({"wrong": 1}))


@each
def test_a_path_that_is_none(desk: tuple[Fake, Caller], name: str) -> None:
    for method in ("GET", "PUT"):
        with pytest.raises(errors.RemoteGone):
            send(desk[1], method, "/nowhere", None)


@each
@pytest.mark.parametrize(
    "body", [Raw(b"{}", "text/plain"), Raw(b"{", "application/json"), Json([]), Json({"colour": "red"}), Json(None)]
)
def test_a_wrong_body_is_refused_in_the_providers_way(desk: tuple[Fake, Caller], name: str, body: Json | Raw) -> None:
    method, path, status = CHANGES[name]
    with pytest.raises(errors.RequestRefused) as refused:
        send(desk[1], method, path, body)
    assert refused.value.status == status
    assert refused.value.fields or refused.value.message


@each
def test_a_question_that_nobody_asks_is_refused(desk: tuple[Fake, Caller], name: str) -> None:
    probe = provider_of(name).probe
    asked = Request("GET", probe.path, "a trial", query={"colour": "red"})
    with pytest.raises(errors.RequestRefused):
        desk[1].rig.transport.send(asked)


def test_payment_comes_before_rights_before_the_body_at_clearpolicy(tmp_path: Path) -> None:
    with calling(ClearPolicy(), tmp_path) as (fake, call):
        fake.manager, fake.paid = True, False
        wrong = ("POST", "/attestation-requests", Json({"person_id": "x", "document_id": ID}))
        with pytest.raises(errors.PaymentNeeded):
            send(call, *wrong)
        fake.paid = True
        with pytest.raises(errors.PermissionMissing):
            send(call, *wrong)
        fake.manager = False
        with pytest.raises(errors.RequestRefused):
            send(call, *wrong)
        with pytest.raises(errors.RemoteGone):
            send(call, wrong[0], wrong[1], Json({"person_id": ID, "document_id": ID}))


def test_a_lenient_fake_lets_unknown_keys_pass(tmp_path: Path) -> None:
    body = Json({"content": "{{signature:a}}", "signers": [{"name": "J", "email": "j@example.com"}], "colour": "red"})
    with calling(VisiSign(strict=False), tmp_path) as (fake, call):
        send(call, "POST", "/signature_requests", body)
        assert len(fake.requests) == 1
