"""Taking a file in: opened once, judged by its content, copied into the library before anything else looks at it."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from app.domain import errors
from app.domain.envelope import Attachment, Document
from app.domain.fields.base import Field
from app.domain.ids import DocumentId, FieldId, Sha256
from app.pdf import Xfa
from app.services.house import House

LARGEST_FILE = 600 * 2**20
CHUNK = 1 << 20
Content = Literal["pdf", "picture", "markdown"]


@dataclass(frozen=True)
class TakenIn:
    """A document and the fields its Markdown tokens ask for; their `recipient` holds the token's key until
    roles are known.
    """

    document: Document
    token_fields: tuple[Field, ...] = ()


def take_in(house: House, path: Path, password: str | None = None, title: str | None = None) -> TakenIn:
    """A PDF, PNG, JPEG or Markdown file; raises a `DocumentError` that says why not."""
    source = kept(house, path)
    name = title or path.stem
    try:
        match _content(house.library.blobs.path(source), path):
            case "pdf":
                return TakenIn(_from_pdf(house, source, source, name, password, str(path)))
            case "picture":
                return TakenIn(_from_picture(house, source, name))
            case _:
                return from_markdown(house, house.library.blobs.path(source).read_text("utf-8"), name, source)
    except errors.DocumentError as problem:
        problem.path = str(path)
        raise


def from_markdown(house: House, text: str, title: str, source: Sha256 | None = None) -> TakenIn:
    """Pages made of Markdown; `{{type:key}}` tokens become fields."""
    out = house.library.blobs.new_file(".pdf")
    tokens = house.maker.from_markdown(text, out)
    pdf = house.library.blobs.adopt(out)
    source = source or house.library.blobs.put_bytes(text.encode())
    document = _from_pdf(house, pdf, source, title, None, title)
    fields = tuple(
        Field(
            FieldId(house.clock.new_id()),
            t.kind,
            document.id,
            t.page,
            t.rect,
            t.key,
            label=t.key or "",
            mapping_key=t.key,
        )
        for t in tokens
    )
    return TakenIn(document, fields)


def attach(house: House, path: Path, title: str | None = None) -> Attachment:
    """A file that travels along; never opened by us (it may be anything)."""
    sha256 = kept(house, path)
    return Attachment(title or path.name, sha256, house.library.blobs.path(sha256).stat().st_size)


def kept(house: House, path: Path) -> Sha256:
    """In the library, under what it holds. Raises as `copied`."""
    out = copied(house, path)
    try:
        return house.library.blobs.adopt(out)
    finally:
        out.unlink(missing_ok=True)


def copied(house: House, path: Path) -> Path:
    """Read once, into a new file of the library that is the caller's to delete. Raises a `DocumentError`."""
    out = house.library.blobs.new_file(path.suffix.lower()[:8])
    try:
        with open_regular(path) as source, out.open("wb") as target:
            copied = 0
            while chunk := source.read(CHUNK):
                copied += len(chunk)
                if copied > LARGEST_FILE:
                    raise errors.FileTooLarge(path=str(path), size=copied, limit=LARGEST_FILE)
                target.write(chunk)
        if not copied:
            raise errors.NotADocument(path=str(path), found="empty")
        return out
    except BaseException:
        out.unlink(missing_ok=True)
        raise


def open_regular(path: Path) -> BinaryIO:
    """Opens once and only a regular file: a pipe would wait for ever and a device never end."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise errors.FileMissing(path=str(path)) from None
    except OSError as problem:
        raise errors.FileUnreadable(path=str(path), reason=problem.strerror or str(problem)) from problem
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise errors.FileUnreadable(path=str(path), reason="not a regular file")
    if status.st_size > LARGEST_FILE:
        os.close(handle)
        raise errors.FileTooLarge(path=str(path), size=status.st_size, limit=LARGEST_FILE)
    return os.fdopen(handle, "rb")


def _content(stored: Path, path: Path) -> Content:
    """By what is in it; readers accept a PDF header within the first 1024 bytes (ISO 32000-1, annex H)."""
    with stored.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return "picture"
    if path.suffix.lower() in (".md", ".markdown", ".txt") and _is_text(stored):
        return "markdown"
    raise errors.NotADocument(path=str(path), found=_guess(head))


def _is_text(stored: Path) -> bool:
    try:
        return "\0" not in stored.read_text("utf-8")
    except UnicodeDecodeError:
        return False


def _guess(head: bytes) -> str:
    known = {
        b"PK\x03\x04": "zip or office document",
        b"\xd0\xcf\x11\xe0": "old office document",
        b"GIF8": "GIF",
        b"<": "HTML or XML",
    }
    return next((name for magic, name in known.items() if head.lstrip().startswith(magic)), "unknown content")


def _from_picture(house: House, source: Sha256, title: str) -> Document:
    out = house.library.blobs.new_file(".pdf")
    house.maker.from_picture(house.library.blobs.path(source), out)
    return _from_pdf(house, house.library.blobs.adopt(out), source, title, None, title)


def _from_pdf(house: House, pdf: Sha256, source: Sha256, title: str, password: str | None, shown_path: str) -> Document:
    path = house.library.blobs.path(pdf)
    found = house.looker.inspect(path, password)
    if found.needs_password:
        raise errors.PasswordNeeded(path=shown_path)
    if not found.pages:
        raise errors.DocumentDamaged(path=shown_path, reason="it has no pages")
    if found.xfa is Xfa.DYNAMIC:
        raise errors.SigningForbidden(path=shown_path, by="xfa")
    if not found.permissions.may_sign:
        raise errors.SigningForbidden(path=shown_path, by="permissions")
    return Document(
        DocumentId(house.clock.new_id()),
        title,
        pdf,
        found.pages,
        source=source if source != pdf else None,
        normalised=_normalised(house, path, password)
        if _needs_rewriting(found.signed, found.repaired, found.encrypted)
        else None,
        prior_signatures=found.signature_count,
        certification=found.certification,
        encrypted=found.encrypted,
        xfa=found.xfa is not Xfa.NONE,
    )


def _needs_rewriting(signed: bool, repaired: bool, encrypted: bool) -> bool:
    """A file that had to be repaired shows different things in different readers; an encrypted one is signed as
    a working copy.
    """
    return not signed and (repaired or encrypted)


def _normalised(house: House, path: Path, password: str | None) -> Sha256:
    out = house.library.blobs.new_file(".pdf")
    house.maker.normalise(path, out, password)
    return house.library.blobs.adopt(out)
