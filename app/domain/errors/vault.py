"""A secret cannot be kept or fetched."""

from typing import ClassVar

from app.domain.errors.root import ParaphError, fact


@fact
class VaultError(ParaphError):
    """About keeping secrets: the keyring of the system or the encrypted file."""

    exit_code: ClassVar[int] = 8


@fact
class VaultLocked(VaultError):
    """No keyring can be used and no passphrase was given."""

    where: str


@fact
class VaultPassphraseWrong(VaultError):
    """It does not open the vault; what is inside is untouched."""

    where: str


@fact
class VaultDamaged(VaultError):
    """The vault file cannot be authenticated: changed, cut off, or rolled back."""

    where: str


@fact
class VaultTimedOut(VaultError):
    """The keyring did not answer; a locked one without a display waits for ever."""

    backend: str
    seconds: float


@fact
class SecretMissing(VaultError):
    """The vault works and holds nothing of that name."""

    name: str
