"""The report of a verification, set as drawings: A4 sheets for whoever has to rely on it later."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.drawing import Drawing, Metrics
from app.pdf.sheet import INNER_PT, MARGIN_PT, Sheets
from app.pdf.sheet_parts import BLUE, BODY, FOOT, STRONG, SUBJECT, TITLE, checks, heading, pair, pill

_INDENT: Final = 14.0


@dataclass(frozen=True, slots=True)
class VerifiedSignature:
    """`tone` is good, warn or bad; `facts` are (label, text), `reasons` and `changes` whole sentences."""

    signer: str
    word: str
    tone: str
    facts: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerificationFacts:
    """What the report tells, ready for reading. `about` are (label, text) pairs of the file, `notes` sentences about
    what is worth a look, `commands` what checks it without us. `headings` are the fixed words, by name: title,
    signatures, notes, checks, note, why, since; `leftwards`: in a language written to the left.
    """

    word: str
    tone: str
    sentence: str
    about: tuple[tuple[str, str], ...]
    headings: Mapping[str, str]
    signatures: tuple[VerifiedSignature, ...] = ()
    notes: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    leftwards: bool = False


def report_sheets(facts: VerificationFacts, metrics: Metrics) -> tuple[Drawing, ...]:
    """One drawing a sheet."""
    sheets = Sheets(metrics, leftwards=facts.leftwards)
    sheets.text(facts.headings["title"], MARGIN_PT, TITLE)
    pill(sheets, facts.word, facts.tone)
    sheets.skip(TITLE.step + 2)
    sheets.paragraph(facts.sentence, MARGIN_PT, INNER_PT, SUBJECT)
    sheets.skip(8)
    sheets.rule(BLUE, 1.2)
    sheets.skip(10)
    for label, words in facts.about:
        pair(sheets, label, words, MARGIN_PT)
    if facts.signatures:
        heading(sheets, facts.headings["signatures"])
    for number, signature in enumerate(facts.signatures, start=1):
        _signature(sheets, signature, number, facts.headings)
    if facts.notes:
        heading(sheets, facts.headings["notes"])
        _listed(sheets, facts.notes, MARGIN_PT)
    if facts.commands:
        sheets.skip(8)
        checks(sheets, facts.headings["checks"], facts.commands)
    sheets.footers(facts.headings["title"], FOOT)
    return sheets.drawings()


def _signature(sheets: Sheets, signature: VerifiedSignature, number: int, headings: Mapping[str, str]) -> None:
    sheets.need(96)
    sheets.skip(-5)
    pill(sheets, signature.word, signature.tone)
    sheets.skip(5)
    sheets.paragraph(f"{number}.  {signature.signer}", MARGIN_PT, INNER_PT - 130, STRONG)
    sheets.skip(2)
    for label, words in signature.facts:
        pair(sheets, label, words, MARGIN_PT + _INDENT)
    why = headings["note" if signature.tone == "good" else "why"]
    for title, sentences in ((why, signature.reasons), (headings["since"], signature.changes)):
        for at, sentence in enumerate(sentences):
            pair(sheets, "" if at else title, sentence, MARGIN_PT + _INDENT)
    sheets.skip(9)


def _listed(sheets: Sheets, sentences: tuple[str, ...], x: float) -> None:
    for sentence in sentences:
        sheets.need(BODY.step)
        sheets.text("\u2013", x, BODY)
        sheets.paragraph(sentence, x + _INDENT, INNER_PT - _INDENT, BODY)
        sheets.skip(2)
