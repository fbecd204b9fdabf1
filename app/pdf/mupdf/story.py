"""Pages from Markdown: MuPDF lays the text out, we look where the fields came to stand."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import pymupdf

from app.domain import errors
from app.paths import resource
from app.pdf import markdown
from app.pdf.laid import FoundToken
from app.pdf.mupdf import pages
from app.pdf.mupdf.saving import save

_MARGINS_PT: Final = (64, 64, -64, -68)
_MOST_PAGES: Final = 1_000
_STYLE: Final = """
@font-face { font-family: sans; src: url(NotoSans-Regular.ttf); }
@font-face { font-family: sans; font-weight: bold; src: url(NotoSans-Bold.ttf); }
@font-face { font-family: sans; font-style: italic; src: url(NotoSans-Italic.ttf); }
body { font-family: sans; font-size: 10.5pt; line-height: 1.5; color: #16181d; }
h1 { font-size: 20pt; line-height: 1.25; margin: 0 0 10pt 0; }
h2 { font-size: 14pt; line-height: 1.3; margin: 16pt 0 6pt 0; }
h3, h4, h5, h6 { font-size: 11.5pt; margin: 12pt 0 4pt 0; }
p { margin: 0 0 7pt 0; }
ul, ol { margin: 0 0 7pt 0; }
li p { margin: 0; }
table { width: 100%; border-collapse: collapse; margin: 4pt 0 10pt 0; }
th, td { border: 0.6pt solid #b6bac4; padding: 3pt 7pt; text-align: left; }
blockquote { margin: 0 0 7pt 14pt; color: #4a4f5c; }
pre, code { font-size: 9.5pt; }
.page { page-break-before: always; }
"""


def from_markdown(text: str, out: str, title: str) -> tuple[FoundToken, ...]:
    """See `Maker.from_markdown`."""
    page = markdown.read(text)
    if page.empty:
        raise errors.MarkdownRefused(reason="empty")
    content, numbers = _laid_out(page)
    with pymupdf.open("pdf", content) as document:
        found = tuple(_found(document, page.places, numbers))
        document.subset_fonts()
        document.set_metadata({"title": title or page.heading, "producer": "Paraph"})
        save(document, out, garbage=3)
    return found


def _laid_out(page: markdown.Page) -> tuple[bytes, dict[str, int]]:
    """The PDF, and the page of each field by its id."""
    story = pymupdf.Story(html=page.html, user_css=_STYLE, archive=_archive())
    stream, paper = io.BytesIO(), pymupdf.paper_rect("a4")
    writer = pymupdf.DocumentWriter(stream)
    numbers: dict[str, int] = {}
    for number in range(1, _MOST_PAGES + 1):
        device = writer.begin_page(paper)
        more, _ = story.place(paper + _MARGINS_PT)
        story.element_positions(_noting(numbers, number))
        story.draw(device)
        writer.end_page()
        if not more:
            writer.close()
            return stream.getvalue(), numbers
    raise errors.MarkdownRefused(reason="too long")


def _noting(numbers: dict[str, int], number: int) -> Callable[[Any], None]:
    """Called by MuPDF for every element; a picture is told three times, once with its size."""

    def note(position: Any) -> None:
        left, _, right, _ = position.rect
        if position.id and right > left:
            numbers[position.id] = number

    return note


def _found(
    document: pymupdf.Document, places: Sequence[markdown.Place], numbers: Mapping[str, int]
) -> Iterator[FoundToken]:
    """Where the pictures that keep room were really drawn: MuPDF tells a height that is four fifths off."""
    drawn = {page.number + 1: [pages.rect_of(info["bbox"]) for info in page.get_image_info()] for page in document}
    for place in places:
        number = numbers.get(place.id, 1)
        rect = drawn[number].pop(0)
        yield FoundToken(place.kind, place.key, number, rect)


def _archive() -> Any:
    archive = pymupdf.Archive(str(resource("fonts", "document")))
    white = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 1, 1), False)
    white.clear_with(255)
    archive.add((white.tobytes("png"), markdown.BLANK))
    return archive
