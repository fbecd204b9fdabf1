"""Access codes, passwords and PINs: only a salted scrypt hash (RFC 7914) is kept.

n=2^14, r=8, p=1 costs 16 MiB and about 40 ms: with five tries per handover that is plenty, and signing stays instant.
"""

import base64
import hashlib
import hmac
import os


def hashed(secret: str) -> str:
    salt = os.urandom(16)
    return f"scrypt$14${_text(salt)}${_text(_derive(secret, salt, 14))}"


def matches(secret: str, kept: str) -> bool:
    """False also for a hash that is not ours."""
    parts = kept.split("$")
    if len(parts) != 4 or parts[0] != "scrypt":
        return False
    salt, wanted = base64.b64decode(parts[2]), base64.b64decode(parts[3])
    return hmac.compare_digest(_derive(secret, salt, int(parts[1])), wanted)


def _derive(secret: str, salt: bytes, log_n: int) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=1 << log_n, r=8, p=1, maxmem=1 << 26, dklen=32)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
