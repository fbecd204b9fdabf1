"""The ways in which forms ask."""

from collections.abc import Callable

import pymupdf

from app.domain.geometry import Rect
from tests.support.forms.sheet import Sheet

Layout = Callable[[Sheet], None]


def underscores(sheet: Sheet) -> None:
    for label, kind in sheet.labels(6):
        end = sheet.text(50, sheet.y, f"{label}: ")
        row = "_" * sheet.rng.randint(18, 40)
        sheet.ask_over(kind, end, sheet.text(end, sheet.y, row), sheet.y + 2)
        sheet.y += 34


def dots(sheet: Sheet) -> None:
    for label, kind in sheet.labels(6):
        end = sheet.text(50, sheet.y, f"{label} ")
        sheet.ask_over(kind, end, sheet.text(end, sheet.y, "." * sheet.rng.randint(40, 80)), sheet.y + 2)
        sheet.y += 32


def two_to_a_line(sheet: Sheet) -> None:
    for _ in range(4):
        for x, (label, kind) in zip((50, 310), sheet.labels(2), strict=False):
            end = sheet.text(x, sheet.y, f"{label}: ")
            sheet.ask_over(kind, end, sheet.text(end, sheet.y, "_" * 20), sheet.y + 2)
        sheet.y += 36


def ruled(sheet: Sheet) -> None:
    for label, kind in sheet.labels(6):
        end = sheet.text(50, sheet.y, f"{label}:" if sheet.rng.random() < 0.6 else label) + 6
        sheet.line(end, end + 220, sheet.y + 2)
        sheet.ask_over(kind, end, end + 220, sheet.y + 2)
        sheet.y += 38


def dotted_rules(sheet: Sheet) -> None:
    for label, kind in sheet.labels(5):
        end = sheet.text(50, sheet.y, f"{label}:") + 6
        sheet.line(end, end + 200, sheet.y + 2, dashes="[1 2]")
        sheet.ask_over(kind, end, end + 200, sheet.y + 2)
        sheet.y += 38


def signature_blocks(sheet: Sheet) -> None:
    """Two columns, the words below each line."""
    sheet.y += 30
    wanted = [next(one for one in sheet.words.labels if one[1] == kind) for kind in ("signature", "name", "date")]
    for x, party in zip((50, 320), sheet.words.parties, strict=True):
        sheet.text(x, sheet.y, party)
    for label, kind in wanted:
        sheet.y += 52
        for x in (50, 320):
            sheet.line(x, x + 200, sheet.y)
            sheet.text(x + 2, sheet.y + 10, label, 8)
            sheet.ask_over(kind, x, x + 200, sheet.y)
    sheet.y += 30


def labels_over_rules(sheet: Sheet) -> None:
    for label, kind in sheet.labels(5):
        sheet.text(50, sheet.y, label, 9)
        sheet.y += 26
        sheet.line(50, 290, sheet.y)
        sheet.ask_over(kind, 50, 290, sheet.y)
        sheet.y += 26


def table(sheet: Sheet) -> None:
    rows = list(sheet.labels(6))
    top, height = sheet.y, sheet.rng.choice((20, 24, 30))
    for n in range(len(rows) + 1):
        sheet.line(50, 500, top + n * height)
    for x in (50, 190, 500):
        sheet.upright(x, top, top + len(rows) * height)
    for n, (label, kind) in enumerate(rows):
        sheet.text(55, top + n * height + 14, label)
        sheet.ask(kind, Rect(190, top + n * height, 310, height))
    sheet.y = top + len(rows) * height + 30


def table_of_boxes(sheet: Sheet) -> None:
    """Every cell a rectangle of its own, two pairs to a row."""
    for _ in range(3):
        x = 50.0
        for label, kind in sheet.labels(2):
            sheet.box(Rect(x, sheet.y, 110, 24))
            sheet.text(x + 4, sheet.y + 16, label, 9)
            sheet.box(Rect(x + 110, sheet.y, 135, 24))
            sheet.ask(kind, Rect(x + 110, sheet.y, 135, 24))
            x += 245
        sheet.y += 24
    sheet.y += 30


def columns(sheet: Sheet) -> None:
    """A list to sign: titles over empty cells."""
    kinds = ("name", "date", "signature")
    titles = [next(one for one in sheet.words.labels if one[1] == kind) for kind in kinds]
    edges, top = (50, 220, 330, 520), sheet.y
    for n in range(5):
        sheet.line(50, 520, top + 24 * n)
    for x in edges:
        sheet.upright(x, top, top + 96)
    for n, (label, kind) in enumerate(titles):
        sheet.text(edges[n] + 5, top + 16, label)
        for row in (1, 2, 3):
            sheet.ask(kind, Rect(edges[n], top + 24 * row, edges[n + 1] - edges[n], 24))
    sheet.y = top + 130


def boxes_beside(sheet: Sheet) -> None:
    for label, kind in sheet.labels(5):
        end = sheet.text(50, sheet.y + 14, f"{label}:") + 8
        sheet.box(Rect(end, sheet.y, 230, 20))
        sheet.ask(kind, Rect(end, sheet.y, 230, 20))
        sheet.y += 36


def boxes_under(sheet: Sheet) -> None:
    for label, kind in sheet.labels(5):
        sheet.text(50, sheet.y, label, 9)
        sheet.box(Rect(50, sheet.y + 5, 260, 22))
        sheet.ask(kind, Rect(50, sheet.y + 5, 260, 22))
        sheet.y += 46


def cells_with_labels(sheet: Sheet) -> None:
    """A grid whose cells name themselves small in the corner."""
    for _ in range(3):
        for x, (label, kind) in zip((50, 290), sheet.labels(2), strict=False):
            sheet.box(Rect(x, sheet.y, 240, 36))
            sheet.text(x + 3, sheet.y + 8, label, 7)
            sheet.ask(kind, Rect(x, sheet.y + 11, 240, 25))
        sheet.y += 36
    sheet.y += 24


def shaded(sheet: Sheet) -> None:
    for label, kind in sheet.labels(5):
        end = sheet.text(50, sheet.y + 13, f"{label}:") + 6
        sheet.box(Rect(end, sheet.y, 220, 18), fill=(0.9, 0.93, 1.0), color=None)
        sheet.ask(kind, Rect(end, sheet.y, 220, 18))
        sheet.y += 34


def ticks(sheet: Sheet) -> None:
    for label in sheet.words.ticks:
        side = sheet.rng.choice((8, 10, 12))
        sheet.box(Rect(50, sheet.y - side + 1, side, side))
        sheet.text(50 + side + 6, sheet.y, label)
        sheet.ask("checkbox", Rect(50, sheet.y - side + 1, side, side))
        sheet.y += 24


def printed_ticks(sheet: Sheet) -> None:
    """Squares that are letters."""
    square = pymupdf.Font("cjk")
    for label in sheet.words.ticks:
        writer = pymupdf.TextWriter(sheet.page.rect)
        writer.append((50, sheet.y), "□", font=square, fontsize=11)
        writer.write_text(sheet.page)
        sheet.text(66, sheet.y, label)
        sheet.ask("checkbox", Rect(50, sheet.y - 9, 11, 11))
        sheet.y += 24


def bracket_ticks(sheet: Sheet) -> None:
    for label in sheet.words.ticks:
        sheet.text(50, sheet.y, f"[ ] {label}")
        sheet.ask("checkbox", Rect(50, sheet.y - 9, sheet.width("[ ]"), 11))
        sheet.y += 22


def sentence(sheet: Sheet) -> None:
    first, second, third, last = sheet.words.sentence
    for words, kind, length in ((first, "name", 26), (second, "date", 12), (third, "text", 22)):
        end = sheet.text(50, sheet.y, words)
        after = sheet.text(end, sheet.y, "_" * length)
        sheet.ask_over(kind, end, after, sheet.y + 2)
        sheet.y += 30
    sheet.text(50, sheet.y, last.lstrip(", "))
    sheet.y += 30


def comb(sheet: Sheet) -> None:
    """A cell for each character."""
    sheet.text(50, sheet.y + 14, "IBAN:")
    for n in range(22):
        sheet.box(Rect(95 + 15 * n, sheet.y, 15, 18))
    sheet.ask("text", Rect(95, sheet.y, 330, 18))
    sheet.y += 50


def cross(sheet: Sheet) -> None:
    """An X where one signs."""
    sheet.y += 20
    end = sheet.text(50, sheet.y, "X ")
    sheet.ask_over("signature", end, sheet.text(end, sheet.y, "_" * 34), sheet.y + 2)
    sheet.y += 40


LAYOUTS: tuple[Layout, ...] = (
    underscores, dots, two_to_a_line, ruled, dotted_rules, signature_blocks, labels_over_rules, table, table_of_boxes,
    columns, boxes_beside, boxes_under, cells_with_labels, shaded, ticks, printed_ticks, bracket_ticks, sentence, comb,
    cross,
)  # fmt: skip
