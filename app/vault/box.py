"""Data too large for a keyring: encrypted under a key that is in the vault (AES-256-GCM, NIST SP 800-38D).

Each box is bound to a name, so that two cannot be exchanged for one another.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain import errors
from app.vault.vault import Vault

NONCE: Final = 12
KEY_BITS: Final = 256


def closed(vault: Vault, key_name: str, data: bytes, bound_to: str) -> bytes:
    """The key is made when first needed."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(vault, key_name)).encrypt(nonce, data, bound_to.encode())


def opened(vault: Vault, key_name: str, box: bytes, bound_to: str) -> bytes:
    """Raises `VaultDamaged` for a box that was changed, exchanged, or closed with another key."""
    try:
        return AESGCM(vault.get(key_name)).decrypt(box[:NONCE], box[NONCE:], bound_to.encode())
    except (InvalidTag, ValueError):
        raise errors.VaultDamaged(where=bound_to) from None


def _key(vault: Vault, name: str) -> bytes:
    try:
        return vault.get(name)
    except errors.SecretMissing:
        key = AESGCM.generate_key(KEY_BITS)
        vault.put(name, key)
        return key
