"""Canonical JSON (RFC 8785) for values made of strings, integers, booleans, null, lists and objects with ASCII keys.

Floats are refused: their canonical form is the hard part of the RFC, and evidence needs none.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence

from app.domain.ids import Sha256

Plain = None | bool | int | str | Sequence["Plain"] | Mapping[str, "Plain"]


def canonical(value: Plain) -> bytes:
    """UTF-8 bytes, keys sorted, no blanks; text in NFC."""
    return json.dumps(_checked(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint(data: bytes) -> Sha256:
    return Sha256(hashlib.sha256(data).hexdigest())


def _checked(value: Plain) -> Plain:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        if not all(str(key).isascii() for key in value):
            raise ValueError(f"keys must be ASCII: {list(value)}")
        return {key: _checked(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_checked(item) for item in value]
    raise ValueError(f"not canonical: {type(value).__name__}")
