"""Outgoing mail over SMTP (RFC 5321) through the account in the preferences: one-time codes, copies, reminders.

The password is in the vault. Every call has a time limit; without encryption nothing leaves this machine.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from typing import Literal

from app.domain import errors
from app.domain.changes import Changes
from app.services import preferences
from app.services.house import House

SECRET = "mail/password"  # noqa: S105 - the name of a secret
LIMIT_S = 20.0
"""For each answer of the server; a whole letter takes a handful of answers."""
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True)
class Account:
    """Where mail is handed in. `user` is empty where the server asks for none."""

    host: str
    port: int
    security: str
    user: str
    sender: str


@dataclass(frozen=True)
class Letter:
    """Plain text, with files as (name, type such as application/pdf, bytes)."""

    to: str
    subject: str
    text: str
    files: tuple[tuple[str, str, bytes], ...] = field(default=(), repr=False)


def account(house: House) -> Account | None:
    s = house.settings
    if not s.mail_host:
        return None
    return Account(s.mail_host, s.mail_port, s.mail_security, s.mail_user, s.mail_sender)


def set_account(house: House, new: Account, password: str | None = None) -> Changes:
    """`password` None keeps the one that is there, "" takes it away."""
    if password:
        house.vault.put(SECRET, password.encode())
    elif password is not None:
        house.vault.delete(SECRET)
    return preferences.change(
        house,
        mail_host=new.host.strip(),
        mail_port=new.port,
        mail_security=new.security,
        mail_user=new.user,
        mail_sender=new.sender,
    )


def check(house: House) -> None:
    """Goes as far as a letter would, without one. Raises `NoMailAccount`, `MailNotSent` or `VaultError`."""
    with _connected(house, _required(house)):
        pass


def send(house: House, letter: Letter) -> None:
    """Taken by the server, or `MailNotSent` with the reason."""
    chosen = _required(house)
    message = _message(chosen, letter)
    with _connected(house, chosen) as server, _translated(chosen):
        server.send_message(message)


def _required(house: House) -> Account:
    chosen = account(house)
    if chosen is None:
        raise errors.NoMailAccount
    return chosen


@contextmanager
def _connected(house: House, chosen: Account) -> Iterator[smtplib.SMTP]:
    secret = house.vault.get(SECRET).decode() if chosen.user else ""
    if chosen.security == "none" and chosen.host not in OWN_MACHINE:
        raise errors.MailNotSent(host=chosen.host, reason="it would go unencrypted over the network")
    with _translated(chosen):
        server = _opened(chosen, ssl.create_default_context())
    try:
        with _translated(chosen):
            if chosen.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if chosen.user:
                server.login(chosen.user, secret)
        yield server
    finally:
        server.close()


def _opened(chosen: Account, context: ssl.SSLContext) -> smtplib.SMTP:
    if chosen.security == "tls":
        return smtplib.SMTP_SSL(chosen.host, chosen.port, timeout=LIMIT_S, context=context)
    return smtplib.SMTP(chosen.host, chosen.port, timeout=LIMIT_S)


@contextmanager
def _translated(chosen: Account) -> Iterator[None]:
    """What smtplib and the network say, without the password that a server might repeat."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as problem:
        raise errors.MailNotSent(host=chosen.host, reason="it does not accept user and password") from problem
    except smtplib.SMTPResponseException as problem:
        raise errors.MailNotSent(host=chosen.host, reason=f"answer {problem.smtp_code}") from problem
    except smtplib.SMTPServerDisconnected as problem:
        # smtplib keeps of a time-out no more than its words.
        reason = "no answer in time" if "timed out" in str(problem) else "it hung up"
        raise errors.MailNotSent(host=chosen.host, reason=reason) from problem
    except smtplib.SMTPRecipientsRefused as problem:
        raise errors.MailNotSent(host=chosen.host, reason="it does not take mail for this address") from problem
    except TimeoutError as problem:
        raise errors.MailNotSent(host=chosen.host, reason="no answer in time") from problem
    except (smtplib.SMTPException, ssl.SSLError, OSError, UnicodeError) as problem:
        raise errors.MailNotSent(host=chosen.host, reason=type(problem).__name__) from problem


def _message(chosen: Account, letter: Letter) -> EmailMessage:
    """Addresses are parsed, so that a line break in one cannot become a header (RFC 5322)."""
    message = EmailMessage()
    try:
        message["From"] = Address(addr_spec=chosen.sender)
        message["To"] = Address(addr_spec=letter.to)
    except (ValueError, IndexError) as problem:
        raise errors.MailNotSent(host=chosen.host, reason="an address is not one") from problem
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=chosen.sender.rpartition("@")[2] or "localhost")
    message.set_content(letter.text)
    for name, kind, data in letter.files:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message
