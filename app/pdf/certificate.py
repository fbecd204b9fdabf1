"""The certificate of completion, set as drawings: A4 sheets that anybody can read and check without us."""

from typing import Final

from app.domain.drawing import Drawing, Metrics
from app.domain.geometry import Rect
from app.pdf.certificate_facts import CertificateFacts, CertifiedDocument, CertifiedEvent, CertifiedPerson
from app.pdf.sheet import INNER_PT, MARGIN_PT, Sheets
from app.pdf.sheet_parts import (
    BLUE,
    BODY,
    FOOT,
    LABEL,
    PALE,
    RIGHT,
    SMALL,
    STRONG,
    SUBJECT,
    TITLE,
    checks,
    heading,
    pair,
    pill,
)

_INDENT: Final = 14.0


def sheets_of(facts: CertificateFacts, metrics: Metrics) -> tuple[Drawing, ...]:
    """One drawing a sheet."""
    sheets = Sheets(metrics, leftwards=facts.leftwards)
    _head(sheets, facts)
    heading(sheets, facts.heading("documents"))
    for document in facts.documents:
        _document(sheets, document)
    heading(sheets, facts.heading("people"))
    for person in facts.people:
        _person(sheets, person)
    heading(sheets, facts.heading("happened"))
    for number, event in enumerate(facts.events):
        _event(sheets, event, number)
    _evidence(sheets, facts)
    sheets.footers(f"{facts.heading('title')} · {facts.envelope}", FOOT)
    return sheets.drawings()


def _head(sheets: Sheets, facts: CertificateFacts) -> None:
    sheets.text(facts.heading("title"), MARGIN_PT, TITLE)
    pill(sheets, facts.heading("completed") if facts.status == "completed" else facts.status.capitalize())
    sheets.skip(TITLE.step + 2)
    sheets.paragraph(facts.title, MARGIN_PT, INNER_PT, SUBJECT)
    sheets.skip(8)
    sheets.rule(BLUE, 1.2)
    sheets.skip(10)
    known = ((facts.heading("f1"), facts.envelope), (facts.heading("when"), facts.completed_at))
    about = (*known, *facts.facts)
    for label, words in about:
        pair(sheets, label, words, MARGIN_PT)


def _document(sheets: Sheets, document: CertifiedDocument) -> None:
    sheets.need(74)
    if not document.lines:
        pages = f"{document.pages} page{'' if document.pages == 1 else 's'}"
        sheets.text(pages, RIGHT, LABEL, right=True)
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
            pair(sheets, label, digest, MARGIN_PT, SMALL)
    sheets.skip(7)


def _person(sheets: Sheets, person: CertifiedPerson) -> None:
    sheets.need(84)
    sheets.text(f"{person.status}", RIGHT, LABEL, right=True)
    sheets.paragraph(f"{person.order}.  {person.name}", MARGIN_PT, INNER_PT - 90, STRONG)
    known = (
        ("Role", ", ".join(part for part in (person.role, person.action) if part)),
        ("Contact", person.email),
        ("Identified", person.identified),
        ("Acted", person.acted_at),
    )
    for label, words in (*known, *person.lines):
        if words:
            pair(sheets, label, words, MARGIN_PT + _INDENT)
    sheets.skip(7)


def _event(sheets: Sheets, event: CertifiedEvent, number: int) -> None:
    at = (MARGIN_PT + 6, MARGIN_PT + 30, MARGIN_PT + 146, MARGIN_PT + 222)
    sentence = sheets.lines(event.sentence, RIGHT - at[3] - 4, SMALL)
    actor = sheets.lines(event.actor, at[3] - at[2] - 8, SMALL)
    height = max(len(sentence), len(actor)) * SMALL.step + 5
    sheets.need(height)
    if number % 2 == 0:
        sheets.box(Rect(MARGIN_PT, sheets.y, INNER_PT, height), PALE)
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
    heading(sheets, facts.heading("evidence"))
    if facts.level:
        sheets.paragraph(facts.level, MARGIN_PT, INNER_PT, BODY)
        sheets.skip(5)
    if facts.audit_head:
        count = facts.heading("events").format(count=facts.audit_count)
        pair(sheets, facts.heading("trail"), count, MARGIN_PT)
        pair(sheets, "", facts.audit_head, MARGIN_PT, SMALL)
    if facts.checks:
        checks(sheets, facts.heading("checks"), facts.checks)
