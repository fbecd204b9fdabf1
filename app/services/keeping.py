"""Identities as the library keeps them: the certificate in a row, the key where its source says."""

import hashlib
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from app import identities
from app.domain import errors
from app.domain.identity import Card, KeyMaterial, SignRemotely
from app.identities.stored import pack
from app.services.house import House
from app.store import IdentityRecord, TrustRecord

Remote = Callable[[str, Mapping[str, str], Mapping[str, str]], SignRemotely]
_END = "-----END CERTIFICATE-----"


def keep(house: House, name: str, kind: str, material: KeyMaterial, **where: str) -> IdentityRecord:
    """The key goes into the vault first: a row without its key would promise what it cannot hold."""
    house.vault.put(name, pack(material))
    record = describe(house, name, kind, material, {"secret": name, **where})
    house.library.identities.add(record)
    return record


def describe(house: House, name: str, kind: str, material: KeyMaterial, where: dict[str, str]) -> IdentityRecord:
    card = identities.card(material, house.clock.now(), kind=kind)
    return IdentityRecord(
        name,
        kind,
        card.name,
        card.issuer,
        card.serial_tail,
        card.not_before,
        card.not_after,
        ssl.DER_cert_to_PEM_cert(material.certificate_der),
        "".join(map(ssl.DER_cert_to_PEM_cert, material.chain_der)),
        where,
    )


def certificate_of(record: IdentityRecord) -> KeyMaterial:
    """Without a key: what can be said of an identity before anybody is asked for a secret."""
    chain = record.chain_pem.split(_END)[:-1]
    certificates = tuple(ssl.PEM_cert_to_DER_cert((each + _END).strip()) for each in chain)
    return KeyMaterial(b"", ssl.PEM_cert_to_DER_cert(record.certificate_pem), certificates)


def unlock(
    house: House, record: IdentityRecord, passphrase: str | None = None, remote: Remote | None = None
) -> KeyMaterial:
    """The key of an identity; raises the `IdentityError` or `VaultError` that says why not. `remote` reaches keys at a
    service.
    """
    using = identities.Unlocking(house.vault.get, lambda path: Path(path).read_bytes(), passphrase, remote)
    return identities.source_of(record.kind).unlock(record.name, record.where, using)


def card_of(house: House, record: IdentityRecord) -> Card:
    """What is shown before a PIN or passphrase is asked."""
    source = identities.source_of(record.kind)
    der = ssl.PEM_cert_to_DER_cert(record.certificate_pem)
    return identities.card(der, house.clock.now(), where=source.place(record.where), kind=record.kind)


def trust_record(pem: str, source: Literal["device", "imported", "system"], now: datetime) -> TrustRecord:
    """A certificate to trust from now on."""
    der = ssl.PEM_cert_to_DER_cert(pem)
    return TrustRecord(hashlib.sha256(der).hexdigest(), pem, identities.card(der, now).name, source, now)


def readable(pem: str, path: str) -> None:
    """Raises `CertificateUnreadable` for what is no certificate."""
    try:
        identities.card(ssl.PEM_cert_to_DER_cert(pem), datetime.now(UTC))
    except (errors.IdentityError, ValueError):
        raise errors.CertificateUnreadable(path=path) from None


def tail(material: KeyMaterial, now: datetime) -> str:
    return identities.card(material, now).serial_tail.lower()
