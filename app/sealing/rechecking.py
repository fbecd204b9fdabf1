"""Our own output is read again like a stranger's file before anybody gets it (sealing rule 2)."""

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    ModificationLevel,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from app.domain import errors
from app.domain.ids import Sha256
from app.sealing.cms import CmsTemplate
from app.sealing.form import form_of
from app.sealing.glancing import Appended, fault_at_a_glance
from app.sealing.integrity import digest_signatures, is_intact
from app.sealing.permissions import Permissions
from app.sealing.publishing import reading

T = TypeVar("T")

# What is wrong is told as an error with facts; pyHanko's own report of a refused change would only be noise.
logging.getLogger("pyhanko.sign.diff_analysis").setLevel(logging.ERROR)

_MOST_REMEMBERED: Final = 256
_STRICTER: Final = StandardDiffPolicy(
    DEFAULT_DIFF_POLICY.global_rules, DEFAULT_DIFF_POLICY.form_rule, ignore_orphaned_objects=False
)
"""pyHanko's rules; objects nothing refers to, which we never write, are not looked for and not forgiven."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the file must hold: the new signature's field, key and permissions, how many signatures in all, and how
    many bytes of it are the revision before.
    """

    signature_field: str
    template: CmsTemplate
    permissions: Permissions
    signatures: int
    before_bytes: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that holds."""

    sha256: Sha256
    size: int


class Rechecker:
    """Remembers the fingerprints of what it has found good, and the certificates whose signatures it has.

    A revision that stands on a remembered file is compared with that file alone: its earlier signatures were judged
    then, and not one of their bytes has changed since, as its fingerprint proves. Otherwise all are judged anew. A new
    signature is judged by pyHanko once for each certificate, then at a glance (see `glancing`).
    """

    def __init__(self) -> None:
        self._good: OrderedDict[str, tuple[Permissions, ...]] = OrderedDict()
        self._proved: OrderedDict[str, None] = OrderedDict()

    def known(self, draft: Path) -> tuple[Permissions, ...] | None:
        """What the signatures of a file allow that was found good before, None for any other file."""
        with draft.open("rb") as stream:
            return self._good.get(hashlib.file_digest(stream, "sha256").hexdigest())

    def check(self, draft: Path, path: str, expected: Expected) -> Checked:
        """Raises `SealNotTrusted`: unreadable, count, certificate, coverage or signature for the new signature, and
        for those before it earlier_signature, changes or docmdp.
        """
        with reading(draft) as (stream, memory):
            before = hashlib.sha256(memory[: expected.before_bytes])
            earlier = self._good.get(before.hexdigest()) if expected.signatures > 1 else ()
            file = Appended(memory, expected.before_bytes, before)
            after = _judge(path, lambda: self._after(PdfFileReader(stream, strict=True), file, expected, earlier))
            whole = before.copy()
            whole.update(memory[expected.before_bytes :])
            checked = Checked(Sha256(whole.hexdigest()), len(memory))
        _keep(self._good, checked.sha256, after)
        _keep(self._proved, expected.template.key.certificate_sha256, None)
        return checked

    def _after(
        self, reader: PdfFileReader, file: Appended, expected: Expected, earlier: tuple[Permissions, ...] | None
    ) -> tuple[Permissions, ...] | str:
        """The permissions of all signatures in the file, or what is wrong. `earlier` None: nothing is known of them."""
        key = expected.template.key
        if earlier is not None and len(earlier) + 1 != expected.signatures:
            return "count"
        if earlier is None or key.certificate_sha256 not in self._proved or key.digest != "sha256":
            return _judged_anew(reader, file, expected, earlier is not None)
        _unlock(reader)
        fault = fault_at_a_glance(reader, file, expected.signature_field, expected.template)
        return fault or _fault_of_step(reader, file.start, earlier) or (*earlier, expected.permissions)


def check_earlier(draft: Path, path: str, signatures: int) -> None:
    """For a revision that adds no signature; raises as `Rechecker.check` does."""

    def judged(stream: BinaryIO, memory: memoryview) -> tuple[()] | str:
        found = _signatures(PdfFileReader(stream, strict=True))
        digest_signatures(found, memory)
        return _fault_of_earlier(found) or (() if len(found) == signatures else "count")

    with reading(draft) as (stream, memory):
        _judge(path, lambda: judged(stream, memory))


def _keep(kept: OrderedDict[str, T], key: str, value: T) -> None:
    kept[key] = value
    while len(kept) > _MOST_REMEMBERED:
        kept.popitem(last=False)


def _judge(path: str, judgement: Callable[[], tuple[Permissions, ...] | str]) -> tuple[Permissions, ...]:
    """A judgement is a text when something is wrong."""
    try:
        found = judgement()
    except MemoryError:
        raise
    except SuspiciousModification as error:
        raise errors.SealNotTrusted(path=path, reason="changes") from error
    except Exception as error:
        # pyHanko's "not valid" often arrives as an exception, of any kind.
        raise errors.SealNotTrusted(path=path, reason="unreadable") from error
    if isinstance(found, str):
        raise errors.SealNotTrusted(path=path, reason=found)
    return found


def _judged_anew(
    reader: PdfFileReader, file: Appended, expected: Expected, earlier_are_known: bool
) -> tuple[Permissions, ...] | str:
    signatures = _signatures(reader)
    if len(signatures) != expected.signatures:
        return "count"
    last, earlier = signatures[-1], signatures[:-1]
    certificate = expected.template.key.certificate_der
    if last.field_name != expected.signature_field or last.signer_cert.dump() != certificate:
        return "certificate"
    digest_signatures([last] if earlier_are_known else signatures, file.memory)
    if last.evaluate_signature_coverage() is not SignatureCoverageLevel.ENTIRE_FILE:
        return "coverage"
    if not is_intact(last) or not _is_as_written(last, expected.template):
        return "signature"
    standing = tuple(Permissions(each.docmdp_level, each.fieldmdp) for each in signatures)
    fault = _fault_of_step(reader, file.start, standing[:-1]) if earlier_are_known else _fault_of_earlier(earlier)
    return fault or standing


def _is_as_written(signature: EmbeddedPdfSignature, template: CmsTemplate) -> bool:
    """Also that nothing hides behind the signature, in the room that no signature covers."""
    digest = signature.compute_digest(template.key.digest)
    return template.is_signature_over(digest, bytes(signature.pkcs7_content))


def _unlock(reader: PdfFileReader) -> None:
    if reader.encrypted:
        reader.decrypt("")


def _signatures(reader: PdfFileReader) -> Sequence[EmbeddedPdfSignature]:
    _unlock(reader)
    return list(reader.embedded_signatures)


def _fault_of_earlier(signatures: Sequence[EmbeddedPdfSignature]) -> str | None:
    return next((fault for each in signatures if (fault := _fault_of_one(each))), None)


def _fault_of_one(signature: EmbeddedPdfSignature) -> str | None:
    """Everything since this signature, revision by revision."""
    if not is_intact(signature):
        return "earlier_signature"
    signature.compute_integrity_info()
    facts = signature.summarise_integrity_info()
    level = getattr(facts["diff_result"], "modification_level", ModificationLevel.OTHER)
    if level > ModificationLevel.FORM_FILLING:
        return "changes"
    return None if facts["docmdp_ok"] else "docmdp"


def _fault_of_step(reader: PdfFileReader, before_bytes: int, earlier: Sequence[Permissions]) -> str | None:
    """The last revision against the one before it, which must end where the known file did: what is allowed then to
    every earlier signature.
    """
    if not earlier:
        return None
    levels = [each.docmdp for each in earlier if each.docmdp is not None]
    last = reader.xrefs.total_revisions - 1
    if last < 1 or reader.xrefs.get_xref_container_info(last - 1).end_location > before_bytes:
        return "changes"
    step = _STRICTER.apply(
        old=reader.get_historical_resolver(last - 1),
        new=reader.get_historical_resolver(last),
        doc_mdp=min(levels, key=lambda level: level.value, default=None),
    )
    if step.modification_level > ModificationLevel.FORM_FILLING:
        return "changes"
    if any(step.modification_level.value > level.value for level in levels):
        return "docmdp"
    locks = [each.lock for each in earlier if each.lock is not None]
    is_locked = any(lock.is_locked(name) for lock in locks for name in _rewritten_fields(reader, last))
    return "changes" if is_locked else None


def _rewritten_fields(reader: PdfFileReader, revision: int) -> set[str]:
    """By name. pyHanko's own list also names fields whose appearance is older than the revision compared with."""
    written = reader.get_historical_resolver(revision).explicit_refs_in_revision()
    return {
        entry.name
        for entry in form_of(reader).values()
        if any(each.container_ref in written for each in (entry.field, *entry.widgets))
    }
