"""seal: PDFs sealed directly."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from app.cli.command import Answer, Asked, Command
from app.cli.secret import ask
from app.domain.errors import UsageError
from app.domain.geometry import Rect
from app.services import batching, designs, identities, sealing_files, strengthening
from app.services.messages import words

LEVEL_HELP = "B-B, B-T, B-LT or B-LTA (else that of the settings)"
TSA_HELP = "time-stamp authority (else that of the settings)"


def _seal_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a folder stands for the PDFs in it")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="sealed files and summary.csv go here")
    parser.add_argument("--identity", metavar="N", help="whose certificate (else the default one, else the device's)")
    parser.add_argument("--level", metavar="L", help=LEVEL_HELP)
    parser.add_argument("--tsa", metavar="URL", help=TSA_HELP)
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--field", metavar="NAME", help="an empty signature field of the file")
    place.add_argument("--at", metavar="PAGE,X,Y,W,H", help="a new visible field, points from the top left")
    parser.add_argument(
        "--certify", nargs="?", type=int, const=2, choices=(1, 2, 3), metavar="P",
        help="certify: 1 no changes, 2 forms and signatures (2 if nothing is said), 3 also notes",
    )  # fmt: skip
    parser.add_argument("--design", metavar="NAME", help="how a visible seal looks (else the default one)")
    parser.add_argument("--stop", action="store_true", help="stop at the first file that cannot be sealed")
    parser.add_argument("--reason", default="", metavar="T", help="written into the signature")


def _seal(asked: Asked) -> Answer:
    order = _order(asked)
    chosen = sealing_files.chosen_identity(asked.house, asked.identity)
    asks = chosen is not None and identities.asks_passphrase(asked.house, chosen)
    passphrase = ask(f"Passphrase of {chosen}: ") if asks else None
    key = sealing_files.signing_key(asked.house, chosen, passphrase)
    files = batching.files_in(asked.files)
    outcomes = batching.seal_files(asked.house, files, asked.out, key, order, asked.progress, stops=bool(asked.stop))
    failed = [each.error for each in outcomes if each.error is not None]
    if failed and len(files) == 1:
        raise failed[0]
    left = f", {len(files) - len(outcomes)} left" if len(files) > len(outcomes) else ""
    lines = [*map(_line, outcomes), f"{len(outcomes) - len(failed)} sealed, {len(failed)} not{left}"]
    return Answer([_row(each) for each in outcomes], tuple(lines), 1 if failed else 0)


def _order(asked: Asked) -> sealing_files.Order:
    page, rect = _place(asked.at) if asked.at else (0, None)
    return sealing_files.Order(
        level=strengthening.level_of(asked.level or asked.house.settings.level),
        tsa_url=asked.tsa,
        into=asked.field or "",
        page=page,
        rect=rect,
        docmdp=asked.certify,
        reason=asked.reason or "",
        look=designs.look(asked.house, asked.design),
    )


def _place(text: str) -> tuple[int, Rect]:
    try:
        page, x, y, width, height = text.split(",")
        return int(page), Rect(float(x), float(y), float(width), float(height))
    except ValueError:
        raise UsageError(problem=f"--at needs PAGE,X,Y,W,H such as 1,100,650,200,50, not {text!r}") from None


def _row(one: batching.Outcome) -> dict[str, Any]:
    row: dict[str, Any] = {"path": str(one.path)}
    if one.error is not None:
        problem = {"kind": one.error.kind, "message": words(one.error).line, "facts": dict(one.error.facts)}
        return {**row, "error": problem}
    return {
        **row,
        "out": str(one.out),
        "sha256": one.sha256,
        "level": one.level,
        "signature_field": one.field,
        "normalised": one.normalised,
        "earlier": one.earlier,
        "error": None,
    }


def _line(one: batching.Outcome) -> str:
    if one.error is not None:
        return f"not     {one.path}: {words(one.error).line}"
    more = ", was sealed before" if one.earlier else ", structure rewritten first" if one.normalised else ""
    return f"sealed  {one.out}  {one.level}  {one.sha256}{more}"


SEAL = Command("seal", "seal PDFs directly, one or thousands", _seal_arguments, _seal)
