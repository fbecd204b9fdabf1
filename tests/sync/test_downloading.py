"""Files from a server: whole, right, or not at all; and never with a key to another house."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.sync.download import Download
from app.sync.request import Request
from tests.support.http_server import (
    Drip,
    Plain,
    Reply,
    Reset,
    Seen,
    as_html,
    as_json,
    as_pdf,
    bomb,
    serving,
)
from tests.support.transports import rig

PDF = b"%PDF-1.7\n" + b"signed " * 30_000 + b"\n%%EOF\n"
SHA = hashlib.sha256(PDF).hexdigest()
FILE = Request("GET", "/things/1/files", "fetch the signed file")
LIMIT = 1 << 20


def fetch(reply: Reply | list[Reply], out: Path, **options: Any) -> Download:
    with serving(reply) as server:
        attempts = options.pop("attempts", 1)
        return rig(server.url, attempts=attempts).transport.download(FILE, out, limit=LIMIT, **options)


def only(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_arrives_whole_private_and_with_its_fingerprint(tmp_path: Path) -> None:
    out = tmp_path / "signed.pdf"
    assert fetch(as_pdf(PDF), out, expected_sha256=SHA) == Download(SHA, len(PDF))
    assert out.read_bytes() == PDF
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert only(tmp_path) == ["signed.pdf"]


def test_a_file_in_chunks_has_a_known_end(tmp_path: Path) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (PDF[:9], PDF[9:50_000], PDF[50_000:]))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nTransfer-Encoding: chunked\r\n\r\n"
    whole = head + chunks + b"0\r\n\r\n"
    assert fetch(Drip(whole, 0, len(whole)), tmp_path / "a.pdf").sha256 == SHA
    with pytest.raises(errors.DownloadCut):
        fetch(Drip(whole[:-20], 0, len(whole)), tmp_path / "b.pdf")
    assert only(tmp_path) == ["a.pdf"]


@pytest.mark.parametrize(
    "reply",
    [
        Plain(200, PDF[:-100], {"Content-Type": "application/pdf"}, length=len(PDF)),
        Plain(200, PDF, {"Content-Type": "application/pdf"}, length=None),
        Reset(as_pdf(PDF).bytes()[:-50_000]),
    ],
    ids=["short", "no end told", "reset"],
)
def test_fault_66_a_file_that_was_cut_off_is_not_kept(reply: Reply, tmp_path: Path) -> None:
    """The second is whole, and nothing but its fingerprint could tell."""
    out = tmp_path / "signed.pdf"
    out.write_bytes(b"what was there before")
    with pytest.raises(errors.DownloadCut) as caught:
        fetch(reply, out)
    assert caught.value.passing
    assert out.read_bytes() == b"what was there before"
    assert only(tmp_path) == ["signed.pdf"]


def test_fault_66_without_a_told_end_the_fingerprint_tells(tmp_path: Path) -> None:
    endless = Plain(200, PDF, {"Content-Type": "application/pdf"}, length=None)
    assert fetch(endless, tmp_path / "a.pdf", expected_sha256=SHA).size == len(PDF)


def test_fault_66_a_file_that_was_cut_off_is_fetched_again(tmp_path: Path) -> None:
    short = Plain(200, PDF[:-100], {"Content-Type": "application/pdf"}, length=len(PDF))
    assert fetch([short, as_pdf(PDF)], tmp_path / "a.pdf", attempts=2).sha256 == SHA


def test_fault_67_a_file_with_another_fingerprint_is_kept_apart_as_evidence(tmp_path: Path) -> None:
    out, evidence = tmp_path / "signed.pdf", tmp_path / "rejected.pdf"
    forged = PDF.replace(b"signed", b"forged", 1)
    with pytest.raises(errors.DownloadAltered) as caught:
        fetch(as_pdf(forged), out, expected_sha256=SHA, rejected=evidence, attempts=5)
    assert (caught.value.expected, caught.value.found) == (SHA, hashlib.sha256(forged).hexdigest())
    assert evidence.read_bytes() == forged
    assert only(tmp_path) == ["rejected.pdf"]


def test_fault_67_or_thrown_away_where_nobody_wants_it(tmp_path: Path) -> None:
    with pytest.raises(errors.DownloadAltered):
        fetch(as_pdf(PDF), tmp_path / "signed.pdf", expected_sha256="0" * 64)
    assert only(tmp_path) == []


def test_fault_70_a_file_larger_than_allowed_is_left(tmp_path: Path) -> None:
    with pytest.raises(errors.AnswerTooLarge):
        fetch(as_pdf(b"%PDF-1.7" + bytes(LIMIT)), tmp_path / "a.pdf")
    with pytest.raises(errors.AnswerUnreadable):
        fetch(bomb(50, "application/pdf"), tmp_path / "a.pdf")
    assert only(tmp_path) == []


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (as_html(), errors.NotTheService),
        (as_json({"error": "no"}), errors.AnswerUnreadable),
        (as_pdf(b"<html>a page that says it is a PDF</html>"), errors.AnswerUnreadable),
        (as_pdf(b""), errors.AnswerUnreadable),
        (as_pdf(bytes(2000) + PDF), errors.AnswerUnreadable),
        (Plain(202, b"", {}), errors.RemoteNotReady),
        (as_json({}, 404), errors.RemoteGone),
    ],
    ids=["page", "json", "page as pdf", "empty", "junk first", "not ready", "gone"],
)
def test_fault_78_what_is_no_pdf_is_not_kept(reply: Reply, kind: type[errors.RemoteError], tmp_path: Path) -> None:
    with pytest.raises(kind):
        fetch(reply, tmp_path / "a.pdf")
    assert only(tmp_path) == []


def test_a_store_that_tells_no_type_is_believed_by_the_first_bytes(tmp_path: Path) -> None:
    untyped = Plain(200, PDF, {"Content-Type": "application/octet-stream"})
    assert fetch(untyped, tmp_path / "a.pdf").sha256 == SHA


def test_a_folder_that_is_not_there_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(errors.NotWritable):
        fetch(as_pdf(PDF), tmp_path / "no" / "a.pdf")


# -- links out of answers --------------------------------------------------------------------------------------------


def test_a_link_to_another_host_is_fetched_without_the_key_and_not_written_down(tmp_path: Path) -> None:
    def store(seen: Seen) -> Plain:
        return as_pdf(PDF) if "authorization" not in seen.headers else as_json({}, 400)

    with serving(store) as other, serving(as_json({})) as own:
        made = rig(own.url)
        link = f"http://localhost:{other.port}/bucket/signed.pdf?signature=canary"
        made.transport.download(link, tmp_path / "a.pdf", limit=LIMIT, why="fetch")
    assert other.seen[0].target == "/bucket/signed.pdf?signature=canary"
    (line,) = made.ledger.lines
    assert (line.host, line.path, line.why) == ("localhost", "(a link)", "fetch")


def test_a_link_to_the_accounts_own_origin_has_the_key(tmp_path: Path) -> None:
    with serving(as_pdf(PDF)) as own:
        rig(f"{own.url}/v1").transport.download("/v1/things/1/files", tmp_path / "a.pdf", limit=LIMIT)
    assert own.seen[0].path == "/v1/things/1/files"
    assert "authorization" in own.seen[0].headers


def test_a_link_to_another_port_is_another_origin(tmp_path: Path) -> None:
    with serving(as_pdf(PDF)) as other, serving(as_json({})) as own:
        rig(own.url).transport.download(f"{other.url}/a.pdf", tmp_path / "a.pdf", limit=LIMIT)
    assert "authorization" not in other.seen[0].headers


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("http://files.example.com/a.pdf", "http"),
        ("https://127.0.0.1:9/a.pdf", "loopback"),
        ("https://localhost/a.pdf", "loopback"),
        ("https://192.168.0.7/a.pdf", "private"),
        ("file:///etc/passwd", "address"),
        ("https://a b/", "address"),
    ],
)
def test_fault_69_a_link_does_not_lead_into_this_house(link: str, reason: str, tmp_path: Path) -> None:
    made = rig("https://api.example.com/v1")
    with pytest.raises(errors.TargetRefused) as caught:
        made.transport.download(link, tmp_path / "a.pdf", limit=LIMIT)
    assert caught.value.reason == reason
    assert not made.ledger.lines
