"""Where secrets rest: the system's keyring where one can be trusted, else a file locked by a passphrase.

    open_vault     the vault of a library; decides and asks only when a secret is needed
    Vault          what every kind can do
    KeyringVault   the system's own store, from an allow-list, never waited for longer than five seconds
    FileVault      an encrypted file
    MemoryVault    for tests and for sessions that keep nothing
"""

from app.vault.file_vault import FileVault
from app.vault.keyring_vault import KEYRING_FLAG, KeyringVault
from app.vault.memory import MemoryVault
from app.vault.opening import Backend, open_vault
from app.vault.vault import Vault

__all__ = ["KEYRING_FLAG", "Backend", "FileVault", "KeyringVault", "MemoryVault", "Vault", "open_vault"]
