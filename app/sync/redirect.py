"""Where a web browser comes back to: a small server on 127.0.0.1 and a port of chance, for one answer (RFC 8252, 7.3).

It takes a GET of one path under its own name and nothing else, thanks the person, and keeps no log: the answer holds a
code. Nobody listens any more once it is closed.
"""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

PATH: Final = "/callback"
LINE_S: Final = 10.0
"""For each line of a request; browsers open connections they may never use."""
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}
PAGE: Final = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Paraph</title>
<style>body{font:1.2rem/1.5 sans-serif;margin:4rem auto;max-width:28rem;padding:0 1rem;color-scheme:light dark}</style>
<h1>Go back to Paraph</h1><p>Your answer has arrived there. You can close this page.</p></html>"""


class Redirect:
    """Listens from its making until `close`; a context manager. Raises OSError where no port can be had."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._guard = threading.Lock()
        self._answer: dict[str, str] | None = None
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True, name="redirect")
        self._thread.start()

    def __enter__(self) -> "Redirect":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def uri(self) -> str:
        """RFC 8252, 7.3: the address as a number, so that no name server can say who that is."""
        return f"http://{self.host}{PATH}"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def wait(self, seconds: float) -> Mapping[str, str] | None:
        """What the browser brought, by name; None when it did not come in this time or `give_up` was called."""
        self._over.wait(seconds)
        with self._guard:
            return self._answer

    def give_up(self) -> None:
        """From any thread: nobody waits any more."""
        self._over.set()

    def take(self, query: str) -> bool:
        """The first answer counts, later ones are not heard; what is none, or says a thing twice, is no answer."""
        pairs = parse_qsl(query, keep_blank_values=True)
        found = dict(pairs)
        if len(found) < len(pairs) or not {"state", "code", "error"} & set(found):
            return False
        with self._guard:
            if self._over.is_set():
                return False
            self._answer = found
        self._over.set()
        return True

    def close(self) -> None:
        self.give_up()
        self._server.end()
        self._thread.join(2.0)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 8
    allow_reuse_address = False

    def __init__(self, redirect: Redirect) -> None:
        self.redirect = redirect
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Return)

    def server_bind(self) -> None:
        """Without asking a name server who we are."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._open.discard(request)

    def end(self) -> None:
        """What is being answered is finished, connections nobody uses are cut."""
        self.shutdown()
        self.server_close()
        for request in tuple(self._open):
            with suppress(OSError):
                request.shutdown(socket.SHUT_RD)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is nobody's business."""


class _Return(BaseHTTPRequestHandler):
    """One request; `server` is a `_Server`. Its `Host` must be ours: another name may lead here too."""

    server: _Server
    timeout = LINE_S
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        redirect = self.server.redirect
        right = asked.path == PATH and self.headers.get("Host", "") == redirect.host
        if right and redirect.take(asked.query):
            self._answer(200, "text/html; charset=utf-8", PAGE)
        else:
            self._answer(404, "text/plain", b"Not found")

    def version_string(self) -> str:
        return "Paraph"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self._answer(code, "text/plain", b"")

    def log_message(self, *_: Any) -> None:
        """The address holds a code."""

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.close_connection = True
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
