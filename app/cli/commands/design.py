"""design: named designs of visible seals."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.cli.command import Answer, Asked, Command
from app.cli.commands.marks import FORMS, mark
from app.domain.appearance import Appearance, Line, Side
from app.domain.errors import UsageError
from app.services import designs


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("new", "list", "rename", "default", "remove"))
    parser.add_argument("name", nargs="?", help="of the design; default without one: the plain design")
    parser.add_argument("new_name", nargs="?", metavar="new", help="rename: its name from now on")
    parser.add_argument(
        "--lines", metavar="L,L", help=f"what is told, in this order: {', '.join(Line)}; empty for none"
    )
    parser.add_argument("--side", choices=tuple(Side), help="where picture or mark stands")
    image = parser.add_mutually_exclusive_group()
    image.add_argument("--picture", type=Path, metavar="FILE", help="PNG or JPEG")
    image.add_argument("--mark", metavar="S", help=FORMS)
    parser.add_argument("--code", metavar="TEXT", help="shown as a QR code, such as an address")
    parser.add_argument("--ink", metavar="#RRGGBB", help="colour of lines and mark")
    parser.add_argument("--date-format", metavar="F", help="%%Y %%y %%m %%B %%b %%d %%H %%I %%M %%S %%p %%z %%Z")
    parser.add_argument("--zone", metavar="Z", help="such as Europe/Berlin (else that of the clock)")
    parser.add_argument("--language", metavar="L", help="of the names of months")


def _run(asked: Asked) -> Answer:
    house, name = asked.house, asked.name or ""
    if asked.what in ("new", "rename", "remove") and not name:
        raise UsageError(problem=f"design {asked.what} needs a name")
    if asked.what == "rename" and not asked.new_name:
        raise UsageError(problem="design rename needs the new name")
    match asked.what:
        case "new":
            designs.save(house, name, _look(asked))
        case "rename":
            designs.rename(house, name, asked.new_name)
        case "default":
            designs.make_default(house, name)
        case "remove":
            designs.remove(house, name)
    rows = [_row(each, house.settings.design) for each in designs.list_designs(house)]
    lines = tuple(f"{'*' if row['default'] else ' '} {row['name']:<24}  {', '.join(row['lines'])}" for row in rows)
    return Answer(rows, lines or ("No designs yet; seals have the plain one.",))


def _look(asked: Asked) -> Appearance:
    chosen: dict[str, Any] = {
        "lines": _lines(asked.lines) if asked.lines is not None else None,
        "side": Side(asked.side) if asked.side else None,
        "mark": mark(asked.house, asked.mark) if asked.mark else None,
        "code": asked.code,
        "ink": asked.ink,
        "date_format": asked.date_format,
        "time_zone": asked.zone,
        "language": asked.language,
    }
    look = replace(Appearance(), **{key: value for key, value in chosen.items() if value is not None})
    return designs.with_picture(asked.house, look, asked.picture) if asked.picture else look


def _lines(text: str) -> tuple[Line, ...]:
    try:
        return tuple(Line(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        raise UsageError(problem=f"--lines takes {', '.join(Line)}, separated by commas, not {text!r}") from None


def _row(one: designs.Design, default: str) -> dict[str, Any]:
    look = one.look
    return {
        "name": one.name,
        "default": one.name == default,
        "lines": list(look.lines),
        "side": look.side,
        "picture": look.picture,
        "mark": look.mark.capture if look.mark else None,
        "code": look.code,
        "ink": look.ink,
        "date_format": look.date_format,
        "time_zone": look.time_zone,
        "language": look.language,
    }


DESIGN = Command("design", "designs of visible seals: new, list, rename, default, remove", _arguments, _run)
