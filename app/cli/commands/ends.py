"""decline, void, draft, reassign, copy."""

from argparse import ArgumentParser

from app.cli.command import Answer, Asked, Command
from app.services import describing, drafting, ending, reading, sending


def _id(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="envelope id")


def _with_reason(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--reason", required=True, metavar="T", help="why, in a few words")


def _decline_arguments(parser: ArgumentParser) -> None:
    _with_reason(parser)
    parser.add_argument("--as", dest="role", required=True, metavar="ROLE", help="who declines")


def _reassign_arguments(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--as", dest="role", required=True, metavar="ROLE", help="whose part changes hands")
    parser.add_argument("--name", required=True, metavar="N", help="who plays it from now on")
    parser.add_argument("--email", default="", metavar="E", help="their e-mail address")


def _decline(asked: Asked) -> Answer:
    envelope_id = reading.resolve(asked.house, asked.id)
    ending.decline(asked.house, envelope_id, asked.role, asked.reason)
    return _status(asked, envelope_id)


def _void(asked: Asked) -> Answer:
    envelope_id = reading.resolve(asked.house, asked.id)
    ending.void(asked.house, envelope_id, asked.reason)
    return _status(asked, envelope_id)


def _draft(asked: Asked) -> Answer:
    envelope_id = reading.resolve(asked.house, asked.id)
    sending.back_to_draft(asked.house, envelope_id)
    return _status(asked, envelope_id)


def _reassign(asked: Asked) -> Answer:
    envelope_id = reading.resolve(asked.house, asked.id)
    ending.reassign(asked.house, envelope_id, asked.role, asked.name, asked.email)
    return _status(asked, envelope_id)


def _copy(asked: Asked) -> Answer:
    changes = drafting.copy(asked.house, reading.resolve(asked.house, asked.id))
    brief = describing.brief(asked.house, reading.envelope(asked.house, changes.one("envelope")))
    return Answer(brief, (brief["id"],))


def _status(asked: Asked, envelope_id: str) -> Answer:
    envelope = reading.envelope(asked.house, envelope_id)
    people = [{"role": r.role, "name": r.name, "status": r.status} for r in envelope.recipients]
    data = {"id": envelope.id, "status": envelope.status, "end_reason": envelope.end_reason, "recipients": people}
    return Answer(data, (f"{envelope.id} is {envelope.status}.",))


DECLINE = Command("decline", "a recipient says no", _decline_arguments, _decline)
VOID = Command("void", "take an envelope back for good", _with_reason, _void)
DRAFT = Command("draft", "move an envelope nobody has signed back to draft", _id, _draft)
REASSIGN = Command("reassign", "let another person play a part", _reassign_arguments, _reassign)
COPY = Command("copy", "a new draft like this envelope; prints its id", _id, _copy)
