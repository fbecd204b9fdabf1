"""Keys at a trust service: found with an account's token, used with what the person types."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app import identities
from app.domain import errors
from app.domain.changes import Changes
from app.domain.identity import KeyMaterial, SignRemotely
from app.services import keeping, reaching
from app.services.house import House
from app.sync import address, csc
from app.sync.credential import bearer

if TYPE_CHECKING:
    from app.sync.transport import Transport

KIND: Final = "csc"
_RSA, _RSA_SHA256 = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"
_ECDSA: Final = {
    "sha256": "1.2.840.10045.4.3.2", "sha384": "1.2.840.10045.4.3.3", "sha512": "1.2.840.10045.4.3.4",
}  # fmt: skip
_STATES: Final = {"revoked": "revoked", "suspended": "revoked", "expired": "expired"}


def add(house: House, url: str, token: str, name: str, key: str = "") -> Changes:
    """A key at the service behind `url`, which has `key` as its id there; it may be left out where there is only one.
    Raises `IdentityUnusable`, `RemoteError`, or `UsageError` where that leaves a choice.
    """
    if name in {record.name for record in house.library.identities.list()}:
        raise errors.IdentityExists(name=name)
    token = token.strip()
    sender = _transport(house, name, url, token)
    found = csc.credential(sender, key or _only(csc.credentials(sender)))
    material = _material(name, found)
    _expect_enabled(name, found)
    identities.check_usable(material, house.clock.now())
    house.vault.put(_secret(name), token.encode())
    where = {
        "url": address.read(url).url,
        "credential": found.id,
        "asks": " ".join(found.asks),
        "algorithms": " ".join(found.algorithms),
        "secret": _secret(name),
        "certificates": " ".join(base64.b64encode(each).decode() for each in found.certificates),
    }
    house.library.identities.add(keeping.describe(house, name, KIND, material, where))
    return Changes.of("identity", name)


def listed(house: House, url: str, token: str) -> tuple[str, ...]:
    """The ids of the keys an account may use. Raises `RemoteError`."""
    return csc.credentials(_before(house, url, token))


def certificate(house: House, url: str, token: str, key: str) -> bytes:
    """Of one of them, DER. Raises `RemoteError`, or `IdentityUnusable` where the service says it cannot be used."""
    found = csc.credential(_before(house, url, token), key)
    _expect_enabled(key, found)
    return _material(key, found).certificate_der


def signer(house: House, name: str, where: Mapping[str, str], secrets: Mapping[str, str]) -> SignRemotely:
    """Asks the service for each signature: its state first, then the release, then the signature. What comes back is
    compared with the certificate where seals are made; another key's is thrown away there.
    """
    token = house.vault.get(where["secret"]).decode()

    def sign(data: bytes, digest: str) -> bytes:
        sender = _transport(house, name, where["url"], token)
        found = csc.credential(sender, where["credential"])
        _expect_enabled(name, found)
        hashes = [hashlib.new(digest, data).digest()]
        try:
            sad = csc.authorize(sender, replace(found, asks=tuple(secrets)), hashes, digest, secrets)
        except (errors.RequestRefused, errors.PermissionMissing, errors.RemoteConflict) as problem:
            raise errors.KeyNotReleased(name=name, message=str(problem.facts.get("message", ""))) from None
        (made,) = csc.sign_hashes(sender, found, sad, hashes, digest, _algorithm(found, digest))
        return made

    return sign


def _before(house: House, url: str, token: str) -> "Transport":
    """While there is no name yet, the connection goes by that of the host."""
    return _transport(house, address.read(url).host, url, token.strip())


def _transport(house: House, name: str, url: str, token: str) -> "Transport":
    from app.sync.transport import Surroundings, Transport

    surroundings = Surroundings(reaching.road(house))
    ledger, now = house.library.connections, house.clock.now
    return Transport(name, address.read(url), bearer(token), ledger, now, surroundings=surroundings)


def _only(found: tuple[str, ...]) -> str:
    if len(found) == 1:
        return found[0]
    if not found:
        raise errors.IdentityUnusable(name="", reason="no_key")
    raise errors.UsageError(problem=f"there are several; say which: {', '.join(found)}")


def _material(name: str, found: csc.Credential) -> KeyMaterial:
    if not found.certificates:
        raise errors.IdentityUnusable(name=name, reason="no_key")
    return KeyMaterial(b"", found.certificates[0], found.certificates[1:])


def _expect_enabled(name: str, found: csc.Credential) -> None:
    if found.certificate_state in _STATES:
        raise errors.IdentityUnusable(name=name, reason=_STATES[found.certificate_state])
    if found.state != "enabled":
        raise errors.IdentityUnusable(name=name, reason="disabled")


def _algorithm(found: csc.Credential, digest: str) -> str:
    """With the hash named where the service knows it so."""
    if any(each.startswith("1.2.840.10045") for each in found.algorithms):
        return _ECDSA[digest]
    return _RSA_SHA256 if _RSA_SHA256 in found.algorithms else _RSA


def _secret(name: str) -> str:
    return f"identity/{name}/token"
