"""Faults 53 to 78 that a request can meet, over real sockets."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.sync import address
from app.sync.request import File, Json, Request
from tests.support.http_server import (
    Drip,
    LittleServer,
    Plain,
    Reset,
    Seen,
    Silence,
    as_html,
    as_json,
    bomb,
    serving,
)
from tests.support.transports import TOKEN, rig

GET = Request("GET", "/things", "look")
POST = Request("POST", "/things", "make", body=Json({"title": "x"}))


def refused(server: LittleServer, request: Request = GET, **options: Any) -> errors.RemoteError:
    with pytest.raises(errors.RemoteError) as caught:
        rig(server.url, **options).transport.send(request)
    return caught.value


# -- the answer is no ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 422])
def test_fault_53_a_refusal_names_the_fields_and_is_not_repeated(status: int) -> None:
    body = {"message": "The given data was invalid.", "errors": {"person_id": ["must be a ULID"], "kind": ["unknown"]}}
    with serving(as_json(body, status)) as server:
        problem = refused(server, POST, attempts=5)
    assert isinstance(problem, errors.RequestRefused)
    assert (problem.status, problem.message) == (status, "The given data was invalid")
    assert problem.fields == ["person_id: must be a ULID", "kind: unknown"]
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("number", "status", "kind"),
    [
        (54, 401, errors.CredentialRefused),
        (55, 402, errors.PaymentNeeded),
        (56, 403, errors.PermissionMissing),
        (57, 404, errors.RemoteGone),
        (57, 410, errors.RemoteGone),
        (58, 409, errors.RemoteConflict),
        (58, 423, errors.RemoteConflict),
        (59, 413, errors.RequestTooLarge),
    ],
)
def test_faults_54_55_56_57_58_59_each_refusal_has_its_own_error_and_is_not_repeated(
    number: int, status: int, kind: type[errors.RemoteError]
) -> None:
    with serving(as_json({"error": "Because."}, status)) as server:
        problem = refused(server, attempts=5)
    assert type(problem) is kind, number
    assert problem.facts["host"] == "127.0.0.1"
    assert problem.facts.get("message", "Because") == "Because"
    assert not problem.passing
    assert not problem.may_have_happened
    assert len(server.seen) == 1


def test_fault_57_what_is_gone_is_named_by_its_path() -> None:
    with serving(as_json({}, 404)) as server:
        problem = refused(server, Request("GET", "/things/{id}", "look", at={"id": "sr_9"}, query={"x": "y"}))
    assert problem.facts["what"] == "/things/sr_9"


def test_fault_59_the_size_that_was_too_much_is_told() -> None:
    with serving(as_json({}, 413)) as server:
        problem = refused(server, Request("POST", "/things", "make", body=Json("x" * 5000)))
    assert problem.facts["sent"] > 5000


def test_fault_60_a_429_is_waited_for_as_long_as_asked_and_a_little_more() -> None:
    with serving([as_json({}, 429, Retry_After="2"), as_json({"ok": 1})]) as server:
        made = rig(server.url, attempts=3, call_s=30)
        assert made.transport.send(POST).data == {"ok": 1}
    assert made.waits == [2.25]
    assert made.ledger.outcomes == ["429 TooManyRequests", "200"]


def test_fault_60_a_wait_longer_than_the_call_is_left_to_who_has_time() -> None:
    with serving(as_json({}, 429, Retry_After="120")) as server:
        made = rig(server.url, attempts=3)
        with pytest.raises(errors.TooManyRequests) as caught:
            made.transport.send(GET)
    assert caught.value.wait_s == 120
    assert caught.value.passing
    assert (made.waits, len(server.seen)) == ([], 1)


def test_fault_61_a_reading_request_is_tried_again_after_5xx_with_growing_waits() -> None:
    with serving([as_json({}, 503), as_json({}, 500), as_json({"ok": 1})]) as server:
        made = rig(server.url, attempts=4)
        assert made.transport.send(GET).data == {"ok": 1}
    assert made.waits == [0.375, 0.75]


def test_fault_61_a_creating_request_is_not_because_it_may_have_been_done() -> None:
    with serving([as_json({}, 502), as_json({"ok": 1})]) as server:
        problem = refused(server, POST, attempts=4)
    assert isinstance(problem, errors.RemoteDown)
    assert (problem.status, problem.may_have_happened, problem.passing) == (502, True, True)
    assert len(server.seen) == 1


# -- time ------------------------------------------------------------------------------------------------------------

SLOW = as_json({"long": "x" * 200}).bytes()


@pytest.mark.parametrize("at_once", [0, len(SLOW) - 190], ids=["headers", "body"])
def test_fault_62_a_server_that_drips_does_not_hold_the_call(at_once: int) -> None:
    """Each byte comes well within the limit for one silence; the whole has a limit too."""
    begin = time.monotonic()
    with serving(Drip(SLOW, 0.05, at_once)) as server:
        problem = refused(server, POST, call_s=0.6, silence_s=0.4)
        took = time.monotonic() - begin
    assert isinstance(problem, errors.RemoteTimedOut)
    assert (problem.seconds, problem.perhaps_done) == (0.6, True)
    assert took < 1.5


def test_fault_62_a_server_that_says_nothing_is_left_after_one_silence() -> None:
    begin = time.monotonic()
    with serving(Silence()) as server:
        problem = refused(server, POST, silence_s=0.3)
        took = time.monotonic() - begin
    assert isinstance(problem, errors.RemoteTimedOut)
    assert (problem.seconds, problem.perhaps_done) == (0.3, True)
    assert took < 1.5


def test_fault_62_retries_and_waits_count_too() -> None:
    with serving(Silence()) as server:
        made = rig(server.url, attempts=50, silence_s=0.2, call_s=0.9)
        begin = time.monotonic()
        with pytest.raises(errors.RemoteTimedOut):
            made.transport.send(GET)
        took = time.monotonic() - begin
    assert 2 <= len(made.ledger.lines) <= 6
    assert took < 2


def test_fault_62_an_upload_nobody_reads_ends(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(64 << 20))
    with serving(Silence(early=True)) as server:
        problem = refused(server, Request("POST", "/up", "upload", body=File(tmp_path / "large")), call_s=0.8)
    assert isinstance(problem, errors.RemoteTimedOut)
    assert problem.perhaps_done


def test_fault_62_a_connection_that_is_never_taken_ends() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        waiting = []
        for _ in range(4):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
            waiting.append(one)
        with pytest.raises(errors.RemoteTimedOut) as caught:
            rig(f"http://127.0.0.1:{port}", connect_s=0.3).transport.send(POST)
        for one in waiting:
            one.close()
    assert not caught.value.perhaps_done
    assert caught.value.seconds == 0.3


# -- connections that break ------------------------------------------------------------------------------------------


def test_no_server_is_no_connection_and_nothing_was_done() -> None:
    made = rig("http://127.0.0.1:9", attempts=2)
    with pytest.raises(errors.NoConnection) as caught:
        made.transport.send(POST)
    assert (caught.value.reason, caught.value.may_have_happened) == ("refused", False)
    assert made.ledger.outcomes == ["NoConnection", "NoConnection"]
    assert [line.sent for line in made.ledger.lines] == [0, 0]


def test_fault_63_a_reset_in_the_middle_of_an_upload_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(16 << 20))
    with serving(Reset(early=True)) as server:
        problem = refused(server, Request("POST", "/up", "upload", body=File(tmp_path / "large")), attempts=5)
    assert isinstance(problem, errors.ConnectionLost)
    assert problem.perhaps_done
    assert len(server.seen) == 1


def test_fault_64_an_answer_that_was_lost_leaves_a_doubt_that_is_told() -> None:
    with serving([Reset(), as_json({"ok": 1})]) as server:
        problem = refused(server, POST, attempts=5)
    assert isinstance(problem, errors.ConnectionLost)
    assert problem.perhaps_done
    assert len(server.seen) == 1


def test_fault_64_a_request_that_only_reads_leaves_no_doubt_and_is_asked_again() -> None:
    with serving(Reset()) as server:
        assert not refused(server).may_have_happened
    with serving([Reset(), as_json({"ok": 1})]) as server:
        assert rig(server.url, attempts=2).transport.send(GET).data == {"ok": 1}
    assert len(server.seen) == 2


def test_fault_66_an_answer_shorter_than_announced_is_no_answer() -> None:
    with serving(Plain(200, b'{"ok": 1}', {"Content-Type": "application/json"}, length=500)) as server:
        problem = refused(server)
    assert isinstance(problem, errors.ConnectionLost)


def test_what_is_no_http_is_not_understood() -> None:
    with serving(Drip(b"SSH-2.0-OpenSSH_9.2\r\n\r\n", 0, 99)) as server:
        assert isinstance(refused(server), errors.AnswerUnreadable | errors.ConnectionLost)


# -- where it leads --------------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere() -> Iterator[LittleServer]:
    with serving(as_json({"stolen": True})) as server:
        yield server


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_fault_68_a_redirect_to_another_host_is_not_followed(status: int, elsewhere: LittleServer) -> None:
    target = f"http://localhost:{elsewhere.port}/take?token=canary"
    with serving(Plain(status, b"", {"Location": target})) as server:
        problem = refused(server, POST, attempts=5)
    assert isinstance(problem, errors.RedirectRefused)
    assert (problem.host, problem.target) == ("127.0.0.1", "localhost")
    assert problem.may_have_happened is (status not in (307, 308))
    assert not elsewhere.seen
    assert len(server.seen) == 1


def test_fault_69_a_redirect_in_a_circle_is_asked_for_once() -> None:
    with serving(Plain(302, b"", {"Location": "/things"})) as server:
        problem = refused(server)
    assert (type(problem), len(server.seen)) == (errors.RedirectRefused, 1)


@pytest.mark.parametrize(
    ("base", "reason"),
    [
        ("http://api.example.com/v1", "http"),
        ("http://192.168.1.4/v1", "http"),
        ("https://192.168.1.4/v1", "private"),
        ("https://10.0.0.1", "private"),
        ("https://169.254.169.254/latest", "private"),
        ("https://[fd00::1]/", "private"),
        ("https://[::ffff:10.0.0.1]/", "private"),
        ("https://0.0.0.0/", "private"),
        ("ftp://api.example.com", "address"),
        ("https://user:word@api.example.com", "address"),
        ("https://api.example.com\\@evil.example", "address"),
        ("https://api.example.com/v1?x=1", "address"),
        ("https://", "address"),
        ("https://a:99999/", "address"),
        ("javascript:alert(1)", "address"),
        ("", "address"),
    ],
)
def test_fault_69_an_account_cannot_be_made_to_lead_there(base: str, reason: str) -> None:
    with pytest.raises(errors.TargetRefused) as caught:
        address.read(base)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ("10.1.2.3", "private"),
        ("127.0.0.1", "loopback"),
        ("169.254.169.254", "private"),
        ("100.64.0.1", "private"),
        ("224.0.0.1", "private"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("64:ff9b::a00:1", "private"),
        ("2002:a00:1::", "private"),
        ("fe80::1%2", "private"),
    ],
)
def test_fault_69_a_name_that_leads_into_a_private_network_is_not_followed(found: str, reason: str) -> None:
    """Names are looked up anew for each connection, so a name that moved there later is refused too."""
    import socket

    family = socket.AF_INET6 if ":" in found else socket.AF_INET
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))
    private = (family, socket.SOCK_STREAM, 6, "", (found, 443))
    made = rig("https://api.example.com/v1", resolve=lambda *_: [public, private])
    with pytest.raises(errors.TargetRefused) as caught:
        made.transport.send(GET)
    assert (caught.value.host, caught.value.reason) == ("api.example.com", reason)
    assert made.ledger.lines[0].sent == 0


def test_fault_69_an_account_on_this_machine_may_be_spoken_to_by_name() -> None:
    with serving(as_json({"ok": 1})) as server:
        assert rig(f"http://localhost:{server.port}").transport.send(GET).data == {"ok": 1}


# -- what comes back -------------------------------------------------------------------------------------------------


def test_fault_70_a_bomb_is_left_when_it_is_larger_than_allowed() -> None:
    with serving(bomb(megabytes=50)) as server:
        problem = refused(server)
    assert isinstance(problem, errors.AnswerTooLarge)
    assert problem.limit == 1 << 20


def test_fault_70_so_is_an_answer_without_end() -> None:
    with serving(Plain(200, b"[" + b"1," * (2 << 20), {"Content-Type": "application/json"}, length=None)) as server:
        assert isinstance(refused(server), errors.AnswerTooLarge)


def test_fault_70_a_refusal_without_end_is_read_no_further_than_its_words() -> None:
    with serving(Plain(400, b'{"error": "No."}' + b" " * (8 << 20), length=None)) as server:
        problem = refused(server)
    assert isinstance(problem, errors.RequestRefused)
    assert problem.status == 400


def test_a_compressed_answer_of_proper_size_is_read_although_none_was_asked_for() -> None:
    for encoding in ("gzip", "x-gzip", "deflate"):
        body = gzip.compress(b'{"ok": 1}') if "gzip" in encoding else __import__("zlib").compress(b'{"ok": 1}')
        headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
        with serving(Plain(200, body, headers)) as server:
            assert rig(server.url).transport.send(GET).data == {"ok": 1}
            assert server.seen[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(("encoding", "body"), [("br", b"\x0b\x02\x80{}"), ("gzip", b"no gzip"), ("gzip, gzip", b"{}")])
def test_fault_70_other_compression_and_damage_are_not_guessed_at(encoding: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
    with serving(Plain(200, body, headers)) as server:
        assert isinstance(refused(server), errors.AnswerUnreadable)


def test_a_compressed_answer_that_was_cut_off_is_no_answer() -> None:
    body = gzip.compress(b'{"ok": 1}' * 100)[:-9]
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    with serving(Plain(200, body, headers, length=None)) as server:
        assert isinstance(refused(server), errors.ConnectionLost)


def test_fault_73_neither_netrc_nor_proxy_variables_are_listened_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, elsewhere: LittleServer
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login eve password stolen\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, elsewhere.url)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none"))
    with serving(as_json({"ok": 1})) as server:
        rig(server.url).transport.send(GET)
    assert server.seen[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert not elsewhere.seen


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"id": 1, "id": 2}', "twice"),
        (b"[" * 100 + b"]" * 100, "deep"),
        (b"[" * 500_000, "deep"),
        (b'{"n": ' + b"9" * 5000 + b"}", "number"),
        (b'{"n": 1e999}', "number"),
        (b'{"n": NaN}', "number"),
        (b'{"n": "\xff\xfe"}', "UTF-8"),
        (b"ok", "no JSON"),
        (b'{"ok": tr', "no JSON"),
    ],
    ids=["twice", "deep", "deeper", "long", "infinite", "nan", "latin", "text", "cut"],
)
def test_fault_75_json_made_to_confuse_is_refused(body: bytes, reason: str) -> None:
    with serving(Plain(200, body, {"Content-Type": "application/json"})) as server:
        problem = refused(server, POST)
    assert isinstance(problem, errors.AnswerUnreadable)
    assert reason in problem.reason
    assert problem.perhaps_done


def test_fault_78_the_login_page_of_a_hotel_is_not_taken_for_an_answer() -> None:
    with serving(as_html()) as server:
        problem = refused(server)
    assert isinstance(problem, errors.NotTheService)
    assert problem.passing


def test_fault_78_nor_is_one_that_says_it_is_json() -> None:
    with serving(Plain(200, as_html().body, {"Content-Type": "application/json"})) as server:
        assert isinstance(refused(server), errors.AnswerUnreadable)


def test_fault_78_a_network_that_asks_for_a_login_says_so_by_511() -> None:
    with serving(as_html(511)) as server:
        assert isinstance(refused(server), errors.NotTheService)


def test_a_refusal_that_is_a_web_page_still_counts_by_its_status() -> None:
    def script(_: Seen) -> Plain:
        return as_html(403)

    with serving(script) as server:
        problem = refused(server)
    assert (type(problem), problem.facts["message"]) == (errors.PermissionMissing, "")
