"""Pages that ask for nothing, though they have lines, boxes, squares and the words of forms."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from app.domain.geometry import Rect
from tests.support.forms.sheet import WIDTH, Sheet

Distractor = Callable[[Sheet], None]


def contract(sheet: Sheet) -> None:
    for _ in range(5):
        sheet.prose()


def contents(sheet: Sheet) -> None:
    """Leader dots to page numbers."""
    for number, (label, _) in enumerate(sheet.labels(10), start=1):
        end = sheet.text(50, sheet.y, f"{number}. {label} ")
        sheet.text(sheet.text(end, sheet.y, "." * 60), sheet.y, f" {number * 3}")
        sheet.y += 20


def data_table(sheet: Sheet) -> None:
    """Filled in already, with a gap here and there."""
    titles, top = list(sheet.labels(3)), sheet.y
    for n in range(8):
        sheet.line(50, 500, top + 22 * n)
    for x in (50, 200, 350, 500):
        sheet.upright(x, top, top + 154)
    for column, (label, _) in enumerate(titles):
        sheet.text(55 + 150 * column, top + 15, label)
        for row in range(1, 7):
            if (row + column) % 4:
                sheet.text(55 + 150 * column, top + 15 + 22 * row, f"{row}{column} - {label[::-1].lower()}")
    sheet.y = top + 190


def filled_form(sheet: Sheet) -> None:
    for label, _ in sheet.labels(6):
        end = sheet.text(50, sheet.y, f"{label}: ")
        sheet.line(end, end + 200, sheet.y + 2)
        sheet.text(end + 4, sheet.y, "Jane Q. Smith 2024")
        sheet.y += 30


def headings(sheet: Sheet) -> None:
    """Titles over separators."""
    for label, _ in sheet.labels(6):
        sheet.text(50, sheet.y, label, 14)
        sheet.line(50, WIDTH - 50, sheet.y + 5)
        sheet.y += 18
        sheet.text(50, sheet.y + 4, sheet.words.prose[0], 9)
        sheet.y += 40


def chart(sheet: Sheet) -> None:
    for n in range(12):
        sheet.line(60, 460, sheet.y + 20 * n)
        sheet.text(30, sheet.y + 20 * n + 3, str(100 - 8 * n), 8)
    for n, (label, _) in enumerate(sheet.labels(6)):
        height = 30 + 25 * n
        sheet.box(Rect(80 + 60 * n, sheet.y + 220 - height, 30, height), fill=(0.3, 0.5, 0.8))
        sheet.text(76 + 60 * n, sheet.y + 234, label[:9], 8)
    sheet.y += 260


def scan(sheet: Sheet) -> None:
    """A form that is only a picture: nothing here can be read."""
    image = Image.new("L", (800, 500), 250)
    pen = ImageDraw.Draw(image)
    for n, (label, _) in enumerate(sheet.labels(6)):
        pen.text((20, 40 + 70 * n), label.encode("ascii", "replace").decode(), fill=0)
        pen.line((200, 55 + 70 * n, 700, 55 + 70 * n), fill=0, width=2)
    stream = BytesIO()
    image.save(stream, "PNG")
    sheet.page.insert_image((50, sheet.y, 545, sheet.y + 310), stream=stream.getvalue())
    sheet.y += 330


def footnotes(sheet: Sheet) -> None:
    sheet.prose()
    sheet.line(50, 190, 700)
    for n, sentence in enumerate(sheet.words.prose):
        sheet.text(50, 712 + 11 * n, f"{n + 1} {sentence}", 7)


def frames(sheet: Sheet) -> None:
    """Boxes round text, a logo, a ruler of squares."""
    sheet.box(Rect(50, sheet.y, 480, 70))
    for n, sentence in enumerate(sheet.words.prose):
        sheet.text(58, sheet.y + 16 + 13 * n, sentence[:90], 9)
    sheet.y += 100
    for n in range(8):
        sheet.box(Rect(50 + 30 * n, sheet.y, 12, 12), fill=(0.1 * n, 0.4, 0.5))
    sheet.y += 60


DISTRACTORS: tuple[Distractor, ...] = (
    contract, contents, data_table, filled_form, headings, chart, scan, footnotes, frames,
)  # fmt: skip
