"""The contract every kind of identity source keeps, and what is particular to a PKCS#12 file."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    KeySerializationEncryption,
    NoEncryption,
    load_der_private_key,
    pkcs12,
)

from app.domain import errors
from app.domain.identity import KeyMaterial, TokenKey
from app.identities import (
    SOURCES,
    Unlocking,
    authority_name,
    create_authority,
    issue_signer,
    load_pkcs12,
    self_signed,
    source_of,
    token_facts,
)
from app.identities.stored import pack, unpack

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
PASSPHRASE = "correct horse"


def a_file(material: KeyMaterial, passphrase: str | None = PASSPHRASE, *, with_key: bool = True) -> bytes:
    encryption: KeySerializationEncryption = NoEncryption()
    if passphrase:
        encryption = BestAvailableEncryption(passphrase.encode())
    key = load_der_private_key(material.key_der, None) if with_key else None
    chain = [x509.load_der_x509_certificate(each) for each in material.chain_der]
    certificate = x509.load_der_x509_certificate(material.certificate_der)
    return pkcs12.serialize_key_and_certificates(b"me", key, certificate, chain[::-1], encryption)  # type: ignore[arg-type]


def unlocking(secrets: dict[str, bytes], passphrase: str | None = None) -> Unlocking:
    def secret(name: str) -> bytes:
        if name not in secrets:
            raise errors.SecretMissing(name=name)
        return secrets[name]

    return Unlocking(secret, lambda path: Path(path).read_bytes(), passphrase, lambda *_: lambda data, _: data)


@pytest.fixture
def material() -> KeyMaterial:
    return issue_signer(create_authority(authority_name(), NOW), name="Jane Smith", now=NOW)


Stored = tuple[dict[str, str], dict[str, bytes], str | None]


@pytest.fixture
def stored(material: KeyMaterial, tmp_path: Path) -> Callable[[str], Stored]:
    """How each kind keeps one and the same key: its facts, the secrets in the vault, the passphrase."""
    file = tmp_path / "me.p12"
    file.write_bytes(a_file(material))
    certificates = (material.certificate_der, *material.chain_der)
    kept: dict[str, Stored] = {
        "device": ({"secret": "identity/device"}, {"identity/device": pack(material)}, None),
        "self_signed": ({"secret": "identity/me"}, {"identity/me": pack(material)}, None),
        "pkcs12": ({"path": str(file)}, {}, PASSPHRASE),
        "csc": (
            {
                "url": "https://trust.example/csc/v2", "credential": "k1", "asks": "PIN", "algorithms": "1.2",
                "secret": "identity/far/token",
                "certificates": " ".join(base64.b64encode(each).decode() for each in certificates),
            },
            {"identity/far/token": b"token"},
            "1",
        ),
        "pkcs11": (token_facts("/lib/m.so", "af01", "Card", "01", certificates), {}, "1"),
    }
    return lambda kind: kept[kind]


@pytest.mark.parametrize("kind", sorted(SOURCES))
def test_every_source_unlocks_the_key_it_keeps_and_says_where_it_lives(
    kind: str, stored: Callable[[str], Stored], material: KeyMaterial
) -> None:
    where, secrets, passphrase = stored(kind)
    source = source_of(kind)
    assert source.kind == kind
    assert source.place(where)
    unlocked = source.unlock("me", where, unlocking(secrets, passphrase))
    assert (unlocked.certificate_der, unlocked.chain_der) == (material.certificate_der, material.chain_der)
    if kind == "pkcs11":
        assert unlocked.token == TokenKey("/lib/m.so", "af01", "01", "1")
        assert not unlocked.key_der
    elif kind == "csc":
        assert unlocked.remote is not None
        assert not unlocked.key_der
    else:
        assert unlocked == material


@pytest.mark.parametrize("kind", sorted(SOURCES))
def test_every_source_says_by_an_error_of_ours_what_is_missing(kind: str, stored: Callable[[str], Stored]) -> None:
    where, _, _ = stored(kind)
    gone = where | ({"path": where["path"] + "x"} if "path" in where else {})
    with pytest.raises(errors.ParaphError):
        source_of(kind).unlock("me", gone, unlocking({}, None))


def test_a_kind_of_a_newer_version_is_unknown_and_not_a_bug() -> None:
    with pytest.raises(errors.UnknownIdentity) as unknown:
        source_of("mind reading")
    assert "pkcs12" in unknown.value.known


def test_a_file_gives_its_key_and_its_chain_nearest_first(material: KeyMaterial) -> None:
    assert load_pkcs12(a_file(material), PASSPHRASE, "me") == material
    assert load_pkcs12(a_file(material, None), None, "me") == material


def test_fault_83_a_wrong_passphrase_is_told_from_a_damaged_file(material: KeyMaterial) -> None:
    data = a_file(material)
    for wrong in ("wrong", "", None):
        with pytest.raises(errors.PassphraseWrong):
            load_pkcs12(data, wrong, "me")
    for damaged in (b"", b"hello", data[:-30], data + b"x"):
        with pytest.raises(errors.IdentityUnusable) as unusable:
            load_pkcs12(damaged, PASSPHRASE, "me")
        assert unusable.value.reason == "damaged"


def test_a_file_without_a_key_says_so(material: KeyMaterial) -> None:
    with pytest.raises(errors.IdentityUnusable) as unusable:
        load_pkcs12(a_file(material, with_key=False), PASSPHRASE, "me")
    assert unusable.value.reason == "no_key"


def test_a_passphrase_may_come_from_the_vault(material: KeyMaterial, tmp_path: Path) -> None:
    file = tmp_path / "me.p12"
    file.write_bytes(a_file(material))
    where = {"path": str(file), "secret": "passphrase/me"}
    found = source_of("pkcs12").unlock("me", where, unlocking({"passphrase/me": PASSPHRASE.encode()}))
    assert found == material


@pytest.mark.parametrize("secret", [b"", b"[]", b'["!"]', b'{"a": 1}', b'["AA==", 3]'])
def test_a_damaged_secret_is_a_damaged_identity(secret: bytes) -> None:
    with pytest.raises(errors.IdentityUnusable):
        unpack(secret, "me")


def test_a_packed_key_comes_back_whole() -> None:
    own = self_signed("Jane", "", NOW)
    assert unpack(pack(own), "me") == own
