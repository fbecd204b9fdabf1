"""The library cannot be read or written, or does not hold what was asked for."""

from typing import ClassVar

from app.domain.errors.root import ParaphError, fact


@fact
class StoreError(ParaphError):
    """About the database and the blobs that make up the library."""

    exit_code: ClassVar[int] = 6


@fact
class UnknownEnvelope(StoreError):
    """The library holds no envelope of that id."""

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
    """Another program held the lock for this long."""

    library: str
    seconds: float


@fact
class LibraryDamaged(StoreError):
    """The database fails its own check; `backup` is the newest sound copy, empty when there is none."""

    library: str
    reason: str
    backup: str = ""


@fact
class LibraryTooNew(StoreError):
    """Written by a newer version; it is left untouched."""

    library: str
    found: str
    known: str


@fact
class LibraryUnwritable(StoreError):
    """No space, no permission, or a read-only disk; nothing was written by halves."""

    library: str
    reason: str


@fact
class BlobDamaged(StoreError):
    """The bytes on disk are not those of their name."""

    sha256: str


@fact
class BlobMissing(StoreError):
    """A row names bytes that are not on disk."""

    sha256: str


@fact
class TrailUnreadable(StoreError):
    """What should be an audit trail, in a file or in the library, is not JSON or not in its shape."""

    path: str
    reason: str
