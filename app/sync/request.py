"""A request as a value: what is asked, why, and which parts of it may not be seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from app.domain import errors

SAFE_METHODS = frozenset({"GET", "HEAD"})
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ANY_TYPE: Final = "application/octet-stream"
TYPES: Final = {".pdf": PDF, ".docx": DOCX}
"""By the end of a file's name."""


@dataclass(frozen=True, slots=True)
class Json:
    """A body of JSON; NaN and infinity are no JSON and raise ValueError. A `File` in it becomes its bytes in Base64."""

    value: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class File:
    """A body that is a file's bytes, streamed. `name` is one of ours in ASCII: what a person called it stays here."""

    path: Path = field(repr=False)
    content_type: str = PDF
    name: str = "document.pdf"

    @classmethod
    def named(cls, path: Path) -> "File":
        """Of the type that the end of its name tells."""
        end = path.suffix.lower()
        return cls(path, TYPES[end], f"document{end}") if end in TYPES else cls(path, ANY_TYPE, "file")


@dataclass(frozen=True, slots=True)
class Raw:
    """A body of bytes as they are."""

    data: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True, slots=True)
class Multipart:
    """`multipart/form-data` (RFC 7578): texts and files by part name, several of one name in order."""

    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    files: Mapping[str, File | tuple[File, ...]] = field(default_factory=dict)


Body = Json | File | Raw | Multipart


@dataclass(frozen=True, slots=True)
class Request:
    """`path` is a template as `/documents/{id}/session`, below the account's base URL, or below its origin where
    `from_root`. `at` fills it; `hidden` fills it too and is shown nowhere, as the short code of a signing link.

    `repeatable`: doing it twice is as doing it once, so an answer that was lost may be asked for again. `anonymous`: it
    needs no login, so no credential goes along. A value of `hidden` that the path does not name is one of the body.
    """

    method: str
    path: str
    why: str
    at: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict, repr=False)
    body: Body | None = None
    from_root: bool = False
    repeatable: bool = False
    anonymous: bool = False

    @property
    def is_safe(self) -> bool:
        return self.repeatable or self.method in SAFE_METHODS

    @property
    def shown(self) -> str:
        """The path for ledger, log and errors."""
        return self._filled({**self.at} | {name: f"{{{name}}}" for name in self.hidden}, "{}")

    @property
    def filled(self) -> str:
        """The path as it is sent. Ids come from other people's answers: each stays one segment (RFC 3986, 3.3)."""
        return self._filled({**self.at, **self.hidden}, "")

    def _filled(self, parts: Mapping[str, str], also_safe: str) -> str:
        for name, value in parts.items():
            if value in ("", ".", "..") and f"{{{name}}}" in self.path:
                raise errors.SpecError(path=name, problem=f"{value!r} is no identifier")
        return self.path.format_map({name: quote(value, safe=also_safe) for name, value in parts.items()})


@dataclass(frozen=True, slots=True)
class Answer:
    """A 2xx. `data` is the JSON, None where there was no body; `headers` have lower-case names."""

    status: int
    data: Any = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
