"""What happened after a signature, in a list for people; and whether it was allowed.

Allowed is what pyHanko's difference analysis allows, a whitelist over every object written (its findings name object
numbers, which nobody can read). The list beside it is made from another side, by looking at fields, annotations and
pages; where the whitelist passes and the list shows something no whitelist should pass, neither is believed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from app.domain.lookalike import shown
from app.domain.verdict import MAINTENANCE, Change
from app.sealing.verifying.examining import Examined
from app.sealing.verifying.form_changes import form_changes
from app.sealing.verifying.forms import fields_of
from app.sealing.verifying.page_changes import PageChanges

_FILLING: Final = frozenset({
    "field_filled", "field_changed", "field_cleared", "appearance_changed", "signed", "signature_field_added",
    "form_defaults_changed",
})  # fmt: skip
_NEVER_HARMLESS: Final = frozenset({
    "page_added", "page_removed", "pages_reordered", "page_content_changed", "page_changed", "field_removed",
    "field_added", "signature_replaced", "signature_removed", "actions_changed", "layers_changed",
    "annotation_added", "annotation_changed", "annotation_removed",
})  # fmt: skip
_ANNOTATING: Final = frozenset({"annotation_added", "annotation_changed", "annotation_removed"})


@dataclass(frozen=True, slots=True)
class Review:
    """What followed one signature. `level` is pyHanko's modification level, `is_allowed` its DocMDP answer."""

    changes: tuple[Change, ...] = ()
    level: str = "NONE"
    is_allowed: bool = True
    reasons: tuple[str, ...] = ()


class Reviewer:
    """Reviews the signatures of one file; each revision is listed once, whoever asks."""

    def __init__(self, reader: PdfFileReader, signatures: Sequence[Examined]) -> None:
        self._reader = reader
        self._closers = sorted(_closing(signatures), key=lambda found: found.signature.signed_revision)
        self._listed: dict[int, tuple[Change, ...]] = {}

    def review(self, found: Examined) -> Review:
        """Everything between this signature and the end of the file."""
        if found.coverage.what == "whole_file":
            return Review()
        if found.coverage.what == "nothing":
            return Review(level="OTHER", is_allowed=False)
        level, permitted = _analysed(found.signature)
        after = range(found.signature.signed_revision + 1, self._reader.xrefs.total_revisions)
        seen = tuple(dict.fromkeys(change for revision in after for change in self._in(revision)))
        return _concluded(found.signature, seen, level, permitted)

    def _in(self, revision: int) -> tuple[Change, ...]:
        if revision not in self._listed:
            changes = tuple(dict.fromkeys(_made_in(self._reader, revision))) or (Change("revision_without_effect"),)
            self._listed[revision] = tuple(self._attributed(change, revision) for change in changes)
        return self._listed[revision]

    def _attributed(self, change: Change, revision: int) -> Change:
        """To the first person whose signature covers the revision; a timestamp vouches for time, not for content."""
        closer = next((each for each in self._closers if each.signature.signed_revision >= revision), None)
        if closer is None:
            return change
        return replace(change, covered=True, who=signer_of(closer))


def signer_of(found: Examined) -> str:
    """The common name, or the whole subject where there is none."""
    if found.certificate is None:
        return ""
    subject = found.certificate.subject
    return shown(name_in(subject))


def name_in(subject: x509.Name) -> str:
    """As it is written in the certificate, hidden letters too."""
    return str(subject.native.get("common_name") or subject.human_friendly)


def _closing(signatures: Iterable[Examined]) -> list[Examined]:
    return [each for each in signatures if not each.is_timestamp and each.is_intact and each.coverage.what != "nothing"]


def _made_in(reader: PdfFileReader, revision: int) -> Iterable[Change]:
    old, new = reader.get_historical_resolver(revision - 1), reader.get_historical_resolver(revision)
    touched = {ref.idnum for ref in reader.xrefs.explicit_refs_in_revision(revision)}
    pages = PageChanges(old, new, touched)
    yield from form_changes(fields_of(old), fields_of(new), touched, pages.pages)
    yield from pages.all()


def _analysed(signature: EmbeddedPdfSignature) -> tuple[ModificationLevel, bool]:
    """pyHanko's level, and whether this signature's DocMDP and locks allow it. What it cannot analyse is OTHER."""
    try:
        result = signature.evaluate_modifications(DEFAULT_DIFF_POLICY)
    except Exception:  # noqa: BLE001 - any exception means: not shown to be harmless
        return ModificationLevel.OTHER, False
    if not isinstance(result, DiffResult) or result.modification_level is ModificationLevel.OTHER:
        return ModificationLevel.OTHER, False
    permission = signature.docmdp_level
    within = permission is None or result.modification_level.value <= permission.value
    return result.modification_level, within


def _concluded(
    signature: EmbeddedPdfSignature, seen: tuple[Change, ...], level: ModificationLevel, permitted: bool
) -> Review:
    changes = tuple(replace(change, allowed=_is_allowed(change, signature)) for change in seen)
    refused = {change.key for change in changes if not change.allowed}
    if permitted:
        reasons = ("analyses_disagree",) if refused & _NEVER_HARMLESS else ()
        passed = tuple(replace(change, allowed=change.key not in _NEVER_HARMLESS) for change in changes)
        return Review(passed, level.name, True, reasons)
    if not refused - _ANNOTATING and signature.docmdp_level is MDPPerm.ANNOTATE and _annotates(changes):
        # Allowed by the certification and still able to cover what was signed: a person has to look.
        return Review(changes, level.name, False, ("annotations_after_signing",))
    if not refused:
        changes = (*changes, Change("other_change", allowed=False))
    # What other signatures would allow and this one does not, told apart from what nothing allows.
    is_forbidden = level is not ModificationLevel.OTHER or (refused and refused <= _FILLING)
    reason = "forbidden_change" if is_forbidden else "changed_after_signing"
    return Review(changes, level.name, False, (reason,))


def _annotates(changes: tuple[Change, ...]) -> bool:
    return any(change.key in _ANNOTATING for change in changes)


def _is_allowed(change: Change, signature: EmbeddedPdfSignature) -> bool:
    permission, locks = signature.docmdp_level, signature.fieldmdp
    if change.key in MAINTENANCE:
        return True
    if change.key in _ANNOTATING:
        return permission is MDPPerm.ANNOTATE
    is_locked = locks is not None and bool(change.field) and locks.is_locked(change.field)
    return change.key in _FILLING and permission is not MDPPerm.NO_CHANGES and not is_locked
