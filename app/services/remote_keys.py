"""Keys at a trust service: found with the login of an account, used with what the person types, or confirms in their
web browser.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app import identities
from app.domain import errors
from app.domain.changes import Changes
from app.domain.identity import KeyMaterial, SignRemotely
from app.services import keeping
from app.services.house import House
from app.services.remote_login import TOKEN, Account, Session
from app.sync import csc

KIND: Final = "csc"
_RSA, _RSA_SHA256 = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"
_ECDSA: Final = {
    "sha256": "1.2.840.10045.4.3.2", "sha384": "1.2.840.10045.4.3.3", "sha512": "1.2.840.10045.4.3.4",
}  # fmt: skip
_STATES: Final = {"revoked": "revoked", "suspended": "revoked", "expired": "expired"}


def add(session: Session, name: str, key: str = "") -> Changes:
    """A key at the service of `session`, which has `key` as its id there; it may be left out where there is only one.
    Raises `IdentityUnusable`, `RemoteError`, or `UsageError` where that leaves a choice.
    """
    house, account = session.house, session.account
    if name in {record.name for record in house.library.identities.list()}:
        raise errors.IdentityExists(name=name)
    found = csc.credential(session, key or _only(csc.credentials(session)))
    material = _material(name, found)
    _expect_usable(name, found, account)
    identities.check_usable(material, house.clock.now())
    session.keep(_secret(name))
    where = {
        **account.facts,
        "credential": found.id,
        "asks": "" if found.mode == csc.BROWSER else " ".join(found.asks),
        "algorithms": " ".join(found.algorithms),
        "at_once": str(found.at_once),
        "secret": _secret(name),
        "certificates": " ".join(base64.b64encode(each).decode() for each in found.certificates),
        **({"release": "browser"} if found.mode == csc.BROWSER else {}),
    }
    house.library.identities.add(keeping.describe(house, name, KIND, material, where))
    return Changes.of("identity", name)


def listed(session: Session) -> tuple[str, ...]:
    """The ids of the keys an account may use. Raises `RemoteError`."""
    return csc.credentials(session)


def certificate(session: Session, key: str) -> bytes:
    """Of one of them, DER. Raises `RemoteError`, or `IdentityUnusable` where it cannot be used."""
    found = csc.credential(session, key)
    _expect_usable(key, found, session.account)
    return _material(key, found).certificate_der


def signer(house: House, name: str, where: Mapping[str, str], secrets: Mapping[str, str]) -> SignRemotely:
    """Asks the service for signatures: its state first, then one release, then all of them. What comes back is
    compared with the certificate where seals are made; another key's is thrown away there.
    """
    session = Session(house, Account.of(where), name, where["secret"])

    def sign(data: Sequence[bytes], digest: str) -> Sequence[bytes]:
        found = csc.credential(session, where["credential"])
        _expect_usable(name, found, session.account)
        hashes = [hashlib.new(digest, each).digest() for each in data]
        try:
            sad = _released(session, found, hashes, digest, secrets)
        except (errors.RequestRefused, errors.PermissionMissing, errors.RemoteConflict) as problem:
            raise errors.KeyNotReleased(name=name, message=str(problem.facts.get("message", ""))) from None
        return csc.sign_hashes(session, found, sad, hashes, digest, _algorithm(found, digest))

    return sign


def _released(
    session: Session, found: csc.Credential, hashes: Sequence[bytes], digest: str, secrets: Mapping[str, str]
) -> str:
    """As the service says now that the key is released."""
    if found.mode == csc.BROWSER:
        return session.release(found.id, hashes, digest)
    return csc.authorize(session, replace(found, asks=tuple(secrets)), hashes, digest, secrets)


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


def _expect_usable(name: str, found: csc.Credential, account: Account) -> None:
    if found.certificate_state in _STATES:
        raise errors.IdentityUnusable(name=name, reason=_STATES[found.certificate_state])
    if found.state != "enabled":
        raise errors.IdentityUnusable(name=name, reason="disabled")
    if found.mode == csc.BROWSER and account.way == TOKEN:
        raise errors.IdentityUnusable(name=name, reason="login")


def _algorithm(found: csc.Credential, digest: str) -> str:
    """With the hash named where the service knows it so."""
    if any(each.startswith("1.2.840.10045") for each in found.algorithms):
        return _ECDSA[digest]
    return _RSA_SHA256 if _RSA_SHA256 in found.algorithms else _RSA


def _secret(name: str) -> str:
    return f"identity/{name}/token"
