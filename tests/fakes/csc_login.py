"""The login of the trust service in `csc`: OAuth 2 as CSC API v2 has it, strict about what a client must prove.

One code is good for one exchange, with the redirect and the proof key it was asked for with; refresh tokens change with
each use, and one that is used twice ends them all (RFC 9700, 4.14.2). A person who opens the page agrees at once.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.support.http_server import Plain, Reply, Seen, as_html, as_json

CLIENT, SECRET = "paraph-desk", "client_canary_9876543210"
PUBLIC = "paraph-public"
"""A client without a secret, as programs on desks are."""
CLIENTS = {CLIENT: SECRET, PUBLIC: ""}
SHA256 = "2.16.840.1.101.3.4.2.1"
RETURN = re.compile(r"http://127\.0\.0\.1:[1-9][0-9]*/callback")
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
COMMON = {"response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method"}
FOR_KEY = {"credentialID", "numSignatures", "hashes", "hashAlgorithmOID"}


@dataclass
class Grant:
    """What a code stands for."""

    client: str
    redirect: str
    challenge: str
    scope: str
    key: str = ""
    hashes: tuple[str, ...] = ()


@dataclass
class Logins:
    """`fault` changes one answer of a page or of the token endpoint; `handed_out` is every secret it ever gave."""

    fault: str = ""
    lasts_s: int = 3600
    refreshes: bool = True
    scopes: dict[str, Grant] = field(default_factory=dict)
    refresh_tokens: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Grant] = field(default_factory=dict)
    spent: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)
    pages: list[dict[str, str]] = field(default_factory=list)
    handed_out: list[str] = field(default_factory=list)

    def is_good(self, token: str, scope: str) -> bool:
        return token in self.scopes and self.scopes[token].scope == scope

    def end_tokens(self) -> None:
        """All access tokens have run out; what renews them holds."""
        self.scopes.clear()

    def page(self, seen: Seen, keys: set[str]) -> Reply:
        """8.4.2. Without a redirect that may be believed nobody is sent anywhere (RFC 6749, 4.1.2.1)."""
        pairs = parse_qsl(urlsplit(seen.target).query, keep_blank_values=True)
        asked = dict(pairs)
        self.pages.append(asked)
        if seen.method != "GET" or len(asked) < len(pairs) or not RETURN.fullmatch(asked.get("redirect_uri", "")):
            return as_html(400)
        problem = _against(asked, keys)
        back = {"state": asked.get("state", "")}
        if self.fault == "denied":
            back |= {"error": "access_denied", "error_description": "The person said no."}
        elif self.fault == "broken":
            back |= {"error": "server_error", "error_description": f"Broken <b>page</b>\n{asked.get('state')}"}
        elif problem:
            back |= {"error": "invalid_request", "error_description": problem}
        else:
            hashes = tuple(_standard(each) for each in asked.get("hashes", "").split(",") if each)
            grant = Grant(
                asked["client_id"], asked["redirect_uri"], asked["code_challenge"], asked["scope"],
                asked.get("credentialID", ""), hashes,
            )  # fmt: skip
            back["code"] = self._new()
            self.codes[back["code"]] = grant
        if self.fault == "state":
            back["state"] = secrets.token_urlsafe(32)
        return Plain(302, b"", {"Location": f"{asked['redirect_uri']}?{urlencode(back)}"})

    def token(self, seen: Seen) -> Reply:
        """8.4.4 (RFC 6749, 4.1.3, 4.4.2 and 6)."""
        form = seen.headers.get("content-type", "") == "application/x-www-form-urlencoded"
        if seen.method != "POST" or not form or "authorization" in seen.headers:
            return _no("invalid_request", "A form is posted here")
        pairs = parse_qsl(seen.body.decode(), keep_blank_values=True)
        asked = dict(pairs)
        self.asked.append(asked)
        if len(asked) < len(pairs):
            return _no("invalid_request", "A parameter is given twice")
        if self.fault == "token down":
            return as_json({"error": "server_error"}, 503)
        if asked.get("client_id") not in CLIENTS or asked.get("client_secret", "") != CLIENTS[asked["client_id"]]:
            return _no("invalid_client", f"Unknown client or secret {asked.get('client_secret')}", 401)
        ways = {
            "client_credentials": self._by_secret, "authorization_code": self._by_code, "refresh_token": self._refreshed
        }  # fmt: skip
        way = ways.get(asked.get("grant_type", ""))
        return way(asked) if way else _no("unsupported_grant_type", "No such grant")

    def _by_secret(self, asked: dict[str, str]) -> Reply:
        if not asked.get("client_secret"):
            return _no("unauthorized_client", "A public client has no credentials")
        return self._given(Grant(asked["client_id"], "", "", "service"), refresh=False)

    def _by_code(self, asked: dict[str, str]) -> Reply:
        code, verifier = asked.get("code", ""), asked.get("code_verifier", "")
        grant = self.codes.pop(code, None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        right = grant is not None and (grant.client, grant.redirect) == (asked["client_id"], asked.get("redirect_uri"))
        if grant is None or not right or not VERIFIER.fullmatch(verifier) or challenge != grant.challenge:
            return _no("invalid_grant", f"The code {code} is not valid for {verifier}")
        if self.fault == "withdrawn":
            return _no("invalid_grant", f"The code {code} was withdrawn")
        return self._given(grant, refresh=self.refreshes and grant.scope == "service")

    def _refreshed(self, asked: dict[str, str]) -> Reply:
        given = asked.get("refresh_token", "")
        if given in self.spent:
            self.refresh_tokens.clear()
        if self.refresh_tokens.pop(given, None) != asked["client_id"]:
            return _no("invalid_grant", f"The refresh token {given} is not valid")
        self.spent.add(given)
        return self._given(Grant(asked["client_id"], "", "", "service"), refresh=True)

    def _given(self, grant: Grant, *, refresh: bool) -> Reply:
        token = self._new()
        self.scopes[token] = grant
        kind = "SAD" if grant.scope == "credential" else "Bearer"
        answer: dict[str, Any] = {"access_token": token, "token_type": kind, "expires_in": self.lasts_s}
        if grant.key:
            answer["credentialID"] = "another" if self.fault == "another key's" else grant.key
        if self.fault == "another scope":
            answer["scope"] = "profile"
        if self.fault == "no token":
            del answer["access_token"]
        if refresh:
            answer["refresh_token"] = self._new()
            self.refresh_tokens[answer["refresh_token"]] = grant.client
        return as_json(answer, cache_control="no-store")

    def _new(self) -> str:
        made = secrets.token_urlsafe(24)
        self.handed_out.append(made)
        return made


def _against(asked: dict[str, str], keys: set[str]) -> str:
    """What is wrong with what a page is asked for, "" for nothing."""
    wanted = COMMON | (FOR_KEY if asked.get("scope") == "credential" else set())
    if set(asked) != wanted or asked["response_type"] != "code" or asked["scope"] not in ("service", "credential"):
        return "Invalid parameters"
    if asked["client_id"] not in CLIENTS or len(asked["state"]) < 22:
        return "Invalid client or state"
    if asked["code_challenge_method"] != "S256" or not CHALLENGE.fullmatch(asked["code_challenge"]):
        return "Invalid proof key"
    if asked["scope"] == "service":
        return ""
    hashes = asked["hashes"].split(",")
    right = asked["numSignatures"] == str(len(hashes)) and asked["hashAlgorithmOID"] == SHA256
    is_sha256 = all(len(base64.urlsafe_b64decode(each)) == 32 for each in hashes)
    return "" if right and is_sha256 and asked["credentialID"] in keys else "Invalid key or hashes"


def _standard(text: str) -> str:
    """The same octets in the alphabet that signHash has them in (11.10)."""
    return base64.b64encode(base64.urlsafe_b64decode(text)).decode()


def _no(error: str, words: str, status: int = 400) -> Reply:
    return as_json({"error": error, "error_description": words}, status)
