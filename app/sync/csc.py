"""Keys at a trust service: the API of the Cloud Signature Consortium, version 2 (CSC API v2.0.0.2, sections 11.1 and
11.4 to 11.11). Only what a signature needs: which keys there are, what is known of one, release it, sign.

A signature is asked for once. When its answer is lost nobody asks again by itself: releasing a key costs a PIN.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from app.domain import errors
from app.sync.request import Answer, Json, Request

HASHES: Final = {
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
BROWSER: Final = "oauth2code"
"""The mode of a key that a person releases on a page of the service, in their own web browser."""
MODES: Final = ("implicit", "explicit", BROWSER)
_MOST_KEYS: Final = 100


class Sender(Protocol):
    """What a `Transport` does."""

    def send(self, request: Request) -> Answer:
        """Raises `RemoteError`."""
        ...


@dataclass(frozen=True, slots=True)
class Credential:
    """A key there. `certificates` are DER, the signer's first. `asks` names what releases it, such as PIN and OTP;
    `state` is that of the key, `certificate_state` that of its certificate, in the service's words; `mode` is how it is
    released, one of `MODES`, and `at_once` how many signatures it makes then.
    """

    id: str
    certificates: tuple[bytes, ...]
    algorithms: tuple[str, ...]
    asks: tuple[str, ...] = ()
    state: str = "enabled"
    certificate_state: str = "valid"
    scal: str = "1"
    mode: str = "explicit"
    at_once: int = 1


def oauth_base(sender: Sender) -> str:
    """Where the service's login begins, as it tells by itself (11.1); "" where it tells none, or nothing at all."""
    request = Request("POST", "/info", "who the trust service is", body=Json({}), repeatable=True, anonymous=True)
    try:
        data = sender.send(request).data
    except errors.RemoteGone:
        return ""
    found = data.get("oauth2") if isinstance(data, dict) else None
    return found if isinstance(found, str) else ""


def credentials(sender: Sender) -> tuple[str, ...]:
    """The ids of the keys this account may use (11.4)."""
    answer = _asked(sender, "/credentials/list", "keys at the trust service", {"maxResults": _MOST_KEYS})
    return tuple(map(str, _list(answer, "credentialIDs")))


def credential(sender: Sender, id: str) -> Credential:  # noqa: A002 - the word of the API
    """11.5."""
    asked = {"credentialID": id, "certificates": "chain", "certInfo": False, "authInfo": True}
    answer = _asked(sender, "/credentials/info", "one key at the trust service", asked)
    key, cert, auth = (_object(answer, name) for name in ("key", "cert", "auth"))
    mode = str(auth.get("mode", "implicit"))
    if mode not in MODES:
        raise _unreadable("this key is released in a way that is not known here")
    return Credential(
        id,
        tuple(_octets(each) for each in _list(cert, "certificates")),
        tuple(map(str, _list(key, "algo"))),
        tuple(str(each.get("id", "")) for each in auth.get("objects", ()) if isinstance(each, dict)),
        str(key.get("status", "enabled")),
        str(cert.get("status", "valid")),
        str(answer.get("SCAL", "1")),
        mode,
        _count(answer.get("multisign")),
    )


def authorize(sender: Sender, of: Credential, hashes: Sequence[bytes], digest: str, secrets: Mapping[str, str]) -> str:
    """What releases the key for these hashes (11.6): the signature activation data, a secret of minutes."""
    body: dict[str, Any] = {
        "credentialID": of.id,
        "numSignatures": len(hashes),
        "hashes": [base64.b64encode(each).decode() for each in hashes],
        "hashAlgorithmOID": HASHES[digest],
        "authData": [{"id": name, "value": secrets[name]} for name in of.asks],
    }
    answer = _asked(sender, "/credentials/authorize", "release of a key", body, hidden=secrets)
    sad = answer.get("SAD")
    if not isinstance(sad, str) or not sad:
        raise _unreadable("it holds no SAD")
    return sad


def sign_hashes(
    sender: Sender, of: Credential, sad: str, hashes: Sequence[bytes], digest: str, algorithm: str
) -> tuple[bytes, ...]:
    """11.10. `algorithm` is one of the key's, as an OID; `sad` what `authorize` brought, or the access token that the
    browser's way to the key brought (8.4.2, scope credential).
    """
    body = {
        "credentialID": of.id,
        "SAD": sad,
        "hashes": [base64.b64encode(each).decode() for each in hashes],
        "hashAlgorithmOID": HASHES[digest],
        "signAlgo": algorithm,
    }
    answer = _asked(sender, "/signatures/signHash", "signature", body, hidden={"sad": sad})
    made = tuple(_octets(each) for each in _list(answer, "signatures"))
    if len(made) != len(hashes):
        raise _unreadable("it holds another number of signatures")
    return made


def _asked(
    sender: Sender, path: str, why: str, body: Mapping[str, Any], hidden: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Everything is posted; without `hidden` it only reads, so that it may be asked again."""
    request = Request("POST", path, why, body=Json(dict(body)), hidden=hidden or {}, repeatable=hidden is None)
    data = sender.send(request).data
    if not isinstance(data, dict):
        raise _unreadable("it is no object")
    return data


def _count(value: Any) -> int:
    return value if type(value) is int and value > 0 else 1


def _list(answer: Mapping[str, Any], name: str) -> list[Any]:
    found = answer.get(name)
    if not isinstance(found, list):
        raise _unreadable(f"{name} is missing")
    return found


def _object(answer: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = answer.get(name)
    if not isinstance(found, dict):
        raise _unreadable(f"{name} is missing")
    return found


def _octets(text: Any) -> bytes:
    try:
        return base64.b64decode("".join(str(text).split()), validate=True)
    except ValueError:
        raise _unreadable("its Base64 is damaged") from None


def _unreadable(reason: str) -> errors.AnswerUnreadable:
    return errors.AnswerUnreadable(host="the trust service", reason=reason, perhaps_done=False)
