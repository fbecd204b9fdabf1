"""demo: the whole job on the sample documents."""

from argparse import ArgumentParser
from pathlib import Path

from app.cli.command import Answer, Asked, Command
from app.services import demonstrating


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where to put the files (Paraph demo, in your documents)"
    )


def _run(asked: Asked) -> Answer:
    shown = demonstrating.demo(asked.house, asked.out, asked.progress)
    files = [{"path": str(f.path), "kind": f.kind, "sha256": f.sha256} for f in shown.files]
    data = {"id": shown.envelope_id, "verdicts": shown.verdicts, "files": files}
    lines = [f"Envelope {shown.envelope_id}: prepared, signed by {' and '.join(shown.signers)}, sealed."]
    lines += [f"  {verdict:<14} {name}" for name, verdict in shown.verdicts.items()]
    lines += [f"  {f.path}" for f in shown.files]
    return Answer(data, tuple(lines), 0 if set(shown.verdicts.values()) == {"valid"} else 1)


DEMO = Command("demo", "the whole job on the sample documents; prints where the files are", _arguments, _run)
