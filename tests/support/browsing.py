"""A web browser for tests: goes to a page and wherever it is sent, in a thread, as a person's would.

As a program, `python -m tests.support.browsing URL`, it stands in for the one of the command line.
"""

from __future__ import annotations

import http.client
import sys
import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.services.visiting import Visit

PATIENCE_S = 20.0


@dataclass
class Browser:
    """`habit` says what it does: "" answers; "closed" never comes back, "cancelled" is stopped here, "curious" first
    asks for what is not there, "stray" brings an answer to no question, "none" cannot be opened."""

    habit: str = ""
    visits: list[Visit] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def show(self, visit: Visit) -> None:
        self.visits.append(visit)
        if self.habit == "closed":
            return
        if self.habit in ("cancelled", "none"):
            visit.give_up("given_up" if self.habit == "cancelled" else "no_browser")
            return
        self._threads.append(threading.Thread(target=self._go, args=(visit.url,)))
        self._threads[-1].start()

    def close(self) -> None:
        for thread in self._threads:
            thread.join(PATIENCE_S)

    def _go(self, url: str) -> None:
        status, target = get(url)
        self.statuses.append(status)
        if not target:
            return
        root = target.partition("/callback")[0]
        if self.habit == "curious":
            self.statuses += [get(f"{root}/favicon.ico")[0], get(f"{root}/callback")[0]]
            self.statuses += [get(target, host="elsewhere.example")[0], get(f"{target}&state=twice")[0]]
        if self.habit == "stray":
            target = f"{root}/callback?code=stolen"
        self.statuses.append(get(target)[0])


def get(url: str, host: str = "") -> tuple[int, str]:
    """Status, and where it sends."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE_S)
    try:
        headers = {"Host": host} if host else {}
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheader("Location", "")
    finally:
        connection.close()


if __name__ == "__main__":
    print("a browser that chats")
    url = sys.argv[1]
    while url:
        _, url = get(url)
