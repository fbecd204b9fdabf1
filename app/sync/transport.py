"""The one HTTP client of the program, for one account: what goes to a remote service leaves here.

It promises: no call outlasts its limit, retries and waits included (only a name server that does not answer may take
its few seconds more); no answer is larger than its limit; no redirect is followed; the credential goes to the account's
own origin only; every connection is told to the ledger before it is opened; every way to fail is a `RemoteError` whose
facts hold neither token nor signing link.
"""

import logging
import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

from app.domain import errors
from app.domain.connection import Connection
from app.sync import downloading, parsing, retrying
from app.sync.address import Address, follow
from app.sync.credential import NOBODY, Credential
from app.sync.download import Download
from app.sync.downloading import Wanted
from app.sync.exchanging import Arriving, exchange
from app.sync.ledger import Ledger
from app.sync.refusals import Refused, refusal
from app.sync.request import Answer, Request
from app.sync.retrying import Policy, Stop
from app.sync.road import Guard, Road
from app.sync.wire import Deadline, Watch

T = TypeVar("T")
Receive = Callable[[Arriving], T]

log = logging.getLogger(__name__)

AGENT: Final = "Paraph"
JSON_TYPES: Final = ("application/json", "text/json", "")
NOT_DONE: Final = (307, 308)
"""RFC 9110, 15.4: by these a request is to be made once more elsewhere; 303 says it was done, 301 and 302 either."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes. `call_s` and `download_s` are for the whole, with retries and waits; `silence_s` is for one
    wait for the other side; `answer_bytes` is counted after decompression."""

    connect_s: float = 10.0
    silence_s: float = 30.0
    call_s: float = 90.0
    download_s: float = 900.0
    answer_bytes: int = 8 << 20
    refusal_bytes: int = 64 << 10


@dataclass(frozen=True)
class Surroundings:
    """What a test replaces: the way to the server, the limits, and time and chance."""

    road: Road = field(default_factory=Road)
    limits: Limits = field(default_factory=Limits)
    policy: Policy = field(default_factory=Policy)
    pause: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class Transport:
    """Any thread may use it. `renew` fetches a fresh credential after a 401, once a call; without it 401 is final."""

    def __init__(
        self,
        account: str,
        base: Address,
        credential: Credential,
        ledger: Ledger,
        now: Callable[[], datetime],
        *,
        renew: Callable[[], Credential] | None = None,
        surroundings: Surroundings | None = None,
    ) -> None:
        self._account = account
        self._base = base
        self._credential = credential
        self._ledger = ledger
        self._now = now
        self._renew = renew
        self._with = surroundings or Surroundings()

    def send(self, request: Request) -> Answer:
        """Raises `RemoteError`. The answer is a 2xx whose body, if any, is JSON."""
        errand = self._errand(request)
        return self._until_done(errand, self._with.limits.call_s, self._read_answer)

    def download(
        self,
        source: Request | str,
        out: Path,
        *,
        limit: int,
        why: str = "",
        content_type: str = "application/pdf",
        expected_sha256: str | None = None,
        rejected: Path | None = None,
    ) -> Download:
        """`source` is a request, or a link out of an answer: to another host it is fetched without the credential, and
        neither its path nor its query is written down. Raises `RemoteError` or `NotWritable`; then `out` is as before.
        """
        errand = self._errand(source) if isinstance(source, Request) else self._link(source, why)
        wanted = Wanted(out, limit, content_type, expected_sha256, rejected)
        return self._until_done(errand, self._with.limits.download_s, lambda came: downloading.take_in(came, wanted))

    # -- where to ----------------------------------------------------------------------------------------------------

    def _errand(self, request: Request) -> "_Errand":
        root = self._base.root if request.from_root else self._base.url
        shown = request.shown if request.from_root else f"{self._base.path}{request.shown}"
        return _Errand(
            request, self._base, _with_query(f"{root}{request.filled}", request.query), shown, own=not request.anonymous
        )

    def _link(self, link: str, why: str) -> "_Errand":
        target, url = follow(self._base, link)
        request = Request("GET", "/", why)
        return _Errand(request, target, url, "(a link)", own=target.origin == self._base.origin, secrets=(link, url))

    # -- trying ------------------------------------------------------------------------------------------------------

    def _until_done(self, errand: "_Errand", seconds: float, receive: Receive[T]) -> T:
        deadline = Deadline(seconds)
        attempt, renewed = 1, False
        while True:
            try:
                return self._try(errand, deadline, receive)
            except errors.CredentialRefused:
                if self._renew is None or renewed or not errand.own:
                    raise
                self._credential, renewed = self._renew(), True
            except errors.RemoteError as problem:
                self._wait_or_raise(errand, problem, attempt, deadline)
                attempt += 1

    def _wait_or_raise(self, errand: "_Errand", problem: errors.RemoteError, attempt: int, deadline: Deadline) -> None:
        """A wait that would outlast the call is left to the outbox, which has time."""
        failure = retrying.failure_of(problem, safe=errand.request.is_safe)
        decision = retrying.decide(self._with.policy, failure, attempt, self._with.chance())
        if isinstance(decision, Stop) or decision.seconds >= deadline.left_s:
            raise problem
        self._with.pause(decision.seconds)

    def _try(self, errand: "_Errand", deadline: Deadline, receive: Receive[T]) -> T:
        """One connection, told to the ledger before and after."""
        watch = Watch(deadline, self._with.limits.silence_s)
        asked = errand.request
        line = Connection(self._now(), self._account, errand.target.host, asked.method, errand.shown, asked.why)
        number = self._ledger.begin(line)
        outcome = "stopped"
        try:
            guard = self._guard(errand, watch)
            with exchange(guard, asked.method, errand.url, self._headers(errand), asked.body) as arriving:
                outcome = str(arriving.status)
                self._expect_success(arriving, errand)
                return receive(arriving)
        except errors.ParaphError as problem:
            outcome = f"{outcome} {problem.kind}".removeprefix("stopped ")
            raise
        finally:
            self._told(number, replace(line, outcome=outcome, sent=watch.sent, received=watch.received))

    def _guard(self, errand: "_Errand", watch: Watch) -> Guard:
        connect_s, safe = self._with.limits.connect_s, errand.request.is_safe
        return Guard(self._with.road, errand.target, watch, connect_s, self._base.is_loopback, safe)

    def _told(self, number: int, line: Connection) -> None:
        """What came of it matters more than its line: a lost answer may mean a second envelope."""
        log.info("%s %s %s: %s", line.method, line.host, line.path, line.outcome)
        with suppress(errors.StoreError):
            self._ledger.end(number, line)

    def _headers(self, errand: "_Errand") -> dict[str, str]:
        """Uncompressed is asked for: what has no compression cannot hide a bomb, and the answers are small."""
        credential = self._credential if errand.own else NOBODY
        return {"User-Agent": AGENT, "Accept-Encoding": "identity", "Accept": "*/*", **credential.headers}

    # -- judging the answer ------------------------------------------------------------------------------------------

    def _expect_success(self, arriving: Arriving, errand: "_Errand") -> None:
        if 200 <= arriving.status < 300:
            return
        if 300 <= arriving.status < 400 and "location" in arriving.headers:
            target = _host_of(errand.target, arriving.headers["location"])
            doubt = arriving.guard.doubt and arriving.status not in NOT_DONE
            raise errors.RedirectRefused(host=errand.target.host, target=target, perhaps_done=doubt)
        refused = Refused(
            host=errand.target.host,
            status=arriving.status,
            headers=arriving.headers,
            body=arriving.start_of_body(self._with.limits.refusal_bytes),
            path=errand.shown,
            sent=arriving.guard.watch.sent,
            credential=self._credential,
            hidden=(*errand.request.hidden.values(), *errand.secrets),
            is_safe=errand.request.is_safe,
            anonymous=errand.request.anonymous,
        )
        raise refusal(refused, self._now())

    def _read_answer(self, arriving: Arriving) -> Answer:
        body = arriving.body(self._with.limits.answer_bytes)
        if not body:
            return Answer(arriving.status, None, arriving.headers)
        host, doubt = arriving.guard.target.host, arriving.guard.doubt
        if arriving.content_type in downloading.HTML:
            raise errors.NotTheService(host=host, perhaps_done=doubt)
        if arriving.content_type not in JSON_TYPES and not arriving.content_type.endswith("+json"):
            raise errors.AnswerUnreadable(host=host, reason="it is no JSON", perhaps_done=doubt)
        try:
            return Answer(arriving.status, parsing.parse(body), arriving.headers)
        except parsing.NotJson as problem:
            raise errors.AnswerUnreadable(host=host, reason=str(problem), perhaps_done=doubt) from None


@dataclass(frozen=True, slots=True)
class _Errand:
    """A request and where it leads. `own`: to the account's origin and not anonymous, so with the credential."""

    request: Request
    target: Address
    url: str = field(repr=False)
    shown: str
    own: bool
    secrets: tuple[str, ...] = field(default=(), repr=False)


def _with_query(url: str, query: Mapping[str, str | tuple[str, ...]]) -> str:
    return f"{url}?{urlencode(query, doseq=True)}" if query else url


def _host_of(base: Address, location: str) -> str:
    """Only the name: the rest of the address may be a secret, or a stranger's text."""
    try:
        host = urlsplit(urljoin(f"{base.root}/", location)).hostname or ""
    except ValueError:
        host = ""
    plain = "".join(letter for letter in host if letter.isalnum() or letter in ".-:")
    return plain[:100] or "nowhere"
