"""A certificate or key cannot be used; a seal could not be made or did not hold."""

from typing import ClassVar

from app.domain.errors.root import ParaphError, fact


@fact
class IdentityError(ParaphError):
    """About a certificate and its key, before anything is sealed with them."""

    exit_code: ClassVar[int] = 5


@fact
class UnknownIdentity(IdentityError):
    """No identity of that name is kept here."""

    name: str
    known: list[str]


@fact
class IdentityExists(IdentityError):
    """The name is taken, and a key is never replaced silently."""

    name: str


@fact
class IdentityUnusable(IdentityError):
    """`reason` is expired, not_yet_valid, revoked, usage, weak_key, no_key, several_keys, disabled, login, chain,
    replaced or damaged.
    """

    name: str
    reason: str


@fact
class PassphraseWrong(IdentityError):
    """It does not open the key; the name is that of the identity, the passphrase is told nowhere."""

    name: str


@fact
class TokenModuleUnusable(IdentityError):
    """The file is no PKCS#11 module, or it does not start: `reason` is missing or not_loaded."""

    module: str
    reason: str


@fact
class TokenMissing(IdentityError):
    """No token of that serial number is in any slot of the module; perhaps it was taken out."""

    module: str
    token: str


@fact
class PinWrong(IdentityError):
    """`tries` is what the token says is left: many, few or one."""

    token: str
    tries: str


@fact
class PinLocked(IdentityError):
    """Too many wrong tries: the token takes no PIN any more."""

    token: str


@fact
class TokenFailed(IdentityError):
    """The token answered with an error of its own; `reason` is its PKCS#11 name."""

    token: str
    reason: str


@fact
class KeyNotReleased(IdentityError):
    """The trust service does not let this key sign: a wrong PIN or one-time password, or it is locked. `message` is
    the service's.
    """

    name: str
    message: str


@fact
class CertificateUnreadable(IdentityError):
    """The file holds no certificate that can be parsed."""

    path: str


@fact
class NotTheSealsCertificate(IdentityError):
    """A trail was sealed with another certificate (SHA-256 `wanted`) than those that were given to check it with."""

    wanted: str


@fact
class TrustedListRefused(IdentityError):
    """`reason` is not_one, entities, unsigned, signer (another than was confirmed) or signature."""

    path: str
    reason: str


@fact
class TrustedListOlder(IdentityError):
    """A list of this territory with a higher sequence number is here already."""

    path: str
    sequence: int
    kept: int


@fact
class SignerNotConfirmed(IdentityError):
    """Nobody has said yet that this certificate (`fingerprint`: its SHA-256) may sign trusted lists."""

    path: str
    signer: str
    fingerprint: str


@fact
class SealingError(ParaphError):
    """About making a seal; the file before it is as it was."""

    exit_code: ClassVar[int] = 5


@fact
class SealNotMade(SealingError):
    """The signature could not be computed or written."""

    path: str
    reason: str


@fact
class SealNotTrusted(SealingError):
    """Our own output did not verify; it was discarded and the revision before is untouched."""

    path: str
    reason: str


@fact
class FieldNotInDocument(SealingError):
    """The form of the PDF has no field of that name to sign or fill."""

    path: str
    name: str


@fact
class NoTimestampAuthority(SealingError):
    """A time stamp was asked for and nobody is set who could give one."""


@fact
class TimestampRefused(SealingError):
    """The answer of an authority proves nothing: `reason` is rejected, unreadable, imprint, replayed, signature, usage,
    unknown_trust, time or before_certificate.
    """

    authority: str
    reason: str


@fact
class EvidenceMissing(SealingError):
    """Whether a certificate was good could not be shown: `reason` is unknown_trust, no_source, unreachable, unusable or
    endless.
    """

    path: str
    subject: str
    reason: str


@fact
class LevelNotReached(SealingError):
    """The finished file does not have the level that was asked for; it was discarded."""

    path: str
    level: str
    found: str
