"""A PDF, picture or text cannot be used, or a file cannot be written."""

from typing import ClassVar

from app.domain.errors.root import ParaphError, fact


@fact
class DocumentError(ParaphError):
    """About one file; `path` is as the person gave it, or the title when there is none."""

    exit_code: ClassVar[int] = 4
    path: str = ""


@fact
class FileMissing(DocumentError):
    """Nothing is at that path."""


@fact
class FileUnreadable(DocumentError):
    """Not a regular file, no permission, or an I/O error."""

    reason: str = ""


@fact
class FileTooLarge(DocumentError):
    """Over the size that is read at all; both in bytes."""

    size: int = 0
    limit: int = 0


@fact
class NotADocument(DocumentError):
    """The content is none of PDF, picture or Markdown, whatever the name says."""

    found: str = ""


@fact
class DocumentDamaged(DocumentError):
    """It says it is a PDF or a picture but cannot be read as one."""

    reason: str = ""


@fact
class DocumentTimedOut(DocumentError):
    """It kept a worker busy until its time was up; the worker was ended."""

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
    """Encrypted with a password for opening, and none was given."""


@fact
class PasswordWrong(DocumentError):
    """The password given does not open it."""


@fact
class EncryptionUnsupported(DocumentError):
    """Encrypted for a certificate, or in a way that is not known here."""

    method: str = ""


@fact
class SigningForbidden(DocumentError):
    """Its certification or permissions forbid what would be added: `by` is docmdp, permissions, fieldmdp, xfa
    or signed.
    """

    by: str = ""


@fact
class AlreadySigned(DocumentError):
    """What was asked would rewrite a file that carries signatures; such a file only grows."""

    signatures: int = 0


@fact
class PageOutOfRange(DocumentError):
    """Asked for a page that it does not have; counted from 1."""

    page: int = 0
    pages: int = 0


@fact
class RevisionOutOfRange(DocumentError):
    """Asked for a signed state of the file that it does not have; counted from 1."""

    revision: int = 0
    revisions: int = 0


@fact
class MarkdownRefused(DocumentError):
    """The text makes no page: `reason` is empty or too long."""

    reason: str = ""


@fact
class NotWritable(DocumentError):
    """The place to write to cannot be written."""

    reason: str = ""
