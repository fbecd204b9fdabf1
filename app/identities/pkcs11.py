"""An identity whose key lives on a token and never leaves it: a smart card, an HSM."""

import base64
from collections.abc import Mapping
from typing import ClassVar

from app.domain import errors
from app.domain.identity import KeyMaterial, TokenKey
from app.identities.source import Unlocking


class Pkcs11Token:
    """`where`: `module` (a file), `serial` and `label` of the token, `key_id`, `certificates` (the signer's first)."""

    kind: ClassVar[str] = "pkcs11"
    asks_passphrase: ClassVar[bool] = True

    def place(self, where: Mapping[str, str]) -> str:
        return f"token {where.get('label', '')} ({where.get('serial', '')})"

    def unlock(self, name: str, where: Mapping[str, str], using: Unlocking) -> KeyMaterial:
        """Whether the PIN is right is found out when the token signs; nothing is written before that."""
        if not using.passphrase:
            raise errors.PassphraseWrong(name=name)
        certificate, *chain = (base64.b64decode(part) for part in where["certificates"].split())
        token = TokenKey(where["module"], where["serial"], where["key_id"], using.passphrase)
        return KeyMaterial(b"", certificate, tuple(chain), token)


def facts(module: str, serial: str, label: str, key_id: str, certificates: tuple[bytes, ...]) -> dict[str, str]:
    """What `where` must hold."""
    text = " ".join(base64.b64encode(each).decode() for each in certificates)
    return {"module": module, "serial": serial, "label": label, "key_id": key_id, "certificates": text}
