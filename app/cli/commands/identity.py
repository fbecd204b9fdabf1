"""identity: certificates and keys."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.cli.command import Answer, Asked, Command
from app.cli.secret import ask, for_account
from app.domain.errors import UsageError
from app.services import identities, remote_keys, remote_login, sealing_words
from app.services.remote_login import Account

KINDS = ("create", "list", "import", "tokens", "token", "remote", "default", "remove", "device")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=KINDS)
    parser.add_argument(
        "name",
        nargs="*",
        help="its name; import: the PKCS#12 file; token: a module; tokens: modules (else the usual ones); "
        "remote: the address of a trust service",
    )
    parser.add_argument("--person", metavar="N", help="create: whose identity it is (else its name)")
    parser.add_argument("--email", default="", metavar="E", help="create: their e-mail address")
    parser.add_argument("--as", dest="label", metavar="NAME", help="import, token, remote: its name here")
    parser.add_argument("--token", default="", metavar="T", help="token: its serial or label, if there are several")
    parser.add_argument("--key", default="", metavar="ID", help="token, remote: the key's id, if there are several")
    parser.add_argument(
        "--login", choices=remote_login.WAYS, default=remote_login.TOKEN,
        help="remote: with an access token, with the secret of a client, or in your web browser",
    )  # fmt: skip
    parser.add_argument("--client-id", default="", metavar="ID", help="remote: this program, as the service knows it")
    parser.add_argument(
        "--secret-stdin",
        action="store_true",
        help="remote: read the token, or the client's secret, from standard input",
    )
    parser.add_argument("--out", type=Path, metavar="PEM", help="device: write the device authority's certificate here")


def _run(asked: Asked) -> Answer:
    names = asked.name or []
    match asked.what:
        case "tokens":
            return _tokens(asked, [Path(each) for each in names])
        case "device":
            return _device(asked)
        case "list":
            return _listed(asked)
    if len(names) != 1:
        raise UsageError(problem=f"identity {asked.what} needs one name")
    _change(asked, names[0])
    return _listed(asked)


def _change(asked: Asked, name: str) -> None:
    match asked.what:
        case "create":
            identities.create(asked.house, name, asked.person or name, asked.email)
        case "import":
            identities.import_pkcs12(asked.house, Path(name), ask(f"Passphrase of {name}: "), asked.label)
        case "token":
            identities.add_token(asked.house, Path(name), asked.label or "token", asked.token, asked.key)
        case "remote":
            remote_keys.add(
                remote_login.session(asked.house, _account(asked, name)), asked.label or "remote", asked.key
            )
        case "default":
            identities.set_default(asked.house, name)
        case "remove":
            identities.remove(asked.house, name)


def _account(asked: Asked, url: str) -> Account:
    """A login in the browser needs a secret only where the service gave one with the client id."""
    asks = asked.login != remote_login.BROWSER or asked.secret_stdin
    secret = for_account(from_stdin=bool(asked.secret_stdin)) if asks else ""
    return Account(url, asked.login, asked.client_id, secret)


def _tokens(asked: Asked, modules: Sequence[Path]) -> Answer:
    """What is in the slots of these modules, else of those that are found; no PIN is asked."""
    found = [token for module in modules for token in identities.tokens(asked.house, module)]
    if not modules:
        found = list(identities.tokens_everywhere(asked.house))
    rows = [
        {
            "label": t.label, "serial": t.serial, "tries": t.tries, "module": t.module, "slot": t.slot,
            "keys": [each.key_id for each in t.certificates],
        }
        for t in found
    ]  # fmt: skip
    lines = tuple(
        f"{t.serial:<18} {t.label:<24} slot {t.slot}, PIN: {sealing_words.TRIES[t.tries]}, "
        f"keys: {', '.join(c.key_id for c in t.certificates) or 'none'}  {t.module}"
        for t in found
    )
    return Answer(rows, lines or ("No token is there.",))


def _device(asked: Asked) -> Answer:
    pem = identities.ensure_device(asked.house)
    if asked.out is None:
        return Answer({"certificate_pem": pem}, (pem.strip(),))
    identities.write_certificate(pem, asked.out)
    return Answer({"path": str(asked.out)}, (str(asked.out),))


def _listed(asked: Asked) -> Answer:
    rows: list[dict[str, Any]] = [
        {
            "name": record.name,
            "kind": record.kind,
            "subject": card.name,
            "issuer": card.issuer,
            "serial": record.serial,
            "not_before": record.not_before.isoformat(),
            "not_after": record.not_after.isoformat(),
            "where": card.where,
            "usable": card.usable is None,
            "default": record.is_default,
        }
        for record, card in identities.cards(asked.house)
    ]
    lines = tuple(
        f"{'*' if r['default'] else ' '} {r['name']:<32} {r['kind']:<12} {r['subject']}  until {r['not_after'][:10]}"
        for r in rows
    )
    return Answer(rows, lines or ("No identities yet; the device makes its own when the first seal is made.",))


IDENTITY = Command(
    "identity",
    "certificates and keys: create, list, import, tokens, token, remote, default, remove, device",
    _arguments,
    _run,
)
