"""Pages a person is asked to look at in their own web browser, and the wait until it comes back.

Whoever stands before the person, the window or the command line, says once how such a page is shown. The wait is that
of the thread which asked: never the window's. One page after the other; each can be given up, and none is for ever.
"""

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from app.domain import errors

if TYPE_CHECKING:
    from app.sync.redirect import Redirect

PATIENCE_S: Final = 300.0
"""For a person with a telephone to find and a password to look up."""


class Visit:
    """A page to be opened: its `url`, the `host` it is at, and `purpose`, what the person is to do there.

    `url` is of https, or of this machine where the service lives here, and no secret; it is worthless afterwards.
    """

    def __init__(self, url: str, host: str, purpose: str, patience_s: float, give_up: Callable[[str], None]) -> None:
        self.url, self.host, self.purpose, self.patience_s = url, host, purpose, patience_s
        self._give_up = give_up
        self._guard = threading.Lock()
        self._over = False
        self._heard: list[Callable[[], None]] = []

    @property
    def over(self) -> bool:
        return self._over

    def give_up(self, reason: str = "given_up") -> None:
        """From any thread; `no_browser` where none could be opened. Nothing happens once it is over."""
        self._give_up(reason)

    def when_over(self, call: Callable[[], None]) -> None:
        """From any thread; `call` comes from the one that waits, or at once where nobody waits any more."""
        with self._guard:
            if not self._over:
                self._heard.append(call)
                return
        call()

    def end(self) -> None:
        """For the one that waits."""
        with self._guard:
            self._over, heard, self._heard = True, self._heard, []
        for call in heard:
            call()


Show = Callable[[Visit], None]
"""Opens the page and tells the person what is waited for. Comes back at once; called by the thread that will wait."""


class Visits:
    """How pages are shown, and the one that is open. Without `shown_by` there is no browser."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._show: Show = lambda visit: visit.give_up("no_browser")
        self._turn = threading.Lock()
        self._open: Visit | None = None
        self._closed = False

    def shown_by(self, show: Show) -> None:
        self._show = show

    def close(self) -> None:
        """From any thread: what is waited for is given up, and so is whatever is asked from now on."""
        self._closed = True
        if (visit := self._open) is not None:
            visit.give_up()

    def ask(self, page: Callable[[str], str], host: str, purpose: str) -> Mapping[str, str]:
        """What the browser comes back with. `page` is told where that must be, and says which page to open. Raises
        `BrowserLoginFailed` when it does not come back.
        """
        why = ["timed_out"]
        with self._turn, _listening(host) as redirect:

            def give_up(reason: str) -> None:
                why[0] = reason
                redirect.give_up()

            visit = self._open = Visit(page(redirect.uri), host, purpose, self._patience_s, give_up)
            try:
                if self._closed:
                    visit.give_up()
                else:
                    self._show(visit)
                answer = redirect.wait(self._patience_s)
            finally:
                self._open = None
                visit.end()
        if answer is None:
            raise errors.BrowserLoginFailed(host=host, reason=why[0], message="")
        return answer


def _listening(host: str) -> "Redirect":
    """Its code is read when it is first needed."""
    from app.sync.redirect import Redirect

    try:
        return Redirect()
    except OSError:
        raise errors.BrowserLoginFailed(host=host, reason="no_port", message="") from None
