"""One thing preflight found."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import DocumentId, FieldId


class Severity(StrEnum):
    """Whether a finding stands in the way."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` picks the words; the rest says where."""

    code: str
    severity: Severity
    subject: str = ""
    field: FieldId | None = None
    document: DocumentId | None = None
    role: str | None = None


def error(code: str, subject: str = "", **where: object) -> Finding:
    return Finding(code, Severity.ERROR, subject, **where)  # type: ignore[arg-type]


def warning(code: str, subject: str = "", **where: object) -> Finding:
    return Finding(code, Severity.WARNING, subject, **where)  # type: ignore[arg-type]
