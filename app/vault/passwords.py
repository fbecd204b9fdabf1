"""A secret that is only compared, never read again: its salted Argon2id hash (RFC 9106) as a PHC string."""

import os
from typing import Final

from cryptography.exceptions import InvalidKey, UnsupportedAlgorithm
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.vault.sealed_file import ARGON2ID

KIND: Final = "$argon2id$"


def hashed(secret: str) -> str | None:
    """None where this build of OpenSSL has no Argon2id."""
    memory, times, lanes = ARGON2ID["memory_kib"], ARGON2ID["iterations"], ARGON2ID["lanes"]
    try:
        kdf = Argon2id(salt=os.urandom(16), length=32, iterations=times, lanes=lanes, memory_cost=memory)
        return kdf.derive_phc_encoded(secret.encode())
    except UnsupportedAlgorithm:
        return None


def matches(secret: str, kept: str) -> bool:
    """False also for a hash that is not ours."""
    try:
        Argon2id.verify_phc_encoded(secret.encode(), kept)
    except (InvalidKey, ValueError, UnsupportedAlgorithm):
        return False
    return True
