"""An identity whose key lives at a trust service and never leaves it."""

import base64
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlsplit

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.identities.source import Unlocking


class RemoteKey:
    """`where`: `url` of the service, `credential` there, `asks` (what releases the key, by spaces), `algorithms`,
    `secret` (what gets into the account, in the vault) and `certificates` (the signer's first). How one logs in:
    `login`, `client` and `oauth`, as `remote_login.Account` has them. `release` is browser where each signature is
    confirmed on a page of the service; then nothing is asked here.
    """

    kind: ClassVar[str] = "csc"
    asks_passphrase: ClassVar[bool] = True

    def place(self, where: Mapping[str, str]) -> str:
        return f"{urlsplit(where.get('url', '')).hostname}, key {where.get('credential', '')}"

    def unlock(self, name: str, where: Mapping[str, str], using: Unlocking) -> KeyMaterial:
        """What releases the key is sent with each signature; whether it is right is found out then, and nothing is
        written before that.
        """
        asks = where.get("asks", "").split()
        given = (using.passphrase or "").split(None, len(asks) - 1) if asks else []
        if len(given) != len(asks) or using.remote is None:
            raise errors.PassphraseWrong(name=name)
        certificate, *chain = (base64.b64decode(part) for part in where["certificates"].split())
        sign = using.remote(name, where, dict(zip(asks, given, strict=True)))
        return KeyMaterial(b"", certificate, tuple(chain), remote=sign, at_once=int(where.get("at_once", 1)))
