"""Each fault of each fake is what it says, and the program takes it for what it is."""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.sync.request import File, Json, Multipart, Request
from tests.fakes import faults
from tests.fakes.calling import Caller, calling
from tests.fakes.clearpolicy import ClearPolicy
from tests.fakes.every import FAKES
from tests.fakes.fake import Fake
from tests.fakes.nueform import FORM, NueForm
from tests.fakes.pigeon import Pigeon
from tests.fakes.signatureapi import SignatureApi
from tests.fakes.visisign import VisiSign
from tests.house.source import CHECKOUT

JANE = {"name": "Jane Smith", "email": "jane@example.com"}


@dataclass(frozen=True)
class Way:
    """How something is made at a provider, and how many of it there are."""

    route: str
    make: Callable[[Any, Caller], Any]
    made: Callable[[Any], int]
    read: str
    look: Callable[[Caller], Any]


def _policy(fake: ClearPolicy, call: Caller) -> Any:
    person = fake.add_person("Jane", f"jane{fake.count('person')}@example.com")
    return call("create_attestation_request", person_id=person["id"], document_id=fake.add_document("Handbook")["id"])


def _sent(call: Caller, path: str, body: Json | Multipart) -> Any:
    return call.rig.transport.send(Request("POST", path, "a trial", body=body)).data


def _submission(call: Caller) -> Any:
    paper = {"name": "lease", "file": base64.b64encode(call.paper().read_bytes()).decode()}
    return _sent(call, "/submissions/pdf", Json({"documents": [paper], "submitters": [{"email": JANE["email"]}]}))


def _envelope(call: Caller) -> Any:
    payload = json.dumps({"title": "Lease", "type": "DOCUMENT"})
    return _sent(call, "/envelope/create", Multipart({"payload": payload}, {"files": File(call.paper())}))


def _read(call: Caller, path: str) -> Any:
    return call.rig.transport.send(Request("GET", path, "a trial")).data


WAYS: dict[str, Way] = {
    "docuseal": Way(
        "POST /submissions/pdf",
        lambda _, call: _submission(call),
        lambda fake: len(fake.submissions),
        "GET /submissions",
        lambda call: _read(call, "/submissions"),
    ),
    "documenso": Way(
        "POST /envelope/create",
        lambda _, call: _envelope(call),
        lambda fake: len(fake.envelopes),
        "GET /envelope",
        lambda call: _read(call, "/envelope"),
    ),
    "visisign": Way(
        "POST /signature_requests",
        lambda _, call: call("create_signature_request", content="{{signature:a}}", signers=[JANE]),
        lambda fake: len(fake.requests),
        "GET /signature_requests",
        lambda call: call("list_signature_requests"),
    ),
    "nueform": Way(
        "POST /forms/{id}/signing-sessions",
        lambda _, call: call("create_session", id=FORM),
        lambda fake: len(fake.sessions),
        "GET /forms/{id}/signing-sessions",
        lambda call: call("list_sessions", id=FORM),
    ),
    "pigeon": Way(
        "POST /documents",
        lambda _, call: call("create_document", url="https://a.example/x.pdf", name="Lease"),
        lambda fake: len(fake.documents),
        "GET /documents",
        lambda call: call("list_documents"),
    ),
    "signatureapi": Way(
        "POST /senders",
        lambda _, call: call("create_sender", email="a@example.com"),
        lambda fake: len(fake.senders),
        "GET /envelopes",
        lambda call: call("list_envelopes"),
    ),
    "clearpolicy": Way(
        "POST /attestation-requests",
        _policy,
        lambda fake: len(fake.requests),
        "GET /documents",
        lambda call: call("list_documents"),
    ),
}
each = pytest.mark.parametrize("name", sorted(FAKES))


def test_every_fake_has_a_way_here() -> None:
    assert set(WAYS) == set(FAKES)


STATUSES = {
    400: "RequestRefused",
    401: "CredentialRefused",
    402: "PaymentNeeded",
    403: "PermissionMissing",
    404: "RemoteGone",
    409: "RemoteConflict",
    422: "RequestRefused",
    423: "RemoteConflict",
    429: "TooManyRequests",
    500: "RemoteDown",
    503: "RemoteDown",
}


@each
@pytest.mark.parametrize("status", STATUSES)
def test_a_status_comes_once_and_nothing_is_done(name: str, status: int, tmp_path: Path) -> None:
    way = WAYS[name]
    with calling(FAKES[name](), tmp_path) as (fake, call):
        fake.fail(way.route, "status", status=status)
        with pytest.raises(errors.RemoteError) as refused:
            way.make(fake, call)
        assert refused.value.kind == STATUSES[status]
        assert way.made(fake) == 0
        way.make(fake, call)
        assert way.made(fake) == 1


@each
@pytest.mark.parametrize(
    ("fault", "kind", "done"),
    [
        ("timeout", "RemoteTimedOut", 0),
        ("reset", "ConnectionLost", 0),
        ("timeout_after", "RemoteTimedOut", 1),
        ("reset_after", "ConnectionLost", 1),
        ("slow", "RemoteTimedOut", 1),
        ("cut", "ConnectionLost", 1),
        ("html", "NotTheService", 1),
        ("not_json", "AnswerUnreadable", 1),
        ("huge", "AnswerTooLarge", 1),
        ("bomb", "AnswerTooLarge", 1),
    ],
)
def test_whether_it_was_done_is_not_known(name: str, fault: str, kind: str, done: int, tmp_path: Path) -> None:
    way = WAYS[name]
    with calling(FAKES[name](), tmp_path) as (fake, call):
        call.limits = {"silence_s": 0.3, "call_s": 0.6}
        fake.fail(way.route, fault, megabytes=2)
        with pytest.raises(errors.RemoteError) as lost:
            way.make(fake, call)
        assert (lost.value.kind, lost.value.may_have_happened) == (kind, True)
        assert way.made(fake) == done
        assert len(fake.asked_for(way.route)) == 1


@each
def test_a_redirect_to_another_host_is_not_followed(name: str, tmp_path: Path) -> None:
    way = WAYS[name]
    with calling(FAKES[name](), tmp_path) as (fake, call):
        fake.fail(way.read, "redirect", to="https://elsewhere.example/steal")
        with pytest.raises(errors.RedirectRefused) as refused:
            way.look(call)
        assert refused.value.target == "elsewhere.example"


@each
def test_reading_is_tried_again_as_long_as_it_was_asked_to_wait(name: str, tmp_path: Path) -> None:
    way = WAYS[name]
    with calling(FAKES[name](), tmp_path) as (fake, call):
        call.attempts = 3
        fake.fail(way.read, "status", status=429, retry_after="2")
        fake.fail(way.read, "reset")
        rig = call.rig
        assert way.look(Caller(fake, tmp_path, call.key, given=rig)) is not None
        assert rig.waits[0] >= 2
        assert len(fake.asked_for(way.read)) == 3


@each
def test_the_nth_call_alone_can_fail(name: str, tmp_path: Path) -> None:
    way = WAYS[name]
    with calling(FAKES[name](), tmp_path) as (fake, call):
        fake.fail(way.read, "status", status=429, skip=2)
        way.look(call)
        way.look(call)
        with pytest.raises(errors.TooManyRequests):
            way.look(call)
        way.look(call)
        fake.fail("*", "status", status=503, times=0)
        for _ in range(3):
            with pytest.raises(errors.RemoteDown):
                way.look(call)
        fake.mend()
        way.look(call)


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("cut", "DownloadCut"),
        ("html", "NotTheService"),
        ("redirect", "RedirectRefused"),
        ("huge", "AnswerTooLarge"),
        ("wrong_hash", "RemoteDown"),
        ("reset_after", "ConnectionLost"),
    ],
)
def test_a_spoilt_file_is_not_kept(tmp_path: Path, fault: str, kind: str) -> None:
    with calling(VisiSign(), tmp_path) as (fake, call):
        call("create_signature_request", content="{{signature:a}}", signers=[JANE])
        fake.sign()
        fake.fail("GET /signature_requests/{id}/files", fault, megabytes=20)
        with pytest.raises(errors.RemoteError) as refused:
            call.file("download_files", id="sr_1")
        assert refused.value.kind == kind
        assert not (tmp_path / "downloaded").exists()
        assert call.file("download_files", id="sr_1").read_bytes().startswith(b"%PDF")


def test_an_altered_file_is_told_by_its_fingerprint(tmp_path: Path) -> None:
    fake = NueForm()
    with calling(fake, tmp_path) as (_, call):
        made = call("create_session", id=FORM)
        fake.sign()
        fake.sign()
        (one,) = call("list_documents", session_id=made["id"])["documents"]
        whole = call.file("download_document", session_id=made["id"], document_id=one["id"]).read_bytes()
        fake.fail("GET /signing-sessions/{id}/documents/{document}", "altered")
        spoilt = call.file("download_document", session_id=made["id"], document_id=one["id"]).read_bytes()
        assert (len(spoilt), spoilt == whole) == (len(whole), False)
        fake.fail("GET /signing-sessions/{id}/documents", "wrong_hash")
        (wrong,) = call("list_documents", session_id=made["id"])["documents"]
        assert wrong["document_hash"] != one["document_hash"]


def test_the_store_of_files_fails_too(tmp_path: Path) -> None:
    with calling(SignatureApi(), tmp_path) as (fake, call):
        link = fake.link(call.paper().read_bytes())
        for fault, kind in (("status", "RemoteDown"), ("reset", "ConnectionLost"), ("cut", "DownloadCut")):
            fake.fail("store", fault, status=503)
            with pytest.raises(errors.RemoteError) as refused:
                call.rig.transport.download(link, tmp_path / "x.pdf", limit=1 << 20)
            assert refused.value.kind == kind
        call.rig.transport.download(link, tmp_path / "x.pdf", limit=1 << 20)


def test_a_credential_at_the_store_is_an_error_there(tmp_path: Path) -> None:
    with calling(SignatureApi(), tmp_path) as (fake, _):
        asked = urllib.request.Request(fake.link(b"%PDF-1.7"), headers={"X-API-Key": fake.key})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked, timeout=5)
        refused.value.close()
        assert refused.value.code == 400


# -- by hand ---------------------------------------------------------------------------------------------------------


def hook(fake: Fake, name: str, body: bytes = b"{}") -> int:
    asked = urllib.request.Request(
        f"{fake.origin}/__test__/{name}", body, {"Content-Type": "application/json"}, method="POST"
    )
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


def test_hooks_are_there_for_other_programs(tmp_path: Path) -> None:
    with calling(Pigeon(), tmp_path) as (fake, call):
        made = call("create_document", file=call.paper(), name="x", recipients=[{"email": "j@example.com"}])
        assert hook(fake, "advance", b'{"seconds": 5}') == 200
        call("send_document", document_id=made["id"])
        assert hook(fake, "view") == 200
        assert hook(fake, "sign", b'{"email": "j@example.com"}') == 200
        assert fake.documents[made["id"]].status == "document.completed"
        assert hook(fake, "decline") == 400
        assert hook(fake, "burn") == 404
        assert hook(fake, "fail", b'{"route": "GET /documents", "kind": "status", "status": 500}') == 200
        with pytest.raises(errors.RemoteDown):
            call("list_documents")


def test_a_fault_that_does_not_exist_is_refused() -> None:
    with pytest.raises(AssertionError):
        faults.Fault("flood")
    with pytest.raises(AssertionError):
        VisiSign().fail("GET /nowhere", "reset")


def test_a_fake_starts_by_hand_and_stops_when_it_is_told_to() -> None:
    words = [sys.executable, "-m", "tests.fakes", "signatureapi", "--key", "key_test_mine"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT) as running:
        assert running.stdout is not None
        name, url, _, key = running.stdout.readline().split()
        asked = urllib.request.Request(f"{url}/envelopes", headers={"X-API-Key": key})
        with urllib.request.urlopen(asked, timeout=5) as answer:
            assert json.load(answer)["data"] == []
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 0
    assert (name, key) == ("signatureapi:", "key_test_mine")
