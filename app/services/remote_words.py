"""What `messages` says of remote services: their part of the table, and plain words for their facts."""

from collections.abc import Callable, Mapping
from typing import Any

TABLE: Mapping[str, tuple[str, str, str]] = {
    "RemoteError": ("The service did not answer", "The remote service could not be used.", "Try again later."),
    "UnknownAccount": ("No such account", "There is no account {name}.", "Known are: {known}."),
    "AccountExists": ("Name taken", "There is an account {name} already.", "Choose another name."),
    "UnknownProvider": ("No such provider", "There is no provider {provider}.", "Known are: {known}."),
    "UnknownOperation": (
        "No such operation",
        "{provider} has no operation {operation}.",
        "See them with: paraph remote ACCOUNT --list.",
    ),
    "NotInOutbox": (
        "No such operation",
        "The outbox holds no operation {operation}, or several that begin so.",
        "See them with: paraph sync status.",
    ),
    "OperationChanged": (
        "Changed meanwhile",
        "Another window or command went on with the operation {operation}.",
        "Look at it again: paraph sync status.",
    ),
    "CannotTravel": (
        "It cannot go there yet",
        "{account} cannot take this envelope: {problems}.",
        "Mend what is named.",
    ),
    "AlreadyHandedOver": (
        "Handed over already",
        "The envelope is at {account}, or on its way there.",
        "See how far it is with: paraph sync status.",
    ),
    "NotHandedOver": (
        "Not at a service",
        "The envelope {envelope} was not handed to a remote service, or has not arrived there yet.",
        "Hand it over with: paraph sync push ID --via ACCOUNT, and run the outbox.",
    ),
    "SignsElsewhere": (
        "Signs at the service",
        "{role} acts at {account}, where the envelope was handed to.",
        "Let them follow the link they were sent, or void the envelope first.",
    ),
    "NotDoneThere": (
        "The service cannot do this",
        "{provider} has nothing in its API for this: {doing}.",
        "Do it on the service's own pages.",
    ),
    "NothingToRetry": (
        "Nothing to try again",
        "The operation {operation} is {state}.",
        "Only what waits or has failed is tried again; what is unknown is decided with: paraph sync resolve.",
    ),
    "NothingToResolve": (
        "Nothing to decide",
        "The operation {operation} is {state}.",
        "Only what is unknown, failed or in conflict is for a person to decide.",
    ),
    "FileNotVerified": (
        "Not verified",
        "What came back as {title} does not pass: {verdict}{reasons}.",
        "It was kept aside and the envelope is not completed. Ask the service, then fetch it again: paraph sync retry.",
    ),
    "GivenUp": ("Cannot be done", "It cannot be done there: {message}.", "What is here is unchanged."),
    "NoLocalNetwork": (
        "No local network",
        "No telephone can reach this device at “{address}”.",
        "Join a local network, or set the address in Preferences.",
    ),
    "NoMailAccount": (
        "No mail account",
        "No account for outgoing mail is set.",
        "Set server, user and password in Preferences.",
    ),
    "MailNotSent": ("Not sent", "The mail server {host} did not take it: {reason}.", "Check the account; try again."),
    "NoConnection": (
        "No connection",
        "{host} cannot be reached: {reason}.",
        "Check the network; what waits is sent when it is back.",
    ),
    "ConnectionLost": (
        "Connection lost",
        "The connection to {host} broke off{perhaps_done}.",
        "It is looked up or tried again when the network is back.",
    ),
    "RemoteTimedOut": (
        "No answer in time",
        "{host} gave no answer within {seconds} seconds{perhaps_done}.",
        "Try again later.",
    ),
    "RemoteDown": (
        "The service has trouble",
        "{host} answered with its own error {status}{perhaps_done}.",
        "Try again later; nothing is wrong here.",
    ),
    "PerhapsDone": (
        "Perhaps done",
        "{operation} was sent to {host}, and no answer came that can be used; whether it was done is not known.",
        "It was not repeated. Look first what is there now{look}.",
    ),
    "TooManyRequests": (
        "Too many requests",
        "{host} asks to wait{wait_s}.",
        "What waits is sent later; nothing is lost.",
    ),
    "RequestRefused": (
        "The service refuses it",
        "{host} does not accept this ({status}): {message}{fields}.",
        "Mend what it names and try again.",
    ),
    "CredentialRefused": (
        "Key not accepted",
        "{host} does not accept the key or token of this account{message}.",
        "Get a new one from the service, then: paraph account renew NAME. What waits is kept.",
    ),
    "BrowserLoginFailed": (
        "Not confirmed in the browser",
        "What {host} asks for in the web browser was not confirmed: {reason}{message}.",
        "Nothing was signed or kept; try again and answer the page that opens.",
    ),
    "PaymentNeeded": (
        "Payment needed",
        "{host} wants a subscription or credit for this{message}.",
        "Settle it with the service; what waits is kept.",
    ),
    "PermissionMissing": (
        "Not permitted",
        "{host} does not allow this account to do that{message}.",
        "Ask the owner of the account for the right or scope, or use another account.",
    ),
    "RemoteGone": (
        "Gone at the service",
        "{host} has nothing at {what} any more.",
        "What is here stays; it can be sent anew from a copy.",
    ),
    "RemoteConflict": (
        "Changed at the service",
        "{host} says it is in another state{message}.",
        "Fetch its state, look at both sides and decide.",
    ),
    "RequestTooLarge": (
        "Too large for the service",
        "{host} takes less than the {sent} bytes that were sent{message}.",
        "Split the documents or make their pictures smaller.",
    ),
    "RemoteNotReady": ("Not ready yet", "{host} is still making the file.", "Try again in a minute."),
    "RedirectRefused": (
        "Sent elsewhere",
        "{host} sent the request on to {target}, which is not followed because the key would go along{perhaps_done}.",
        "If this network asks for a login, open a browser first; else correct the account's address.",
    ),
    "TargetRefused": (
        "Address not allowed",
        "{host} is not spoken to: {reason}.",
        "Check the address of the account or of the file.",
    ),
    "TlsRefused": (
        "Server not proven",
        "{host} could not prove who it is: {reason}.",
        "Do not go on; ask your network's administrator, who may name a company certificate file in Preferences.",
    ),
    "AnswerTooLarge": (
        "Answer too large",
        "{host} sent more than {limit} bytes{perhaps_done}.",
        "Nothing of it was kept; ask the service.",
    ),
    "AnswerUnreadable": (
        "Answer not understood",
        "The answer of {host} cannot be read: {reason}{perhaps_done}.",
        "Check the account's address, and ask the service if it is right.",
    ),
    "NotTheService": (
        "A web page came instead",
        "Instead of {host} a web page answered, as the login page of a network does{perhaps_done}.",
        "Open a browser, log in to the network, and try again.",
    ),
    "DownloadCut": (
        "Download incomplete",
        "The file from {host} broke off after {received} bytes.",
        "Nothing of it was kept; try again.",
    ),
    "DownloadAltered": (
        "Not the promised file",
        "The file from {host} has the fingerprint {found}, not {expected}.",
        "It was not taken for the signed document; ask the service.",
    ),
}

CONNECTION = {
    "unknown_name": "nobody knows its name",
    "refused": "it takes no connection",
    "unreachable": "there is no way to it",
    "proxy": "the proxy lets nothing through",
    "closed": "it closed the connection at once",
}
TARGETS = {
    "private": "the address belongs to a private network",
    "loopback": "the address is this computer",
    "http": "without https everybody on the way could read along",
    "address": "it is no address of a web service",
}
TLS = {
    "expired": "its certificate has expired or is not valid yet",
    "wrong_host": "its certificate belongs to another name",
    "self_signed": "its certificate is signed by itself",
    "unknown_authority": "nobody this computer trusts has signed its certificate",
    "old_version": "it speaks only a version of TLS that is no longer safe",
    "no_tls": "it does not speak TLS",
    "certificate": "its certificate is not valid",
}
BROWSER = {
    "denied": "the page was answered with no",
    "refused": "the page says no",
    "state": "the answer that came back belongs to another question",
    "timed_out": "no answer came back in time",
    "given_up": "it was stopped here",
    "no_browser": "no web browser could be opened",
    "no_port": "the browser would have nowhere on this machine to come back to",
}

PERHAPS = "; whether the request was done is not known"


def _after(text: str) -> str:
    """A service's own words, as the end of our sentence; it may have said nothing."""
    return f": {text}" if text else ""


def _by_field(complaints: list[str]) -> str:
    return f" ({'; '.join(complaints)})" if complaints else ""


def _waiting(seconds: float) -> str:
    return f" for {seconds:.0f} seconds" if seconds else ""


def _doubt(doubtful: bool) -> str:
    return PERHAPS if doubtful else ""


PLAIN: Mapping[tuple[str, str], Callable[[Any], str]] = {
    ("NoConnection", "reason"): lambda reason: CONNECTION.get(reason, reason),
    ("TargetRefused", "reason"): lambda reason: TARGETS.get(reason, reason),
    ("BrowserLoginFailed", "reason"): lambda reason: BROWSER.get(reason, reason),
    ("TlsRefused", "reason"): lambda reason: TLS.get(reason, reason),
    ("TooManyRequests", "wait_s"): _waiting,
    ("PerhapsDone", "look"): lambda look: f", with {look}" if look else "",
    ("RequestRefused", "message"): lambda message: message or "it gives no reason",
    ("RequestRefused", "fields"): _by_field,
    ("FileNotVerified", "reasons"): _by_field,
    **{
        (kind, "message"): _after
        for kind in (
            "CredentialRefused", "BrowserLoginFailed", "PaymentNeeded", "PermissionMissing", "RemoteConflict",
            "RequestTooLarge",
        )
    },
    **{
        (kind, "perhaps_done"): _doubt
        for kind in (
            "ConnectionLost",
            "RemoteTimedOut",
            "RemoteDown",
            "AnswerTooLarge",
            "AnswerUnreadable",
            "NotTheService",
            "RedirectRefused",
        )
    },
}
