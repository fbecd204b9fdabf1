"""Key material as one secret of the vault."""

import base64
import json
from collections.abc import Mapping
from typing import ClassVar

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.identities.source import Unlocking


def pack(material: KeyMaterial) -> bytes:
    """What the vault keeps; `unpack` is its inverse."""
    parts = (material.key_der, material.certificate_der, *material.chain_der)
    return json.dumps([base64.b64encode(part).decode() for part in parts]).encode()


def unpack(secret: bytes, name: str) -> KeyMaterial:
    """Raises `IdentityUnusable` (damaged) for what `pack` did not make."""
    try:
        key, certificate, *chain = (base64.b64decode(part, validate=True) for part in json.loads(secret))
    except (ValueError, TypeError):
        raise errors.IdentityUnusable(name=name, reason="damaged") from None
    return KeyMaterial(key, certificate, tuple(chain))


class InVault:
    """Shared by every source whose whole key lies in the vault, under the name in `where["secret"]`."""

    kind: ClassVar[str]
    asks_passphrase: ClassVar[bool] = False

    def place(self, where: Mapping[str, str]) -> str:
        return "this device"

    def unlock(self, name: str, where: Mapping[str, str], using: Unlocking) -> KeyMaterial:
        return unpack(using.secret(where["secret"]), name)
