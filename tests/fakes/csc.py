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
from tests.fakes.csc_login import SHA256, Logins
from tests.support.http_server import Plain, Reply, Seen, Silence, as_json, serving

TOKEN = "csc_canary_0123456789"
PIN, OTP = "7531", "864209"
RSA, ECDSA = "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"
TRIES = 3


@dataclass
class Trust:
    """`keys` by id; `asks` what each wants for its release, or `mode` oauth2code where that is done on a page. `login`
    is where its OAuth begins, below its host; None where `/info` does not tell, "no info" where it has none. `at_once`
    is how many signatures one release is for, `releases` counts those; an OTP is good `otp_uses` times. `fault` changes
    one answer: see the methods.
    """

    keys: dict[str, KeyMaterial]
    asks: tuple[str, ...] = ("PIN",)
    fault: str = ""
    status: str = "enabled"
    certificate_status: str = "valid"
    wrong: int = 0
    released: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    signed: int = 0
    at_once: int = 1
    releases: int = 0
    otp_uses: int = 100
    url: str = ""
    mode: str = "explicit"
    login: str | None = "/as"
    logins: Logins = field(default_factory=Logins)
    requests: int = 0

    def answer(self, seen: Seen) -> Reply:
        path = seen.path
        base = self.login if self.login not in (None, "no info") else "/csc/v2"
        if path == f"{base}/oauth2/authorize":
            return self.logins.page(seen, set(self.keys))
        if path == f"{base}/oauth2/token":
            return self.logins.token(seen)
        if path == "/csc/v2/info":
            return self._told(seen)
        self.requests += 1
        if seen.method != "POST" or seen.headers.get("content-type", "").split(";")[0] != "application/json":
            return _no("invalid_request", "Only JSON is posted here")
        scheme, _, token = seen.headers.get("authorization", "").partition(" ")
        known = token == TOKEN or self.logins.is_good(token, "service")
        if scheme != "Bearer" or not known or self.fault == "401":
            return _no("invalid_token", "The token is not valid", 401)
        name = seen.path.removeprefix("/csc/v2/").replace("/", "_")
        ways = {
            "credentials_list": self._list, "credentials_info": self._info,
            "credentials_authorize": self._authorize, "signatures_signHash": self._sign,
        }  # fmt: skip
        return ways[name](seen.json) if name in ways else _no("invalid_request", "No such method", 404)

    def _told(self, seen: Seen) -> Reply:
        """11.1: without a login."""
        if "authorization" in seen.headers or seen.json != {}:
            return _no("invalid_request", "Nobody logs in here")
        if self.login == "no info":
            return _no("invalid_request", "No such method", 404)
        root = self.url.removesuffix("/csc/v2")
        oauth = {} if self.login is None else {"oauth2": f"{root}{self.login}/"}
        oauth = {"oauth2": self.fault.removeprefix("oauth ")} if self.fault.startswith("oauth ") else oauth
        return as_json({"specs": "2.0.0.2", "name": "Trust", "authType": ["oauth2code", "oauth2client"], **oauth})

    def _list(self, asked: dict[str, Any]) -> Reply:
        return as_json({"credentialIDs": list(self.keys)})

    def _info(self, asked: dict[str, Any]) -> Reply:
        if asked["credentialID"] not in self.keys or asked.get("certificates") != "chain":
            return _no("invalid_request", "Invalid parameter credentialID")
        key = self.keys[asked["credentialID"]]
        encoded = [base64.b64encode(each).decode() for each in (key.certificate_der, *key.chain_der)]
        algorithm = RSA if isinstance(load_der_private_key(key.key_der, None), rsa.RSAPrivateKey) else ECDSA
        objects = [{"type": "Password", "id": name, "format": "N"} for name in self.asks]
        auth = {"mode": "explicit", "expression": " AND ".join(self.asks), "objects": objects}
        return as_json(
            {
                "key": {"status": self.status, "algo": [algorithm], "len": 2048},
                "cert": {"status": self.certificate_status, "certificates": encoded},
                "auth": auth if self.mode == "explicit" else {"mode": self.mode},
                "SCAL": "2",
                "multisign": self.at_once,
            }
        )

    def _authorize(self, asked: dict[str, Any]) -> Reply:
        if self.mode != "explicit":
            return _no("invalid_request", "This key is released on a page")
        if asked["numSignatures"] != len(asked["hashes"]) or asked["hashAlgorithmOID"] != SHA256:
            return _no("invalid_request", "Invalid parameter hashes")
        if len(asked["hashes"]) > self.at_once:
            return _no("invalid_request", "Numbers of signatures is too high")
        if self.wrong >= TRIES:
            return _no("credential_locked", "The credential is locked")
        given = {each["id"]: each["value"] for each in asked["authData"]}
        if given != {name: {"PIN": PIN, "OTP": OTP}[name] for name in self.asks}:
            self.wrong += 1
            return _no("invalid_pin", "The PIN is invalid")
        if "OTP" in self.asks:
            self.otp_uses -= 1
            if self.otp_uses < 0:
                return _no("invalid_otp", "The OTP is invalid")
        self.releases += 1
        sad = secrets.token_urlsafe(24)
        self.released[sad] = (asked["credentialID"], tuple(asked["hashes"]))
        return as_json({"SAD": sad, "expiresIn": 300})

    def _sign(self, asked: dict[str, Any]) -> Reply:
        """Only the hashes that were released, once (SCAL2): by `authorize`, or by a page and its token."""
        if self.fault == "silent":
            return Silence()
        if self.fault == "down":
            return Plain(503, b"{}", {"Content-Type": "application/json"})
        wanted = (asked["credentialID"], tuple(asked["hashes"]))
        if self.mode == "oauth2code" and self.logins.is_good(asked["SAD"], "credential"):
            grant = self.logins.scopes.pop(asked["SAD"])
            self.released[asked["SAD"]] = (grant.key, grant.hashes)
        if self.released.pop(asked["SAD"], None) != wanted:
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
