"""The file of a `FileVault`: what is in it, and what proves that it is whole.

    kdf        how the passphrase becomes a key-encryption key: name, parameters, salt
    wrapped    the random data key under that key (AES-256-GCM), with `kdf` as associated data
    check      SHA-256 over the two: tells a damaged head from a wrong passphrase, which AES-GCM cannot
    counter    grows with every write
    records    name → version, and the secret under the data key, bound to service, name and version
    seal       AES-GCM tag under the data key over counter and records: none can be dropped, swapped or taken from
               an older state of the file
"""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SERVICE: Final = "paraph"
FORMAT: Final = "paraph-vault-1"
ARGON2ID: Final[Mapping[str, int]] = {"memory_kib": 65536, "iterations": 3, "lanes": 4}
"""RFC 9106, second recommendation: 64 MiB, 0.16 s here. scrypt costs 128 MiB, more than a window should take."""
SCRYPT: Final[Mapping[str, int]] = {"n": 1 << 17, "r": 8, "p": 1}
_MOST_MEMORY_KIB: Final = 1 << 20
_NONCE: Final = 12
_KEY: Final = 32


class Broken(Exception):
    """The file is not what was written; internal to this room."""


class WrongKey(Exception):
    """The head is whole and the passphrase does not open it; internal to this room."""


@dataclass(frozen=True, slots=True)
class Record:
    """One secret as the file holds it: encrypted, bound to its name and version."""

    version: int
    box: bytes


@dataclass(frozen=True, slots=True)
class SealedFile:
    """One state of the file. Names are readable without the passphrase, secrets are not."""

    kdf: Mapping[str, Any]
    wrapped: bytes
    counter: int
    records: Mapping[str, Record]
    seal: bytes

    def unlock(self, passphrase: str) -> bytes:
        """The data key; raises `WrongKey`, or `Broken` when the records do not belong to this key and counter."""
        key_key = _derived(self.kdf, passphrase)
        try:
            data_key = _open(key_key, self.wrapped, _canonical(self.kdf))
        except InvalidTag:
            raise WrongKey from None
        self.verify(data_key)
        return data_key

    def verify(self, data_key: bytes) -> None:
        try:
            _open(data_key, self.seal, self.sealed_facts())
        except InvalidTag:
            raise Broken from None

    def secret(self, data_key: bytes, name: str) -> bytes:
        record = self.records[name]
        try:
            return _open(data_key, record.box, _bound(name, record.version))
        except InvalidTag:
            raise Broken from None

    def with_secret(self, data_key: bytes, name: str, secret: bytes) -> "SealedFile":
        version = self.counter + 1
        record = Record(version, _box(data_key, secret, _bound(name, version)))
        return self.with_records(data_key, {**self.records, name: record})

    def without(self, data_key: bytes, name: str) -> "SealedFile":
        return self.with_records(data_key, {known: record for known, record in self.records.items() if known != name})

    def with_records(self, data_key: bytes, records: Mapping[str, Record]) -> "SealedFile":
        """The next state, sealed."""
        draft = replace(self, counter=self.counter + 1, records=records)
        return replace(draft, seal=_box(data_key, b"", draft.sealed_facts()))

    def sealed_facts(self) -> bytes:
        """What `seal` covers."""
        digests = {name: [each.version, hashlib.sha256(each.box).hexdigest()] for name, each in self.records.items()}
        return _canonical({"format": FORMAT, "counter": self.counter, "records": digests})

    def to_bytes(self) -> bytes:
        head = {"kdf": dict(self.kdf), "wrapped": _b64(self.wrapped)}
        records = {name: {"version": each.version, "box": _b64(each.box)} for name, each in self.records.items()}
        whole = {"format": FORMAT, **head, "check": _check(head), "counter": self.counter, "records": records}
        return json.dumps({**whole, "seal": _b64(self.seal)}, indent=1).encode()


def created(passphrase: str) -> tuple[SealedFile, bytes]:
    """An empty vault and its data key."""
    kdf = _kdf()
    data_key = os.urandom(_KEY)
    wrapped = _box(_derived(kdf, passphrase), data_key, _canonical(kdf))
    empty = SealedFile(kdf, wrapped, 0, {}, b"")
    return empty.with_records(data_key, {}), data_key


def parse(data: bytes) -> SealedFile:
    """Raises `Broken` for what no vault wrote, and for a head that was damaged."""
    try:
        found = json.loads(data)
        head = {"kdf": found["kdf"], "wrapped": found["wrapped"]}
        if found["format"] != FORMAT or found["check"] != _check(head):
            raise Broken
        records = {name: Record(int(each["version"]), _unb64(each["box"])) for name, each in found["records"].items()}
        return SealedFile(found["kdf"], _unb64(found["wrapped"]), int(found["counter"]), records, _unb64(found["seal"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Broken from None


def _kdf() -> dict[str, Any]:
    salt = _b64(os.urandom(16))
    try:
        _argon2id({**ARGON2ID, "memory_kib": 64, "iterations": 1}, bytes(16))
    except UnsupportedAlgorithm:
        return {"name": "scrypt", **SCRYPT, "salt": salt}
    return {"name": "argon2id", **ARGON2ID, "salt": salt}


def _derived(kdf: Mapping[str, Any], passphrase: str) -> bytes:
    """Parameters come from the file: they are bounded, or a forged file could ask for all memory."""
    try:
        salt, secret = _unb64(kdf["salt"]), passphrase.encode()
        if kdf["name"] == "argon2id" and kdf["memory_kib"] <= _MOST_MEMORY_KIB:
            return _argon2id(kdf, salt).derive(secret)
        if kdf["name"] == "scrypt" and kdf["n"] * kdf["r"] <= 8 * _MOST_MEMORY_KIB:
            return Scrypt(salt=salt, length=_KEY, n=kdf["n"], r=kdf["r"], p=kdf["p"]).derive(secret)
    except (KeyError, TypeError, ValueError, UnsupportedAlgorithm):
        raise Broken from None
    raise Broken


def _argon2id(kdf: Mapping[str, Any], salt: bytes) -> Argon2id:
    return Argon2id(
        salt=salt, length=_KEY, iterations=kdf["iterations"], lanes=kdf["lanes"], memory_cost=kdf["memory_kib"]
    )


def _box(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def _open(key: bytes, box: bytes, bound_to: bytes) -> bytes:
    if len(box) < _NONCE + 16:
        raise InvalidTag
    return AESGCM(key).decrypt(box[:_NONCE], box[_NONCE:], bound_to)


def _bound(name: str, version: int) -> bytes:
    return _canonical([SERVICE, name, version])


def _check(head: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(head)).hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unb64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
