"""fields, render: looking into a PDF."""

from argparse import ArgumentParser
from pathlib import Path

from app.cli.command import Answer, Asked, Command
from app.domain.errors import UsageError
from app.services import looking


def _fields_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")


def _fields(asked: Asked) -> Answer:
    found = [
        {
            "source": f.source,
            "type": f.kind,
            "page": f.page,
            "x": round(f.rect.x, 3),
            "y": round(f.rect.y, 3),
            "width": round(f.rect.width, 3),
            "height": round(f.rect.height, 3),
            "name": f.name,
            "confidence": f.confidence,
        }
        for f in looking.fields(asked.house, asked.file)
    ]
    lines = tuple(
        f"{f['source']:<9} {f['type']:<10} page {f['page']}  {f['x']:.0f},{f['y']:.0f} "
        f"{f['width']:.0f}x{f['height']:.0f}  {f['name']}"
        for f in found
    )
    return Answer(found, lines or ("No fields found.",))


def _render_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--page", required=True, type=int, metavar="N", help="counted from 1")
    parser.add_argument("--dpi", type=float, default=150.0, metavar="D", help="dots per inch (150)")
    parser.add_argument("--out", required=True, type=Path, metavar="PNG")


def _render(asked: Asked) -> Answer:
    if not 1 <= asked.dpi <= 2400:
        raise UsageError(problem=f"--dpi {asked.dpi:g} is not between 1 and 2400")
    width, height = looking.page_to_png(asked.house, asked.file, asked.page, asked.dpi, asked.out)
    data = {"path": str(asked.out), "width": width, "height": height}
    return Answer(data, (f"{asked.out}  {width}x{height}",))


FIELDS = Command(
    "fields", "what can be found in a PDF: form fields, tokens, lines and boxes", _fields_arguments, _fields
)
RENDER = Command("render", "a page as picture", _render_arguments, _render)
