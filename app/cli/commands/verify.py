"""verify: one honest sentence about each file, details behind it."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

from app.cli.command import Answer, Asked, Command
from app.domain.errors import UsageError
from app.services import verification_report, verifying
from app.services.certificate_words import LANGUAGES


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--trust", action="append", type=Path, metavar="CERT", help="a certificate to trust for this call"
    )
    parser.add_argument("--report", type=Path, metavar="OUT", help="keep it as report.pdf or report.json")
    parser.add_argument("--language", choices=LANGUAGES, help="of a report in PDF (else that of the settings)")
    parser.add_argument("--at", metavar="TIME", help="judge as of this moment (ISO 8601)")


def _run(asked: Asked) -> Answer:
    if asked.report:
        verification_report.check_name(asked.report)
    moment = _moment(asked.at) if asked.at else None
    anchors = verifying.anchors_of(asked.trust or ())
    judged = verifying.verify_all(asked.house, asked.files, anchors, moment, asked.progress)
    failed = [one.problem for one in judged if isinstance(one, verifying.Unjudged)]
    if failed and len(judged) == 1:
        raise failed[0]
    if asked.report:
        verification_report.save_all(asked.house, judged, asked.report, asked.language or "")
    lines = [line for one in judged for line in verifying.lines(one)]
    worst = max((problem.exit_code for problem in failed), default=0)
    code = worst or (0 if all(one.all_valid for one in judged) else 1)
    return Answer([verifying.as_json(one) for one in judged], tuple(lines), code)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(problem=f"--at needs a time such as 2027-01-31T12:00:00Z, not {text!r}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


VERIFY = Command("verify", "judge signed PDFs; exit 0 only if every signature of every file is valid", _arguments, _run)
