"""Everything that can go wrong and is not a bug.

    ParaphError
    ├── UsageError          the command line was wrong                     exit 2
    ├── RuleError           a rule of signing says no                      exit 3
    ├── DocumentError       a PDF or picture cannot be used                exit 4
    ├── IdentityError       a certificate or key cannot be used            exit 5
    ├── SealingError        a seal could not be made or did not hold       exit 5
    ├── StoreError          the library cannot be read or written          exit 6
    ├── RemoteError         a remote service said no or nothing            exit 7
    ├── VaultError          a secret cannot be kept or fetched             exit 8
    └── Cancelled           somebody stopped it: no error                  exit 130

An error carries facts (JSON values) and no prose; the words live in `services.messages`, once for window and
command line.
Foreign exceptions are translated in the room that owns the library. What is no `ParaphError` is a bug.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar, dataclass_transform

_Kind = TypeVar("_Kind")

Fact = None | bool | int | float | str | list["Fact"] | dict[str, "Fact"]


@dataclass(eq=False, kw_only=True)
class ParaphError(Exception):
    """Root of the tree. Subclasses are dataclasses whose fields are the facts."""

    exit_code: ClassVar[int] = 1

    @property
    def kind(self) -> str:
        return type(self).__name__

    @property
    def facts(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        return f"{self.kind}({', '.join(f'{name}={value!r}' for name, value in self.facts.items())})"


@dataclass_transform(eq_default=False, kw_only_default=True)
def fact(kind: type[_Kind]) -> type[_Kind]:
    """A class of the tree: eq=False keeps identity comparison and hashing, which traceback machinery relies on."""
    return dataclass(eq=False, kw_only=True)(kind)


@fact
class Cancelled(ParaphError):
    """The person stopped it."""

    exit_code: ClassVar[int] = 130


@fact
class UsageError(ParaphError):
    """The command line was wrong."""

    exit_code: ClassVar[int] = 2
    problem: str = ""


# -- rules ---------------------------------------------------------------------------------------------------


@fact
class RuleError(ParaphError):
    exit_code: ClassVar[int] = 3


@fact
class SpecError(RuleError):
    """A value in an envelope spec or values file; `path` names the key, as in `fields[2].page`."""

    path: str
    problem: str


@fact
class WrongStatus(RuleError):
    """The envelope's status does not allow the action."""

    action: str
    status: str
    allowed: list[str]


@fact
class PreflightFailed(RuleError):
    """Findings of severity error stand in the way of sending."""

    findings: list[dict[str, Any]]


@fact
class UnknownRole(RuleError):
    role: str
    roles: list[str]


@fact
class NotTheirTurn(RuleError):
    role: str
    waiting_for: list[str]


@fact
class AlreadyActed(RuleError):
    role: str
    status: str


@fact
class NothingToDo(RuleError):
    """This recipient only receives a copy."""

    role: str
    action: str


@fact
class WrongStage(RuleError):
    """A step of the ceremony was taken out of order."""

    role: str
    step: str
    stage: str


@fact
class AccessDenied(RuleError):
    """Access code or password wrong; `tries_left` 0 means the ceremony is closed until the host opens it again."""

    role: str
    method: str
    tries_left: int


@fact
class ConsentMissing(RuleError):
    role: str


@fact
class UnknownField(RuleError):
    name: str
    known: list[str]


@fact
class NotTheirField(RuleError):
    name: str
    role: str


@fact
class ValueRefused(RuleError):
    """A value does not fit its field: `rule` is required, format, options, minimum, maximum, length, pattern or
    read_only.
    """

    field: str
    rule: str
    expected: str
    value: str


@fact
class SignatureMissing(RuleError):
    """The recipient has signature or initials fields and adopted nothing for them."""

    role: str
    needs: list[str]


@fact
class MarkRefused(RuleError):
    """A signature that is none: empty, too simple, unreadable."""

    problem: str


@fact
class ReasonMissing(RuleError):
    action: str


@fact
class EnvelopeChanged(RuleError):
    """Somebody else changed the envelope since it was read."""

    envelope: str


@fact
class GlyphsMissing(RuleError):
    """No bundled face can draw these characters."""

    text: str
    characters: str


# -- documents -----------------------------------------------------------------------------------------------


@fact
class DocumentError(ParaphError):
    exit_code: ClassVar[int] = 4
    path: str = ""


@fact
class FileMissing(DocumentError):
    pass


@fact
class FileUnreadable(DocumentError):
    """Not a regular file, no permission, or an I/O error."""

    reason: str = ""


@fact
class FileTooLarge(DocumentError):
    size: int = 0
    limit: int = 0


@fact
class NotADocument(DocumentError):
    """The content is none of PDF, picture or Markdown, whatever the name says."""

    found: str = ""


@fact
class DocumentDamaged(DocumentError):
    reason: str = ""


@fact
class DocumentTimedOut(DocumentError):
    seconds: float = 0.0


@fact
class DocumentCrashed(DocumentError):
    """The worker died on it."""

    reason: str = ""


@fact
class DocumentTooHeavy(DocumentError):
    """It needs more memory than a worker may have."""

    limit: int = 0


@fact
class DocumentQuarantined(DocumentError):
    """Two workers died on it: it is not tried again in this run."""


@fact
class PasswordNeeded(DocumentError):
    pass


@fact
class PasswordWrong(DocumentError):
    pass


@fact
class EncryptionUnsupported(DocumentError):
    method: str = ""


@fact
class SigningForbidden(DocumentError):
    """Its certification or permissions forbid what would be added: `by` is docmdp, permissions, fieldmdp, xfa
    or signed.
    """

    by: str = ""


@fact
class AlreadySigned(DocumentError):
    signatures: int = 0


@fact
class PageOutOfRange(DocumentError):
    page: int = 0
    pages: int = 0


@fact
class RevisionOutOfRange(DocumentError):
    """Asked for a signed state of the file that it does not have; counted from 1."""

    revision: int = 0
    revisions: int = 0


@fact
class DocumentChanged(DocumentError):
    """The bytes are not those that were taken in."""

    expected: str = ""
    found: str = ""


@fact
class MarkdownRefused(DocumentError):
    reason: str = ""


@fact
class NotWritable(DocumentError):
    """The place to write to cannot be written."""

    reason: str = ""


# -- identities and sealing ----------------------------------------------------------------------------------


@fact
class IdentityError(ParaphError):
    exit_code: ClassVar[int] = 5


@fact
class UnknownIdentity(IdentityError):
    name: str
    known: list[str]


@fact
class IdentityExists(IdentityError):
    name: str


@fact
class IdentityUnusable(IdentityError):
    """`reason` is expired, not_yet_valid, usage, weak_key, no_key or damaged."""

    name: str
    reason: str


@fact
class PassphraseWrong(IdentityError):
    name: str


@fact
class CertificateUnreadable(IdentityError):
    path: str


@fact
class SealingError(ParaphError):
    exit_code: ClassVar[int] = 5


@fact
class SealNotMade(SealingError):
    path: str
    reason: str


@fact
class SealNotTrusted(SealingError):
    """Our own output did not verify; it was discarded and the revision before is untouched."""

    path: str
    reason: str


@fact
class FieldNotInDocument(SealingError):
    path: str
    name: str


# -- store ---------------------------------------------------------------------------------------------------


@fact
class StoreError(ParaphError):
    exit_code: ClassVar[int] = 6


@fact
class UnknownEnvelope(StoreError):
    envelope: str


@fact
class AmbiguousEnvelope(StoreError):
    """The beginning of an id fits several envelopes; `matches` lists some."""

    envelope: str
    matches: list[str]


@fact
class DatabaseUnsupported(StoreError):
    """The database URL names a kind of database this version cannot use."""

    library: str
    scheme: str


@fact
class LibraryBusy(StoreError):
    library: str
    seconds: float


@fact
class LibraryDamaged(StoreError):
    library: str
    reason: str
    backup: str = ""


@fact
class LibraryTooNew(StoreError):
    library: str
    found: str
    known: str


@fact
class LibraryUnwritable(StoreError):
    library: str
    reason: str


@fact
class BlobDamaged(StoreError):
    """The bytes on disk are not those of their name."""

    sha256: str


@fact
class BlobMissing(StoreError):
    sha256: str


@fact
class TrailUnreadable(StoreError):
    path: str
    reason: str


# -- remote, vault -------------------------------------------------------------------------------------------


@fact
class RemoteError(ParaphError):
    exit_code: ClassVar[int] = 7


@fact
class UnknownAccount(RemoteError):
    name: str
    known: list[str]


@fact
class VaultError(ParaphError):
    exit_code: ClassVar[int] = 8


@fact
class VaultLocked(VaultError):
    """No keyring can be used and no passphrase was given."""

    where: str


@fact
class VaultPassphraseWrong(VaultError):
    where: str


@fact
class VaultDamaged(VaultError):
    where: str


@fact
class VaultTimedOut(VaultError):
    backend: str
    seconds: float


@fact
class SecretMissing(VaultError):
    name: str


def _tree(root: type[ParaphError]) -> dict[str, type[ParaphError]]:
    found = {root.__name__: root}
    for child in root.__subclasses__():
        found |= _tree(child)
    return found


def from_facts(kind: str, facts: dict[str, Any]) -> ParaphError:
    """Rebuilds an error that crossed a process border; an unknown kind is a bug and raises KeyError."""
    return _tree(ParaphError)[kind](**facts)


def all_kinds() -> dict[str, type[ParaphError]]:
    """Every class of the tree by name, for the contract test over the table of messages."""
    return _tree(ParaphError)
