"""A source is a kind of place an identity's key can live; each kind is one file, entered in `registry`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from app.domain.identity import KeyMaterial, SignRemotely


@dataclass(frozen=True, slots=True)
class Unlocking:
    """What a source may ask for to reach a key, each only when it needs it.

    `secret` fetches from the vault by name (`SecretMissing`, `VaultLocked`); `passphrase` is what the person gave,
    None when nobody was asked; `read` brings the bytes of a file; `remote` makes a signer of a key at a service, from
    the identity's name and facts and what releases the key.
    """

    secret: Callable[[str], bytes]
    read: Callable[[str], bytes]
    passphrase: str | None = None
    remote: Callable[[str, Mapping[str, str], Mapping[str, str]], SignRemotely] | None = None


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
