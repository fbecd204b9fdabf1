"""What verification says. Words of ETSI EN 319 102-1: an altered file is `invalid`, unknown trust is `indeterminate`, never `valid`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import Sha256


class Verdict(StrEnum):
    VALID = "valid"
    INVALID = "invalid"
    INDETERMINATE = "indeterminate"


@dataclass(frozen=True, slots=True)
class Change:
    """Something done after a signature, in plain words; `page` from 1 where it can be told."""

    sentence: str
    page: int | None = None
    field: str = ""
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature. `covers` is whole_file, revision or nothing; times in UTC; `proven_time` only from a timestamp token that holds."""

    field: str
    signer: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    level: str = "B-B"
    claimed_time: datetime | None = None
    proven_time: datetime | None = None
    covers: str = "nothing"
    intact: bool = False
    changes_after: tuple[Change, ...] = ()
    trusted_by: str = ""
    issuer: str = ""
    serial: str = ""
    certificate_sha256: str = ""
    revision: int = 0
    revision_end: int = 0
    modification_level: str = ""
    docmdp_ok: bool | None = None
    name: str = ""
    reason: str = ""
    location: str = ""
    page: int | None = None
    is_timestamp: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One file. `sentence_key` picks the sentence from the table of words; `suspicions` are constructs worth a look."""

    path: str
    sha256: Sha256
    verdict: Verdict
    sentence_key: str
    signatures: tuple[SignatureReport, ...] = ()
    suspicions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    revisions: int = 0
