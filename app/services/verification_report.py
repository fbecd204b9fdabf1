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
from app.services.verdict_words import ENGLISH, Words
from app.services.verifying import Judged, Unjudged

SUFFIXES: Final = (".pdf", ".json")


def check_name(path: Path) -> None:
    """Before anything is judged: the name of the file says what it will be. Raises `UsageError`."""
    if path.suffix.lower() not in SUFFIXES:
        raise errors.UsageError(problem=f"a report is called something.pdf or something.json, not {path.name!r}")


def save(house: House, judged: Judged, out: Path, language: str = "") -> Path:
    """One file's report, PDF or JSON by its name. Raises `UsageError` or `NotWritable`; nothing is left half."""
    return save_all(house, [judged], out, language)


def save_all(house: House, judged: Sequence[Judged | Unjudged], out: Path, language: str = "") -> Path:
    """Of several files one report: in the JSON a list, in the PDF each begins a page. The PDF is in this `language`,
    else in that of the settings.
    """
    check_name(out)
    if out.suffix.lower() == ".json":
        write_whole(out, json.dumps([verifying.as_json(one) for one in judged], indent=1, ensure_ascii=False) + "\n")
        return out
    words = verdict_words.in_language(language or house.settings.report_language)
    drawings = tuple(sheet for one in judged for sheet in report_sheets(facts_of(one, words), house.metrics))
    made = house.library.blobs.new_file(".pdf")
    try:
        title = f"{words.labels['title']}: {', '.join(one.path.name for one in judged)}"
        house.maker.sheets(drawings, made, title[:200])
        write_whole(out, made.read_bytes())
    finally:
        made.unlink(missing_ok=True)
    return out


def facts_of(judged: Judged | Unjudged, words: Words = ENGLISH) -> VerificationFacts:
    """Times in UTC, each told with the clock it comes from."""
    told = words.labels
    if isinstance(judged, Unjudged):
        said, about = messages.words(judged.problem), ((told["file"], judged.path.name),)
        return VerificationFacts(told["not_judged"], "warn", said.line, about, told, leftwards=words.leftwards)
    report = judged.report
    pairs = (
        (told["file"], judged.path.name),
        ("SHA-256", report.sha256),
        (told["size"], told["bytes"].format(count=_grouped(judged.size, words)) if judged.size else ""),
        (told["revisions"], str(report.revisions) if report.revisions else ""),
        (told["judged"], told["by_device"].format(when=_moment(judged.at)) if judged.at else ""),
    )
    findings = (verdict_words.finding_words(each, words) for each in judged.findings)
    return VerificationFacts(
        word=words.verdicts[report.verdict],
        tone=verdict_words.TONES[report.verdict],
        sentence=verdict_words.sentence(report, words),
        about=tuple(pair for pair in pairs if pair[1]),
        headings=told,
        signatures=tuple(_signature(each, words) for each in report.signatures),
        notes=(*verdict_words.file_reasons(report, words), *verdict_words.suspicions(report, words), *findings),
        commands=_commands(judged, words),
        leftwards=words.leftwards,
    )


def _signature(one: SignatureReport, words: Words) -> VerifiedSignature:
    told = words.labels
    word, tone = verdict_words.word_of(one, words)
    covered = told["first_bytes"].format(revision=one.revision, count=_grouped(one.revision_end, words))
    facts = (
        (told["proven_time"], told["by_stamp"].format(when=_moment(one.proven_time)) if one.proven_time else ""),
        (told["stated_time"], told["by_signer"].format(when=_moment(one.claimed_time)) if one.claimed_time else ""),
        (told["standing"], ". ".join(verdict_words.standing(one, words)) + "."),
        (told["issuer"], one.issuer),
        (told["serial"], one.serial),
        (told["certificate"], one.certificate_sha256),
        (told["reason"], one.reason),
        (told["place"], one.location),
        (told["field"], told["field_on"].format(field=one.field, page=one.page) if one.page else one.field),
        (told["signed_bytes"], covered if one.revision_end else ""),
    )
    return VerifiedSignature(
        signer=one.signer or told["unknown"],
        word=word,
        tone=tone,
        facts=tuple(pair for pair in facts if pair[1]),
        reasons=tuple(verdict_words.reasons(one, words)),
        changes=tuple(verdict_words.changes(one, words)),
    )


def _commands(judged: Judged, words: Words) -> tuple[str, ...]:
    """What anybody can run: fingerprints of the file and of what each signature covers, and a second opinion."""
    told, name = words.labels, shlex.quote(judged.path.name)
    report = judged.report
    ends = dict.fromkeys(one.revision_end for one in report.signatures if one.revision_end)
    return (
        f"sha256sum {name}    # {report.sha256}",
        *(
            f"head -c {end} {name} > signed-{number}.pdf    # {told['what_was_signed']}"
            for number, end in enumerate(ends, 1)
        ),
        f"pdfsig {name}    # {told['second_opinion']}",
        f"qpdf --check {name}    # {told['well_built']}",
    )


def _grouped(number: int, words: Words) -> str:
    """With commas in English, else with blanks, which no language takes for a decimal sign (ISO 80000-1, 7.3.1). In
    one written to the left groups would change places, so there are none.
    """
    if words.leftwards:
        return str(number)
    return f"{number:,}" if words is ENGLISH else f"{number:,}".replace(",", "\u00a0")


def _moment(when: datetime | None) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if when else ""
