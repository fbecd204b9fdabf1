"""Writing a document whole: to a neighbour of the target first, so that a target is complete or absent."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pymupdf
from pymupdf import mupdf

from app.domain import errors
from app.domain.ids import Sha256
from app.pdf.laid import LaidDocument
from app.pdf.mupdf import archival, objects, writing

_CHUNK: Final = 1 << 20


def save(
    document: pymupdf.Document,
    out: str,
    *,
    renamed: Mapping[str, str] | None = None,
    **options: Any,
) -> LaidDocument:
    """Full save without what nothing refers to, unencrypted unless told; PDF/A stays PDF/A; the same input gives the
    same bytes.
    """
    archival.keep(document)
    _identify(document)
    pages = document.page_count
    partial = Path(f"{out}.partial")
    settings: dict[str, Any] = {
        "garbage": 1, "deflate": True, "no_new_id": True, "encryption": pymupdf.PDF_ENCRYPT_NONE,
    }  # fmt: skip
    try:
        partial.touch()
        document.save(str(partial), **(settings | options))
        sha256, size = _fingerprint(partial)
        _settle(partial)
        partial.replace(out)
    except (OSError, mupdf.FzErrorSystem) as error:
        raise errors.NotWritable(path=out, reason=getattr(error, "strerror", None) or str(error)) from error
    finally:
        partial.unlink(missing_ok=True)
    return LaidDocument(sha256, size, pages, dict(renamed or {}))


def _identify(document: pymupdf.Document) -> None:
    """A file identifier (ISO 32000-2, 14.4) where there is none: from what the file is, not from the clock."""
    trailer = objects.trailer(document)
    if objects.exists(objects.get(trailer, "ID")):
        return
    source = Path(document.name or "")
    if source.is_file():
        digest = str(_fingerprint(source)[0])
    else:
        contents = b"".join(page.read_contents() for page in document)
        digest = hashlib.sha256(contents).hexdigest()
    writing.put(document, trailer, "ID", f"[<{digest[:32]}><{digest[:32]}>]")


def _fingerprint(path: Path) -> tuple[Sha256, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Sha256(digest.hexdigest()), size


def _settle(path: Path) -> None:
    """Durable before it gets its name."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
