"""Which vault a library has: decided once, at the first secret, and remembered by what lies in its folder."""

import contextlib
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from app.vault.file_vault import FileVault
from app.vault.keyring_vault import ALLOWED, KeyringVault
from app.vault.vault import Vault

Backend = Literal["auto", "keyring", "file"]

FILE: Final = "vault.json"
KEYRING_ID: Final = "vault.keyring"
KEYRING_INDEX: Final = "vault.names"


def open_vault(
    folder: Path,
    passphrase: Callable[[], str | None],
    *,
    backend: Backend = "auto",
    backends: tuple[str, ...] = ALLOWED,
) -> Vault:
    """The vault of the library in `folder`; nothing is asked, probed or written before a secret is needed.

    `auto` stays with what is there: with a vault file or a keyring that holds this library's secrets. If there is
    neither, a usable keyring is taken, else the file. A keyring that once held them and cannot be used now is
    `VaultLocked`, not a new and empty vault: that would silently be another device.
    """
    return _Undecided(lambda: _decided(folder, passphrase, backend, backends), folder)


def _decided(
    folder: Path, passphrase: Callable[[], str | None], backend: Backend, backends: tuple[str, ...]
) -> Vault:
    file = FileVault(folder / FILE, passphrase)
    if backend == "file" or (backend == "auto" and (folder / FILE).exists()):
        return file
    known = folder / KEYRING_ID
    if backend == "keyring" or known.exists():
        return KeyringVault(_service(known), folder / KEYRING_INDEX, backends=backends)
    probed = KeyringVault("paraph-probe", folder / KEYRING_INDEX, backends=backends)
    if probed.usable():
        return KeyringVault(_service(known), folder / KEYRING_INDEX, backends=backends)
    return file


def _service(known: Path) -> str:
    """A random name, so that two libraries of one person do not share secrets; it stays when the folder moves."""
    known.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not known.exists():
        draft = known.with_name(f"{known.name}.{secrets.token_hex(4)}")
        draft.write_text(f"paraph-{secrets.token_hex(8)}", encoding="ascii")
        # A link appears whole and never replaces: of two first starts at once, both read the name that won.
        with contextlib.suppress(FileExistsError):
            known.hardlink_to(draft)
        draft.unlink()
    return known.read_text(encoding="ascii")


class _Undecided:
    """A vault that is chosen by its first use."""

    def __init__(self, decide: Callable[[], Vault], folder: Path) -> None:
        self._decide = decide
        self._folder = folder
        self._chosen: Vault | None = None
        self._guard = threading.Lock()

    def get(self, name: str) -> bytes:
        return self._vault().get(name)

    def put(self, name: str, secret: bytes) -> None:
        self._vault().put(name, secret)

    def delete(self, name: str) -> None:
        self._vault().delete(name)

    def names(self) -> tuple[str, ...]:
        if not any((self._folder / each).exists() for each in (FILE, KEYRING_ID)):
            return ()
        return self._vault().names()

    def _vault(self) -> Vault:
        with self._guard:
            if self._chosen is None:
                self._chosen = self._decide()
            return self._chosen
