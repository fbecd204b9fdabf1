"""A verification to keep: as JSON for programs, as a PDF for people who were not there."""

import json
import shlex
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.domain import errors
from app.domain.verdict import SignatureReport
from app.pdf import VerificationFacts, VerifiedSignature, report_sheets
from app.services import messages, verdict_words, verifying
from app.services.house import House
from app.services.named_files import write_whole
from app.services.verifying import Judged, Unjudged

SUFFIXES: Final = (".pdf", ".json")


def check_name(path: Path) -> None:
    """Before anything is judged: the name of the file says what it will be. Raises `UsageError`."""
    if path.suffix.lower() not in SUFFIXES:
        raise errors.UsageError(problem=f"a report is called something.pdf or something.json, not {path.name!r}")


def save(house: House, judged: Judged, out: Path) -> Path:
    """One file's report, PDF or JSON by its name. Raises `UsageError` or `NotWritable`; nothing is left half."""
    return save_all(house, [judged], out)


def save_all(house: House, judged: Sequence[Judged | Unjudged], out: Path) -> Path:
    """Of several files one report: in the JSON a list, in the PDF each begins a page."""
    check_name(out)
    if out.suffix.lower() == ".json":
        write_whole(out, json.dumps([verifying.as_json(one) for one in judged], indent=1, ensure_ascii=False) + "\n")
        return out
    drawings = tuple(sheet for one in judged for sheet in report_sheets(facts_of(one), house.metrics))
    made = house.library.blobs.new_file(".pdf")
    try:
        house.maker.sheets(drawings, made, f"Verification report: {', '.join(one.path.name for one in judged)}"[:200])
        write_whole(out, made.read_bytes())
    finally:
        made.unlink(missing_ok=True)
    return out


def facts_of(judged: Judged | Unjudged) -> VerificationFacts:
    """Times in UTC, each told with the clock it comes from."""
    if isinstance(judged, Unjudged):
        said = messages.words(judged.problem)
        return VerificationFacts("Not judged", "warn", said.line, (("File", judged.path.name),))
    report = judged.report
    word, tone = verdict_words.VERDICTS[report.verdict]
    about = (
        ("File", judged.path.name),
        ("SHA-256", report.sha256),
        ("Size", f"{judged.size:,} bytes" if judged.size else ""),
        ("Revisions", str(report.revisions) if report.revisions else ""),
        ("Judged", f"{_moment(judged.at)}, by the clock of this device" if judged.at else ""),
    )
    return VerificationFacts(
        word=word,
        tone=tone,
        sentence=judged.sentence,
        about=tuple(pair for pair in about if pair[1]),
        signatures=tuple(map(_signature, report.signatures)),
        notes=(*verdict_words.file_reasons(report), *verdict_words.suspicions(report), *judged.notes),
        commands=_commands(judged),
    )


def _signature(one: SignatureReport) -> VerifiedSignature:
    word, tone = verdict_words.word_of(one)
    facts = (
        ("Proven time", f"{_moment(one.proven_time)}, by a time stamp" if one.proven_time else ""),
        ("Stated time", f"{_moment(one.claimed_time)}, by the signer's clock" if one.claimed_time else ""),
        ("Standing", ". ".join(verdict_words.standing(one)) + "."),
        ("Issued by", one.issuer),
        ("Serial", one.serial),
        ("Certificate SHA-256", one.certificate_sha256),
        ("Reason", one.reason),
        ("Place", one.location),
        ("Field", f"{one.field}{f', page {one.page}' if one.page else ''}"),
        ("Signed bytes", f"revision {one.revision}, the first {one.revision_end:,} bytes" if one.revision_end else ""),
    )
    return VerifiedSignature(
        signer=one.signer or "Unknown signer",
        word=word,
        tone=tone,
        facts=tuple(pair for pair in facts if pair[1]),
        reasons=tuple(verdict_words.reasons(one)),
        changes=tuple(verdict_words.changes(one)),
    )


def _commands(judged: Judged) -> tuple[str, ...]:
    """What anybody can run: fingerprints of the file and of what each signature covers, and a second opinion."""
    name = shlex.quote(judged.path.name)
    report = judged.report
    ends = dict.fromkeys(one.revision_end for one in report.signatures if one.revision_end)
    return (
        f"sha256sum {name}    # {report.sha256}",
        *(f"head -c {end} {name} > signed-{number}.pdf    # what was signed" for number, end in enumerate(ends, 1)),
        f"pdfsig {name}    # a second opinion about the signatures",
        f"qpdf --check {name}    # whether the file is well built",
    )


def _moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
