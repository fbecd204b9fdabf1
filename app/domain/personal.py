"""Personal data stay beside the audit trail, not in it: an event names a text by its salted hash, and the text can be
erased when the law wants it, without a link of the chain breaking.

The hash is HMAC-SHA-256 (RFC 2104) of the text in NFC under the envelope's salt; without the salt nobody can try names.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from app.domain.canonical import composed

SCHEMA = "paraph.personal/1"
PREFIX = "personal:"
KEYS = frozenset(
    {"before", "contact", "digits", "host", "how", "name", "place", "reason", "statement", "to", "typed_name"}
)
"""Facts that tell of people. Everything else in the trail is about documents, fields and parts played."""
ERASED = "(erased)"


def concealed(salt: str, facts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The facts with hashes in the place of personal texts, and those texts by their hash."""
    texts: dict[str, str] = {}
    return {key: _concealed(salt, key, value, texts) for key, value in facts.items()}, texts


def revealed(texts: Mapping[str, str], facts: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse; a text that was erased is said to be."""
    return {key: _revealed(texts, value) for key, value in facts.items()}


def name_of(salt: str, text: str) -> str:
    """How the trail names this text."""
    digest = hmac.new(bytes.fromhex(salt), composed(text).encode(), hashlib.sha256).hexdigest()
    return f"{PREFIX}{digest}"


def _concealed(salt: str, key: str, value: Any, texts: dict[str, str]) -> Any:
    match value:
        case str() if key in KEYS and value:
            name = name_of(salt, value)
            texts[name] = composed(value)
            return name
        case list():
            return [_concealed(salt, key, item, texts) for item in value]
        case Mapping():
            return {inner: _concealed(salt, inner, item, texts) for inner, item in value.items()}
        case _:
            return value


def _revealed(texts: Mapping[str, str], value: Any) -> Any:
    match value:
        case str() if value.startswith(PREFIX):
            return texts.get(value, ERASED)
        case list():
            return [_revealed(texts, item) for item in value]
        case Mapping():
            return revealed(texts, value)
        case _:
            return value
