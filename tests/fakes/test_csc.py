"""The trust service of the tests is strict: whoever proves less than the standards ask gets nothing from it."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from app.domain.identity import KeyMaterial
from app.identities import self_signed
from tests.fakes.csc import RSA, Trust
from tests.fakes.csc_login import CLIENT, PUBLIC, SECRET, SHA256
from tests.support.houses import SteppingClock
from tests.support.http_server import Plain, Reply, Seen
from tests.support.outboxes import START

BACK = "http://127.0.0.1:4711/callback"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
HASH, OTHER = bytes(32), b"\x01" * 32
PAGE = {
    "response_type": "code", "client_id": PUBLIC, "redirect_uri": BACK, "scope": "service", "state": "s" * 43,
    "code_challenge": CHALLENGE, "code_challenge_method": "S256",
}  # fmt: skip
KEY_PAGE = {
    **PAGE, "scope": "credential", "credentialID": "k1", "numSignatures": "1", "hashAlgorithmOID": SHA256,
    "hashes": base64.urlsafe_b64encode(HASH).decode(),
}  # fmt: skip


@pytest.fixture(scope="module")
def key() -> KeyMaterial:
    return self_signed("Jane", "", SteppingClock(START).now())


@pytest.fixture
def trust(key: KeyMaterial) -> Trust:
    return Trust({"k1": key, "k2": key}, url="http://here/csc/v2", mode="oauth2code")


def body(reply: Reply) -> tuple[int, Any]:
    assert isinstance(reply, Plain)
    return reply.status, json.loads(reply.body)


def back(trust: Trust, asked: dict[str, str]) -> dict[str, str]:
    """What a page brings back; {} where it sends nobody anywhere."""
    reply = trust.answer(Seen("GET", f"/as/oauth2/authorize?{urlencode(asked)}", {}))
    assert isinstance(reply, Plain)
    return dict(parse_qsl(urlsplit(reply.headers.get("Location", "")).query))


def token(trust: Trust, **form: str) -> tuple[int, Any]:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return body(trust.answer(Seen("POST", "/as/oauth2/token", headers, urlencode(form).encode())))


def exchange(trust: Trust, code: str, **more: str) -> tuple[int, Any]:
    form = {"grant_type": "authorization_code", "code": code, "client_id": PUBLIC, "redirect_uri": BACK}
    return token(trust, **{**form, "code_verifier": VERIFIER, **more})


def bearer(trust: Trust) -> str:
    given: str = token(trust, grant_type="client_credentials", client_id=CLIENT, client_secret=SECRET)[1][
        "access_token"
    ]
    return given


def api(trust: Trust, path: str, access: str, asked: dict[str, Any]) -> tuple[int, Any]:
    headers = {"content-type": "application/json", "authorization": f"Bearer {access}"}
    return body(trust.answer(Seen("POST", f"/csc/v2/{path}", headers, json.dumps(asked).encode())))


def sign(trust: Trust, access: str, sad: str, data: bytes = HASH, name: str = "k1") -> int:
    hashes = [base64.b64encode(data).decode()]
    asked = {"credentialID": name, "SAD": sad, "hashes": hashes, "hashAlgorithmOID": SHA256, "signAlgo": RSA}
    return api(trust, "signatures/signHash", access, asked)[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"response_type": "token"}, {"client_id": "stranger"}, {"state": "short"}, {"scope": "all"},
        {"code_challenge_method": "plain"}, {"code_challenge": VERIFIER[:20]}, {"surplus": "1"},
    ],
    ids=str,
)  # fmt: skip
def test_a_page_that_is_asked_wrongly_gives_no_code(trust: Trust, wrong: dict[str, str]) -> None:
    assert set(back(trust, {**PAGE, **wrong})) == {"state", "error", "error_description"}


@pytest.mark.parametrize(
    "uri",
    ["https://127.0.0.1:1/callback", "http://localhost:1/callback", "http://127.0.0.1:1/", "http://evil/callback"],
)
def test_nobody_is_sent_to_another_place_than_a_program_on_this_machine(trust: Trust, uri: str) -> None:
    assert back(trust, {**PAGE, "redirect_uri": uri}) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"credentialID": "k9"}, {"numSignatures": "2"}, {"hashAlgorithmOID": "1.3.14.3.2.26"}, {"hashes": "AAAA"},
    ],
    ids=str,
)  # fmt: skip
def test_a_key_is_not_released_for_what_is_not_said_exactly(trust: Trust, wrong: dict[str, str]) -> None:
    assert "code" in back(trust, KEY_PAGE)
    assert "code" not in back(trust, {**KEY_PAGE, **wrong})


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_verifier": "w" * 43}, {"code_verifier": ""}, {"redirect_uri": BACK.replace("4711", "4712")},
        {"client_id": CLIENT, "client_secret": SECRET},
    ],
    ids=str,
)  # fmt: skip
def test_a_code_is_good_once_and_for_who_asked_for_it(trust: Trust, wrong: dict[str, str]) -> None:
    assert exchange(trust, back(trust, PAGE)["code"], **wrong)[0] == 400
    code = back(trust, PAGE)["code"]
    assert exchange(trust, code)[0] == 200
    assert exchange(trust, code)[0] == 400


def test_a_client_must_know_its_secret_and_a_public_one_has_none(trust: Trust) -> None:
    assert token(trust, grant_type="client_credentials", client_id=CLIENT, client_secret="guess")[0] == 401
    assert token(trust, grant_type="client_credentials", client_id=PUBLIC)[0] == 400


def test_a_refresh_token_that_is_used_twice_ends_them_all(trust: Trust) -> None:
    first = exchange(trust, back(trust, PAGE)["code"])[1]["refresh_token"]
    form = {"grant_type": "refresh_token", "client_id": PUBLIC}
    second = token(trust, **form, refresh_token=first)[1]["refresh_token"]
    assert token(trust, **form, refresh_token=first)[0] == 400
    assert token(trust, **form, refresh_token=second)[0] == 400


def test_a_token_is_good_until_it_has_run_out_and_for_its_scope_alone(trust: Trust) -> None:
    access = bearer(trust)
    sad = exchange(trust, back(trust, KEY_PAGE)["code"])[1]["access_token"]
    assert api(trust, "credentials/list", access, {})[0] == 200
    assert api(trust, "credentials/list", sad, {})[0] == 401
    assert sign(trust, access, access) == 400
    trust.logins.end_tokens()
    assert api(trust, "credentials/list", access, {})[0] == 401


@pytest.mark.parametrize(("data", "name"), [(OTHER, "k1"), (HASH, "k2")])
def test_only_the_hash_that_was_released_is_signed_with_that_key_and_once(trust: Trust, data: bytes, name: str) -> None:
    access = bearer(trust)
    sad = exchange(trust, back(trust, KEY_PAGE)["code"])[1]["access_token"]
    assert sign(trust, access, sad, data, name) == 400
    sad = exchange(trust, back(trust, KEY_PAGE)["code"])[1]["access_token"]
    assert sign(trust, access, sad) == 200
    assert sign(trust, access, sad) == 400
