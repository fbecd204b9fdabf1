"""A way to an account: its credential out of the vault, the network's proxy and certificates out of the settings, and
the library's ledger, which is told of every connection.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain import errors
from app.services.house import House
from app.store import AccountRecord
from app.sync import address
from app.sync.credential import NOBODY, Credential
from app.sync.provider import Exchange, Provider, Token
from app.sync.registry import provider_of

if TYPE_CHECKING:
    from app.sync.road import Road
    from app.sync.transport import Transport

EARLY: Final = timedelta(minutes=1)
"""A token this near its end is replaced before it is used."""


def secret_name(account: str) -> str:
    """In the vault."""
    return f"account/{account}"


def token_name(account: str) -> str:
    """In the vault, for what the secret was exchanged for, until it runs out."""
    return f"account/{account}/token"


def transport(house: House, account: AccountRecord) -> "Transport":
    """Raises `VaultError` when the secret cannot be had, `RemoteError` when it must be exchanged first and cannot be,
    `SpecError` or `CertificateUnreadable` for settings that lead nowhere.
    """
    provider = provider_of(account.provider)
    secret = house.vault.get(secret_name(account.name)).decode()
    if provider.exchange is None or not provider.exchange.applies(account.options):
        return _transport(house, account, provider.authorize(secret, account.options))
    exchange = provider.exchange

    def renew() -> Credential:
        return _credential(provider, account, secret, _exchanged(house, account, exchange, secret))

    kept = _kept_token(house, account)
    credential = _credential(provider, account, secret, kept) if kept else renew()
    return _transport(house, account, credential, renew)


def transport_without_login(house: House, account: AccountRecord) -> "Transport":
    """For what needs none: the secret stays where it is, and nobody is asked for the passphrase of the vault."""
    return _transport(house, account, NOBODY)


def _transport(
    house: House, account: AccountRecord, credential: Credential, renew: Callable[[], Credential] | None = None
) -> "Transport":
    """`requests` is imported here at the earliest: lists of accounts do not need it."""
    from app.sync.transport import Surroundings, Transport

    base, ledger = address.read(account.base_url), house.library.connections
    surroundings = Surroundings(road(house))
    return Transport(account.name, base, credential, ledger, house.clock.now, renew=renew, surroundings=surroundings)


def road(house: House) -> "Road":
    """Proxy and company certificate as the settings say."""
    from app.sync.road import Road

    ca_file = house.settings.ca_file
    return Road(address.read_proxy(house.settings.proxy_url), Path(ca_file).expanduser() if ca_file else None)


# -- secrets that are exchanged for tokens ---------------------------------------------------------------------------


def _credential(provider: Provider, account: AccountRecord, secret: str, token: str) -> Credential:
    made = provider.authorize(token, account.options)
    return Credential(made.headers, (*made.secrets, secret))


def _exchanged(house: House, account: AccountRecord, exchange: Exchange, secret: str) -> str:
    """Asked for, and kept beside the secret."""
    asking = _transport(house, account, Credential(secrets=(secret,)))
    answer = asking.send(exchange.request(secret, account.options))
    try:
        token = exchange.read(answer.data)
    except ValueError as problem:
        host = address.read(account.base_url).host
        raise errors.AnswerUnreadable(host=host, reason=str(problem), perhaps_done=False) from None
    house.vault.put(token_name(account.name), _packed(token, house.clock.now()))
    return token.token


def _kept_token(house: House, account: AccountRecord) -> str:
    """Empty when there is none that still holds."""
    try:
        kept = json.loads(house.vault.get(token_name(account.name)))
        holds = datetime.fromisoformat(kept["until"]) - EARLY > house.clock.now()
        return str(kept["token"]) if holds else ""
    except (errors.SecretMissing, ValueError, KeyError, TypeError):
        return ""


def _packed(token: Token, now: datetime) -> bytes:
    until = now + timedelta(seconds=min(token.lasts_s, 366 * 86400))
    return json.dumps({"token": token.token, "until": until.isoformat()}).encode()
