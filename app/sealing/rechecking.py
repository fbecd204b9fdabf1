"""Our own output is read again like a stranger's file before anybody gets it (sealing rule 2)."""

import hashlib
import logging
import mmap
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

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
from app.sealing.form import form_of
from app.sealing.integrity import digest_signatures, is_intact

# What is wrong is told as an error with facts; pyHanko's own report of a refused change would only be noise.
logging.getLogger("pyhanko.sign.diff_analysis").setLevel(logging.ERROR)

_MOST_REMEMBERED: Final = 256
_STRICTER: Final = StandardDiffPolicy(
    DEFAULT_DIFF_POLICY.global_rules, DEFAULT_DIFF_POLICY.form_rule, ignore_orphaned_objects=False
)
"""pyHanko's rules; objects nothing refers to, which we never write, are not looked for and not forgiven."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the file must hold: the new signature's field and certificate, how many signatures in all, and how many
    bytes of it are the revision before.
    """

    signature_field: str
    certificate_der: bytes
    signatures: int
    before_bytes: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that holds."""

    sha256: Sha256
    size: int


class Rechecker:
    """Remembers the fingerprints of what it has found good.

    A revision that stands on a remembered file is compared with that file alone: its earlier signatures were judged
    then, and not one of their bytes has changed since, as its fingerprint proves. Otherwise all are judged anew.
    """

    def __init__(self) -> None:
        self._good: OrderedDict[str, None] = OrderedDict()

    def check(self, draft: Path, path: str, expected: Expected) -> Checked:
        """Raises `SealNotTrusted`: unreadable, count, certificate, coverage or signature for the new signature, and
        for those before it earlier_signature, changes or docmdp.
        """
        with draft.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as memory:
            running = hashlib.sha256(memory[: expected.before_bytes])
            is_known = running.hexdigest() in self._good
            running.update(memory[expected.before_bytes :])
            _judge(path, lambda: _fault(PdfFileReader(stream, strict=True), memory, expected, is_known))
            checked = Checked(Sha256(running.hexdigest()), len(memory))
        self._remember(checked.sha256)
        return checked

    def check_earlier(self, draft: Path, path: str, signatures: int) -> None:
        """For a revision that adds no signature; raises as `check` does."""
        with draft.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as memory:
            _judge(path, lambda: _fault_of_all(PdfFileReader(stream, strict=True), memory, signatures))

    def _remember(self, sha256: str) -> None:
        self._good[sha256] = None
        while len(self._good) > _MOST_REMEMBERED:
            self._good.popitem(last=False)


def _judge(path: str, fault: Callable[[], str | None]) -> None:
    try:
        reason = fault()
    except MemoryError:
        raise
    except SuspiciousModification as error:
        raise errors.SealNotTrusted(path=path, reason="changes") from error
    except Exception as error:
        # pyHanko's "not valid" often arrives as an exception, of any kind.
        raise errors.SealNotTrusted(path=path, reason="unreadable") from error
    if reason:
        raise errors.SealNotTrusted(path=path, reason=reason)


def _fault(reader: PdfFileReader, memory: mmap.mmap, expected: Expected, is_known: bool) -> str | None:
    signatures = _signatures(reader)
    if len(signatures) != expected.signatures:
        return "count"
    last, earlier = signatures[-1], signatures[:-1]
    if last.field_name != expected.signature_field or last.signer_cert.dump() != expected.certificate_der:
        return "certificate"
    digest_signatures([last] if is_known else signatures, memory)
    if last.evaluate_signature_coverage() is not SignatureCoverageLevel.ENTIRE_FILE:
        return "coverage"
    if not is_intact(last):
        return "signature"
    return _fault_of_step(reader, earlier) if is_known else _fault_of_earlier(earlier)


def _fault_of_all(reader: PdfFileReader, memory: mmap.mmap, expected: int) -> str | None:
    signatures = _signatures(reader)
    digest_signatures(signatures, memory)
    return _fault_of_earlier(signatures) if len(signatures) == expected else "count"


def _signatures(reader: PdfFileReader) -> Sequence[EmbeddedPdfSignature]:
    if reader.encrypted:
        reader.decrypt("")
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


def _fault_of_step(reader: PdfFileReader, earlier: Sequence[EmbeddedPdfSignature]) -> str | None:
    """The last revision against the one before it: allowed then to every earlier signature, or to none."""
    if not earlier:
        return None
    levels = [level for each in earlier if (level := each.docmdp_level) is not None]
    last = reader.xrefs.total_revisions - 1
    step = _STRICTER.apply(
        old=reader.get_historical_resolver(last - 1),
        new=reader.get_historical_resolver(last),
        doc_mdp=min(levels, key=lambda level: level.value, default=None),
    )
    if step.modification_level > ModificationLevel.FORM_FILLING:
        return "changes"
    if any(step.modification_level.value > level.value for level in levels):
        return "docmdp"
    locks = [lock for each in earlier if (lock := each.fieldmdp) is not None]
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
