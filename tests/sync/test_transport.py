"""What a request looks like on the wire, what comes back, and what is written down about it."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from dataclasses import replace
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path

import pytest

from app.domain import errors
from app.services.messages import words
from app.sync.credential import bearer
from app.sync.request import File, Json, Multipart, Request
from tests.support.http_server import LittleServer, Plain, Seen, as_json, serving
from tests.support.transports import NOW, TOKEN, rig

GET = Request("GET", "/things/{id}", "look", at={"id": "sr_1"}, query={"q": "a b&c"})
POST = Request("POST", "/things", "make", body=Json({"title": "Für Zoë", "n": 1.5}))


@pytest.fixture
def server() -> Iterator[LittleServer]:
    with serving(as_json({"ok": True, "id": "sr_1"})) as opened:
        yield opened


def test_a_request_goes_below_the_base_url_with_its_credential_and_comes_back_as_json(server: LittleServer) -> None:
    made = rig(f"{server.url}/v1/")
    answer = made.transport.send(GET)
    assert (answer.status, answer.data) == (200, {"ok": True, "id": "sr_1"})
    (seen,) = server.seen
    assert (seen.method, seen.target) == ("GET", "/v1/things/sr_1?q=a+b%26c")
    assert seen.headers["authorization"] == f"Bearer {TOKEN}"
    assert seen.headers["host"] == f"127.0.0.1:{server.port}"
    assert seen.headers["user-agent"] == "Paraph"
    assert "cookie" not in seen.headers


def test_a_body_of_json_is_utf_8_and_says_so(server: LittleServer) -> None:
    rig(server.url).transport.send(POST)
    (seen,) = server.seen
    assert seen.headers["content-type"] == "application/json"
    assert seen.json == {"title": "Für Zoë", "n": 1.5}
    assert "Für Zoë".encode() in seen.body


def test_what_is_no_json_is_not_sent(server: LittleServer) -> None:
    with pytest.raises(ValueError, match="JSON"):
        rig(server.url).transport.send(replace(POST, body=Json({"n": float("nan")})))
    assert not server.seen


def test_a_file_is_sent_as_its_bytes(server: LittleServer, tmp_path: Path) -> None:
    path = tmp_path / "a secret name.pdf"
    path.write_bytes(bytes(range(256)) * 4096)
    rig(server.url).transport.send(Request("POST", "/uploads", "upload", body=File(path)))
    (seen,) = server.seen
    assert (seen.headers["content-type"], seen.body) == ("application/pdf", path.read_bytes())


def test_a_multipart_body_has_our_file_name_and_not_the_persons(server: LittleServer, tmp_path: Path) -> None:
    path = tmp_path / "a secret name.pdf"
    path.write_bytes(b"%PDF-1.7 and so on")
    body = Multipart({"data": json.dumps({"title": "x"})}, {"file": File(path)})
    rig(server.url).transport.send(Request("POST", "/requests", "send", body=body))
    (seen,) = server.seen
    assert b"secret name" not in seen.body
    head = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode()
    data, file = BytesParser(policy=HTTP).parsebytes(head + seen.body).iter_parts()
    assert (data.get_param("name", header="content-disposition"), data.get_content()) == ("data", '{"title": "x"}')
    assert (file.get_filename(), file.get_content_type()) == ("document.pdf", "application/pdf")
    assert file.get_content() == b"%PDF-1.7 and so on"


def test_a_file_that_is_gone_is_named_and_nothing_is_sent(server: LittleServer, tmp_path: Path) -> None:
    with pytest.raises(errors.FileUnreadable):
        rig(server.url).transport.send(Request("POST", "/uploads", "upload", body=File(tmp_path / "gone.pdf")))
    assert not server.seen


def test_no_body_is_no_data() -> None:
    with serving(Plain(204)) as server:
        answer = rig(server.url).transport.send(Request("DELETE", "/things/1", "delete"))
        assert (answer.status, answer.data) == (204, None)


def test_what_is_beside_the_api_is_asked_for_at_the_root(server: LittleServer) -> None:
    rig(f"{server.url}/api/v1").transport.send(Request("GET", "/oauth/x", "log in", from_root=True))
    assert server.seen[0].target == "/oauth/x"


@pytest.mark.parametrize("identifier", ["..", ".", ""])
def test_fault_71_an_id_that_is_a_step_in_the_path_is_refused(server: LittleServer, identifier: str) -> None:
    with pytest.raises(errors.SpecError) as refused:
        rig(server.url).transport.send(replace(GET, at={"id": identifier}))
    assert refused.value.path == "id"
    assert not server.seen


def test_fault_71_an_id_out_of_an_answer_stays_one_segment(server: LittleServer) -> None:
    rig(server.url).transport.send(replace(GET, at={"id": "../admin?x=1#y"}, query={}))
    assert server.seen[0].target == "/things/..%2Fadmin%3Fx%3D1%23y"


# -- the ledger ------------------------------------------------------------------------------------------------------


def test_every_connection_is_in_the_ledger_with_its_bytes(server: LittleServer) -> None:
    made = rig(f"{server.url}/v1")
    made.transport.send(POST)
    (line,) = made.ledger.lines
    assert (line.at, line.account, line.host) == (NOW, "work", "127.0.0.1")
    assert (line.method, line.path, line.why, line.outcome) == ("POST", "/v1/things", "make", "200")
    assert line.sent > len(server.seen[0].body)
    assert line.received == len(as_json({"ok": True, "id": "sr_1"}).bytes())


def test_the_line_is_begun_before_anything_is_sent() -> None:
    began: list[str] = []

    def script(seen: Seen) -> Plain:
        began.extend(made.ledger.outcomes)
        return as_json({})

    with serving(script) as server:
        made = rig(server.url)
        made.transport.send(GET)
    assert began == [""]
    assert made.ledger.outcomes == ["200"]


def test_what_cannot_be_written_down_is_not_sent(server: LittleServer, monkeypatch: pytest.MonkeyPatch) -> None:
    made = rig(server.url)

    def refuse(_: object) -> int:
        raise errors.LibraryUnwritable(library="x", reason="full")

    monkeypatch.setattr(made.ledger, "begin", refuse)
    with pytest.raises(errors.LibraryUnwritable):
        made.transport.send(GET)
    assert not server.seen


def test_an_answer_counts_although_its_line_could_not_be_completed(
    server: LittleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = rig(server.url)

    def refuse(*_: object) -> None:
        raise errors.LibraryBusy(library="x", seconds=10)

    monkeypatch.setattr(made.ledger, "end", refuse)
    assert made.transport.send(POST).status == 200


def test_a_query_is_not_written_down(server: LittleServer) -> None:
    made = rig(server.url)
    made.transport.send(GET)
    assert made.ledger.lines[0].path == "/things/sr_1"


# -- secrets ---------------------------------------------------------------------------------------------------------

CODE = "canary-short-code-77"
LINK = f"https://sign.example.com/start?token={CODE}"


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 413, 422, 429, 500])
def test_fault_77_neither_token_nor_signing_link_comes_out_again(status: int, caplog: pytest.LogCaptureFixture) -> None:
    """The service repeats everything it was sent, in its message; the log is as loud as it can be."""
    caplog.set_level(logging.DEBUG)

    def script(seen: Seen) -> Plain:
        return as_json({"error": {"message": f"{seen.headers} {seen.target} {LINK}"}}, status)

    with serving(script) as server:
        made = rig(server.url)
        request = Request("POST", "/s/{code}/open", "open", hidden={"code": CODE}, query={"key": CODE})
        with pytest.raises(errors.RemoteError) as refused:
            made.transport.send(request)
    assert server.seen[0].path == f"/s/{CODE}/open"
    told = [
        str(refused.value),
        repr(refused.value),
        repr(request),
        repr(made.transport),
        repr(bearer(TOKEN)),
        repr(made.ledger.lines),
        words(refused.value).line,
        caplog.text,
        "".join(traceback.format_exception(refused.value)),
    ]
    assert not [text for text in told if TOKEN in text or CODE in text]
    assert made.ledger.lines[0].path == "/s/{code}/open"


def test_fault_77_nor_out_of_a_connection_that_failed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    made = rig("http://127.0.0.1:9")
    with pytest.raises(errors.NoConnection) as refused:
        made.transport.send(Request("GET", "/s/{code}", "open", hidden={"code": CODE}))
    told = "".join(traceback.format_exception(refused.value)) + caplog.text + repr(made.ledger.lines)
    assert CODE not in told
    assert TOKEN not in told


# -- login that ran out ----------------------------------------------------------------------------------------------


def test_fault_54_a_401_is_answered_by_one_fresh_credential() -> None:
    def script(seen: Seen) -> Plain:
        return as_json({}) if seen.headers["authorization"] == "Bearer fresh" else as_json({}, 401)

    with serving(script) as server:
        made = rig(server.url, renew=lambda: bearer("fresh"))
        assert made.transport.send(POST).status == 200
        assert made.transport.send(POST).status == 200
    assert [seen.headers["authorization"] for seen in server.seen] == [
        f"Bearer {TOKEN}",
        "Bearer fresh",
        "Bearer fresh",
    ]
    assert made.ledger.outcomes == ["401 CredentialRefused", "200", "200"]


def test_fault_54_a_fresh_credential_that_is_refused_too_is_asked_for_no_third_time() -> None:
    with serving(as_json({"error": "Invalid token."}, 401)) as server:
        made = rig(server.url, renew=lambda: bearer("fresh"))
        with pytest.raises(errors.CredentialRefused) as refused:
            made.transport.send(GET)
    assert (refused.value.message, len(server.seen)) == ("Invalid token", 2)
