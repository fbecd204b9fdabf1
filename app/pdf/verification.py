"""The report of a verification, set as drawings: A4 sheets for whoever has to rely on it later."""

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
    what is worth a look, `commands` what checks it without us.
    """

    word: str
    tone: str
    sentence: str
    about: tuple[tuple[str, str], ...]
    signatures: tuple[VerifiedSignature, ...] = ()
    notes: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


def report_sheets(facts: VerificationFacts, metrics: Metrics) -> tuple[Drawing, ...]:
    """One drawing a sheet."""
    sheets = Sheets(metrics)
    sheets.text("Verification report", MARGIN_PT, TITLE)
    pill(sheets, facts.word, facts.tone)
    sheets.skip(TITLE.step + 2)
    sheets.paragraph(facts.sentence, MARGIN_PT, INNER_PT, SUBJECT)
    sheets.skip(8)
    sheets.rule(BLUE, 1.2)
    sheets.skip(10)
    for label, words in facts.about:
        pair(sheets, label, words, MARGIN_PT)
    if facts.signatures:
        heading(sheets, "Signatures")
    for number, signature in enumerate(facts.signatures, start=1):
        _signature(sheets, signature, number)
    if facts.notes:
        heading(sheets, "Worth a look")
        _listed(sheets, facts.notes, MARGIN_PT)
    if facts.commands:
        sheets.skip(8)
        checks(sheets, "To check all this without Paraph", facts.commands)
    sheets.footers("Verification report", FOOT)
    return sheets.drawings()


def _signature(sheets: Sheets, signature: VerifiedSignature, number: int) -> None:
    sheets.need(96)
    sheets.skip(-5)
    pill(sheets, signature.word, signature.tone)
    sheets.skip(5)
    sheets.paragraph(f"{number}.  {signature.signer}", MARGIN_PT, INNER_PT - 130, STRONG)
    sheets.skip(2)
    for label, words in signature.facts:
        pair(sheets, label, words, MARGIN_PT + _INDENT)
    why = "Note" if signature.tone == "good" else "Why"
    for title, sentences in ((why, signature.reasons), ("Since then", signature.changes)):
        for at, sentence in enumerate(sentences):
            pair(sheets, "" if at else title, sentence, MARGIN_PT + _INDENT)
    sheets.skip(9)


def _listed(sheets: Sheets, sentences: tuple[str, ...], x: float) -> None:
    for sentence in sentences:
        sheets.need(BODY.step)
        sheets.text("\u2013", x, BODY)
        sheets.paragraph(sentence, x + _INDENT, INNER_PT - _INDENT, BODY)
        sheets.skip(2)
