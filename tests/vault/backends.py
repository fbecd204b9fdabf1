"""Keyrings as they misbehave, for the helper process; the one that works keeps its secrets in the file KEPT names."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from keyring.backend import KeyringBackend


class Working(KeyringBackend):
    """What a system's store does, in a file; no longer secret than the Windows store allows."""

    priority = 9  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        assert len(password) <= 1280, "longer than the Windows store takes"
        self._keep({**self._kept(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = self._kept()
        del kept[f"{service}/{username}"]
        self._keep(kept)

    def _kept(self) -> dict[str, str]:
        path = Path(os.environ["KEPT"])
        return json.loads(path.read_text()) if path.exists() else {}

    def _keep(self, secrets: dict[str, str]) -> None:
        Path(os.environ["KEPT"]).write_text(json.dumps(secrets))


class Plaintext(Working):
    """Works, and is on nobody's list."""


class Hanging(Working):
    """A locked keyring that waits for a prompt nobody can see."""

    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(60)
        return None

    set_password = get_password  # type: ignore[assignment]


class Forgetting(Working):
    """Says yes and keeps nothing, as keyring's null backend."""

    def set_password(self, service: str, username: str, password: str) -> None:
        return


class Raising(Working):
    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("the collection is locked")
