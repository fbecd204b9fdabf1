"""An identity in a PKCS#12 file that stays where its owner keeps it."""

from collections.abc import Mapping
from typing import ClassVar

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.identities.pkcs12 import load_pkcs12
from app.identities.source import Unlocking


class Pkcs12File:
    """`where`: `path` of the file; `secret` if its passphrase may be taken from the vault."""

    kind: ClassVar[str] = "pkcs12"
    asks_passphrase: ClassVar[bool] = True

    def place(self, where: Mapping[str, str]) -> str:
        return where.get("path", "")

    def unlock(self, name: str, where: Mapping[str, str], using: Unlocking) -> KeyMaterial:
        passphrase = using.passphrase
        if passphrase is None and "secret" in where:
            passphrase = using.secret(where["secret"]).decode()
        try:
            data = using.read(where["path"])
        except OSError as error:
            raise errors.FileUnreadable(path=where["path"], reason=error.strerror or "") from None
        return load_pkcs12(data, passphrase, name)
