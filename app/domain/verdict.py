"""What verification says. Words of ETSI EN 319 102-1: an altered file is `invalid`, unknown trust is
`indeterminate`, never `valid`.

Reasons, changes and suspicions are keys with facts; the words for them live in one table, `services.verdict_words`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.geometry import Rect
from app.domain.ids import Sha256


class Verdict(StrEnum):
    """Whether to believe it; what cannot be told is not believed."""

    VALID = "valid"
    INVALID = "invalid"
    INDETERMINATE = "indeterminate"

    @staticmethod
    def worst(verdicts: "tuple[Verdict, ...]") -> "Verdict":
        """Of several signatures; of none, `indeterminate`: nothing was proven."""
        if Verdict.INVALID in verdicts:
            return Verdict.INVALID
        return Verdict.VALID if verdicts and set(verdicts) == {Verdict.VALID} else Verdict.INDETERMINATE


@dataclass(frozen=True, slots=True)
class Change:
    """Something done after a signature. `page` from 1 and `rect` (points of the displayed page) where they can be
    told; `who` is the signer whose later signature covers it, empty when none does; `allowed` by that signature's
    certification and locks.
    """

    key: str
    page: int | None = None
    field: str = ""
    who: str = ""
    detail: str = ""
    allowed: bool = True
    covered: bool = False
    rect: Rect | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A construct worth a look, whatever the signatures say."""

    key: str
    page: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """A state of the file: its first `end` bytes. `number` from 1, as in `SignatureReport.revision`; the last one is
    the whole file, `is_signed` only if some signature reaches its end.
    """

    number: int
    end: int
    is_signed: bool = True


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature. `covers` is whole_file, revision or nothing; times in UTC; `proven_time` only from a
    timestamp token that holds. `certification` is the DocMDP level 1-3; `revision_end` the bytes it covers.
    """

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
    certification: int | None = None
    name: str = ""
    reason: str = ""
    location: str = ""
    page: int | None = None
    rect: Rect | None = None
    is_timestamp: bool = False

    @property
    def uncovered(self) -> tuple[Change, ...]:
        """What followed that no later signer covers and that is more than maintenance."""
        return tuple(c for c in self.changes_after if not c.covered and c.key not in MAINTENANCE)

    def explained(self, page: int) -> tuple[Rect, ...]:
        """Where on a page a difference between the signed revision and the whole file is accounted for."""
        return tuple(c.rect for c in self.changes_after if c.page == page and c.allowed and c.rect is not None)


@dataclass(frozen=True, slots=True)
class Report:
    """One file. `sentence_key` picks the sentence from the table of words; `suspicions` are constructs worth a
    look.
    """

    path: str
    sha256: Sha256
    verdict: Verdict
    sentence_key: str
    signatures: tuple[SignatureReport, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    reasons: tuple[str, ...] = ()
    revisions: int = 0

    @property
    def uncovered(self) -> tuple[Change, ...]:
        """What nobody signed: changes after the last signature that are more than maintenance."""
        return tuple(dict.fromkeys(change for each in self.signatures for change in each.uncovered))

    def with_unknown_revocation(self, fields: tuple[str, ...]) -> "Report":
        """Signatures of these fields whose certificates' issuers were asked and gave no answer: until they do, nobody
        knows (ETSI EN 319 102-1, 5.2.6: TRY_LATER).
        """
        doubted = tuple(
            replace(each, verdict=Verdict.INDETERMINATE, reasons=(*each.reasons, "revocation_unknown"))
            if each.field in fields and each.verdict is Verdict.VALID
            else each
            for each in self.signatures
        )
        if doubted == self.signatures:
            return self
        verdict = Verdict.worst((self.verdict, *(each.verdict for each in doubted)))
        key = "undecided" if self.verdict is Verdict.VALID else self.sentence_key
        return replace(self, signatures=doubted, verdict=verdict, sentence_key=key)

    def with_pages_that_differ(self, pages: tuple[int, ...]) -> "Report":
        """After comparing pictures: pages where the signed revision and the whole file look different outside every
        explained place. Such a file is never `valid`: two readers may show two documents.
        """
        if not pages:
            return self
        seen = tuple(Suspicion("page_looks_different", page) for page in pages)
        report = replace(self, suspicions=(*self.suspicions, *seen))
        if self.verdict is not Verdict.VALID:
            return report
        return replace(
            report,
            verdict=Verdict.INDETERMINATE,
            sentence_key="page_looks_different",
            reasons=(*self.reasons, "page_looks_different"),
        )


MAINTENANCE = frozenset(
    {"validation_data_added", "timestamped", "metadata_changed", "extensions_changed", "revision_without_effect"}
)
"""Changes that keep a file verifiable for longer (ISO 32000-2, 12.8.2.2.2, note) and alter nothing that is seen."""
