"""One file, once, to a telephone in the same local network: a small server on one address, with one link to it.

The link is long and random, the page behind it shows a code to compare with the one on the device, and the file goes
with a press on that page, not with the link alone: telephones look at links beforehand. Everything else is 404. After
the file, `LIFE_S` seconds or too many wrong guesses nobody listens any more.
"""

import hmac
import html
import ipaddress
import secrets
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import quote

from app.domain import errors

LIFE_S: Final = 300.0
ANSWER_S: Final = 10.0
"""For each line of a request and each piece of an answer."""
MOST_AT_ONCE: Final = 4
MOST_A_MINUTE: Final = 60
MOST_WRONG: Final = 20
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Connection": "close",
}
PAGE: Final = """<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>body{{font:1.2rem/1.5 sans-serif;margin:2rem auto;max-width:26rem;padding:0 1rem}}
b{{font-size:2.5rem;letter-spacing:.2em}}button{{font:inherit;padding:.8rem 1.4rem;min-height:3rem}}</style>
<h1>{title}</h1><p>{compare}</p><p><b dir="ltr">{code}</b></p>
<form method="post"><button>{fetch}</button></form></html>"""


@dataclass(frozen=True)
class Parcel:
    """What is handed out: `kind` as application/pdf."""

    name: str
    kind: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class PageWords:
    """What the telephone shows, in the language of the person."""

    language: str
    right_to_left: bool
    title: str
    compare: str
    fetch: str


class Handout:
    """Listens from its making until `end` or `close`. `allow(peer)` is called with the telephone's address before the
    first byte of the file leaves, and `sent(peer, bytes)` after the last one; where `allow` raises, nothing is sent.

    Raises `NoLocalNetwork` when `address` is none of this device's in a private network.
    """

    def __init__(
        self,
        address: str,
        parcel: Parcel,
        words: PageWords,
        allow: Callable[[str], object],
        sent: Callable[[str, int], object],
        *,
        life_s: float = LIFE_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.code = f"{secrets.randbelow(10_000):04d}"
        self._parcel, self._words, self._allow, self._sent = parcel, words, allow, sent
        self._token = secrets.token_urlsafe(12)
        self._now, self._ends = now, now() + life_s
        self._guard = threading.Lock()
        self._asked: list[float] = []
        self._wrong, self._busy, self._fetched = 0, False, False
        self._server = _Server(_checked(address), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.2,), daemon=True, name="handout")
        self._thread.start()

    @property
    def host(self) -> str:
        """As clients name it: address and port."""
        address, port = self._server.server_address[:2]
        shown = f"[{address!s}]" if ":" in str(address) else str(address)
        return f"{shown}:{port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/{self._token}"

    @property
    def fetched(self) -> bool:
        """It has left as a whole."""
        return self._fetched

    @property
    def left_s(self) -> int:
        """Until it ends by itself; 0 when it has ended."""
        return 0 if self._server.ended else max(0, int(self._ends - self._now()))

    def end(self) -> None:
        """Soon nobody listens any more, and what is being sent is cut off. Does not wait; may be called again."""
        self._server.end()

    def close(self) -> None:
        """Waits until nobody listens."""
        self.end()
        self._thread.join(2.0)

    # -- for the server --------------------------------------------------------------------------------------

    def expired(self) -> bool:
        return self._fetched or self._now() >= self._ends

    def admits(self) -> bool:
        """Not more than so many requests a minute, whoever asks."""
        with self._guard:
            now = self._now()
            self._asked = [at for at in self._asked if now - at < 60.0]
            self._asked.append(now)
            return len(self._asked) <= MOST_A_MINUTE

    def knows(self, path: str, host: str) -> bool:
        """`host` as the client named it: a page elsewhere may have led a browser here under another name."""
        right = hmac.compare_digest(path.encode("utf-8", "replace"), f"/{self._token}".encode()) and host == self.host
        with self._guard:
            self._wrong += not right
            spent = self._wrong >= MOST_WRONG
        if spent:
            self._server.end()
        return right and not spent

    def page(self) -> bytes:
        words = {name: html.escape(getattr(self._words, name)) for name in ("language", "title", "compare", "fetch")}
        direction = "rtl" if self._words.right_to_left else "ltr"
        return PAGE.format(**words, direction=direction, code=self.code).encode()

    def take(self, peer: str) -> Parcel | None:
        """The file for one who may have it now; None while another fetches it or once it has gone."""
        with self._guard:
            if self._busy or self._fetched:
                return None
            self._busy = True
        try:
            self._allow(peer)
        except BaseException:
            self._busy = False
            raise
        return self._parcel

    def gone(self, peer: str, whole: bool) -> None:
        """Cut off, it may be fetched again."""
        with self._guard:
            self._busy, self._fetched = False, whole
        if whole:
            self._sent(peer, len(self._parcel.data))


class _Server(ThreadingHTTPServer):
    """Stops by itself once its handout has expired; looks every fifth of a second."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 8
    allow_reuse_address = False

    def __init__(self, address: str, handout: Handout) -> None:
        self.handout = handout
        self.ended = False
        self._places = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._open: set[socket.socket] = set()
        if ":" in address:
            self.address_family = socket.AF_INET6
        try:
            super().__init__((address, 0), _Visit)
        except OSError as problem:
            raise errors.NoLocalNetwork(address=address) from problem

    def server_bind(self) -> None:
        """Without asking a name server who we are."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def process_request(self, request: Any, client_address: Any) -> None:
        if self.ended or not self._places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        self._open.add(request)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._open.discard(request)
            self._places.release()

    def service_actions(self) -> None:
        if self.handout.expired():
            self.end()

    def end(self) -> None:
        """From any thread, also from within a request."""
        if self.ended:
            return
        self.ended = True
        for request in tuple(self._open):
            if not self.handout.fetched:
                with suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)
        threading.Thread(target=self._end, daemon=True, name="handout-end").start()

    def _end(self) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is nobody's business."""


class _Visit(BaseHTTPRequestHandler):
    """One request; `server` is a `_Server`."""

    server: _Server
    timeout = ANSWER_S
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self._is_right():
            self._answer(200, "text/html; charset=utf-8", self.server.handout.page())

    def do_POST(self) -> None:
        if not self._is_right():
            return
        handout, peer = self.server.handout, str(self.client_address[0])
        parcel = handout.take(peer)
        if parcel is None:
            self._answer(410, "text/plain", b"Gone")
            return
        whole = False
        try:
            named = f"attachment; filename*=UTF-8''{quote(parcel.name, safe='')}"
            self._answer(200, parcel.kind, parcel.data, {"Content-Disposition": named})
            whole = True
        finally:
            handout.gone(peer, whole)

    def version_string(self) -> str:
        return "Paraph"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self._answer(code, "text/plain", b"")

    def log_message(self, *_: Any) -> None:
        """The ledger tells what left; a link is in no log."""

    def _is_right(self) -> bool:
        handout = self.server.handout
        if not handout.admits():
            self._answer(429, "text/plain", b"Too many requests", {"Retry-After": "60"})
        elif handout.expired():
            self._answer(410, "text/plain", b"Gone")
        elif not handout.knows(self.path, self.headers.get("Host", "")):
            self._answer(404, "text/plain", b"Not found")
        else:
            return True
        return False

    def _answer(self, status: int, kind: str, body: bytes, more: dict[str, str] | None = None) -> None:
        self.close_connection = True
        self.send_response(status)
        for name, value in {**HEADERS, **(more or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


def own_address() -> str:
    """Of this device where it would leave for other networks; nothing is sent to find out. Raises `NoLocalNetwork`."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # TEST-NET-1 (RFC 5737): a datagram socket only chooses a way
            return _checked(str(asking.getsockname()[0]))
        except OSError as problem:
            raise errors.NoLocalNetwork(address="") from problem


def _checked(address: str) -> str:
    """Private, link-local or this machine alone (RFC 1918, 4193, 3927): never an address the world can reach."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError as problem:
        raise errors.NoLocalNetwork(address=address) from problem
    if not found.is_private or found.is_unspecified or found.is_multicast:
        raise errors.NoLocalNetwork(address=address)
    return str(found)
