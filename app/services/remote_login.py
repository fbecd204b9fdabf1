"""An account at a trust service, and how one gets in: a bearer token, a client's secret, or the person's web browser.

What gets in lies in the vault under one name: the bearer token as it is; else the client's secret with the access token
of the moment and what renews it.
"""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.domain import errors
from app.services import reaching
from app.services.house import House
from app.sync import address, csc, csc_login
from app.sync.credential import Credential, bearer
from app.sync.csc_login import Client, Question, Tokens
from app.sync.request import Answer, Request

if TYPE_CHECKING:
    from app.sync.transport import Transport

TOKEN: Final = "token"  # noqa: S105 - the name of a way
CLIENT: Final = "client"
BROWSER: Final = "browser"
WAYS: Final = (TOKEN, CLIENT, BROWSER)
LONGEST: Final = timedelta(days=366)
LOG_IN: Final = "Log in"
_TURN: Final = threading.Lock()
"""Two threads that renewed at once would each use up the other's refresh token."""


@dataclass(frozen=True)
class Account:
    """`way` is one of `WAYS`; `client_id` names this program to the service, for all ways but a token. `secret` is the
    bearer token, or the client's secret, which a browser's way may do without. `oauth` is where one logs in, found out
    once by `told` and not again: a service that is taken over later cannot lead the secret elsewhere.
    """

    url: str
    way: str = TOKEN
    client_id: str = ""
    secret: str = field(default="", repr=False)
    oauth: str = ""

    @property
    def facts(self) -> dict[str, str]:
        """All but the secret, as an identity keeps them."""
        found = {"url": address.read(self.url).url, "login": self.way, "client": self.client_id, "oauth": self.oauth}
        return {name: value for name, value in found.items() if value}

    @classmethod
    def of(cls, where: Mapping[str, str]) -> "Account":
        """Of an identity; its secret stays in the vault."""
        named = {"client_id": where.get("client", ""), "oauth": where.get("oauth", "")}
        return cls(where["url"], where.get("login", TOKEN), **named)


@dataclass(frozen=True)
class Held:
    """What gets in: `secret` for ever, `access` until it is to be renewed, `refresh` to do that with."""

    secret: str = field(default="", repr=False)
    access: str = field(default="", repr=False)
    until: datetime | None = None
    refresh: str = field(default="", repr=False)

    def pack(self, way: str) -> bytes:
        """What the vault keeps; `unpack` is its inverse."""
        if way == TOKEN:
            return self.secret.encode()
        until = self.until.isoformat() if self.until else ""
        parts = {"secret": self.secret, "access": self.access, "until": until, "refresh": self.refresh}
        return json.dumps(parts).encode()

    @classmethod
    def unpack(cls, kept: bytes, way: str) -> "Held":
        """What cannot be read holds nothing: one logs in anew."""
        if way == TOKEN:
            return cls(kept.decode())
        try:
            found = json.loads(kept)
            until = datetime.fromisoformat(found["until"]) if found["until"] else None
            return cls(str(found["secret"]), str(found["access"]), until, str(found["refresh"]))
        except (ValueError, KeyError, TypeError):
            return cls()


class Session:
    """A sender (see `csc`) that logs in when it must: before the first request, when the access token is at its end,
    and once when the service does not accept it. `name` is what the list of connections calls it. `kept` is its name in
    the vault, "" while it is tried and nothing is to be kept.

    Once a page in the browser was not answered, it asks for no other.
    """

    def __init__(self, house: House, account: Account, name: str, kept: str = "") -> None:
        self.account, self.name = account, name
        self._house, self._kept = house, kept
        self._held: Held | None = None if kept else Held(account.secret)
        self._refused: errors.BrowserLoginFailed | None = None

    @property
    def house(self) -> House:
        return self._house

    def send(self, request: Request) -> Answer:
        """Raises `RemoteError` and `VaultError`."""
        if request.anonymous:
            return self._transport(self.account.url, Credential()).send(request)
        token = self._access()
        try:
            return self._to_service(token).send(request)
        except errors.CredentialRefused:
            if self.account.way == TOKEN:
                raise
        return self._to_service(self._access(refused=token)).send(request)

    def release(self, key: str, hashes: Sequence[bytes], digest: str) -> str:
        """What releases a key for these hashes, by a page in the browser: the access token that stands for the SAD
        (8.4.2), a secret of minutes which is not kept. Raises `BrowserLoginFailed` and other `RemoteError`.
        """
        purpose = f"Release the key for {'one signature' if len(hashes) == 1 else f'{len(hashes)} signatures'}"
        client = self._client(self._current())

        def page(question: Question) -> str:
            return csc_login.key_page(self._oauth(), client, question, key, hashes, digest)

        return self._visited(page, client, purpose, csc_login.CREDENTIAL, key).access

    def keep(self, name: str) -> None:
        """What gets in, as it is now, into the vault; from now on it lives there."""
        self._house.vault.put(name, self._current().pack(self.account.way))
        self._kept = name

    # -- getting in --------------------------------------------------------------------------------------------------

    def _access(self, refused: str = "") -> str:
        """An access token other than the one that was refused."""
        held = self._current()
        if self.account.way == TOKEN:
            return held.secret
        if self._holds(held, refused):
            return held.access
        with _TURN:
            held = self._read()
            if self._holds(held, refused):
                return held.access
            found = self._logged_in(held)
            self._write(Held(held.secret, found.access, _end(found, self._house.clock.now()), found.refresh))
            return found.access

    def _holds(self, held: Held, refused: str) -> bool:
        fresh = held.until is not None and held.until > self._house.clock.now()
        return fresh and held.access not in ("", refused)

    def _logged_in(self, held: Held) -> Tokens:
        client = self._client(held)
        if self.account.way == CLIENT:
            return self._tokens(csc_login.by_secret(client), csc_login.SERVICE, held)
        if held.refresh:
            with suppress(errors.RequestRefused):  # withdrawn or too old: then the person logs in anew
                found = self._tokens(csc_login.by_refresh(client, held.refresh), csc_login.SERVICE, held)
                return replace(found, refresh=found.refresh or held.refresh)

        def page(question: Question) -> str:
            return csc_login.service_page(self._oauth(), client, question)

        return self._visited(page, client, LOG_IN, csc_login.SERVICE)

    def _visited(
        self, page: Callable[[Question], str], client: Client, purpose: str, scope: str, key: str = ""
    ) -> Tokens:
        asked: list[Question] = []
        host = self._oauth().host

        def opened(redirect: str) -> str:
            if self._refused is not None:
                raise self._refused
            asked.append(Question.new(redirect))
            return page(asked[0])

        try:
            answer = self._house.visits.ask(opened, host, purpose)
            found = csc_login.code(answer, asked[0], host)
        except errors.BrowserLoginFailed as problem:
            self._refused = problem
            raise
        return self._tokens(csc_login.by_code(client, asked[0], found), scope, self._current(), key)

    def _tokens(self, request: Request, scope: str, held: Held, key: str = "") -> Tokens:
        """The secret goes to where one logs in, and nowhere else."""
        secrets = tuple(each for each in (held.secret, held.refresh) if each)
        data = self._transport(self.account.oauth, Credential(secrets=secrets)).send(request).data
        return csc_login.tokens(data, scope, key)

    # -- what it stands on -------------------------------------------------------------------------------------------

    def _current(self) -> Held:
        """As this session knows it."""
        return self._read() if self._held is None else self._held

    def _read(self) -> Held:
        """As it is now: another thread or another program at this library may have renewed it."""
        if self._kept or self._held is None:
            self._held = Held.unpack(self._house.vault.get(self._kept), self.account.way)
        return self._held

    def _write(self, held: Held) -> None:
        self._held = held
        if self._kept:
            self._house.vault.put(self._kept, held.pack(self.account.way))

    def _client(self, held: Held) -> Client:
        return Client(self.account.client_id, held.secret)

    def _oauth(self) -> address.Address:
        return address.read(self.account.oauth)

    def _to_service(self, token: str) -> "Transport":
        held = self._current()
        secrets = tuple(each for each in (token, held.secret, held.refresh) if each)
        return self._transport(self.account.url, Credential(bearer(token).headers, secrets))

    def _transport(self, url: str, credential: Credential) -> "Transport":
        from app.sync.transport import Surroundings, Transport

        house = self._house
        surroundings = Surroundings(reaching.road(house))
        ledger, now = house.library.connections, house.clock.now
        return Transport(self.name, address.read(url), credential, ledger, now, surroundings=surroundings)


def _end(found: Tokens, now: datetime) -> datetime:
    """When it is renewed: a minute early, or at half its life where that is short."""
    lasts = min(timedelta(seconds=found.lasts_s), LONGEST)
    return now + lasts - min(reaching.EARLY, lasts / 2)


def lack(account: Account) -> str:
    """What is missing of it, "" when nothing is: a login in the browser can do without a secret (RFC 8252, 8.4)."""
    if not account.url.strip():
        return "the address is missing"
    if account.way == TOKEN:
        return "" if account.secret.strip() else "the access token is missing"
    if not account.client_id.strip():
        return "the client id is missing"
    return "" if account.way == BROWSER or account.secret.strip() else "the client secret is missing"


def session(house: House, account: Account) -> Session:
    """To look around with: nothing is kept, and while there is no name the connection goes by that of the host. Where
    one logs in is asked of the service. Raises `RemoteError`, and `UsageError` for what an account of its way lacks.
    """
    if problem := lack(account):
        raise errors.UsageError(problem=f"this login is not complete: {problem}")
    base = address.read(account.url)
    account = replace(account, client_id=account.client_id.strip(), secret=account.secret.strip())
    made = Session(house, account, base.host)
    if account.way == TOKEN:
        return made
    told = csc.oauth_base(made)
    oauth = address.follow(base, told)[0] if told else base
    return Session(house, replace(account, oauth=oauth.url), base.host)
