"""An identity at a trust service, as a script adds and uses it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from signal import SIGINT

import pytest

from tests.fakes import csc_login as fake
from tests.fakes.csc import PIN, TOKEN, Trust, trust_service
from tests.support.certo import Certo, certo
from tests.support.commands import PASSPHRASE, asked, environment, refused, run
from tests.support.pages import write_pdf


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture
def trust(pki: Certo) -> Iterator[Trust]:
    with trust_service({"k1": pki.person("alice")}) as served:
        yield served


def test_it_is_added_shown_and_refuses_what_it_must(trust: Trust, tmp_path: Path) -> None:
    """One environment variable stands for the vault's passphrase and the PIN, so this vault is opened by the PIN."""
    library = tmp_path / "library"
    words = ("identity", "remote", trust.url, "--as", "far", "--secret-stdin")
    (row,) = asked(library, *words, typed=f"{TOKEN}\n", passphrase=PIN)
    assert (row["kind"], row["subject"], row["usable"]) == ("csc", "Alice", True)
    assert "127.0.0.1" in row["where"]
    sealing = ("seal", write_pdf(tmp_path / "a.pdf"), "--identity", "far", "--out", tmp_path / "out")
    (made,) = asked(library, *sealing, passphrase=PIN)
    assert Path(made["out"]).exists()
    assert trust.signed == 1


def test_without_a_token_or_with_a_wrong_one_nothing_is_kept(trust: Trust, tmp_path: Path) -> None:
    library = tmp_path / "library"
    words = ("identity", "remote", trust.url, "--as", "far")
    assert refused(library, 2, *words)["kind"] == "UsageError"
    said = refused(library, 7, *words, "--secret-stdin", typed="not the token", passphrase=PASSPHRASE)
    assert said["kind"] == "CredentialRefused"
    assert asked(library, "identity", "list") == []


def test_a_client_logs_in_with_its_secret(trust: Trust, tmp_path: Path) -> None:
    words = ("identity", "remote", trust.url, "--as", "far", "--login", "client", "--client-id", fake.CLIENT)
    (row,) = asked(tmp_path / "library", *words, "--secret-stdin", typed=f"{fake.SECRET}\n")
    assert row["kind"] == "csc"
    assert [each["grant_type"] for each in trust.logins.asked] == ["client_credentials"]


def test_a_person_logs_in_and_releases_the_key_in_the_browser(
    trust: Trust, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the browser says on its standard output is not taken for the answer of the command."""
    monkeypatch.setenv("BROWSER", f"{sys.executable} -m tests.support.browsing %s")
    trust.mode, library = "oauth2code", tmp_path / "library"
    words = ("--json", "identity", "remote", trust.url, "--as", "far", "--login", "browser", "--client-id", fake.PUBLIC)
    added = run(library, *words)
    assert (added.code, added.data[0]["subject"]) == (0, "Alice")
    told = json.loads(added.err)["browser"]
    assert (told["purpose"], told["host"]) == ("Log in", "127.0.0.1")
    assert told["url"].startswith(trust.url.removesuffix("/csc/v2"))
    sealing = ("seal", write_pdf(tmp_path / "a.pdf"), "--identity", "far", "--out", tmp_path / "out")
    made = run(library, *sealing)
    assert made.code == 0, made.err
    assert "Release the key for one signature at 127.0.0.1" in made.err
    assert "Should no page open" in made.err
    assert (trust.signed, len(trust.logins.pages)) == (1, 2)


def test_an_interrupt_while_the_browser_is_waited_for_ends_the_command(
    trust: Trust, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", f"{sys.executable} -m tests.support.browsing %s")
    trust.mode, library = "oauth2code", tmp_path / "library"
    words = ("identity", "remote", trust.url, "--as", "far", "--login", "browser", "--client-id", fake.PUBLIC)
    assert run(library, *words).code == 0
    files = [write_pdf(tmp_path / f"{number}.pdf") for number in range(3)]
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "app",
        "seal",
        *files,
        "--identity",
        "far",
        "--out",
        tmp_path / "out",
    ]
    assert interrupted(library, command, "Release the key") == 130
    assert not list((tmp_path / "out").glob("*.pdf"))
    assert trust.signed == 0
    command = [sys.executable, "-m", "app", *words[:3], "--as", "other", *words[5:]]
    assert interrupted(library, command, "Log in") == 130
    assert [row["name"] for row in asked(library, "identity", "list") if row["kind"] == "csc"] == ["far"]


def interrupted(library: Path, command: list[str | Path], purpose: str) -> int:
    """Its exit code, once it has said what it waits for and was stopped."""
    more = {"BROWSER": "true", "PARAPH_PASSPHRASE": PASSPHRASE}
    with subprocess.Popen(
        command, env=environment(library, **more), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stderr is not None
        assert purpose in running.stderr.readline()
        running.send_signal(SIGINT)
        return running.wait(60)
