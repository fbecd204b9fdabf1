"""DocuSeal and Documenso publish what they take: every operation of ours is one of theirs with their keys, and what the
flows send fits their schemas.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.domain.recipient import Action
from app.sync.argument import Where
from app.sync.flow import Job, Kind
from app.sync.flow_registry import flow_of
from app.sync.operation import Operation
from app.sync.registry import provider_of
from app.sync.request import Answer, File, Json, Multipart, Request
from tests.house.source import CHECKOUT
from tests.independent.openapi import Published, complaints
from tests.support.flowing import NOW, answer, field_of, job, outgoing, person, walk

FOLDER = CHECKOUT.parent / "shared" / "contracts" / "published"
FILES = {"docuseal": ("docuseal.json", ""), "documenso": ("documenso-v2.json", "")}
EVERY = [(name, one) for name in FILES for one in provider_of(name).operations]


@pytest.fixture(params=FILES)
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def published(name: str) -> Published:
    file, root = FILES[name]
    if not (FOLDER / file).is_file():
        pytest.skip(f"{file} is not beside the project")
    return Published.at(FOLDER / file, root)


@pytest.mark.parametrize(("name", "operation"), EVERY, ids=lambda one: getattr(one, "name", one))
def test_an_operation_is_one_of_theirs_and_sends_their_keys(name: str, operation: Operation) -> None:
    theirs = published(name)
    found = theirs.operation(operation.method, operation.path.replace("{", "").replace("}", ""))
    assert found is not None, f"{operation.method} {operation.path}"
    assert {one.name for one in operation.at(Where.QUERY)} <= theirs.queries(found)
    body = schema_of(theirs, found)
    sent = {one.name for one in operation.at(Where.BODY)}
    assert sent <= set(body.get("properties", {})), sent - set(body.get("properties", {}))
    needed = {one.name for one in operation.arguments if one.required and one.where is Where.BODY}
    assert set(body.get("required", ())) <= needed


def schema_of(theirs: Published, operation: Mapping[str, Any]) -> dict[str, Any]:
    """Of a body; of a multipart one the part that is JSON."""
    if found := theirs.body(operation, "application/json"):
        return found
    parts = theirs.body(operation, "multipart/form-data") or {}
    payload: dict[str, Any] = parts.get("properties", {}).get("payload", {})
    return payload


def sent_by(name: str) -> list[Request]:
    """Every request of every kind, for an envelope that has all a service can take."""
    kinds = ("signature", "initials", "date", "text", "number", "checkbox", "dropdown", "date_signed")
    going = outgoing(
        people=(person("buyer", phone="+4915112345678"), person("seller", 2, action=Action.APPROVE)),
        fields=(
            *(field_of("buyer", kind, label=kind, mapping_key=kind, options=("a", "b")) for kind in kinds),
            field_of("seller"),
        ),
        message="Please sign.",
        expires_at=NOW.replace(year=2027),
        metadata={"case": "42"},
    )
    asked: list[Request] = []
    flow = flow_of(name)
    for kind in (Kind.SEND, Kind.FOLLOW, Kind.REMIND, Kind.VOID):
        one = job(
            kind, going, remote="7", known={"people": {"buyer": "1" if name == "docuseal" else 1}},
            given={"role": "buyer", "reason": "Terms"},
        )  # fmt: skip
        asked += walk(flow, one, service(name, one)).asked
    return asked


def service(name: str, job: Job) -> Any:
    """The least that lets a flow go on."""

    def answered(request: Request) -> Answer:
        if name == "docuseal":
            people = [{"id": 1, "submission_id": 7, "email": one.email} for one in job.outgoing.signers]
            return answer({"id": 7, "status": "completed", "submitters": people})
        if request.path.endswith("audit-log"):
            return answer({"data": []})
        return answer({"id": "7", "status": "COMPLETED", "recipients": []})

    return answered


def test_what_a_flow_sends_fits_what_they_publish(name: str, tmp_path: Path) -> None:
    theirs = published(name)
    for request in sent_by(name):
        found = theirs.operation(request.method, request.filled)
        assert found is not None, f"{request.method} {request.filled}"
        assert set(request.query) <= theirs.queries(found)
        if request.body is None:
            continue
        schema = schema_of(theirs, found)
        told = json.loads(json.dumps(plain(request.body), default=in_base64))
        assert not list(complaints(schema, told)), request.filled


def plain(body: object) -> Any:
    if isinstance(body, Json):
        return body.value
    assert isinstance(body, Multipart)
    return json.loads(body.texts["payload"])


def in_base64(found: object) -> str:
    assert isinstance(found, File)
    return base64.b64encode(b"%PDF-1.7").decode()
