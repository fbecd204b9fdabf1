"""Bytes for seals: time stamps, revocation lists, answers about certificates. No account, no credential.

Such addresses stand inside certificates and are mostly plain http: what comes from there is signed, and judged by that
signature (RFC 5280, 8; RFC 3161, 3.4). All other rules of this room hold: no redirect, limits, private networks shut,
every connection told to the ledger.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from app.domain import errors
from app.domain.connection import Connection
from app.sync.address import Address, read_plain
from app.sync.exchanging import Arriving, exchange
from app.sync.ledger import Ledger
from app.sync.request import Raw
from app.sync.road import Guard, Road
from app.sync.wire import Deadline, Watch

AGENT: Final = "Paraph"
HTML: Final = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Errand:
    """`body` of `content_type` is posted; without one the address is read. `why` is for the ledger. `accept`: what may
    come; empty where servers are known to say anything.
    """

    url: str = field(repr=False)
    why: str
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    accept: tuple[str, ...] = ()
    limit: int = 32 << 20


@dataclass(frozen=True)
class Fetcher:
    """`loopback`: a person has set an authority on this very machine; else no certificate may lead there. `wall_s` is
    for the whole of one errand.
    """

    ledger: Ledger
    now: Callable[[], datetime]
    road: Road = field(default_factory=Road)
    loopback: bool = False
    connect_s: float = 10.0
    silence_s: float = 15.0
    wall_s: float = 30.0

    def fetch(self, errand: Errand) -> bytes:
        """Raises `RemoteError`. Once: whoever is silent may be asked again by a person."""
        target = read_plain(errand.url)
        if target.is_loopback and not self.loopback:
            raise errors.TargetRefused(host=target.host, reason="loopback")
        watch = Watch(Deadline(self.wall_s), self.silence_s)
        method = "POST" if errand.content_type else "GET"
        shown = urlsplit(errand.url).path or "/"
        line = Connection(self.now(), "", target.host, method, shown, errand.why)
        number, outcome = self.ledger.begin(line), "stopped"
        try:
            data = self._exchanged(errand, target, watch, method)
            outcome = "200"
        except errors.ParaphError as problem:
            outcome = problem.kind
            raise
        else:
            return data
        finally:
            self.ledger.end(number, replace(line, outcome=outcome, sent=watch.sent, received=watch.received))

    def _exchanged(self, errand: Errand, target: Address, watch: Watch, method: str) -> bytes:
        guard = Guard(self.road, target, watch, self.connect_s, self.loopback)
        body = Raw(errand.body, errand.content_type) if errand.content_type else None
        with exchange(guard, method, errand.url, _headers(errand), body) as arriving:
            _expect(arriving, errand)
            data = arriving.body(errand.limit)
            if not data or not arriving.end_is_known:
                raise errors.DownloadCut(host=target.host, received=len(data))
            return data


def _headers(errand: Errand) -> Mapping[str, str]:
    return {
        "User-Agent": AGENT, "Accept-Encoding": "identity", "Accept": ", ".join((*errand.accept, "*/*;q=0.1"))
    }  # fmt: skip


def _expect(arriving: Arriving, errand: Errand) -> None:
    host, status = arriving.guard.target.host, arriving.status
    if 300 <= status < 400:
        raise errors.RedirectRefused(host=host, target=_host_of(arriving.headers.get("location", "")))
    if status >= 500:
        raise errors.RemoteDown(host=host, status=status, wait_s=0.0, perhaps_done=False)
    if status != 200:
        raise errors.RequestRefused(host=host, status=status, message="", fields=[])
    if arriving.content_type in HTML:
        raise errors.NotTheService(host=host, perhaps_done=False)
    if errand.accept and arriving.content_type not in errand.accept:
        raise errors.AnswerUnreadable(host=host, reason="it is of another type", perhaps_done=False)


def _host_of(location: str) -> str:
    try:
        host = urlsplit(location).hostname or ""
    except ValueError:
        host = ""
    return "".join(letter for letter in host if letter.isalnum() or letter in ".-:")[:100] or "nowhere"
