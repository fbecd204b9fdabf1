"""account: logins at remote services."""

from argparse import ArgumentParser
from typing import Any

from app.cli import options, secret
from app.cli.command import Answer, Asked, Command
from app.domain.errors import UsageError
from app.services import accounts


def _arguments(parser: ArgumentParser) -> None:
    known = ", ".join(provider.name for provider in accounts.providers())
    parser.add_argument("what", choices=("add", "list", "test", "renew", "remove"))
    parser.add_argument("which", nargs="?", metavar="NAME", help=f"the account; for add the provider: {known}")
    parser.add_argument("--name", metavar="N", help="add: the name to keep it under")
    parser.add_argument("--base-url", default="", metavar="URL", help="add: where its API begins, if not as published")
    parser.add_argument("--option", action="append", default=[], metavar="K=V", help="add: a line of its form")
    parser.add_argument("--secret-stdin", action="store_true", help="the key or token is read from standard input")


def _run(asked: Asked) -> Answer:
    if asked.what != "list" and not asked.which:
        raise UsageError(problem=f"account {asked.what} needs a {'provider' if asked.what == 'add' else 'name'}")
    match asked.what:
        case "add":
            return _added(asked)
        case "test":
            return _tried(asked)
        case "renew":
            return _renewed(asked)
        case "remove":
            accounts.remove(asked.house, asked.which)
    return _listed(asked)


def _added(asked: Asked) -> Answer:
    if not asked.name:
        raise UsageError(problem="account add needs --name")
    chosen = options.parse(asked.option)
    given = secret.for_account(from_stdin=bool(asked.secret_stdin))
    accounts.add(asked.house, asked.which, asked.name, given, asked.base_url, chosen)
    return _kept(asked, asked.name, given, "is added")


def _renewed(asked: Asked) -> Answer:
    given = secret.for_account(from_stdin=bool(asked.secret_stdin))
    accounts.renew(asked.house, asked.which, given)
    return _kept(asked, asked.which, given, "has a new key")


def _kept(asked: Asked, name: str, given: str, happened: str) -> Answer:
    (card,) = (card for card in accounts.cards(asked.house) if card.name == name)
    remarks = accounts.remarks(card.provider, given)
    lines = (f"{card.name} {happened}. Try it: paraph account test {card.name!r}", *remarks)
    return Answer({**_data(card), "remarks": list(remarks)}, lines)


def _tried(asked: Asked) -> Answer:
    tried = accounts.test(asked.house, asked.which)
    data = {
        "name": tried.name,
        "provider": tried.provider,
        "host": tried.host,
        "ok": True,
        "status": tried.status,
        "seconds": round(tried.seconds, 3),
    }
    return Answer(data, (f"{tried.host} knows {tried.name} and answered in {tried.seconds:.1f} s.",))


def _listed(asked: Asked) -> Answer:
    cards = accounts.cards(asked.house)
    lines = tuple(
        f"{card.name:<24} {card.title:<16} {card.base_url}{'' if card.has_secret else '  (its key is missing)'}"
        for card in cards
    )
    return Answer([_data(card) for card in cards], lines or ("No accounts; the program is whole without.",))


def _data(card: accounts.Card) -> dict[str, Any]:
    return {
        "name": card.name,
        "provider": card.provider,
        "title": card.title,
        "base_url": card.base_url,
        "options": dict(card.options),
        "added_at": card.added_at.isoformat(),
        "has_secret": card.has_secret,
    }


ACCOUNT = Command("account", "logins at remote services: add, list, test, renew, remove", _arguments, _run)
