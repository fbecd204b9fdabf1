"""Fault 74: a server proves who it is, or nothing is sent; and the way through a company's proxy."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain import errors
from app.sync.request import Request
from tests.support import web_pki
from tests.support.http_server import as_json, proxying, serving
from tests.support.transports import TOKEN, rig
from tests.support.web_pki import Authority

GET = Request("GET", "/things", "look")
OK = as_json({"ok": 1})


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return web_pki.authority(tmp_path_factory.mktemp("company"))


def test_a_server_the_company_vouches_for_is_spoken_to(company: Authority, tmp_path: Path) -> None:
    with serving(OK, web_pki.server_context(tmp_path, company)) as server:
        made = rig(server.url, ca_file=company.pem)
        assert made.transport.send(GET).data == {"ok": 1}
        assert server.seen[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert made.ledger.lines[0].received == len(OK.bytes())


BAD: dict[str, Callable[[Path, Authority], ssl.SSLContext]] = {
    "expired": lambda folder, company: web_pki.server_context(folder, company, days=-3),
    "wrong_host": lambda folder, company: web_pki.server_context(folder, company, "api.example.com"),
    "self_signed": lambda folder, _: web_pki.server_context(folder, None),
    "unknown_authority": lambda folder, _: web_pki.server_context(folder, web_pki.authority(folder)),
    "old_version": lambda folder, company: web_pki.aged(web_pki.server_context(folder, company)),
}


@pytest.mark.parametrize("reason", BAD)
def test_fault_74_a_server_that_cannot_prove_itself_is_told_nothing(
    reason: str, company: Authority, tmp_path: Path
) -> None:
    with serving(OK, BAD[reason](tmp_path, company)) as server:
        made = rig(server.url, ca_file=company.pem, attempts=5)
        with pytest.raises(errors.TlsRefused) as caught:
            made.transport.send(GET)
    assert (caught.value.reason, caught.value.passing) == (reason, False)
    assert not server.seen
    assert made.ledger.outcomes == ["TlsRefused"]
    assert made.ledger.lines[0].sent == 0


def test_fault_74_the_companys_certificate_is_trusted_only_when_it_is_named(company: Authority, tmp_path: Path) -> None:
    with serving(OK, web_pki.server_context(tmp_path, company)) as server:
        with pytest.raises(errors.TlsRefused) as caught:
            rig(server.url).transport.send(GET)
        assert caught.value.reason == "unknown_authority"
        assert not server.seen


def test_fault_74_a_server_without_tls_is_not_spoken_to_in_the_clear() -> None:
    with serving(OK) as server:
        with pytest.raises(errors.TlsRefused) as caught:
            rig(server.url.replace("http:", "https:")).transport.send(GET)
        assert caught.value.reason == "no_tls"
        assert server.complaints == ["TLS, where none is spoken"]
        server.complaints.clear()
        assert not server.seen


def test_a_certificate_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "junk.pem").write_text("junk")
    for name in ("junk.pem", "absent.pem"):
        with pytest.raises(errors.CertificateUnreadable) as caught:
            rig("https://127.0.0.1:9", ca_file=tmp_path / name).transport.send(GET)
        assert caught.value.path == str(tmp_path / name)


def test_fault_73_a_proxy_that_was_named_is_used_and_sees_only_the_name(company: Authority, tmp_path: Path) -> None:
    """No name is looked up here: that is the proxy's to do."""
    with (
        serving(OK, web_pki.server_context(tmp_path, company, "api.example.com")) as server,
        proxying(server.port) as proxy,
    ):
        made = rig("https://api.example.com/v1", ca_file=company.pem, proxy=proxy.url)
        assert made.transport.send(GET).data == {"ok": 1}
    assert [line.rpartition(" ")[0] for line in proxy.asked] == ["CONNECT api.example.com:443"]
    assert server.seen[0].headers["host"] == "api.example.com"
    assert made.ledger.lines[0].received == len(OK.bytes())


def test_fault_74_a_proxy_that_answers_itself_is_found_out(company: Authority, tmp_path: Path) -> None:
    with (
        serving(OK, web_pki.server_context(tmp_path, company, "proxy.example.com")) as server,
        proxying(server.port) as proxy,
    ):
        with pytest.raises(errors.TlsRefused) as caught:
            rig("https://api.example.com/v1", ca_file=company.pem, proxy=proxy.url).transport.send(GET)
        assert (caught.value.reason, server.seen) == ("wrong_host", [])


def test_a_proxy_that_lets_nothing_through_is_no_connection(company: Authority) -> None:
    with proxying(9, opens=False) as proxy:
        with pytest.raises(errors.NoConnection) as caught:
            rig("https://api.example.com/v1", proxy=proxy.url).transport.send(GET)
        assert caught.value.reason == "proxy"
    with pytest.raises(errors.NoConnection) as caught:
        rig("https://api.example.com/v1", proxy="http://127.0.0.1:9").transport.send(GET)
    assert caught.value.reason == "proxy"


def test_this_machine_is_not_asked_for_through_the_proxy() -> None:
    with serving(OK) as server, proxying(9) as proxy:
        assert rig(server.url, proxy=proxy.url).transport.send(GET).data == {"ok": 1}
        assert proxy.asked == []
