"""Trusted lists as a script imports them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import trusted_lists as making
from tests.support.certo import PASSPHRASE, Certo, certo
from tests.support.commands import asked, refused, run
from tests.support.pages import write_pdf
from tests.support.trusted_lists import Entry, fingerprint, operator, written


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


def test_a_list_is_looked_at_confirmed_used_and_dropped(tmp_path: Path, pki: Certo) -> None:
    library, signer = tmp_path / "library", operator()
    asked(library, "identity", "import", pki.pkcs12_file("alice", tmp_path), "--as", "alice", passphrase=PASSPHRASE)
    sealing = ("seal", write_pdf(tmp_path / "a.pdf"), "--out", tmp_path / "out", "--identity", "alice")
    (made,) = asked(library, *sealing, passphrase=PASSPHRASE)
    # Who is asked about revocation stands on this machine, where no list may lead.
    (library / "settings.json").write_text('{"ask_revocation": false}')
    path = written(tmp_path / "at.xml", making.xml([Entry(pki.certificate("issuing"))]), signer)
    said = refused(library, 5, "trust", "import", path)
    assert (said["kind"], said["facts"]["fingerprint"]) == ("SignerNotConfirmed", fingerprint(signer))
    assert fingerprint(signer) in said["message"]
    assert run(library, "verify", made["out"]).code == 1
    (row,) = asked(library, "trust", "import", path, "--signer", fingerprint(signer))
    assert (row["territory"], row["sequence"], row["services"], row["granted"]) == ("AT", 7, 1, 1)
    (judged,) = asked(library, "verify", made["out"])
    assert (judged["verdict"], judged["signatures"][0]["trusted_by"]) == ("valid", "list")
    assert "AT" in run(library, "trust", "lists").out
    assert refused(library, 2, "trust", "drop", "DE")["kind"] == "UsageError"
    assert asked(library, "trust", "drop", "at") == []
    assert run(library, "verify", made["out"]).code == 1


@pytest.mark.parametrize("words", [("import",), ("drop",), ("add",)])
def test_what_is_missing_is_said(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert refused(tmp_path / "library", 2, "trust", *words)["kind"] == "UsageError"


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<x/>")
    assert refused(tmp_path / "library", 5, "trust", "import", tmp_path / "x.xml")["facts"]["reason"] == "not_one"
    assert refused(tmp_path / "library", 4, "trust", "import", tmp_path / "none.xml")["kind"] == "FileMissing"


def test_whom_the_computer_believes_counts_only_when_that_is_switched_on(
    tmp_path: Path, pki: Certo, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library"
    monkeypatch.setenv("SSL_CERT_FILE", str(pki.root_file(tmp_path)))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    asked(library, "identity", "import", pki.pkcs12_file("alice", tmp_path), "--as", "alice", passphrase=PASSPHRASE)
    sealing = ("seal", write_pdf(tmp_path / "a.pdf"), "--out", tmp_path / "out", "--identity", "alice")
    (made,) = asked(library, *sealing, passphrase=PASSPHRASE)
    told = {}
    for believed in (False, True):
        # The store of the system may not lead to this machine either, so nobody is asked about revocation.
        (library / "settings.json").write_text(f'{{"trust_system": {str(believed).lower()}, "ask_revocation": false}}')
        (judged,) = run(library, "--json", "verify", made["out"]).data
        told[believed] = (judged["verdict"], judged["signatures"][0]["trusted_by"])
    assert told == {False: ("indeterminate", ""), True: ("valid", "system")}
    (library / "settings.json").unlink()
    assert run(library, "verify", made["out"]).code == 1
