"""A person's identities: made here, imported from a PKCS#12 file, chosen for signing."""

import ssl
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from app import identities, paths
from app.domain import errors
from app.domain.changes import Changes
from app.domain.identity import Card, KeyMaterial, Token, TokenCertificate
from app.services import device, keeping, remote_keys, standing
from app.services.house import House
from app.services.taking_in import open_regular
from app.store import IdentityRecord

LARGEST_PKCS12 = 1 << 20


def records(house: House) -> tuple[IdentityRecord, ...]:
    return tuple(house.library.identities.list())


def cards(house: House) -> tuple[tuple[IdentityRecord, Card], ...]:
    """Each with what a person should see before using it."""
    return tuple((record, keeping.card_of(house, record)) for record in records(house))


def create(house: House, name: str, person: str, email: str = "") -> Changes:
    """A self-signed identity of a person."""
    _new_name(house, name)
    made = identities.self_signed(person, email, house.clock.now())
    keeping.keep(house, name, "self_signed", made)
    return Changes.of("identity", name)


def import_pkcs12(house: House, path: Path, passphrase: str | None, name: str | None = None) -> Changes:
    """The file stays where it is; its passphrase is asked each time. Refused when one may not sign with it."""
    name = name or path.stem
    _new_name(house, name)
    with open_regular(path) as file:
        material = identities.load_pkcs12(file.read(LARGEST_PKCS12), passphrase, name)
    identities.check_usable(material, house.clock.now())
    record = keeping.describe(house, name, "pkcs12", material, {"path": str(path.absolute())})
    house.library.identities.add(record)
    return Changes.of("identity", name)


def tokens(house: House, module: Path) -> tuple[Token, ...]:
    """What is in the slots of a PKCS#11 module now; its code runs in a child process."""
    return house.sealer.tokens(str(module.absolute()))


def tokens_everywhere(house: House) -> tuple[Token, ...]:
    """Of the modules that lie where they usually do and of those identities here live behind. A module that cannot be
    used is passed over: nobody named it.
    """
    used = (Path(record.where["module"]) for record in records(house) if "module" in record.where)
    found: dict[str, Token] = {}
    for module in dict.fromkeys((*used, *paths.token_modules())):
        with suppress(errors.IdentityError):
            found |= {f"{each.serial} {each.label}": each for each in tokens(house, module)}
    return tuple(found.values())


def is_signer(certificate: TokenCertificate) -> bool:
    """Authorities on the token are the chain."""
    try:
        return not identities.is_authority(bytes.fromhex(certificate.der))
    except errors.IdentityUnusable:
        return False


def add_token(house: House, module: Path, name: str, token: str = "", key_id: str = "") -> Changes:
    """A certificate on a token. `token` is its serial number or label, needed where there are several; likewise
    `key_id`. Raises `UsageError` where that leaves a choice: nothing is guessed among two with equal labels.
    """
    _new_name(house, name)
    found = [each for each in tokens(house, module) if token in ("", each.serial, each.label)]
    if not found:
        raise errors.TokenMissing(module=str(module), token=token)
    chosen = _only(found, token, [f"{each.serial} ({each.label})" for each in found])
    signers = [each for each in chosen.certificates if key_id in ("", each.key_id) and is_signer(each)]
    if not signers:
        raise errors.IdentityUnusable(name=name, reason="no_key")
    certificate = _only(signers, key_id, [each.key_id for each in signers])
    chain = tuple(bytes.fromhex(each.der) for each in chosen.certificates if not is_signer(each))
    material = KeyMaterial(b"", bytes.fromhex(certificate.der), chain)
    identities.check_usable(material, house.clock.now())
    where = identities.token_facts(
        str(module.absolute()), chosen.serial, chosen.label, certificate.key_id, (material.certificate_der, *chain)
    )
    house.library.identities.add(keeping.describe(house, name, "pkcs11", material, where))
    return Changes.of("identity", name)


def set_default(house: House, name: str) -> Changes:
    _record(house, name)
    house.library.identities.set_default(name)
    return Changes.of("identity", name)


def remove(house: House, name: str) -> Changes:
    """The device's own keys stay: what they sealed must stay explainable."""
    record = _record(house, name)
    if record.kind == "device":
        raise errors.IdentityUnusable(name=name, reason="device")
    house.library.identities.remove(name)
    if "secret" in record.where:
        house.vault.delete(record.where["secret"])
    return Changes.of("identity", name)


def key(house: House, name: str, passphrase: str | None = None) -> KeyMaterial:
    """For signing. What stands against the certificate is said before its key is reached for: no PIN is spent on one
    that must not sign. Raises `IdentityUnusable` (replaced) when another key than the one shown lies there now.
    """
    record = _record(house, name)
    certificate = keeping.certificate_of(record)
    identities.check_usable(certificate, house.clock.now())
    standing.expect_good(house, certificate)
    material = keeping.unlock(house, record, passphrase, partial(remote_keys.signer, house))
    if material.certificate_der != certificate.certificate_der:
        raise errors.IdentityUnusable(name=name, reason="replaced")
    if material.token is not None:
        house.sealer.try_pin(material.token)
    return material


def asks_passphrase(house: House, name: str) -> bool:
    """Whether its passphrase or PIN must be asked for, after the card was shown. Raises `UnknownIdentity`."""
    return bool(asked(house, name))


def asked(house: House, name: str) -> tuple[str, ...]:
    """What is asked for, after the card was shown: Passphrase, PIN, or what the trust service wants, in its words. All
    of it, one behind the other with a space between, is the passphrase of `key`. Raises `UnknownIdentity`.
    """
    record = _record(house, name)
    if record.kind == remote_keys.KIND:
        return tuple(record.where.get("asks", "").split())
    if not identities.source_of(record.kind).asks_passphrase:
        return ()
    return ("PIN",) if "module" in record.where else ("Passphrase",)


def asks_browser(house: House, name: str) -> bool:
    """Whether each signature is confirmed on a page of the trust service. Raises `UnknownIdentity`."""
    return _record(house, name).where.get("release") == "browser"


def ensure_device(house: House) -> str:
    """The device authority's certificate as PEM; made if there is none."""
    return ssl.DER_cert_to_PEM_cert(device.authority(house).certificate_der)


T = TypeVar("T")


def _only(found: Sequence[T], given: str, names: Sequence[str]) -> T:
    if len(found) > 1:
        problem = f"{given!r} fits several" if given else "there are several"
        raise errors.UsageError(problem=f"{problem}; say which: {', '.join(names)}")
    return found[0]


def _record(house: House, name: str) -> IdentityRecord:
    known = {record.name: record for record in records(house)}
    if name not in known:
        raise errors.UnknownIdentity(name=name, known=sorted(known))
    return known[name]


def _new_name(house: House, name: str) -> None:
    if any(record.name == name for record in records(house)):
        raise errors.IdentityExists(name=name)


def write_certificate(pem: str, out: Path) -> None:
    try:
        out.write_text(pem, "ascii")
    except OSError as problem:
        raise errors.NotWritable(path=str(out), reason=problem.strerror or str(problem)) from problem
