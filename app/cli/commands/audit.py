"""audit: the trail, and whether its chain is whole."""

from argparse import ArgumentParser
from pathlib import Path

from app.cli.command import Answer, Asked, Command
from app.domain.audit import ChainReport
from app.domain.errors import UsageError
from app.domain.timestamping import Signed
from app.services import auditing, reading, timestamping, verifying


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", help="envelope id")
    parser.add_argument("--verify", type=Path, metavar="FILE", help="check an exported audit.json")
    parser.add_argument(
        "--certificate", action="append", type=Path, metavar="PEM", help="with --verify: of the device that made it"
    )
    parser.add_argument("--stamp", action="store_true", help="with an id: take a time stamp over the trail now")


def _run(asked: Asked) -> Answer:
    if bool(asked.id) == bool(asked.verify):
        raise UsageError(problem="audit needs either an envelope id or --verify FILE")
    if asked.verify:
        if asked.stamp:
            raise UsageError(problem="--stamp takes a time stamp over an envelope of this library: give its id")
        pems = verifying.pems_of(asked.certificate or ())
        found = auditing.verify_file(asked.verify, pems, asked.open_house)
        return _checked(found.report, found.signed)
    envelope_id = reading.resolve(asked.house, asked.id)
    if asked.stamp:
        timestamping.take(asked.house, envelope_id)
    report = auditing.verify_trail(asked.house, envelope_id)
    events = auditing.export_trail(asked.house, envelope_id)
    lines = tuple(
        f"{line.sequence:>4}  {line.when:%Y-%m-%d %H:%M:%S}  {line.actor:<20}  {line.sentence}"
        for line in auditing.timeline(asked.house, envelope_id)
    )
    told = timestamping.told(asked.house, envelope_id) if report.intact else ()
    data = {"id": envelope_id, "intact": report.intact, "broken_at": report.broken_at, "events": events}
    return Answer({**data, "times": list(told)}, (*lines, _sentence(report), *told), 0 if report.intact else 1)


def _checked(report: ChainReport, signed: tuple[Signed, ...]) -> Answer:
    data: dict[str, object] = {"events": report.events, "intact": report.intact, "broken_at": report.broken_at}
    if report.countersigned:
        data["countersigned"] = report.countersigned
    told = [one.sentence for one in signed]
    if report.strangers:
        told.append(f"{report.strangers} time stamps are by authorities that nobody here trusts; they prove nothing.")
    return Answer({**data, "times": told}, (_sentence(report), *told), 0 if report.intact else 1)


def _sentence(report: ChainReport) -> str:
    if report.intact:
        proved = f", {report.countersigned} times countersigned by the device" if report.countersigned else ""
        return f"The chain of {report.events} events is whole{proved}."
    return f"The chain is broken at event {report.broken_at}: {report.reason}."


AUDIT = Command("audit", "the audit trail; is the chain whole", _arguments, _run)
