"""The certificate of completion, set as drawings: A4 sheets that anybody can read and check without us."""

from typing import Final

from app.domain.drawing import Colour, Drawing, Metrics
from app.domain.geometry import Rect
from app.pdf.certificate_facts import CertificateFacts, CertifiedDocument, CertifiedEvent, CertifiedPerson
from app.pdf.sheet import INNER_PT, MARGIN_PT, WIDTH_PT, Sheets, Type

_BLUE: Final = Colour(27, 54, 133)
_BLACK: Final = Colour(24, 27, 34)
_GREY: Final = Colour(92, 98, 112)
_PALE: Final = Colour(244, 245, 248)
_LINE: Final = Colour(212, 215, 223)
_GREEN: Final = Colour(20, 108, 67)
_GREEN_PALE: Final = Colour(226, 243, 233)

TITLE: Final = Type(21, "sans-bold", _BLUE)
SUBJECT: Final = Type(12.5, "sans", _BLACK)
HEADING: Final = Type(12, "sans-bold", _BLACK)
STRONG: Final = Type(9.6, "sans-bold", _BLACK)
BODY: Final = Type(9, "sans", _BLACK)
LABEL: Final = Type(8, "sans", _GREY)
SMALL: Final = Type(7.6, "sans", _BLACK)
FOOT: Final = Type(7.5, "sans", _GREY)
STATUS: Final = Type(9, "sans-bold", _GREEN)

_INDENT: Final = 14.0
_LABELS: Final = 118.0
_RIGHT: Final = WIDTH_PT - MARGIN_PT


def sheets_of(facts: CertificateFacts, metrics: Metrics) -> tuple[Drawing, ...]:
    """One drawing a sheet."""
    sheets = Sheets(metrics, leftwards=facts.leftwards)
    _head(sheets, facts)
    _heading(sheets, facts.heading("documents"))
    for document in facts.documents:
        _document(sheets, document)
    _heading(sheets, facts.heading("people"))
    for person in facts.people:
        _person(sheets, person)
    _heading(sheets, facts.heading("happened"))
    for number, event in enumerate(facts.events):
        _event(sheets, event, number)
    _evidence(sheets, facts)
    sheets.footers(f"{facts.heading('title')} · {facts.envelope}", FOOT)
    return sheets.drawings()


def _head(sheets: Sheets, facts: CertificateFacts) -> None:
    sheets.text(facts.heading("title"), MARGIN_PT, TITLE)
    _pill(sheets, facts.heading("completed") if facts.status == "completed" else facts.status.capitalize())
    sheets.skip(TITLE.step + 2)
    sheets.paragraph(facts.title, MARGIN_PT, INNER_PT, SUBJECT)
    sheets.skip(8)
    sheets.rule(_BLUE, 1.2)
    sheets.skip(10)
    known = ((facts.heading("f1"), facts.envelope), (facts.heading("when"), facts.completed_at))
    about = (*known, *facts.facts)
    for label, words in about:
        _pair(sheets, label, words, MARGIN_PT)


def _pill(sheets: Sheets, words: str) -> None:
    width = sheets.width_of(words, STATUS) + 16
    sheets.skip(5)
    sheets.box(Rect(_RIGHT - width, sheets.y - 2, width, 17), _GREEN_PALE, 8.5)
    sheets.skip(1.5)
    sheets.text(words, _RIGHT - 8, STATUS, right=True)
    sheets.skip(-6.5)


def _heading(sheets: Sheets, words: str) -> None:
    sheets.need(70)
    sheets.skip(14)
    sheets.text(words, MARGIN_PT, HEADING)
    sheets.skip(HEADING.step + 1)
    sheets.rule(_LINE)
    sheets.skip(8)


def _document(sheets: Sheets, document: CertifiedDocument) -> None:
    sheets.need(74)
    if not document.lines:
        pages = f"{document.pages} page{'' if document.pages == 1 else 's'}"
        sheets.text(pages, _RIGHT, LABEL, right=True)
    sheets.paragraph(document.title, MARGIN_PT, INNER_PT - 60, STRONG)
    prints = (
        ("Original", document.original),
        ("Rewritten", document.normalised),
        ("Presented", document.prepared),
        ("Sealed", document.sealed),
        *document.lines,
    )
    for label, digest in prints:
        if digest:
            _pair(sheets, label, digest, MARGIN_PT, SMALL)
    sheets.skip(7)


def _person(sheets: Sheets, person: CertifiedPerson) -> None:
    sheets.need(84)
    sheets.text(f"{person.status}", _RIGHT, LABEL, right=True)
    sheets.paragraph(f"{person.order}.  {person.name}", MARGIN_PT, INNER_PT - 90, STRONG)
    known = (
        ("Role", ", ".join(part for part in (person.role, person.action) if part)),
        ("Contact", person.email),
        ("Identified", person.identified),
        ("Acted", person.acted_at),
    )
    for label, words in (*known, *person.lines):
        if words:
            _pair(sheets, label, words, MARGIN_PT + _INDENT)
    sheets.skip(7)


def _event(sheets: Sheets, event: CertifiedEvent, number: int) -> None:
    at = (MARGIN_PT + 6, MARGIN_PT + 30, MARGIN_PT + 146, MARGIN_PT + 222)
    sentence = sheets.lines(event.sentence, _RIGHT - at[3] - 4, SMALL)
    actor = sheets.lines(event.actor, at[3] - at[2] - 8, SMALL)
    height = max(len(sentence), len(actor)) * SMALL.step + 5
    sheets.need(height)
    if number % 2 == 0:
        sheets.box(Rect(MARGIN_PT, sheets.y, INNER_PT, height), _PALE)
    sheets.skip(2.5)
    sheets.text(str(event.sequence), at[0], LABEL)
    sheets.text(event.when, at[1], SMALL)
    for n in range(max(len(sentence), len(actor))):
        for column, lines in ((at[2], actor), (at[3], sentence)):
            if n < len(lines):
                sheets.text(lines[n], column, SMALL)
        sheets.skip(SMALL.step)
    sheets.skip(2.5)


def _evidence(sheets: Sheets, facts: CertificateFacts) -> None:
    _heading(sheets, facts.heading("evidence"))
    if facts.level:
        sheets.paragraph(facts.level, MARGIN_PT, INNER_PT, BODY)
        sheets.skip(5)
    if facts.audit_head:
        count = facts.heading("events").format(count=facts.audit_count)
        _pair(sheets, facts.heading("trail"), count, MARGIN_PT)
        _pair(sheets, "", facts.audit_head, MARGIN_PT, SMALL)
    if facts.checks:
        _checks(sheets, facts)


def _checks(sheets: Sheets, facts: CertificateFacts) -> None:
    wrapped = [part for check in facts.checks for part in sheets.lines(check, INNER_PT - 20, SMALL)]
    height = len(wrapped) * SMALL.step + 12
    sheets.need(height + 30)
    sheets.skip(6)
    sheets.text(facts.heading("checks"), MARGIN_PT, STRONG)
    sheets.skip(STRONG.step + 2)
    sheets.box(Rect(MARGIN_PT, sheets.y, INNER_PT, height), _PALE, 4)
    sheets.skip(6)
    for part in wrapped:
        sheets.text(part, MARGIN_PT + 10, SMALL, code=True)
        sheets.skip(SMALL.step)
    sheets.skip(6)


def _pair(sheets: Sheets, label: str, words: str, x: float, kind: Type = BODY) -> None:
    """A grey label and its text beside it, wrapped in its own column."""
    sheets.need(BODY.step)
    labels = sheets.lines(label, _LABELS - 10, LABEL)
    texts = sheets.lines(words, _RIGHT - x - _LABELS, kind)
    for n in range(max(len(labels), len(texts))):
        sheets.need(BODY.step)
        sheets.skip(0.8)
        if n < len(labels):
            sheets.text(labels[n], x, LABEL)
        sheets.skip(-0.8)
        if n < len(texts):
            sheets.text(texts[n], x + _LABELS, kind)
        sheets.skip(BODY.step)
