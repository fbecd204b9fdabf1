"""A source is a kind of place an identity's key can live; each kind is one file, entered in `registry`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from app.domain.identity import KeyMaterial


@dataclass(frozen=True, slots=True)
class Unlocking:
    """What a source may ask for to reach a key, each only when it needs it.

    `secret` fetches from the vault by name (`SecretMissing`, `VaultLocked`); `passphrase` is what the person gave,
    None when nobody was asked; `read` brings the bytes of a file.
    """

    secret: Callable[[str], bytes]
    read: Callable[[str], bytes]
    passphrase: str | None = None


class Source(Protocol):
    """`where` are the JSON facts stored with the identity; which keys they hold is the source's own affair."""

    kind: ClassVar[str]
    asks_passphrase: ClassVar[bool]
    """Whether the person must be asked before `unlock`, after having seen the card."""

    def place(self, where: Mapping[str, str]) -> str:
        """Where the key lives, for the card."""
        ...

    def unlock(self, name: str, where: Mapping[str, str], using: Unlocking) -> KeyMaterial:
        """The key, or an `IdentityError` or `VaultError` that says why not."""
        ...
