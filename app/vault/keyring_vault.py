"""Secrets in the system's keyring, asked through a helper process so that no call can hang the program (fault 82)."""

import base64
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

import app
from app.domain import errors

ALLOWED: Final = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.Windows.WinVaultKeyring",
)
"""Stores that encrypt and belong to the session. Everything else is refused: plain text, null, fail, home-made."""

LIMIT_S: Final = 5.0
KEYRING_FLAG: Final = "--keyring-child"
"""How `app.__main__` of a frozen program, which knows no `-m`, learns that it is `keyring_helper`."""


class KeyringVault:
    """`service` keeps the secrets of two libraries apart; `index` is a folder where a marker stands for each name,
    because a keyring cannot list.
    """

    def __init__(
        self, service: str, index: Path, *, backends: tuple[str, ...] = ALLOWED, limit_s: float = LIMIT_S
    ) -> None:
        self._service = service
        self._index = index
        self._backends = backends
        self._limit_s = limit_s

    def usable(self) -> bool:
        """Write, read, delete: whether an allowed keyring is there, unlocked, and keeps what it is given."""
        try:
            return self._ask("probe", "") is True
        except errors.VaultError:
            return False

    def get(self, name: str) -> bytes:
        found = self._ask("get", name)
        if not isinstance(found, str):
            raise errors.SecretMissing(name=name)
        return base64.b64decode(found)

    def put(self, name: str, secret: bytes) -> None:
        self._index.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._ask("put", name, base64.b64encode(secret).decode())
        self._marker(name).touch(mode=0o600)

    def delete(self, name: str) -> None:
        self._ask("delete", name)
        self._marker(name).unlink(missing_ok=True)

    def names(self) -> tuple[str, ...]:
        if not self._index.is_dir():
            return ()
        return tuple(sorted(unquote(marker.name) for marker in self._index.iterdir()))

    def _marker(self, name: str) -> Path:
        return self._index / quote(name, safe="")

    def _ask(self, call: str, name: str, secret: str = "") -> object:
        request = {
            "call": call, "backends": self._backends, "service": self._service, "name": name, "secret": secret,
        }  # fmt: skip
        reply = self._reply(json.dumps(request))
        if "value" in reply:
            return reply["value"]
        raise errors.VaultLocked(where="keyring")

    def _reply(self, request: str) -> Mapping[str, Any]:
        try:
            done = subprocess.run(
                _command(), input=request, capture_output=True, text=True, timeout=self._limit_s, check=False
            )
        except subprocess.TimeoutExpired:
            raise errors.VaultTimedOut(backend="keyring", seconds=self._limit_s) from None
        try:
            reply: Mapping[str, Any] = json.loads(done.stdout)
        except ValueError:
            return {}
        return reply


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, KEYRING_FLAG]
    # -P and the import root by hand: a folder named `app` where the program was started must not step in.
    root = Path(app.__file__ or "").resolve().parent.parent
    start = f"import sys; sys.path.insert(0, {str(root)!r}); from app.vault.keyring_helper import main; main()"
    return [sys.executable, "-P", "-c", start]
