"""The program that speaks to the system's keyring, one call a process: a locked keyring without a screen never answers.

Request and reply are one JSON object each on standard input and output; a secret is in no argument and no environment.
"""

import base64
import json
import secrets
import sys
from collections.abc import Mapping
from typing import Any

_PART_CHARACTERS = 1024
"""The Windows store takes 2,560 bytes for one secret: longer ones are kept in parts."""


def main() -> int:
    """Entry point of the helper process."""
    print(json.dumps(answer(json.load(sys.stdin))))
    return 0


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """A value, or what is wrong: unusable (no backend from the list) or refused (it has an error of its own)."""
    ring = _allowed(tuple(request["backends"]))
    if ring is None:
        return {"error": "unusable"}
    service, name = request["service"], request["name"]
    try:
        match request["call"]:
            case "get":
                return {"value": _get(ring, service, name)}
            case "put":
                _put(ring, service, name, request["secret"])
            case "delete":
                _delete(ring, service, name)
            case "probe":
                return {"value": _keeps_what_it_is_given(ring, service)}
    except Exception as error:  # noqa: BLE001 - backends raise whatever their systems do
        return {"error": "refused", "reason": type(error).__name__}
    return {"value": None}


def _allowed(backends: tuple[str, ...]) -> Any:
    """The first backend of the list among those that the user's configuration has chosen.

    `keyring` itself would take plain text when nothing better is installed, and the null backend that forgets.
    """
    import keyring

    chosen = keyring.get_keyring()
    for ring in (chosen, *getattr(chosen, "backends", ())):
        if f"{type(ring).__module__}.{type(ring).__qualname__}" in backends:
            return ring
    return None


def _get(ring: Any, service: str, name: str) -> str | None:
    head = _head(ring, service, name)
    if head is None:
        return None
    count, batch = head
    parts = [ring.get_password(service, _part(name, batch, number)) for number in range(count)]
    return None if None in parts else "".join(parts)


def _head(ring: Any, service: str, name: str) -> tuple[int, str] | None:
    """How many parts a secret has, and the word that tells them from those of an earlier secret of this name."""
    head = ring.get_password(service, name)
    if head is None:
        return None
    count, _, batch = head.partition(" ")
    return int(count), batch


def _part(name: str, batch: str, number: int) -> str:
    return f"{name}#{batch}.{number}"


def _put(ring: Any, service: str, name: str, secret: str) -> None:
    """New parts beside the old, then the head that names them: a write that is cut off leaves the old secret."""
    before = _head(ring, service, name)
    batch = secrets.token_hex(4)
    starts = range(0, len(secret), _PART_CHARACTERS)
    for number, start in enumerate(starts):
        ring.set_password(service, _part(name, batch, number), secret[start : start + _PART_CHARACTERS])
    ring.set_password(service, name, f"{len(starts)} {batch}")
    _drop_parts(ring, service, name, before)


def _delete(ring: Any, service: str, name: str) -> None:
    head = _head(ring, service, name)
    if head is not None:
        ring.delete_password(service, name)
        _drop_parts(ring, service, name, head)


def _drop_parts(ring: Any, service: str, name: str, head: tuple[int, str] | None) -> None:
    count, batch = head or (0, "")
    for number in range(count):
        ring.delete_password(service, _part(name, batch, number))


def _keeps_what_it_is_given(ring: Any, service: str) -> bool:
    """Write, read, delete, read: a backend that only pretends is found out."""
    name, secret = f"probe-{secrets.token_hex(8)}", base64.b64encode(secrets.token_bytes(48)).decode()
    _put(ring, service, name, secret)
    kept = _get(ring, service, name) == secret
    _delete(ring, service, name)
    return kept and _get(ring, service, name) is None


if __name__ == "__main__":
    sys.exit(main())
