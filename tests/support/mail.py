"""A real mail server on this machine: what is handed in is kept, with or without a password, encrypted or not."""

import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "host", "a secret of the mail server"


@dataclass
class Letters:
    """Handler of aiosmtpd: collects, or refuses with `answer`."""

    answer: str = "250 OK"
    received: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.received.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return self.answer


@dataclass(frozen=True)
class Running:
    """`certificate` is what a client needs to believe the server."""

    port: int
    letters: Letters
    certificate: Path


@contextmanager
def server(folder: Path, *, tls: bool = True, answer: str = "250 OK") -> Iterator[Running]:
    """With STARTTLS and a password, both required; or with neither."""
    certificate, key = _certificate(folder)
    letters = Letters(answer)
    options: dict[str, Any] = {}
    if tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)
        options = {
            "tls_context": context,
            "require_starttls": True,
            "authenticator": _authenticated,
            "auth_required": True,
        }
    controller = Controller(letters, hostname="127.0.0.1", port=_free_port(), **options)
    controller.start()
    try:
        yield Running(controller.port, letters, certificate)
    finally:
        controller.stop()


def _authenticated(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right)


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port: int = asking.getsockname()[1]
    return port


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "mail.pem", folder / "mail.key"
    name = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    made = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2")
    files = ("-keyout", str(key), "-out", str(certificate))
    subprocess.run(["openssl", "req", "-x509", *made, *name, *files], check=True, capture_output=True)
    return certificate, key
