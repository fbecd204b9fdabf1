"""Logins at remote services: added, looked at, tried, taken away. Their secrets are in the vault only."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain import errors
from app.domain.changes import Changes
from app.services import reaching
from app.services.house import House
from app.services.remote_words import TARGETS
from app.store import AccountRecord
from app.sync import address, form
from app.sync.provider import FormField, Provider
from app.sync.registry import PROVIDERS, provider_of
from app.sync.source import Source

NAME: Final = re.compile(r"[^\W_](?:[\w .@+-]{0,62}[\w.@+-])?")
"""Letters of any script; no slash, which divides names in the vault."""


Service = Provider
"""What an account can be at."""
Question = FormField
"""A line of the account form."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a person sees of an account. `has_secret` is False when the vault was lost or replaced."""

    name: str
    provider: str
    title: str
    base_url: str
    options: Mapping[str, str]
    added_at: datetime
    has_secret: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """The service knows the account and answered."""

    name: str
    provider: str
    host: str
    status: int
    seconds: float


def providers() -> tuple[Provider, ...]:
    """By name: what an account form can be made of."""
    return tuple(PROVIDERS[name] for name in sorted(PROVIDERS))


def add(
    house: House, provider: str, name: str, secret: str, base_url: str = "", options: Mapping[str, str] | None = None
) -> Changes:
    """Nothing is sent. Raises `UnknownProvider`, `AccountExists`, and `SpecError` with the path of the wrong value."""
    chosen = provider_of(provider)
    _expect_name(name)
    where = _base_url(chosen, base_url)
    filled, kept = form.options(chosen, options or {}), form.secret(chosen, secret)
    if any(account.name == name for account in house.library.accounts.list()):
        raise errors.AccountExists(name=name)
    # The secret first: an account without one would promise what it cannot do.
    house.vault.put(reaching.secret_name(name), kept.encode())
    house.library.accounts.add(AccountRecord(name, chosen.name, where, filled, house.clock.now()))
    return Changes.of("account", name)


def renew(house: House, name: str, secret: str) -> Changes:
    """Another key or token for it. What waited because the one before was not accepted is due again. Nothing is sent.
    Raises `UnknownAccount`, and `SpecError` as `add` does.
    """
    account = house.library.accounts.get(name)
    kept = form.secret(provider_of(account.provider), secret)
    house.vault.put(reaching.secret_name(name), kept.encode())
    house.vault.delete(reaching.token_name(name))
    refused = [
        replace(one, next_at=house.clock.now(), attempts=0, error=None)
        for one in house.library.outbox.list(settled=False)
        if one.account == name and one.state == "waiting" and (one.error or {}).get("kind") == "CredentialRefused"
    ]
    house.library.outbox.save(*refused)
    return Changes.of("account", name)


def key_question(provider: str) -> Question | None:
    """What its form asks for in secret; None for a service nobody knows any more."""
    asked = PROVIDERS[provider].form if provider in PROVIDERS else ()
    return next((question for question in asked if question.secret), None)


def is_assumed(question: Question) -> bool:
    """Nobody has published it: it may be wrong without anything having been done wrong."""
    return question.source is Source.ASSUMED


def is_asked(question: Question, given: Mapping[str, str]) -> bool:
    """Whether it has a meaning beside the other answers."""
    if question.needed_when is None:
        return True
    other, wanted = question.needed_when
    return given.get(other, "") == wanted


def remarks(provider: str, secret: str) -> tuple[str, ...]:
    """What looks odd about a secret, without telling it; it is taken all the same."""
    return form.remarks(provider_of(provider), secret.strip())


def cards(house: House) -> tuple[Card, ...]:
    """By name. Asks for no passphrase."""
    kept = set(house.vault.names())
    return tuple(
        Card(
            account.name,
            account.provider,
            PROVIDERS[account.provider].title if account.provider in PROVIDERS else account.provider,
            account.base_url,
            account.options,
            account.added_at,
            reaching.secret_name(account.name) in kept,
        )
        for account in house.library.accounts.list()
    )


def test(house: House, name: str) -> Tried:
    """Asks the service for something that changes nothing. Raises `RemoteError` or `VaultError` that says why not."""
    account = house.library.accounts.get(name)
    begin = time.monotonic()
    answer = reaching.transport(house, account).send(provider_of(account.provider).probe)
    host = address.read(account.base_url).host
    return Tried(name, account.provider, host, answer.status, time.monotonic() - begin)


def remove(house: House, name: str) -> Changes:
    """Here, not at the service. The secret goes first: it must not outlive what it was kept for."""
    account = house.library.accounts.get(name)
    house.vault.delete(reaching.token_name(account.name))
    house.vault.delete(reaching.secret_name(account.name))
    house.library.accounts.remove(account.name)
    return Changes.of("account", name)


def _expect_name(name: str) -> None:
    if not NAME.fullmatch(name):
        problem = "should be 1 to 64 letters, digits, blanks or any of . @ + - _, and begin with a letter or digit"
        raise errors.SpecError(path="name", problem=problem)


def _base_url(provider: Provider, given: str) -> str:
    if not given and not provider.default_url:
        raise errors.SpecError(path="base_url", problem=f"is missing; {provider.title} does not publish it")
    try:
        return address.read(given.strip() or provider.default_url).url
    except errors.TargetRefused as refused:
        raise errors.SpecError(path="base_url", problem=TARGETS[refused.reason]) from None
