"""sign: one recipient's ceremony from the command line."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path

from app.cli.command import Answer, Asked, Command
from app.cli.commands import marks
from app.cli.secret import ask
from app.domain.errors import UnknownRole
from app.domain.mark import Mark
from app.services import describing, identities, reading, signing_at_once
from app.services import marks as saved_marks
from app.services.signing_at_once import Act


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="envelope id")
    parser.add_argument("--as", dest="role", required=True, metavar="ROLE", help="whose ceremony it is")
    parser.add_argument("--values", type=Path, metavar="V.json", help="what to fill in, by mapping key or label")
    parser.add_argument("--signature", metavar="S", help=f"{marks.FORMS}, or saved:NAME")
    parser.add_argument("--initials", metavar="S", help=f"{marks.FORMS}; else the initials of a typed signature")
    parser.add_argument("--consent", action="store_true", help="agree to sign electronically")
    parser.add_argument("--access-code", metavar="C", help="if the sender set one")
    parser.add_argument("--identified-by", metavar="TEXT", help="how you know who is signing; without it: not stated")
    parser.add_argument("--identity", metavar="NAME", help="sign with this identity instead of a one-time certificate")


def _run(asked: Asked) -> Answer:
    house, role = asked.house, asked.role
    envelope_id = reading.resolve(house, asked.id)
    recipient = reading.envelope(house, envelope_id).recipient(role)
    signature = _mark(asked, asked.signature, envelope_id, recipient.name) if asked.signature else None
    initials = _typed_initials(signature, recipient.initials)
    if asked.initials:
        initials = _mark(asked, asked.initials, envelope_id, recipient.name)
    act = Act(
        consent=bool(asked.consent),
        values=marks.values(house, asked.values) if asked.values else {},
        signature=signature,
        initials=initials,
        identified_by=asked.identified_by or "",
        access_code=asked.access_code,
        identity=asked.identity,
        passphrase=_passphrase(asked),
    )
    signing_at_once.sign(house, envelope_id, role, act)
    return _answer(asked, envelope_id)


def _passphrase(asked: Asked) -> str | None:
    """Only where the identity asks for one: some are of this device, some are released in the web browser."""
    asks = asked.identity and identities.asks_passphrase(asked.house, asked.identity)
    return ask(f"Passphrase of {asked.identity}: ") if asks else None


def _mark(asked: Asked, given: str, envelope_id: str, person: str) -> Mark:
    """`saved:NAME` is looked for among those of this very person."""
    how, _, name = given.partition(":")
    if how == "saved" and name:
        return saved_marks.use(asked.house, person, name, envelope_id)
    return marks.mark(asked.house, given)


def _typed_initials(signature: Mark | None, letters: str) -> Mark | None:
    return replace(signature, text=letters) if signature and signature.capture == "typed" else None


def _answer(asked: Asked, envelope_id: str) -> Answer:
    envelope = reading.envelope(asked.house, envelope_id)
    recipient = next((r for r in envelope.recipients if r.role == asked.role), None)
    if recipient is None:
        raise UnknownRole(role=asked.role, roles=[r.role for r in envelope.recipients])
    documents = describing.sealed_by(reading.trail(asked.house, envelope_id), asked.role)
    data = {
        "id": envelope.id,
        "recipient": recipient.role,
        "status": recipient.status,
        "envelope_status": envelope.status,
        "documents": documents,
    }
    sealed = (f"  sealed  {d['title']}  {d['sha256']}  {d['level']}" for d in documents)
    return Answer(data, (f"{recipient.name}: {recipient.status}. Envelope: {envelope.status}.", *sealed))


SIGN = Command("sign", "a recipient's ceremony, whatever their action", _arguments, _run)
