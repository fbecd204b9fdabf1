"""From a status that says no to an error with its facts, in the service's own words where it has any.

The five providers write their errors in six shapes; one reader takes them all, because a service changes its shape more
easily than its status. Their words come from a stranger: no control or direction characters, no links, no secrets,
and not more than a few lines.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.domain import errors
from app.sync import parsing
from app.sync.credential import Credential
from app.sync.retrying import asked_wait_s

LONGEST: Final = 300
MOST_FIELDS: Final = 20
LINK: Final = re.compile(r"(?i)\b[a-z][a-z0-9+.-]*://\S+")
WORDS: Final = ("message", "detail", "info_message", "error_description", "title", "error")
COMPLAINTS: Final = ("errors", "details", "detail", "fields")


@dataclass(frozen=True, slots=True)
class Refused:
    """What is known of the request and of the answer that refuses it."""

    host: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    path: str
    sent: int
    credential: Credential
    hidden: tuple[str, ...]
    is_safe: bool
    anonymous: bool = False

    def plain(self, text: str) -> str:
        """Fit to be shown and logged."""
        without = LINK.sub("[link]", self.credential.strike(text, *self.hidden))
        letters = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in without)
        short = " ".join(letters.split())
        return (short if len(short) <= LONGEST else short[: LONGEST - 1] + "…").rstrip(".")


def refusal(refused: Refused, now: datetime) -> errors.RemoteError:
    """For every status of 300 and above."""
    host, status = refused.host, refused.status
    said = _data(refused.body)
    message = refused.plain(next(_words(said), ""))
    match status:
        case 401 if not refused.anonymous:
            return errors.CredentialRefused(host=host, message=message)
        case 402:
            return errors.PaymentNeeded(host=host, message=message)
        case 403:
            return errors.PermissionMissing(host=host, message=message)
        case 404 | 410:
            return errors.RemoteGone(host=host, what=refused.path)
        case 409 | 423:
            return errors.RemoteConflict(host=host, message=message)
        case 413:
            return errors.RequestTooLarge(host=host, sent=refused.sent, message=message)
        case 429:
            return errors.TooManyRequests(host=host, wait_s=asked_wait_s(refused.headers, now))
        case 511:
            return errors.NotTheService(host=host, perhaps_done=False)
        case _ if status >= 500:
            wait_s, doubtful = asked_wait_s(refused.headers, now), not refused.is_safe
            return errors.RemoteDown(host=host, status=status, wait_s=wait_s, perhaps_done=doubtful)
        case _:
            fields = [refused.plain(one) for one in _by_field(said)][:MOST_FIELDS]
            return errors.RequestRefused(host=host, status=status, message=message, fields=fields)


def _data(body: bytes) -> Any:
    """Nothing when it is a web page, or not JSON for another reason: the status still counts."""
    try:
        return parsing.parse(body)
    except parsing.NotJson:
        return None


def _words(said: Any) -> Iterator[str]:
    """`{error: text}`, `{error: {message}}`, `{type, detail}`, `{message}`, `{title, detail}`, `{info_message}`."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for name in WORDS:
            if isinstance(said.get(name), str | dict):
                yield from _words(said[name])


def _by_field(said: Any) -> list[str]:
    """`{errors: [text]}`, `{errors: {field: [text]}}`, `{detail: {field: [text]}}`, `{error: {details: [text]}}`."""
    if not isinstance(said, dict):
        return []
    for name in COMPLAINTS:
        if isinstance(said.get(name), list | dict) and (found := list(_complaints(said[name], ""))):
            return found
    return _by_field(said.get("error"))


def _complaints(said: Any, field: str) -> Iterator[str]:
    if isinstance(said, str):
        yield f"{field}: {said}" if field else said
    elif isinstance(said, list):
        for one in said[:MOST_FIELDS]:
            yield from _complaints(one, field)
    elif isinstance(said, dict):
        if isinstance(said.get("message"), str):
            yield from _complaints(said["message"], str(said.get("field", field)))
            return
        for name, one in list(said.items())[:MOST_FIELDS]:
            yield from _complaints(one, f"{field}.{name}" if field else str(name))
