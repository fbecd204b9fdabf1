"""The second sample: a paper form as an office scanner delivers it: one grey picture, a little askew, turned by
/Rotate 90, its CropBox away from the origin.
"""

from __future__ import annotations

import io
import math
import random
from dataclasses import replace

import pymupdf
from PIL import Image, ImageChops, ImageFilter

from sample_agreement import CLIENT, CONTRACTOR
from sample_sheet import A4, INK, Sheet, Spot

DPI = 150
ASKEW_DEGREES = 0.32
PAPER, QUALITY = 246, 52
ORIGIN = (31.0, 23.5)
"""Lower left corner of the CropBox in user space."""

CHECKS = (
    ("paths", "Paths and steps are even and free of ice or leaves"),
    ("drains", "Drains and gullies are clear"),
    ("trees", "Trees: no dead or hanging branches"),
    ("lights", "Outdoor lights work"),
)


def make() -> tuple[pymupdf.Document, tuple[Spot, ...]]:
    """The document, and where its fields go on the page as displayed."""
    drawn = pymupdf.open()
    sheet = Sheet(drawn, 1, margin=58)
    _draw(sheet)
    document = _placed(_scanned(drawn))
    document.set_metadata({"title": "Site inspection form", "subject": "Sample", "producer": "Office scanner"})
    return document, tuple(_askew(spot) for spot in sheet.spots)


def _draw(sheet: Sheet) -> None:
    page = sheet.page
    page.draw_rect(pymupdf.Rect(sheet.left, 52, sheet.right, 104), color=INK, width=1.4)
    sheet.text(sheet.left + 14, 84, "SITE INSPECTION FORM", 19, "bold")
    sheet.ends_at(sheet.right - 14, 76, "Form 7 b", 9)
    sheet.ends_at(sheet.right - 14, 90, "Keep with the agreement", 9)
    _line(sheet, "Site", "Larkfield House, 14 Priory Road, Ashby", 140)
    _line(sheet, "Inspected by", "", 176)
    sheet.spot(
        "name",
        CLIENT,
        (sheet.left + 104, 157, sheet.right - sheet.left - 104, 18),
        "Inspected by",
        mapping_key="inspected_by",
    )
    _line(sheet, "Date of visit", "", 212)
    sheet.spot(
        "date",
        CLIENT,
        (sheet.left + 104, 193, sheet.right - sheet.left - 104, 18),
        "Date of visit",
        mapping_key="date_of_visit",
    )
    _checks(sheet, 250)
    _remarks(sheet, 440)
    _signed(sheet, 668)


def _line(sheet: Sheet, caption: str, words: str, y: float) -> None:
    sheet.text(sheet.left, y - 4, caption, 10.5)
    sheet.text(sheet.left + 108, y - 4, words, 11, "bold")
    sheet.rule(y, sheet.left + 104, sheet.right, 0.9, INK)


def _checks(sheet: Sheet, top: float) -> None:
    sheet.text(sheet.left, top, "Please tick what was found in order", 10.5, "bold")
    for number, (key, words) in enumerate(CHECKS):
        y = top + 18 + number * 34
        sheet.page.draw_rect(pymupdf.Rect(sheet.left, y, sheet.left + 17, y + 17), color=INK, width=1.2)
        sheet.text(sheet.left + 34, y + 13, words, 10.5)
        sheet.spot("checkbox", CLIENT, (sheet.left, y, 17, 17), words, required=False, mapping_key=key)


def _remarks(sheet: Sheet, top: float) -> None:
    sheet.text(sheet.left, top, "Remarks of the Contractor, and repairs to be made first", 10.5, "bold")
    box = pymupdf.Rect(sheet.left, top + 12, sheet.right, top + 132)
    sheet.page.draw_rect(box, color=INK, width=1.2)
    sheet.spot(
        "text",
        CONTRACTOR,
        (box.x0 + 5, box.y0 + 4, box.width - 10, box.height - 8),
        "Remarks",
        required=False,
        mapping_key="remarks",
    )
    sheet.text(
        sheet.left,
        top + 160,
        "Filled in by the Client before the first visit, then gone through on site by both.",
        10.5,
    )


def _signed(sheet: Sheet, base: float) -> None:
    middle = A4[0] / 2
    sides = (
        (CLIENT, "Inspected for the Client", sheet.left, middle - 12),
        (CONTRACTOR, "Seen by the Contractor", middle + 12, sheet.right),
    )
    for role, caption, x0, x1 in sides:
        sheet.rule(base, x0, x1, 0.9, INK)
        sheet.text(x0, base + 13, f"{caption}, signature", 9)
        sheet.spot("signature", role, (x0, base - 46, x1 - x0, 45), caption)
        sheet.rule(base + 52, x0, x1, 0.9, INK)
        sheet.text(x0, base + 65, "Date", 9)
        sheet.spot("date_signed", role, (x0, base + 33, x1 - x0, 18), f"{caption}, date")


def _scanned(drawn: pymupdf.Document) -> Image.Image:
    """What a scanner makes of the sheet: grey, soft, speckled and not quite straight. The same each time."""
    pixels = drawn[0].get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
    clean = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    paper = clean.point(lambda level: 34 + level * (PAPER - 34) // 255)
    turned = paper.rotate(-ASKEW_DEGREES, Image.Resampling.BICUBIC, fillcolor=PAPER)
    lit = ImageChops.subtract(turned, _shade(turned.size))
    return _speckled(lit.filter(ImageFilter.GaussianBlur(0.55)))


def _shade(size: tuple[int, int]) -> Image.Image:
    """The lid was not quite closed: the right edge is a little darker."""
    gradient = Image.linear_gradient("L").rotate(90).resize(size)
    return gradient.point(lambda level: max(0, level - 190) // 5)


def _speckled(image: Image.Image) -> Image.Image:
    chance = random.Random(7)  # noqa: S311 - dust on a scan is no secret
    grain = Image.frombytes(
        "L", (image.width // 2, image.height // 2), chance.randbytes(image.width // 2 * (image.height // 2))
    )
    soft = grain.filter(ImageFilter.GaussianBlur(0.8)).resize(image.size).point(lambda level: level // 20)
    speckled = ImageChops.subtract(image, soft)
    for _ in range(70):
        x, y = chance.randrange(image.width), chance.randrange(image.height)
        speckled.paste(chance.randrange(120, 190), (x, y, x + chance.randint(1, 2), y + chance.randint(1, 2)))
    return speckled


def _placed(picture: Image.Image) -> pymupdf.Document:
    """The picture lies on its side in a page that /Rotate sets upright."""
    stream = io.BytesIO()
    picture.rotate(90, expand=True).save(stream, "JPEG", quality=QUALITY, dpi=(DPI, DPI))
    wide, high = A4[1], A4[0]
    document = pymupdf.open()
    page = document.new_page(width=wide + 2 * ORIGIN[0], height=high + 2 * ORIGIN[1])
    page.insert_image(pymupdf.Rect(ORIGIN[0], ORIGIN[1], ORIGIN[0] + wide, ORIGIN[1] + high), stream=stream.getvalue())
    document.xref_set_key(
        page.xref, "CropBox", f"[{ORIGIN[0]} {ORIGIN[1]} {ORIGIN[0] + wide:.2f} {ORIGIN[1] + high:.2f}]"
    )
    document.xref_set_key(page.xref, "Rotate", "90")
    return document


def _askew(spot: Spot) -> Spot:
    """The spot as the scanner turned it with the paper, about the centre of the page."""
    angle = math.radians(ASKEW_DEGREES)
    cx, cy = A4[0] / 2, A4[1] / 2
    dx, dy = spot.x + spot.width / 2 - cx, spot.y + spot.height / 2 - cy
    x = cx + dx * math.cos(angle) - dy * math.sin(angle)
    y = cy + dx * math.sin(angle) + dy * math.cos(angle)
    return replace(spot, x=round(x - spot.width / 2, 2), y=round(y - spot.height / 2, 2))
