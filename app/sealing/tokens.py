"""Keys on tokens: smart cards and HSMs behind a PKCS#11 module (OASIS PKCS #11 2.40).

Only ever in the child: a module is somebody else's native code, and may hang or crash.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pkcs11
from pkcs11 import Attribute, Mechanism, ObjectClass, TokenFlag, exceptions
from pkcs11.util.ec import encode_ecdsa_signature

from app.domain import errors
from app.domain.identity import TokenKey
from app.process import Json

_GONE: Final = (
    exceptions.NoSuchToken, exceptions.TokenNotPresent, exceptions.DeviceRemoved, exceptions.TokenNotRecognised,
    exceptions.SlotIDInvalid,
)  # fmt: skip
_WRONG_PIN: Final = (exceptions.PinIncorrect, exceptions.PinInvalid, exceptions.PinLenRange)
_LOCKED: Final = (exceptions.PinLocked, exceptions.PinExpired, exceptions.UserPinNotInitialized)


def sign_rsa(key: TokenKey, data: bytes) -> bytes:
    """RSASSA-PKCS1-v1_5 with SHA-256, hashed by the token."""
    with _private_key(key) as private:
        return bytes(private.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))


def sign_ecdsa(key: TokenKey, data: bytes, digest: str) -> bytes:
    """DER (RFC 3279, 2.2.3); the hash is made here, as few tokens make it."""
    with _private_key(key) as private:
        value = private.sign(hashlib.new(digest, data).digest(), mechanism=Mechanism.ECDSA)
        return bytes(encode_ecdsa_signature(value))


def list_tokens(payload: dict[str, Json]) -> Json:
    """`module` -> every token in it, with the certificates that can be read without a PIN. Each time anew: the slots
    are asked again which tokens there are.
    """
    module = str(payload["module"])
    with _told(module, ""):
        return [_described(token, module) for token in _tokens(module)]


def try_pin(payload: dict[str, Any]) -> Json:
    """Opens the token and looks for the key; signs nothing."""
    with _private_key(TokenKey(**payload["key"])):
        return None


def _described(token: Any, module: str) -> Json:
    with token.open() as session:
        found = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
        certificates: list[Json] = [
            {"key_id": bytes(each[Attribute.ID]).hex(), "der": bytes(each[Attribute.VALUE]).hex()} for each in found
        ]
    return {
        "label": token.label.strip(), "serial": _serial(token), "tries": _tries(token), "module": module,
        "slot": token.slot.slot_id, "certificates": certificates,
    }  # fmt: skip


@contextmanager
def _private_key(key: TokenKey) -> Iterator[Any]:
    with _told(key.module, key.serial):
        token = next((each for each in _tokens(key.module) if _serial(each) == key.serial), None)
        if token is None:
            raise errors.TokenMissing(module=key.module, token=key.serial)
        if TokenFlag.USER_PIN_LOCKED in token.flags:
            raise errors.PinLocked(token=key.serial)
        with _opened(token, key) as session:
            yield session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=bytes.fromhex(key.key_id))


@contextmanager
def _opened(token: Any, key: TokenKey) -> Iterator[Any]:
    try:
        session = token.open(user_pin=key.pin)
    except _WRONG_PIN:
        left = next((each for each in _tokens(key.module) if _serial(each) == key.serial), token)
        raise errors.PinWrong(token=key.serial, tries=_tries(left)) from None
    with session:
        yield session


@contextmanager
def _told(module: str, token: str) -> Iterator[None]:
    """Foreign exceptions end here; none of them holds the PIN."""
    try:
        yield
    except _GONE:
        raise errors.TokenMissing(module=module, token=token) from None
    except _LOCKED:
        raise errors.PinLocked(token=token) from None
    except exceptions.NoSuchKey:
        raise errors.TokenFailed(token=token, reason="the key is not on it") from None
    except exceptions.PKCS11Error as problem:
        raise errors.TokenFailed(token=token, reason=type(problem).__name__) from None


def _tokens(module: str) -> list[Any]:
    found = []
    for slot in _library(module).get_slots(token_present=True):
        try:
            token = slot.get_token()
        except exceptions.PKCS11Error:
            continue  # taken out between the two questions
        if TokenFlag.TOKEN_INITIALIZED in token.flags:
            found.append(token)
    return found


def _library(module: str) -> Any:
    if not Path(module).is_file():
        raise errors.TokenModuleUnusable(module=module, reason="missing")
    try:
        return pkcs11.lib(module)
    except (exceptions.PKCS11Error, RuntimeError, OSError):
        raise errors.TokenModuleUnusable(module=module, reason="not_loaded") from None


def _serial(token: Any) -> str:
    serial = token.serial
    return (serial.decode("utf-8", "replace") if isinstance(serial, bytes) else str(serial)).strip()


def _tries(token: Any) -> str:
    flags = token.flags
    if TokenFlag.USER_PIN_LOCKED in flags:
        return "none"
    if TokenFlag.USER_PIN_FINAL_TRY in flags:
        return "one"
    return "few" if TokenFlag.USER_PIN_COUNT_LOW in flags else "many"
