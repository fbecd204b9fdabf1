"""The first sample: a service agreement of three pages, set like one that a careful office would send."""

from __future__ import annotations

from pathlib import Path

import pymupdf

from sample_sheet import A4, INK, SOFT, Sheet, Spot

CLIENT, CONTRACTOR = "client", "contractor"
PAGES = 3
MIDDLE = A4[0] / 2
FULL = 770
"""No text below: the footer begins."""
TEXT = Path(__file__).with_suffix(".txt")

FEES = (
    ("Regular visit, two people, half a day", "per visit", "185.00"),
    ("Hedges, cut and cleared, spring and autumn", "per season", "640.00"),
    ("Leaf clearance, October to December", "per visit", "120.00"),
    ("Winter service: paths and car park, by 7 am", "per call", "95.00"),
    ("Extra work by agreement", "per hour", "38.50"),
)


def make() -> tuple[pymupdf.Document, tuple[Spot, ...]]:
    """The document, and where its fields go."""
    document = pymupdf.open()
    spots: list[Spot] = []
    # A new page makes the page objects before it unusable, so each is finished before the next is begun.
    for number, fill in enumerate((_first, _second, _third), start=1):
        sheet = Sheet(document, number)
        fill(sheet)
        _footer(sheet)
        spots += sheet.spots
    document.set_metadata({"title": "Service agreement", "author": "Jones Grounds & Gardens", "subject": "Sample"})
    document.subset_fonts()
    return document, tuple(spots)


def _first(sheet: Sheet) -> None:
    sheet.text(sheet.left, 88, "Service agreement", 25, "bold")
    sheet.text(sheet.left, 109, "Grounds maintenance at Larkfield House", 11.5, ink=SOFT)
    sheet.ends_at(sheet.right, 109, "No. JG-2026-114", ink=SOFT)
    sheet.rule(122, width=1.1, ink=INK)
    _party(
        sheet,
        sheet.left,
        "Client",
        ("Larkfield House Medical Centre", "14 Priory Road, Ashby", "represented by Jane Smith"),
    )
    _party(
        sheet,
        MIDDLE + 6,
        "Contractor",
        ("Jones Grounds & Gardens", "Unit 3, Mill Yard, Ashby", "represented by Bob Jones"),
    )
    _asked(sheet, 232)
    sheet.y = 244
    _clauses(sheet, "first")


def _party(sheet: Sheet, x: float, title: str, lines: tuple[str, ...]) -> None:
    sheet.text(x, 143, title.upper(), 7.6, "bold", SOFT)
    for number, line in enumerate(lines):
        sheet.text(x, 159 + number * 15, line, face="bold" if number == 0 else "regular")


def _asked(sheet: Sheet, y: float) -> None:
    """Two lines the client fills in."""
    sheet.blank("Contact on site", sheet.left, MIDDLE - 14, y)
    sheet.spot(
        "name",
        CLIENT,
        (sheet.left, y - 20, MIDDLE - 14 - sheet.left, 19),
        "Contact on site",
        mapping_key="contact_on_site",
    )
    sheet.blank("Purchase order number, if there is one", MIDDLE + 6, sheet.right, y)
    sheet.spot(
        "text",
        CLIENT,
        (MIDDLE + 6, y - 20, sheet.right - MIDDLE - 6, 19),
        "Purchase order number",
        required=False,
        mapping_key="purchase_order",
    )


def _second(sheet: Sheet) -> None:
    sheet.y = 40
    sheet.heading("4", "Fees")
    sheet.clause(
        "4.1",
        "The Client pays the following prices. They include travel, tools and the removal of green "
        "waste, and exclude value added tax.",
    )
    _fees(sheet)
    sheet.clause(
        "4.2",
        "Prices may be adjusted once a year, for the first time after twelve months, with two months’ "
        "notice and by no more than the official index of consumer prices has risen.",
    )
    _clauses(sheet, "second")
    _choices(sheet)


def _fees(sheet: Sheet) -> None:
    top = sheet.y + 16
    unit_x, height = sheet.right - 138, 21
    sheet.page.draw_rect(
        pymupdf.Rect(sheet.left, top, sheet.right, top + height), color=None, fill=(0.945, 0.945, 0.955)
    )
    for x, words in ((sheet.left + 8, "Service"), (unit_x, "Unit")):
        sheet.text(x, top + 14, words, 8.6, "bold")
    sheet.ends_at(sheet.right - 8, top + 14, "Price", 8.6, "bold")
    for number, (service, unit, price) in enumerate(FEES, start=1):
        base = top + number * height + 14
        sheet.rule(top + number * height)
        sheet.text(sheet.left + 8, base, service)
        sheet.text(unit_x, base, unit, ink=SOFT)
        sheet.ends_at(sheet.right - 8, base, price)
    sheet.y = top + (len(FEES) + 1) * height
    sheet.rule(sheet.y, width=1.1, ink=INK)
    sheet.y += 8


def _choices(sheet: Sheet) -> None:
    """What the client chooses: how often, and how to pay."""
    top = sheet.y + 34
    sheet.page.draw_rect(pymupdf.Rect(sheet.left, top, sheet.right, top + 96), color=(0.72, 0.73, 0.76), width=0.7)
    sheet.text(sheet.left + 14, top + 21, "Regular visits", 8.6, "bold")
    sheet.spot(
        "radio",
        CLIENT,
        (sheet.left + 13, top + 30, 176, 54),
        "Regular visits",
        options=["Every week", "Every two weeks", "Once a month"],
        mapping_key="visits",
    )
    sheet.text(MIDDLE + 6, top + 21, "Invoices are due", 8.6, "bold")
    sheet.blank("Choose a period", MIDDLE + 6, sheet.right - 14, top + 56)
    sheet.spot(
        "dropdown",
        CLIENT,
        (MIDDLE + 6, top + 35, sheet.right - MIDDLE - 20, 20),
        "Invoices are due",
        options=["within 14 days", "within 30 days", "within 60 days"],
        mapping_key="payment_terms",
    )
    sheet.y = top + 96


def _third(sheet: Sheet) -> None:
    sheet.y = 40
    _clauses(sheet, "third")
    sheet.y += 30
    _tick(
        sheet,
        CLIENT,
        "The Client has received the safety rules of the Site and has handed them on.",
        "Safety rules received",
    )
    _tick(
        sheet,
        CONTRACTOR,
        "The Contractor has read the safety rules and will instruct all helpers.",
        "Safety rules read",
    )
    top = sheet.y + 32
    sheet.text(sheet.left, top, "Signatures", 11.2, "bold")
    _signature(sheet, CLIENT, sheet.left, MIDDLE - 14, top + 20, ("For the Client", "Larkfield House Medical Centre"))
    _signature(sheet, CONTRACTOR, MIDDLE + 6, sheet.right, top + 20, ("For the Contractor", "Jones Grounds & Gardens"))


def _tick(sheet: Sheet, role: str, words: str, label: str) -> None:
    box = pymupdf.Rect(sheet.left, sheet.y, sheet.left + 13, sheet.y + 13)
    sheet.page.draw_rect(box, color=SOFT, width=0.7)
    sheet.text(sheet.left + 28, sheet.y + 10, words)
    key = label.lower().replace(" ", "_")
    sheet.spot("checkbox", role, (box.x0, box.y0, box.width, box.height), label, mapping_key=key)
    sheet.y += 24


def _signature(sheet: Sheet, role: str, x0: float, x1: float, top: float, titles: tuple[str, str]) -> None:
    title, company = titles
    sheet.text(x0, top, title.upper(), 7.6, "bold", SOFT)
    sheet.text(x0, top + 15, company)
    sheet.blank("Signature", x0, x1, top + 74)
    sheet.spot("signature", role, (x0, top + 26, x1 - x0, 48), "Signature")
    sheet.blank("Name", x0, x1, top + 114)
    sheet.spot("name", role, (x0, top + 94, x1 - x0, 19), "Name", mapping_key=f"{role}_name")
    sheet.blank("Date", x0, x1, top + 154)
    sheet.spot("date_signed", role, (x0, top + 134, x1 - x0, 19), "Date signed")


def _footer(sheet: Sheet) -> None:
    sheet.rule(788)
    sheet.text(sheet.left, 806, "Service agreement JG-2026-114", 7.6, ink=SOFT)
    sheet.text(sheet.left, 817, f"Page {sheet.number} of {PAGES}", 7.6, ink=SOFT)
    if sheet.number == PAGES:
        return
    for role, title, x in ((CLIENT, "Client", sheet.right - 190), (CONTRACTOR, "Contractor", sheet.right - 82)):
        sheet.rule(812, x, x + 82, 0.7, SOFT)
        sheet.text(x, 821.5, f"Initials, {title}", 6.6, ink=SOFT)
        sheet.spot("initials", role, (x, 790, 82, 21.5), f"Initials page {sheet.number}")


def _clauses(sheet: Sheet, section: str) -> None:
    """Sets one section of `sample_agreement.txt`: a line begins with the number of its clause."""
    sections = TEXT.read_text(encoding="utf-8").split("= ")
    lines = next(text for text in sections if text.startswith(f"{section}\n")).splitlines()[1:]
    for number, _, words in (line.partition(" ") for line in lines):
        place = sheet.clause if "." in number else sheet.heading
        place(number, words)
    if sheet.y > FULL:
        raise ValueError(f"page {sheet.number} is too full: {sheet.y:.0f} pt")
