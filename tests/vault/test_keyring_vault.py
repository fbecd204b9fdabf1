"""The system's keyring, and every way it fails (robustness, fault 82)."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain import errors
from app.vault import FileVault, KeyringVault, open_vault

HERE = "tests.vault.backends."
OURS = (HERE + "Working", HERE + "Hanging", HERE + "Forgetting", HERE + "Raising")

Choose = Callable[[str], None]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Choose:
    """Makes a backend the one the user's configuration picks."""
    monkeypatch.setenv("KEPT", str(tmp_path / "kept.json"))
    return lambda backend: monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)


def vault(folder: Path, limit_s: float = 5.0) -> KeyringVault:
    return KeyringVault("paraph-test", folder / "names", backends=OURS, limit_s=limit_s)


def test_a_secret_comes_back_as_it_was_put_whatever_its_length(choose: Choose, tmp_path: Path) -> None:
    choose(HERE + "Working")
    ring = vault(tmp_path)
    assert ring.usable()
    for secret in (b"", b"\x00\xff", bytes(range(256)) * 40):
        ring.put("identity/device", secret)
        assert ring.get("identity/device") == secret
    assert ring.names() == ("identity/device",)
    ring.delete("identity/device")
    ring.delete("identity/device")
    assert ring.names() == ()
    with pytest.raises(errors.SecretMissing):
        ring.get("identity/device")


def test_nothing_of_an_old_secret_is_left_in_the_keyring(choose: Choose, tmp_path: Path) -> None:
    choose(HERE + "Working")
    ring = vault(tmp_path)
    ring.put("a", bytes(5000))
    ring.put("a", b"short")
    assert (tmp_path / "kept.json").read_text().count("paraph-test/a") == 2
    ring.delete("a")
    assert (tmp_path / "kept.json").read_text() == "{}"


@pytest.mark.parametrize(
    "backend",
    ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring", HERE + "Plaintext", HERE + "Raising",
     HERE + "Forgetting"],
)  # fmt: skip
def test_fault_82_a_keyring_that_cannot_be_trusted_is_not_used(choose: Choose, tmp_path: Path, backend: str) -> None:
    choose(backend)
    assert not vault(tmp_path).usable()
    asked: list[str] = []

    def passphrase() -> str:
        asked.append(backend)
        return "correct horse"

    chosen = open_vault(tmp_path / "library", passphrase, backends=OURS)
    assert not asked
    chosen.put("name", b"secret")
    assert chosen.get("name") == b"secret"
    assert asked
    assert FileVault(tmp_path / "library" / "vault.json", "correct horse").get("name") == b"secret"


@pytest.mark.parametrize("backend", ["fail", "null"])
def test_fault_82_a_backend_off_the_list_keeps_no_secret(choose: Choose, tmp_path: Path, backend: str) -> None:
    choose(f"keyring.backends.{backend}.Keyring")
    with pytest.raises(errors.VaultLocked):
        vault(tmp_path).put("name", b"secret")
    assert vault(tmp_path).names() == ()


def test_fault_82_a_keyring_that_hangs_is_left_alone_in_time(choose: Choose, tmp_path: Path) -> None:
    choose(HERE + "Hanging")
    start = time.monotonic()
    with pytest.raises(errors.VaultTimedOut):
        vault(tmp_path, limit_s=1.0).get("name")
    assert time.monotonic() - start < 4


def test_a_usable_keyring_comes_before_a_file_and_is_kept(choose: Choose, tmp_path: Path) -> None:
    choose(HERE + "Working")
    folder = tmp_path / "library"
    open_vault(folder, lambda: None, backends=OURS).put("name", b"secret")
    assert not (folder / "vault.json").exists()
    assert open_vault(folder, lambda: None, backends=OURS).get("name") == b"secret"

    choose("keyring.backends.fail.Keyring")
    with pytest.raises(errors.VaultLocked):
        open_vault(folder, lambda: "another passphrase", backends=OURS).get("name")
    assert not (folder / "vault.json").exists()


def test_two_libraries_do_not_share_secrets(choose: Choose, tmp_path: Path) -> None:
    choose(HERE + "Working")
    one, two = (open_vault(tmp_path / name, lambda: None, backends=OURS) for name in ("one", "two"))
    one.put("name", b"first")
    two.put("name", b"second")
    assert one.get("name") == b"first"


def test_opening_a_vault_asks_and_writes_nothing(tmp_path: Path) -> None:
    chosen = open_vault(tmp_path / "library", lambda: pytest.fail("asked"), backend="file")
    assert chosen.names() == ()
    with pytest.raises(errors.SecretMissing):
        chosen.get("name")
    chosen.delete("name")
    assert not (tmp_path / "library" / "vault.json").exists()


def test_without_keyring_and_passphrase_the_vault_is_locked(tmp_path: Path) -> None:
    with pytest.raises(errors.VaultLocked):
        open_vault(tmp_path, lambda: None).put("name", b"secret")
