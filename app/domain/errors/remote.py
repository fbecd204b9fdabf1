"""A remote service said no or nothing.

Two facts decide what follows. `passing`: it may go away by itself, so the outbox tries again. `perhaps_done`: the
request may have reached the service although no answer came, so what creates something is looked up before it is
repeated; no provider documents an idempotency key.
"""

from typing import ClassVar

from app.domain.errors.root import ParaphError, fact


@fact
class RemoteError(ParaphError):
    """About somebody else's server; what is here is unchanged by it."""

    exit_code: ClassVar[int] = 7
    passing: ClassVar[bool] = False

    @property
    def may_have_happened(self) -> bool:
        """Whether the request was perhaps done; where nothing is said it was not."""
        return bool(self.facts.get("perhaps_done", False))


# -- accounts ----------------------------------------------------------------------------------------------------


@fact
class UnknownAccount(RemoteError):
    """No account of that name is set up."""

    name: str
    known: list[str]


@fact
class AccountExists(RemoteError):
    """The name is taken."""

    name: str


@fact
class UnknownProvider(RemoteError):
    """No connector of that name is built in."""

    provider: str
    known: list[str]


@fact
class UnknownOperation(RemoteError):
    """The contract of the provider has none of that name."""

    provider: str
    operation: str
    known: list[str]


# -- no answer ---------------------------------------------------------------------------------------------------


@fact
class NoConnection(RemoteError):
    """Nothing was sent: name not found, refused, unreachable, or the proxy said no."""

    passing: ClassVar[bool] = True
    host: str
    reason: str


@fact
class ConnectionLost(RemoteError):
    """The connection broke after the request had begun to leave."""

    passing: ClassVar[bool] = True
    host: str
    perhaps_done: bool


@fact
class RemoteTimedOut(RemoteError):
    """`seconds` is the limit that was reached: for connecting, for one silence, or for the whole."""

    passing: ClassVar[bool] = True
    host: str
    seconds: float
    perhaps_done: bool


@fact
class RemoteDown(RemoteError):
    """5xx. `wait_s` is what the service asked for, 0 when it did not."""

    passing: ClassVar[bool] = True
    host: str
    status: int
    wait_s: float
    perhaps_done: bool


@fact
class TooManyRequests(RemoteError):
    """429; the request was not done. `wait_s` is what the service asked for, 0 when it did not."""

    passing: ClassVar[bool] = True
    host: str
    wait_s: float


@fact
class PerhapsDone(RemoteError):
    """A person asked for one operation that changes something; it was sent, and its answer did not come or cannot be
    used. `cause` is the kind of error that it was, `look` the operation that shows what is there now.
    """

    host: str
    operation: str
    cause: str
    look: str
    perhaps_done: bool


# -- the answer is no --------------------------------------------------------------------------------------------


@fact
class RequestRefused(RemoteError):
    """400, 422 and other refusals: `fields` are the service's complaints by field, as it wrote them."""

    host: str
    status: int
    message: str
    fields: list[str]


@fact
class CredentialRefused(RemoteError):
    """401: missing, wrong, expired or withdrawn."""

    host: str
    message: str


@fact
class BrowserLoginFailed(RemoteError):
    """What a person should have confirmed on a page of `host`, in their web browser, was not confirmed. `reason` is
    denied or refused (the page's own answer, its words in `message`), state (an answer that is not to our question),
    timed_out, given_up, no_browser or no_port (this machine has none for the way back).
    """

    host: str
    reason: str
    message: str


@fact
class PaymentNeeded(RemoteError):
    """402: trial over, no subscription, no credit."""

    host: str
    message: str


@fact
class PermissionMissing(RemoteError):
    """403: the credential is known and does not allow this."""

    host: str
    message: str


@fact
class RemoteGone(RemoteError):
    """404 or 410. `what` is the path, without what in it is secret."""

    host: str
    what: str


@fact
class RemoteConflict(RemoteError):
    """409 or 423: it is in another state than the request needs, or somebody is editing it."""

    host: str
    message: str


@fact
class RequestTooLarge(RemoteError):
    """413; `sent` counts the bytes of the body."""

    host: str
    sent: int
    message: str


@fact
class RemoteNotReady(RemoteError):
    """202 where a file was asked for: the service is still making it."""

    passing: ClassVar[bool] = True
    host: str


# -- the answer cannot be used -----------------------------------------------------------------------------------


@fact
class RedirectRefused(RemoteError):
    """An answer that sends elsewhere is not followed: a credential would go along."""

    host: str
    target: str
    perhaps_done: bool = False


@fact
class TargetRefused(RemoteError):
    """An address this account must not lead to; nothing was sent."""

    host: str
    reason: str


@fact
class TlsRefused(RemoteError):
    """The server could not prove who it is, or speaks only what is no longer safe; nothing was sent."""

    host: str
    reason: str


@fact
class AnswerTooLarge(RemoteError):
    """More than `limit` bytes, counted after decompression."""

    host: str
    limit: int
    perhaps_done: bool


@fact
class AnswerUnreadable(RemoteError):
    """Not what the contract says: no JSON, another type, another encoding, nested too deep."""

    host: str
    reason: str
    perhaps_done: bool


@fact
class NotTheService(RemoteError):
    """A web page where data was promised, as the login page of a hotel's network."""

    passing: ClassVar[bool] = True
    host: str
    perhaps_done: bool


@fact
class DownloadCut(RemoteError):
    """The file ended before its announced end, or nothing tells where its end is."""

    passing: ClassVar[bool] = True
    host: str
    received: int


@fact
class DownloadAltered(RemoteError):
    """The file is whole and is not the one that was promised."""

    host: str
    expected: str
    found: str


@fact
class NoLocalNetwork(RemoteError):
    """`address` is none under which a telephone in the same private network could reach this device."""

    address: str


@fact
class NoMailAccount(RemoteError):
    """Nothing can be e-mailed before an outgoing account is set."""


@fact
class MailNotSent(RemoteError):
    """The mail server could not be reached or did not take the letter; `reason` is its own or the network's word."""

    host: str
    reason: str
