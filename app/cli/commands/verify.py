"""verify: one honest sentence about each file, details behind it."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

from app.cli.command import Answer, Asked, Command
from app.domain.errors import UsageError
from app.services import verification_report, verifying


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--trust", action="append", type=Path, metavar="CERT", help="a certificate to trust for this call"
    )
    parser.add_argument("--report", type=Path, metavar="OUT", help="keep it as report.pdf or report.json")
    parser.add_argument("--at", metavar="TIME", help="judge as of this moment (ISO 8601)")


def _run(asked: Asked) -> Answer:
    if asked.report:
        verification_report.check_name(asked.report)
    moment = _moment(asked.at) if asked.at else None
    anchors = verifying.anchors_of(asked.trust or ())
    judged = [verifying.verify(asked.house, path, anchors, moment) for path in asked.files]
    if asked.report:
        verification_report.save_all(asked.house, judged, asked.report)
    lines = [line for one in judged for line in verifying.lines(one)]
    good = all(one.all_valid for one in judged)
    return Answer([verifying.as_json(one) for one in judged], tuple(lines), 0 if good else 1)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(problem=f"--at needs a time such as 2027-01-31T12:00:00Z, not {text!r}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


VERIFY = Command("verify", "judge signed PDFs; exit 0 only if every signature of every file is valid", _arguments, _run)
