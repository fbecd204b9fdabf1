"""An identity is a certificate and where its key lives. The key itself travels as `KeyMaterial`, in memory only.

Here and not in `identities`, because `sealing` takes it and the two rooms do not know each other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key that cannot leave its token: the PKCS#11 module to ask (a file), the token's serial number, which unlike
    its label tells two apart, and the key's CKA_ID in hexadecimal.
    """

    module: str
    serial: str
    key_id: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """On a token, readable without a PIN; `key_id` (hexadecimal) is that of its key, `der` too is hexadecimal."""

    key_id: str
    der: str


@dataclass(frozen=True, slots=True)
class Token:
    """A card or HSM in some slot; `tries` is what it says is left for the PIN: many, few, one or none. `module` is the
    file that reaches it, `slot` the number that module gives its place.
    """

    label: str
    serial: str
    tries: str
    module: str
    slot: int
    certificates: tuple[TokenCertificate, ...] = ()


SignRemotely = Callable[[Sequence[bytes], str], Sequence[bytes]]
"""Octets of several documents and the name of their hash (sha256, ...) to the signatures a service makes over them
with one release of the key, as CMS holds them: RSA PKCS #1 v1.5, or the DER of an ECDSA signature. Raises `RemoteError`
or `IdentityError`.
"""


@dataclass(frozen=True, slots=True)
class KeyMaterial:
    """A private key (PKCS#8, DER), its certificate and the certificates above it, nearest issuer first. With `token`
    or `remote` there are no octets of a key: the token signs, or a service somewhere else, which makes `at_once`
    signatures at most with one release.

    It reaches the sealing child through that child's own pipe and is never written to disk in the clear; to drop the
    value is to destroy a one-time key.
    """

    key_der: bytes = field(repr=False)
    certificate_der: bytes
    chain_der: tuple[bytes, ...] = ()
    token: TokenKey | None = None
    remote: SignRemotely | None = field(default=None, repr=False, compare=False)
    at_once: int = 1


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown before a PIN or passphrase is asked. `usable` is None, or the reason as in `IdentityUnusable`.

    `where` says in the owner's terms where the key lives (this device, a file); times are UTC.
    """

    name: str
    issuer: str
    serial_tail: str
    not_before: datetime
    not_after: datetime
    where: str
    kind: str
    usable: str | None = None
