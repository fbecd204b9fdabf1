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

One file a branch; every name is exported here, so that `errors.X` is all a caller writes. To add one: a class in the
branch's file, its name here, and its words.

An error carries facts (JSON values) and no prose; the words live in `services.messages`, once for window and
command line. Foreign exceptions are translated in the room that owns the library. What is no `ParaphError` is a bug.
"""

from app.domain.errors.documents import (
    AlreadySigned,
    DocumentChanged,
    DocumentCrashed,
    DocumentDamaged,
    DocumentError,
    DocumentQuarantined,
    DocumentTimedOut,
    DocumentTooHeavy,
    EncryptionUnsupported,
    FileMissing,
    FileTooLarge,
    FileUnreadable,
    MarkdownRefused,
    NotADocument,
    NotWritable,
    PageOutOfRange,
    PasswordNeeded,
    PasswordWrong,
    RevisionOutOfRange,
    SigningForbidden,
)
from app.domain.errors.identities import (
    CertificateUnreadable,
    FieldNotInDocument,
    IdentityError,
    IdentityExists,
    IdentityUnusable,
    PassphraseWrong,
    SealingError,
    SealNotMade,
    SealNotTrusted,
    UnknownIdentity,
)
from app.domain.errors.library import (
    AmbiguousEnvelope,
    BlobDamaged,
    BlobMissing,
    DatabaseUnsupported,
    LibraryBusy,
    LibraryDamaged,
    LibraryTooNew,
    LibraryUnwritable,
    StoreError,
    TrailUnreadable,
    UnknownEnvelope,
)
from app.domain.errors.remote import RemoteError, UnknownAccount
from app.domain.errors.root import Cancelled, Fact, ParaphError, UsageError, all_kinds, fact, from_facts
from app.domain.errors.rules import (
    AccessDenied,
    AlreadyActed,
    ConsentMissing,
    EnvelopeChanged,
    GlyphsMissing,
    MarkRefused,
    NothingToDo,
    NotTheirField,
    NotTheirTurn,
    PreflightFailed,
    ReasonMissing,
    RuleError,
    SignatureMissing,
    SpecError,
    UnknownField,
    UnknownRole,
    ValueRefused,
    WrongStage,
    WrongStatus,
)
from app.domain.errors.vault import (
    SecretMissing,
    VaultDamaged,
    VaultError,
    VaultLocked,
    VaultPassphraseWrong,
    VaultTimedOut,
)

__all__ = [
    "AccessDenied",
    "AlreadyActed",
    "AlreadySigned",
    "AmbiguousEnvelope",
    "BlobDamaged",
    "BlobMissing",
    "Cancelled",
    "CertificateUnreadable",
    "ConsentMissing",
    "DatabaseUnsupported",
    "DocumentChanged",
    "DocumentCrashed",
    "DocumentDamaged",
    "DocumentError",
    "DocumentQuarantined",
    "DocumentTimedOut",
    "DocumentTooHeavy",
    "EncryptionUnsupported",
    "EnvelopeChanged",
    "Fact",
    "FieldNotInDocument",
    "FileMissing",
    "FileTooLarge",
    "FileUnreadable",
    "GlyphsMissing",
    "IdentityError",
    "IdentityExists",
    "IdentityUnusable",
    "LibraryBusy",
    "LibraryDamaged",
    "LibraryTooNew",
    "LibraryUnwritable",
    "MarkRefused",
    "MarkdownRefused",
    "NotADocument",
    "NotTheirField",
    "NotTheirTurn",
    "NotWritable",
    "NothingToDo",
    "PageOutOfRange",
    "ParaphError",
    "PassphraseWrong",
    "PasswordNeeded",
    "PasswordWrong",
    "PreflightFailed",
    "ReasonMissing",
    "RemoteError",
    "RevisionOutOfRange",
    "RuleError",
    "SealNotMade",
    "SealNotTrusted",
    "SealingError",
    "SecretMissing",
    "SignatureMissing",
    "SigningForbidden",
    "SpecError",
    "StoreError",
    "TrailUnreadable",
    "UnknownAccount",
    "UnknownEnvelope",
    "UnknownField",
    "UnknownIdentity",
    "UnknownRole",
    "UsageError",
    "ValueRefused",
    "VaultDamaged",
    "VaultError",
    "VaultLocked",
    "VaultPassphraseWrong",
    "VaultTimedOut",
    "WrongStage",
    "WrongStatus",
    "all_kinds",
    "fact",
    "from_facts",
]
