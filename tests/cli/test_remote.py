"""`paraph remote` against a strict service on this machine."""

from __future__ import annotations

import hashlib
import io
import json
import logging
from collections.abc import Iterator

import pytest

from app.services import accounts, connections, reaching
from app.sync.registry import PROVIDERS
from tests.fakes.every import FAKES
from tests.fakes.nueform import FORM, NueForm
from tests.fakes.visisign import VisiSign
from tests.support.command_line import CommandLine
from tests.support.pages import write_pdf

KEYS = {"name", "title", "help", "method", "path", "answers", "changes", "repeatable", "needs_login", "source"}
SIGNERS = '[{"name": "Jane Smith", "email": "jane@example.com"}]'


@pytest.fixture
def fake(line: CommandLine) -> Iterator[VisiSign]:
    with VisiSign().serving() as served:
        assert isinstance(served, VisiSign)
        accounts.add(line.house, "visisign", "work", served.key, served.url)
        yield served
    accounts.remove(line.house, "work")


def created(line: CommandLine) -> str:
    paper = write_pdf(line.folder / "contract.pdf")
    answer = line.asked("remote", "work", "create_signature_request", f"file={paper}", f"signers={SIGNERS}")
    return str(answer["signature_request"]["id"])


def test_every_operation_is_listed_with_its_method_and_marks(line: CommandLine, fake: VisiSign) -> None:
    listed = line.asked("remote", "work", "--list")
    assert [one["name"] for one in listed] == [one.name for one in PROVIDERS["visisign"].operations]
    assert all(KEYS | {"unverified", "arguments"} == set(one) for one in listed)
    told = line.run("remote", "work", "--list").out
    assert "send_reminder             POST    Send a reminder" in told
    assert fake.log == []


def test_one_operation_explains_its_arguments(line: CommandLine, fake: VisiSign) -> None:
    told = line.run("remote", "work", "create_signature_request", "--list").out
    assert "POST /signature_requests, answers with JSON" in told
    assert "signers*" in told
    assert "everyone | one_at_a_time" in told
    asked = line.asked("remote", "work", "create-signature-request", "--list")
    (fields,) = [one for one in asked["arguments"] if one["name"] == "fields"]
    assert [one["name"] for one in fields["keys"] if one["required"]] == [
        "type", "signer_index", "page", "x", "y", "width", "height",
    ]  # fmt: skip


def test_a_request_goes_out_and_the_signed_file_comes_back(line: CommandLine, fake: VisiSign) -> None:
    (line.folder / "signers.json").write_text(SIGNERS)
    (line.folder / "nda.md").write_text("# NDA\n\n{{signature:me}}\n")
    answer = line.asked(
        "remote", "work", "create_signature_request",
        f"content=@{line.folder / 'nda.md'}", f"signers=@{line.folder / 'signers.json'}", "test_mode=yes",
        'metadata={"case": 42}',
    )["signature_request"]  # fmt: skip
    assert (answer["test_mode"], answer["metadata"]) == (True, {"case": 42})
    assert answer["signers"][0]["signing_url"].startswith("https://")
    fake.sign()
    out = line.folder / "signed.pdf"
    words = ("remote", "work", "--out", out, "download_files", f"id={answer['id']}")
    got = line.asked(*words)
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    assert got == {"path": str(out), "sha256": digest, "size": out.stat().st_size}
    assert line.run(*words, "--sha256", f"sha256:{digest.upper()}").out == f"{digest}  {out}\n"
    assert line.refused(7, *words, "--sha256", "0" * 64)["kind"] == "DownloadAltered"


def test_what_comes_back_is_shown_as_it_is_and_written_nowhere(line: CommandLine, fake: VisiSign) -> None:
    given = created(line)
    shown = line.run("remote", "work", "get_signature_request", f"id={given}").out
    assert json.loads(shown)["signature_request"]["id"] == given
    links = [signer["signing_url"] for one in fake.requests.values() for signer in one.signers]
    kept = [path.read_bytes() for path in line.house.folder.rglob("*") if path.is_file()]
    assert links
    assert not [link for link in links for data in kept if link.encode() in data]
    newest = connections.newest(line.house)[0]
    assert (newest.method, newest.path, newest.why) == (
        "GET", f"/v1/signature_requests/{given}", "get a signature request",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (("create_signature_request", "content=x"), "signers"),
        (("create_signature_request", "content=x", "signers=nonsense"), "signers"),
        (("create_signature_request", "content=x", 'signers=[{"name": "J", "email": "j"}]'), "signers[0].email"),
        (("create_signature_request", "content=x", f"signers={SIGNERS}"), "content"),
        (("create_signature_request", f"signers={SIGNERS}"), "file"),
        (("create_signature_request", "colour=red", f"signers={SIGNERS}"), "colour"),
        (("create_signature_request", "file=a.docx", f"signers={SIGNERS}"), "file"),
        (("create_signature_request", "content={{signature:a}}", f"signers={SIGNERS}", "test_mode=so"), "test_mode"),
        (("list_signature_requests", "page=0"), "page"),
        (("list_signature_requests", "per_page=many"), "per_page"),
        (("get_signature_request", "id=../x"), "id"),
        (("send_reminder", "id=sr_1"), "email_address"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_sent(
    line: CommandLine, fake: VisiSign, words: tuple[str, ...], path: str
) -> None:
    error = line.refused(3, "remote", "work", *words)
    assert (error["kind"], error["facts"]["path"]) == ("SpecError", path)
    assert fake.log == []


def test_what_does_not_fit_the_file_or_the_time_is_named_and_nothing_is_sent(line: CommandLine, fake: VisiSign) -> None:
    paper = write_pdf(line.folder / "turned.pdf", extra="/Rotate 90")
    box = {"type": "signature", "signer_index": 0, "page": 1, "x": 642, "y": 545, "width": 200, "height": 50}
    words = ("remote", "work", "create_signature_request", f"file={paper}", f"signers={SIGNERS}")
    for change, path in (({"x": 643}, "x"), ({"y": 546}, "y"), ({"page": 2}, "page")):
        error = line.refused(3, *words, f"fields={json.dumps([{**box, **change}])}")
        assert (error["kind"], error["facts"]["path"]) == ("SpecError", f"fields[0].{path}")
    error = line.refused(3, *words, "expires_at=2020-01-01T00:00:00Z")
    assert error["facts"] == {"path": "expires_at", "problem": "is over already"}
    assert fake.log == []
    line.asked(*words, f"fields={json.dumps([box])}", "expires_at=2999-01-01T00:00:00Z")


def test_files_that_are_not_there_and_operations_that_are_not(line: CommandLine, fake: VisiSign) -> None:
    words = ("remote", "work", "create_signature_request", f"signers={SIGNERS}")
    assert line.refused(4, *words, "file=absent.pdf")["kind"] == "FileMissing"
    assert line.refused(4, *words, "content=@absent.md")["kind"] == "FileMissing"
    error = line.refused(7, "remote", "work", "burn")
    assert (error["kind"], error["facts"]["operation"]) == ("UnknownOperation", "burn")
    assert line.refused(7, "remote", "nobody", "--list")["kind"] == "UnknownAccount"
    assert line.refused(2, "remote", "work", "download_files", "id=sr_1")["kind"] == "UsageError"
    assert line.refused(2, "remote", "work", "get_signature_request", "id=sr_1", "--out", "x")["kind"] == "UsageError"
    assert fake.log == []


@pytest.mark.parametrize(("fault", "done"), [("reset_after", 1), ("html", 1), ("not_json", 1), ("reset", 0)])
def test_a_change_whose_answer_was_lost_is_perhaps_done_and_not_repeated(
    line: CommandLine, fake: VisiSign, fault: str, done: int
) -> None:
    fake.fail("POST /signature_requests", fault)
    words = ("remote", "work", "create_signature_request", "content={{signature:a}}", f"signers={SIGNERS}")
    error = line.refused(7, *words)
    assert (error["kind"], error["facts"]["look"]) == ("PerhapsDone", "list_signature_requests")
    assert "Look first what is there now, with list_signature_requests." in error["message"]
    assert len(fake.requests) == done
    assert len(fake.asked_for("POST /signature_requests")) == 1


def test_what_needs_no_login_needs_no_key_either(line: CommandLine, caplog: pytest.LogCaptureFixture) -> None:
    with NueForm().serving() as nue, caplog.at_level(logging.DEBUG):
        accounts.add(line.house, "nueform", "forms", nue.key, nue.url, {"form_id": FORM})
        made = line.asked("remote", "forms", "create_session", "password=open sesame")
        line.house.vault.delete(reaching.secret_name("forms"))
        code = made["signer_links"][0]["short_code"]
        assert line.asked("remote", "forms", "resolve_short_code", f"short_code={code}")["slot_label"] == "Buyer"
        words = ("remote", "forms", "verify_password", f"short_code={code}")
        assert line.asked(*words, "password=open sesame")["access_token"].startswith("tmp_")
        error = line.refused(7, *words, "password=wrong word")
        assert (error["facts"]["status"], error["facts"]["message"]) == (401, "Invalid password")
        assert line.refused(8, "remote", "forms", "list_sessions")["kind"] == "SecretMissing"
        accounts.remove(line.house, "forms")
    kept = f"{caplog.text} {[connections.newest(line.house)]} {error}"
    assert not [one for one in (code, "open sesame", "wrong word", nue.key) if one in kept]
    assert connections.newest(line.house)[0].path == "/api/v1/s/{short_code}/verify-password"


@pytest.mark.parametrize("name", sorted(FAKES))
def test_every_provider_lists_what_it_can_and_what_nobody_has_proven(line: CommandLine, name: str) -> None:
    accounts.add(line.house, name, name, "a key", "http://127.0.0.1:9")
    told = line.run("remote", name, "--list").out.splitlines()
    accounts.remove(line.house, name)
    assert [one.split()[0] for one in told] == [one.name for one in PROVIDERS[name].operations]
    marked = [one.split()[0] for one in told if one.endswith("(unverified)")]
    assert marked == [one.name for one in PROVIDERS[name].operations if one.is_unverified]


def test_a_secret_comes_from_standard_input_or_a_file(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    (line.folder / "password").write_text("open sesame")
    with NueForm().serving() as nue:
        accounts.add(line.house, "nueform", "forms", nue.key, nue.url, {"form_id": FORM})
        monkeypatch.setattr("sys.stdin", io.StringIO("@home\n"))
        one = line.asked("remote", "forms", "create_session", "password=@-")
        two = line.asked("remote", "forms", "create_session", f"password=@{line.folder / 'password'}")
        accounts.remove(line.house, "forms")
        assert isinstance(nue, NueForm)
        kept = [nue.sessions[each["id"]].given["password"] for each in (one, two)]
    assert kept == ["@home", "open sesame"]


def test_a_fingerprint_is_one(line: CommandLine, fake: VisiSign) -> None:
    words = ("remote", "work", "download_files", "id=sr_1", "--out", line.folder / "x.pdf", "--sha256", "abc")
    assert line.refused(2, *words)["kind"] == "UsageError"
    assert fake.log == []


def test_a_refusal_is_told_in_the_words_of_the_service(line: CommandLine, fake: VisiSign) -> None:
    given = created(line)
    line.asked("remote", "work", "cancel_signature_request", f"id={given}")
    error = line.refused(7, "remote", "work", "cancel_signature_request", f"id={given}")
    assert error["facts"]["message"] == "A cancelled request cannot be cancelled"
    fake.fail("GET /templates", "status", status=403)
    assert line.refused(7, "remote", "work", "list_templates")["kind"] == "PermissionMissing"
