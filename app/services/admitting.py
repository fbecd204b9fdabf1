"""What a recipient must know before they may begin: access code, password, a code that was e-mailed to them."""

import secrets as chance
from collections.abc import Mapping

from app.domain import errors, one_time_code, signing
from app.domain.changes import Changes
from app.domain.ids import EnvelopeId
from app.domain.recipient import AuthMethod, Recipient
from app.domain.steps import Step
from app.paths import resource
from app.services import mailing, secrets
from app.services.drafting import record
from app.services.house import House


def send_code(house: House, envelope_id: str, role: str, language: str = "en") -> Changes:
    """E-mails a new code to the recipient's address, in English where there is no translation. Recorded once it is on
    its way; raises `MailNotSent`.
    """
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    code = "".join(chance.choice("0123456789") for _ in range(one_time_code.DIGITS))
    step = one_time_code.sent(envelope, role, secrets.hashed(code), house.moment())
    minutes = int(one_time_code.LIFE.total_seconds() // 60)
    subject, text = _letter(language)
    told = {"code": code, "title": envelope.title, "minutes": minutes}
    mailing.send(house, mailing.Letter(envelope.recipient(role).email, subject.format(**told), text.format(**told)))
    return record(house, step)


def _letter(language: str) -> tuple[str, str]:
    """Subject and text with `{code}`, `{title}` and `{minutes}`; in the file a blank line stands between."""
    try:
        path = resource("letters", f"code-{language}.txt")
    except FileNotFoundError:
        return _letter("en")
    subject, _, text = path.read_text("utf-8").partition("\n\n")
    return subject, text


def admitted(house: House, so_far: Step, role: str, codes: Mapping[str, str]) -> tuple[str, ...]:
    """The methods that were passed, `codes` by method. A wrong try is recorded before `AccessDenied` is raised."""
    recipient = so_far.envelope.recipient(role)
    for method in recipient.auth:
        if recipient.ceremony is not None and not recipient.ceremony.tries_left:
            raise errors.AccessDenied(role=role, method=method.type, tries_left=0)
        given, kept = codes.get(method.type), _kept(house, recipient, method)
        if given is None or not secrets.matches(given, kept):
            wrong = signing.wrong_code(so_far.envelope, role, method.type, house.moment())
            record(house, so_far.then(wrong))
            raise errors.AccessDenied(role=role, method=method.type, tries_left=wrong.entries[0].facts["tries_left"])
    return tuple(method.type for method in recipient.auth)


def _kept(house: House, recipient: Recipient, method: AuthMethod) -> str:
    if method.type != one_time_code.METHOD:
        return method.secret
    if recipient.ceremony is None:
        raise errors.CodeExpired(role=recipient.role)
    return one_time_code.current(recipient.ceremony, recipient.role, house.moment())
