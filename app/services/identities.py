"""A person's identities: made here, imported from a PKCS#12 file, chosen for signing."""

import ssl
from pathlib import Path

from app import identities
from app.domain import errors
from app.domain.changes import Changes
from app.domain.identity import Card, KeyMaterial
from app.services import device, keeping
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
    """For signing; `check_usable` has been passed."""
    material = keeping.unlock(house, _record(house, name), passphrase)
    identities.check_usable(material, house.clock.now())
    return material


def asks_passphrase(house: House, name: str) -> bool:
    """Whether its passphrase or PIN must be asked for, after the card was shown. Raises `UnknownIdentity`."""
    return identities.source_of(_record(house, name).kind).asks_passphrase


def ensure_device(house: House) -> str:
    """The device authority's certificate as PEM; made if there is none."""
    return ssl.DER_cert_to_PEM_cert(device.authority(house).certificate_der)


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
