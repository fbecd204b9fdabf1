"""Accounts on the command line, against a service on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import asked, refused, run
from tests.support.http_server import Plain, Seen, as_html, as_json, serving

KEY = "vsk_canary_0123456789abcdef0123456789"
CARD = {"name", "provider", "title", "base_url", "options", "added_at", "has_secret"}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def add(library: Path, base_url: str = "", *more: str, name: str = "work", provider: str = "visisign") -> object:
    where = ("--base-url", base_url) if base_url else ()
    return asked(library, "account", "add", provider, "--name", name, *where, *more, "--secret-stdin", typed=f"{KEY}\n")


def service(seen: Seen) -> Plain:
    if seen.headers.get("authorization") != f"Bearer {KEY}":
        return as_json({"error": {"type": "unauthorized", "message": "Invalid or missing API key."}}, 401)
    return as_json({"signature_requests": [], "pagination": {}})


def test_an_account_is_added_listed_tried_and_removed(library: Path) -> None:
    with serving(service) as server:
        added = add(library, f"{server.url}/v1/", "--option", "test_mode=yes")
        assert isinstance(added, dict)
        assert set(added) == CARD | {"remarks"}
        assert (added["base_url"], added["options"]) == (f"{server.url}/v1", {"test_mode": "yes"})
        assert (added["has_secret"], added["remarks"]) == (True, [])
        (listed,) = asked(library, "account", "list")
        assert set(listed) == CARD
        tried = asked(library, "account", "test", "work")
        assert (tried["ok"], tried["status"], tried["host"]) == (True, 200, "127.0.0.1")
        assert set(tried) == {"name", "provider", "host", "ok", "status", "seconds"}
    assert [seen.target for seen in server.seen] == ["/v1/signature_requests?page=1&per_page=1"]
    assert asked(library, "account", "remove", "work") == []
    assert refused(library, 7, "account", "test", "work")["kind"] == "UnknownAccount"


def test_a_key_that_was_refused_is_replaced(library: Path) -> None:
    with serving(service) as server:
        asked(
            library, "account", "add", "visisign", "--name", "work", "--base-url", server.url, "--secret-stdin",
            typed="vsk_old_0123456789abcdef0123456789\n",
        )  # fmt: skip
        wrong = refused(library, 7, "account", "test", "work")
        assert "paraph account renew" in wrong["message"]
        renewed = asked(library, "account", "renew", "work", "--secret-stdin", typed=f"{KEY}\n")
        assert (renewed["name"], renewed["has_secret"]) == ("work", True)
        assert asked(library, "account", "test", "work")["ok"]
    assert refused(library, 7, "account", "renew", "other", "--secret-stdin", typed=KEY)["kind"] == "UnknownAccount"


def test_adding_and_listing_speak_to_nobody(library: Path) -> None:
    with serving(service) as server:
        add(library, server.url)
        asked(library, "account", "list")
        asked(library, "account", "remove", "work")
    assert server.seen == []


def test_fault_77_the_key_is_in_the_vault_and_nowhere_else(library: Path) -> None:
    """Not in the database, its log, the settings, or what is printed; nor readable in the vault's file."""
    with serving(as_json({"error": {"message": f"Bad key {KEY}"}}, 401)) as server:
        add(library, server.url)
        for words in (("account", "test", "work"), ("account", "list"), ("--json", "account", "test", "work")):
            ran = run(library, *words)
            assert KEY not in ran.out + ran.err
    assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"
    files = [path for path in library.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if KEY.encode() in path.read_bytes()]


def test_a_service_that_says_no_has_exit_code_7_and_words(library: Path) -> None:
    with serving([as_json({"error": "Trial over."}, 402), as_html()]) as server:
        add(library, server.url)
        error = refused(library, 7, "account", "test", "work")
        assert (error["kind"], error["facts"]) == ("PaymentNeeded", {"host": "127.0.0.1", "message": "Trial over"})
        ran = run(library, "account", "test", "work")
    assert ran.code == 7
    assert ran.err == (
        "paraph: Instead of 127.0.0.1 a web page answered, as the login page of a network does. "
        "Open a browser, log in to the network, and try again.\n"
    )


def test_a_published_address_need_not_be_said(library: Path) -> None:
    added = add(library)
    assert isinstance(added, dict)
    assert added["base_url"] == "https://api.visisign.app/v1"
    error = refused(library, 3, "account", "add", "pigeon", "--name", "p", "--secret-stdin", typed=KEY)
    assert (error["kind"], error["facts"]["path"]) == ("SpecError", "base_url")


def test_what_is_wrong_is_named_and_nothing_is_kept(library: Path) -> None:
    for words, code, kind, path in (
        (("docusign",), 7, "UnknownProvider", None),
        (("visisign", "--base-url", "http://api.example.com"), 3, "SpecError", "base_url"),
        (("visisign", "--option", "colour=red"), 3, "SpecError", "option colour"),
    ):
        error = refused(library, code, "account", "add", *words, "--name", "a", "--secret-stdin", typed=KEY)
        assert (error["kind"], error["facts"].get("path")) == (kind, path)
        assert KEY not in str(error)
    error = refused(library, 3, "account", "add", "visisign", "--name", "a", "--secret-stdin", typed="vsk_a\nX: b")
    assert error["facts"]["path"] == "secret"
    assert asked(library, "account", "list") == []


def test_a_name_is_taken_once_and_its_key_is_not_replaced(library: Path) -> None:
    with serving(service) as server:
        add(library, server.url)
        words = ("account", "add", "visisign", "--name", "work", "--base-url", server.url, "--secret-stdin")
        assert refused(library, 7, *words, typed="vsk_other")["kind"] == "AccountExists"
        assert asked(library, "account", "test", "work")["ok"] is True


def test_a_key_of_another_look_is_remarked_upon(library: Path) -> None:
    words = ("account", "add", "signatureapi", "--name", "s", "--secret-stdin")
    (remark,) = asked(library, *words, typed=KEY)["remarks"]
    assert "SignatureAPI" in remark
    assert KEY not in remark


def test_without_a_passphrase_the_vault_says_so_and_no_account_is_made(library: Path) -> None:
    words = ("account", "add", "visisign", "--name", "work", "--secret-stdin")
    assert refused(library, 8, *words, typed=KEY, passphrase=None)["kind"] == "VaultLocked"
    assert asked(library, "account", "list", passphrase=None) == []


def test_people_read_which_accounts_they_have(library: Path) -> None:
    assert "No accounts" in run(library, "account", "list").out
    add(library, name="Büro von Zoë")
    line = run(library, "account", "list").out
    assert line.split("  ")[0] == "Büro von Zoë"
    assert "VisiSign" in line
