"""A trust service (CSC API v2) on loopback, strict about what it is sent, with keys of its own and every fault."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import load_der_private_key

from app.domain.identity import KeyMaterial
from tests.support.http_server import Plain, Reply, Seen, Silence, as_json, serving

TOKEN = "csc_canary_0123456789"
PIN, OTP = "7531", "864209"
RSA, ECDSA = "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"
SHA256 = "2.16.840.1.101.3.4.2.1"
TRIES = 3


@dataclass
class Trust:
    """`keys` by id; `asks` what each wants for its release. `fault` changes one answer: see the methods."""

    keys: dict[str, KeyMaterial]
    asks: tuple[str, ...] = ("PIN",)
    fault: str = ""
    status: str = "enabled"
    certificate_status: str = "valid"
    wrong: int = 0
    released: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    signed: int = 0
    url: str = ""

    def answer(self, seen: Seen) -> Reply:
        if seen.method != "POST" or seen.headers.get("content-type", "").split(";")[0] != "application/json":
            return _no("invalid_request", "Only JSON is posted here")
        if seen.headers.get("authorization") != f"Bearer {TOKEN}" or self.fault == "401":
            return _no("invalid_token", "The token is not valid", 401)
        name = seen.path.removeprefix("/csc/v2/").replace("/", "_")
        ways = {
            "credentials_list": self._list, "credentials_info": self._info,
            "credentials_authorize": self._authorize, "signatures_signHash": self._sign,
        }  # fmt: skip
        return ways[name](seen.json) if name in ways else _no("invalid_request", "No such method", 404)

    def _list(self, asked: dict[str, Any]) -> Reply:
        return as_json({"credentialIDs": list(self.keys)})

    def _info(self, asked: dict[str, Any]) -> Reply:
        if asked["credentialID"] not in self.keys or asked.get("certificates") != "chain":
            return _no("invalid_request", "Invalid parameter credentialID")
        key = self.keys[asked["credentialID"]]
        encoded = [base64.b64encode(each).decode() for each in (key.certificate_der, *key.chain_der)]
        algorithm = RSA if isinstance(load_der_private_key(key.key_der, None), rsa.RSAPrivateKey) else ECDSA
        objects = [{"type": "Password", "id": name, "format": "N"} for name in self.asks]
        return as_json(
            {
                "key": {"status": self.status, "algo": [algorithm], "len": 2048},
                "cert": {"status": self.certificate_status, "certificates": encoded},
                "auth": {"mode": "explicit", "expression": " AND ".join(self.asks), "objects": objects},
                "SCAL": "2",
                "multisign": 1,
            }
        )

    def _authorize(self, asked: dict[str, Any]) -> Reply:
        if asked["numSignatures"] != len(asked["hashes"]) or asked["hashAlgorithmOID"] != SHA256:
            return _no("invalid_request", "Invalid parameter hashes")
        if self.wrong >= TRIES:
            return _no("credential_locked", "The credential is locked")
        given = {each["id"]: each["value"] for each in asked["authData"]}
        if given != {name: {"PIN": PIN, "OTP": OTP}[name] for name in self.asks}:
            self.wrong += 1
            return _no("invalid_pin", "The PIN is invalid")
        sad = secrets.token_urlsafe(24)
        self.released[sad] = (asked["credentialID"], tuple(asked["hashes"]))
        return as_json({"SAD": sad, "expiresIn": 300})

    def _sign(self, asked: dict[str, Any]) -> Reply:
        """Only the hashes that were released, once (SCAL2)."""
        if self.fault == "silent":
            return Silence()
        if self.fault == "down":
            return Plain(503, b"{}", {"Content-Type": "application/json"})
        if self.released.pop(asked["SAD"], None) != (asked["credentialID"], tuple(asked["hashes"])):
            return _no("invalid_sad", "The SAD is not valid for these hashes")
        key = self.keys[asked["credentialID"]]
        if self.fault == "another key":
            key = next(each for each in self.keys.values() if each is not key)
        made = [_signature(key, self._hash(each)) for each in asked["hashes"]]
        self.signed += len(made)
        if self.fault == "one more":
            made *= 2
        encoded = [base64.b64encode(each).decode() for each in made]
        return as_json({"signatures": ["no Base64!"] if self.fault == "garbled" else encoded})

    def _hash(self, text: str) -> bytes:
        data = base64.b64decode(text)
        return bytes(32) if self.fault == "another hash" else data


def _signature(key: KeyMaterial, digest: bytes) -> bytes:
    private, hashed = load_der_private_key(key.key_der, None), Prehashed(hashes.SHA256())
    if isinstance(private, rsa.RSAPrivateKey):
        return private.sign(digest, padding.PKCS1v15(), hashed)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    return private.sign(digest, ec.ECDSA(hashed))


def _no(error: str, words: str, status: int = 400) -> Reply:
    return as_json({"error": error, "error_description": words}, status)


@contextmanager
def trust_service(keys: dict[str, KeyMaterial], **more: Any) -> Iterator[Trust]:
    made = Trust(keys, **more)
    with serving(made.answer) as server:
        made.url = f"{server.url}/csc/v2"
        yield made
