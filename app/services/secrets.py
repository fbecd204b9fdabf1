"""Access codes and passwords: only a salted scrypt hash (RFC 7914) is kept. The host's PIN: only its Argon2id hash.

n=2^14, r=8, p=1 costs 16 MiB and about 40 ms: with five tries per handover that is plenty, and signing stays instant.
The PIN is short, stays for years and opens everything: each guess at its hash is to cost 64 MiB.
"""

import base64
import hashlib
import hmac
import os

from app.vault import passwords


def hashed(secret: str) -> str:
    salt = os.urandom(16)
    return f"scrypt$14${_text(salt)}${_text(_derive(secret, salt, 14))}"


def hashed_strongly(secret: str) -> str:
    """By Argon2id where OpenSSL has it."""
    return passwords.hashed(secret) or hashed(secret)


def is_weaker(kept: str) -> bool:
    """What an earlier version hashed, which `hashed_strongly` now does better."""
    return not kept.startswith(passwords.KIND)


def matches(secret: str, kept: str) -> bool:
    """False also for a hash that is not ours."""
    if kept.startswith(passwords.KIND):
        return passwords.matches(secret, kept)
    parts = kept.split("$")
    if len(parts) != 4 or parts[0] != "scrypt":
        return False
    salt, wanted = base64.b64decode(parts[2]), base64.b64decode(parts[3])
    return hmac.compare_digest(_derive(secret, salt, int(parts[1])), wanted)


def _derive(secret: str, salt: bytes, log_n: int) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=1 << log_n, r=8, p=1, maxmem=1 << 26, dklen=32)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
