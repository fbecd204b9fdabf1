"""audit: the trail, and whether its chain is whole."""

from argparse import ArgumentParser
from pathlib import Path

from app.cli.command import Answer, Asked, Command
from app.domain.audit import ChainReport
from app.domain.errors import UsageError
from app.services import auditing, reading, verifying


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", help="envelope id")
    parser.add_argument("--verify", type=Path, metavar="FILE", help="check an exported audit.json")
    parser.add_argument(
        "--certificate", action="append", type=Path, metavar="PEM", help="with --verify: of the device that made it"
    )


def _run(asked: Asked) -> Answer:
    if bool(asked.id) == bool(asked.verify):
        raise UsageError(problem="audit needs either an envelope id or --verify FILE")
    if asked.verify:
        pems = verifying.pems_of(asked.certificate or ())
        return _checked(auditing.verify_file(asked.verify, pems))
    envelope_id = reading.resolve(asked.house, asked.id)
    report = auditing.verify_trail(asked.house, envelope_id)
    events = auditing.export_trail(asked.house, envelope_id)
    lines = tuple(
        f"{line.sequence:>4}  {line.when:%Y-%m-%d %H:%M:%S}  {line.actor:<20}  {line.sentence}"
        for line in auditing.timeline(asked.house, envelope_id)
    )
    data = {"id": envelope_id, "intact": report.intact, "broken_at": report.broken_at, "events": events}
    return Answer(data, (*lines, _sentence(report)), 0 if report.intact else 1)


def _checked(report: ChainReport) -> Answer:
    data = {"events": report.events, "intact": report.intact, "broken_at": report.broken_at}
    if report.countersigned:
        data["countersigned"] = report.countersigned
    return Answer(data, (_sentence(report),), 0 if report.intact else 1)


def _sentence(report: ChainReport) -> str:
    if report.intact:
        proved = f", {report.countersigned} times countersigned by the device" if report.countersigned else ""
        return f"The chain of {report.events} events is whole{proved}."
    return f"The chain is broken at event {report.broken_at}: {report.reason}."


AUDIT = Command("audit", "the audit trail; is the chain whole", _arguments, _run)
