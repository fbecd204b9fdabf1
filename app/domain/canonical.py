"""Canonical JSON (RFC 8785) for values made of strings, integers, booleans, null, lists and objects with ASCII keys.

Floats are refused: their canonical form is the hard part of the RFC, and evidence needs none. So are integers that a
double cannot hold, which the RFC leaves to strings. Text is taken exactly as it is; `composed` is for before.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.ids import Sha256

Plain = None | bool | int | str | Sequence["Plain"] | Mapping[str, "Plain"]
MOST = 2**53 - 1
"""The largest integer every JSON reader agrees on (RFC 7493, 2.2)."""


def canonical(value: Plain) -> bytes:
    """UTF-8 bytes, keys sorted, no blanks. ValueError for what has no canonical form here."""
    try:
        return json.dumps(_checked(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None


def composed(value: Any) -> Any:
    """The same with all text in NFC, so that what looks alike is alike when it is hashed."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {key: composed(item) for key, item in value.items()}
    return [composed(item) for item in value] if isinstance(value, list | tuple) else value


def fingerprint(data: bytes) -> Sha256:
    return Sha256(hashlib.sha256(data).hexdigest())


def _checked(value: object) -> object:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int) and abs(value) <= MOST:
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) and key.isascii() for key in value):
            raise ValueError(f"keys must be ASCII: {list(value)}")
        return {key: _checked(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_checked(item) for item in value]
    raise ValueError(f"not canonical: {type(value).__name__}")
