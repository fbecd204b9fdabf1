"""export: what leaves the library, with fingerprints."""

from argparse import ArgumentParser
from pathlib import Path

from app.cli.command import Answer, Asked, Command
from app.services import exporting, reading


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="envelope id")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="where to put the files")
    parser.add_argument("--combined", action="store_true", help="also one PDF with everything, to read")
    parser.add_argument("--password", metavar="P", help="also encrypted copies, to send")
    parser.add_argument("--watermark", metavar="TEXT", help="also copies with this text across each page")


def _run(asked: Asked) -> Answer:
    envelope_id = reading.resolve(asked.house, asked.id)
    options = exporting.Options(bool(asked.combined), asked.password, asked.watermark)
    files = exporting.export(asked.house, envelope_id, asked.out, options)
    data = {"files": [{"path": str(f.path), "kind": f.kind, "sha256": f.sha256} for f in files]}
    return Answer(data, tuple(f"{f.sha256}  {f.path}" for f in files))


EXPORT = Command("export", "PDFs, certificate, audit trail and data as files", _arguments, _run)
