"""What every vault can do."""

from typing import Protocol


class Vault(Protocol):
    """Secrets by name. Names are not secret: they say what is kept, as `identity/device`.

    Any call may raise `VaultLocked`, `VaultPassphraseWrong`, `VaultDamaged` or `VaultTimedOut`; none hangs.
    """

    def get(self, name: str) -> bytes:
        """Raises `SecretMissing`."""
        ...

    def put(self, name: str, secret: bytes) -> None:
        """Replaces what was there; durable on return."""
        ...

    def delete(self, name: str) -> None:
        """Nothing happens when there is none."""
        ...

    def names(self) -> tuple[str, ...]:
        """Sorted; never asks for a passphrase."""
        ...
