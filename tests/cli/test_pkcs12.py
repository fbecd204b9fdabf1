"""A PKCS#12 file that must not sign is refused by its fault, and nothing is written: neither when it is imported nor
when it went bad later.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import pkcs12 as syntax
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, load_der_private_key, pkcs12

from app.domain.identity import KeyMaterial
from app.identities import self_signed
from tests.support import signers
from tests.support.certo import PASSPHRASE, Certo, certo
from tests.support.commands import asked, refused, run
from tests.support.pages import write_pdf

EXPIRED, EARLY, OTHER, SHORT, SHA1 = "expired-0", "early-0", "for-key_encipherment", "short-0", "sha1-0"


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki"), signers.town()) as served:
        yield served


@pytest.fixture(scope="module")
def library(pki: Certo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With Alice in it, so that a database is there before. Nobody is asked about her, as that would be noted."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "settings.json").write_text('{"ask_revocation": false}')
    asked(folder, "identity", "import", pki.pkcs12_file("alice", folder), passphrase=PASSPHRASE)
    return folder


def packed(material: KeyMaterial, *, with_key: bool = True) -> bytes:
    key = load_der_private_key(material.key_der, None) if with_key else None
    certificate = x509.load_der_x509_certificate(material.certificate_der)
    encryption = BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(b"me", key, certificate, None, encryption)  # type: ignore[arg-type]


def with_two_keys() -> bytes:
    """The safes of two files in one; the integrity check over all (a MAC) is left out, as RFC 7292 allows."""
    files = [packed(self_signed(name, "", datetime.now(UTC))) for name in ("One", "Two")]
    safes = syntax.AuthenticatedSafe([safe for each in files for safe in syntax.Pfx.load(each).authenticated_safe])
    whole: bytes = syntax.Pfx(
        {"version": "v3", "auth_safe": {"content_type": "data", "content": safes.dump()}}
    ).dump()
    return whole


def faulty(fault: str, pki: Certo, folder: Path) -> Path:
    own = packed(self_signed("Jane", "", datetime.now(UTC)))
    half = len(own) // 2
    made = {
        "no key": packed(self_signed("Jane", "", datetime.now(UTC)), with_key=False),
        "several keys": with_two_keys(),
        "cut off": own[:-40],
        "with more behind": own + b"more",
        "not one": b"-----BEGIN CERTIFICATE-----",
        "empty": b"",
        "altered": own[:half] + bytes([own[half] ^ 1]) + own[half + 1 :],
    }
    if fault not in made:
        return pki.pkcs12_file(fault, folder)
    path = folder / "me.p12"
    path.write_bytes(made[fault])
    return path


def listed(*folders: Path) -> dict[str, bytes]:
    """Everything that lies there; the database's own lock files come and go."""
    files = (each for folder in folders for each in folder.rglob("*") if each.is_file())
    return {str(each): each.read_bytes() for each in files if not each.name.endswith(("-wal", "-shm"))}


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (EXPIRED, "expired"), (EARLY, "not_yet_valid"), (OTHER, "usage"), (SHORT, "weak_key"), (SHA1, "weak_key"),
        ("no key", "no_key"), ("several keys", "several_keys"), ("cut off", "damaged"), ("with more behind", "damaged"),
        ("not one", "damaged"), ("empty", "damaged"), ("altered", "PassphraseWrong"),
    ],
)  # fmt: skip
def test_a_file_that_must_not_sign_is_refused_by_its_fault_and_nothing_is_written(
    fault: str, told: str, pki: Certo, library: Path, tmp_path: Path
) -> None:
    path = faulty(fault, pki, tmp_path)
    before = listed(library, tmp_path)
    said = refused(library, 5, "identity", "import", path, "--as", "new", passphrase=PASSPHRASE)
    assert told in (said["kind"], said["facts"].get("reason"))
    assert said["message"].endswith(".")
    assert listed(library, tmp_path) == before


def test_a_wrong_passphrase_is_said_so_and_told_nowhere(pki: Certo, library: Path, tmp_path: Path) -> None:
    path = pki.pkcs12_file("carol", tmp_path)
    before = listed(library, tmp_path)
    for wrong in ("hunter2", "", None):
        ran = run(library, "--json", "identity", "import", path, "--as", "carol", passphrase=wrong)
        assert (ran.code, ran.error["kind"]) == (5, "PassphraseWrong")
        assert "hunter2" not in ran.err
    assert listed(library, tmp_path) == before


@pytest.mark.parametrize(
    ("fault", "told"),
    [("several keys", "several_keys"), ("cut off", "damaged"), ("carol", "replaced"), ("gone", "FileMissing")],
)
def test_a_file_that_went_bad_later_seals_nothing(
    fault: str, told: str, pki: Certo, library: Path, tmp_path: Path
) -> None:
    source, name = write_pdf(tmp_path / "a.pdf"), f"later {fault}"
    (tmp_path / "kept").mkdir()
    kept = pki.pkcs12_file("alice", tmp_path / "kept")
    asked(library, "identity", "import", kept, "--as", name, passphrase=PASSPHRASE)
    if fault == "gone":
        kept.unlink()
    else:
        shutil.copy(faulty(fault, pki, tmp_path), kept)
    before = listed(library, tmp_path)
    words = ("seal", source, "--out", tmp_path / "out", "--identity", name)
    ran = run(library, "--json", *words, passphrase=PASSPHRASE)
    assert ran.code in (4, 5)
    assert told in (ran.error["kind"], ran.error["facts"].get("reason"), "FileMissing" if fault == "gone" else "")
    assert listed(library, tmp_path) == before
    assert not (tmp_path / "out").exists()
