"""An identity at a trust service, as a script adds and uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.csc import PIN, TOKEN, Trust, trust_service
from tests.support.certo import Certo, certo
from tests.support.commands import PASSPHRASE, asked, refused
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
