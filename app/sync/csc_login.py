"""Logging in at a trust service with OAuth 2 (CSC API v2.0.0.2, sections 8.4.2 to 8.4.4): the pages a person is sent
to in their own web browser, what is asked of the token endpoint, and how its answers are read. No I/O.

Every question to the browser carries a state and a proof key of its own (RFC 6749, 10.12; RFC 7636 with S256), so that
an answer that was meant for somebody else, or was caught on the way, is worth nothing.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from app.domain import errors
from app.sync.address import Address
from app.sync.csc import HASHES
from app.sync.refusals import LINK
from app.sync.request import Raw, Request

SERVICE: Final = "service"
CREDENTIAL: Final = "credential"
"""The two scopes: to use the API, and to use one key for certain hashes."""
FORM: Final = "application/x-www-form-urlencoded"
_TYPES: Final = {SERVICE: ("bearer",), CREDENTIAL: ("sad", "bearer")}
_DEFAULT_S: Final = 600.0
"""What a token lasts where the service does not say."""


@dataclass(frozen=True, slots=True)
class Client:
    """This program as the service knows it; `secret` is empty for a public client (RFC 6749, 2.1)."""

    id: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """One errand of the browser. `redirect` is where it comes back to; `state` and `verifier` know only who asks."""

    redirect: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)

    @classmethod
    def new(cls, redirect: str) -> "Question":
        """With 256 bits of chance for the state and 384 for the verifier (RFC 7636, 4.1: 43 to 128 letters)."""
        return cls(redirect, secrets.token_urlsafe(32), secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        """RFC 7636, 4.2: S256, without padding."""
        return base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Tokens:
    """An answer of the token endpoint (RFC 6749, 5.1). `lasts_s` is counted from now; `refresh` may be empty."""

    access: str = field(repr=False)
    lasts_s: float
    refresh: str = field(default="", repr=False)


def service_page(oauth: Address, client: Client, question: Question) -> str:
    """Where a person logs in (8.4.2, scope service)."""
    return _page(oauth, client, question, {"scope": SERVICE})


def key_page(oauth: Address, client: Client, question: Question, key: str, hashes: Sequence[bytes], digest: str) -> str:
    """Where a person releases the key for these hashes and no others (8.4.2, scope credential)."""
    asked = {
        "scope": CREDENTIAL,
        "credentialID": key,
        "numSignatures": str(len(hashes)),
        "hashes": ",".join(base64.urlsafe_b64encode(each).decode() for each in hashes),
        "hashAlgorithmOID": HASHES[digest],
    }
    return _page(oauth, client, question, asked)


def code(answer: Mapping[str, str], question: Question, host: str) -> str:
    """Out of what the browser came back with (RFC 6749, 4.1.2). Raises `BrowserLoginFailed` for an answer that is not
    to this question, and for one that says no.
    """
    if not hmac.compare_digest(answer.get("state", "").encode(), question.state.encode()):
        raise errors.BrowserLoginFailed(host=host, reason="state", message="")
    if "error" in answer or not answer.get("code"):
        said = answer.get("error_description") or answer.get("error") or ""
        reason = "denied" if answer.get("error") == "access_denied" else "refused"
        raise errors.BrowserLoginFailed(host=host, reason=reason, message=_plain(said, question))
    return answer["code"]


def by_secret(client: Client) -> Request:
    """RFC 6749, 4.4."""
    return _asked({"grant_type": "client_credentials"}, client, repeatable=True)


def by_code(client: Client, question: Question, found: str) -> Request:
    """RFC 6749, 4.1.3 and RFC 7636, 4.5. A code is good for one time, so nobody asks again with it."""
    proof = {"code": found, "code_verifier": question.verifier}
    return _asked({"grant_type": "authorization_code", "redirect_uri": question.redirect}, client, proof)


def by_refresh(client: Client, refresh: str) -> Request:
    """RFC 6749, 6. A service may take each refresh token once, so nobody asks again with it."""
    return _asked({"grant_type": "refresh_token"}, client, {"refresh_token": refresh})


def tokens(data: Any, scope: str, key: str = "") -> Tokens:
    """Raises `AnswerUnreadable` for what is no token, or one for something else than was asked for."""
    if not isinstance(data, dict) or not isinstance(data.get("access_token"), str) or not data["access_token"]:
        raise _unreadable("it holds no access token")
    if str(data.get("token_type", "bearer")).lower() not in _TYPES[scope]:
        raise _unreadable("its token is of an unknown kind")
    if isinstance(data.get("scope"), str) and scope not in data["scope"].split():
        raise _unreadable("its token is for something else")
    if key and data.get("credentialID", key) != key:
        raise _unreadable("its token is for another key")
    lasts, refresh = data.get("expires_in"), data.get("refresh_token")
    seconds = float(lasts) if type(lasts) is int and lasts > 0 else _DEFAULT_S
    return Tokens(data["access_token"], seconds, refresh if isinstance(refresh, str) else "")


def _page(oauth: Address, client: Client, question: Question, more: Mapping[str, str]) -> str:
    asked = {
        "response_type": "code",
        "client_id": client.id,
        "redirect_uri": question.redirect,
        "state": question.state,
        "code_challenge": question.challenge,
        "code_challenge_method": "S256",
        **more,
    }
    return f"{oauth.url}/oauth2/authorize?{urlencode(asked)}"


def _asked(
    shown: Mapping[str, str], client: Client, hidden: Mapping[str, str] | None = None, *, repeatable: bool = False
) -> Request:
    """A form, as OAuth has it; the client's secret goes in it, as 8.4.4 says."""
    secret = {**(hidden or {}), **({"client_secret": client.secret} if client.secret else {})}
    form = urlencode({**shown, "client_id": client.id, **secret}).encode()
    return Request("POST", "/oauth2/token", "log in", body=Raw(form, FORM), hidden=secret, repeatable=repeatable)


def _plain(said: str, question: Question) -> str:
    """A stranger's words, brought by a browser: short, of letters that can be seen, without links and what only we
    know.
    """
    for secret in (question.state, question.verifier):
        said = said.replace(secret, "")
    said = LINK.sub("[link]", said)
    return " ".join("".join(each if each.isprintable() else " " for each in said).split())[:200].rstrip(".")


def _unreadable(reason: str) -> errors.AnswerUnreadable:
    return errors.AnswerUnreadable(host="the trust service", reason=reason, perhaps_done=False)
