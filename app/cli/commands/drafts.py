"""new, edit, send."""

import json
from argparse import ArgumentParser
from pathlib import Path

from app.cli import options
from app.cli.command import Answer, Asked, Command
from app.cli.commands import sync
from app.domain.errors import UsageError
from app.services import describing, drafting, pushing, reading, sending, spec, specifying


def _new_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="SPEC.json or FILE", help="a spec, or documents")
    parser.add_argument("--title", metavar="T", help="title of the envelope")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of the spec and stop")


def _new(asked: Asked) -> Answer:
    if asked.schema:
        schema = spec.schema()
        return Answer(schema, (_pretty(schema),))
    files: list[Path] = asked.files
    if not files:
        raise UsageError(problem="new needs a spec or at least one file")
    if len(files) == 1 and files[0].suffix.lower() == ".json":
        if asked.title:
            raise UsageError(problem="the title stands in the spec")
        read = spec.read(files[0])
        changes = specifying.new(asked.house, read)
    else:
        changes = drafting.from_files(asked.house, files, asked.title)
    return _described(asked, changes.one("envelope"))


def _edit_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="envelope id, or an end of it that only one has")
    parser.add_argument("spec", type=Path, metavar="SPEC.json")


def _edit(asked: Asked) -> Answer:
    read = spec.read(asked.spec)
    envelope_id = reading.resolve(asked.house, asked.id)
    specifying.edit(asked.house, envelope_id, read)
    return _described(asked, envelope_id)


def _described(asked: Asked, envelope_id: str) -> Answer:
    brief = describing.brief(asked.house, reading.envelope(asked.house, envelope_id))
    findings = tuple(f"  {f['severity']}: {f['message']} {f['fix']}" for f in brief["findings"])
    return Answer(brief, (envelope_id, *findings))


def _send_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="envelope id")
    parser.add_argument("--via", metavar="ACCOUNT", help="hand it to a remote service instead of signing here")
    parser.add_argument("--option", action="append", default=[], metavar="K=V", help="via: as form_id, template_id")


def _send(asked: Asked) -> Answer:
    if asked.via:
        return _sent_via(asked)
    if asked.option:
        raise UsageError(problem="--option goes with --via")
    house = asked.house
    envelope_id = reading.resolve(house, asked.id)
    sending.send(house, envelope_id, asked.progress)
    envelope = reading.envelope(house, envelope_id)
    turn = [r.role for r in envelope.recipients if r.status == "turn"]
    data = {**describing.brief(house, envelope), "turn": turn}
    return Answer(data, (f"{envelope.id} is out. Next: {', '.join(turn) or 'nobody'}.",))


def _sent_via(asked: Asked) -> Answer:
    chosen = options.parse(asked.option)
    envelope_id = reading.resolve(asked.house, asked.id)
    done = pushing.push(asked.house, envelope_id, asked.via, chosen, asked.progress)
    brief = describing.brief(asked.house, reading.envelope(asked.house, envelope_id))
    return Answer(
        {**brief, "turn": [], "remote": sync.pushed(asked, done)}, (f"{envelope_id} is out.", *sync.lines(done))
    )


def _pretty(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)


NEW = Command("new", "make a draft from a spec or from files; prints its id", _new_arguments, _new)
EDIT = Command("edit", "replace what the spec names, drafts only", _edit_arguments, _edit)
SEND = Command("send", "freeze the documents and send the envelope out", _send_arguments, _send)
