"""What is asked when somebody logs in at a trust service, and what is taken for an answer."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.domain import errors
from app.sync import address, csc_login
from app.sync.csc_login import CREDENTIAL, SERVICE, Client, Question

OAUTH = address.read("https://login.example/as/")
CLIENT = Client("paraph", "a secret of the client")
# RFC 7636, appendix B.
KNOWN = Question("http://127.0.0.1:4711/callback", "the state", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")


def asked(url: str) -> dict[str, str]:
    return {name: value for name, (value,) in parse_qs(urlsplit(url).query, strict_parsing=True).items()}


def test_the_page_of_the_service_is_asked_for_with_a_proof_key_of_the_standards_example() -> None:
    url = csc_login.service_page(OAUTH, CLIENT, KNOWN)
    assert url.startswith("https://login.example/as/oauth2/authorize?")
    assert asked(url) == {
        "response_type": "code", "client_id": "paraph", "redirect_uri": KNOWN.redirect, "state": "the state",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256",
        "scope": "service",
    }  # fmt: skip
    assert KNOWN.verifier not in url
    assert CLIENT.secret not in url


def test_a_key_is_asked_for_with_the_hashes_it_is_to_sign() -> None:
    found = asked(csc_login.key_page(OAUTH, CLIENT, KNOWN, "key 1/ü", [b"\xff" * 32, bytes(32)], "sha256"))
    assert {name: found[name] for name in ("scope", "credentialID", "numSignatures", "hashAlgorithmOID")} == {
        "scope": "credential", "credentialID": "key 1/ü", "numSignatures": "2",
        "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1",
    }  # fmt: skip
    assert found["hashes"] == f"{'_' * 42}8=,{'A' * 43}="


def test_no_question_is_asked_twice() -> None:
    one, other = Question.new("r"), Question.new("r")
    assert len({one.state, other.state, one.verifier, other.verifier}) == 4
    assert 43 <= len(one.verifier) <= 128
    assert "the state" not in repr(KNOWN)
    assert KNOWN.verifier not in repr(KNOWN)


@pytest.mark.parametrize(
    ("answer", "reason", "message"),
    [
        ({"code": "c"}, "state", ""),
        ({"code": "c", "state": "another"}, "state", ""),
        ({"error": "access_denied", "state": "ü"}, "state", ""),
        ({"error": "access_denied", "state": "the state"}, "denied", "access_denied"),
        ({"error": "x", "error_description": "No\x1b[1m\nnow.", "state": "the state"}, "refused", "No [1m now"),
        ({"error": "x", "error_description": "for the state", "code": "c", "state": "the state"}, "refused", "for"),
        (
            {"error": "x", "error_description": "See https://a.b/c?d now", "state": "the state"},
            "refused",
            "See [link] now",
        ),
        ({"state": "the state"}, "refused", ""),
        ({"state": "the state", "code": ""}, "refused", ""),
    ],
)
def test_an_answer_that_brings_no_code_says_why(answer: dict[str, str], reason: str, message: str) -> None:
    with pytest.raises(errors.BrowserLoginFailed) as refused:
        csc_login.code(answer, KNOWN, "login.example")
    assert (refused.value.reason, refused.value.message) == (reason, message)


def test_secrets_of_a_request_are_known_to_be_some() -> None:
    assert csc_login.code({"code": "c", "state": "the state"}, KNOWN, "") == "c"
    by_code = csc_login.by_code(CLIENT, KNOWN, "the code")
    assert set(by_code.hidden.values()) == {"the code", KNOWN.verifier, CLIENT.secret}
    assert not by_code.is_safe
    by_refresh = csc_login.by_refresh(Client("public"), "the refresh token")
    assert set(by_refresh.hidden.values()) == {"the refresh token"}
    assert not by_refresh.is_safe
    assert csc_login.by_secret(CLIENT).is_safe
    for request in (by_code, by_refresh):
        assert not [secret for secret in request.hidden.values() if secret in repr(request) + request.shown]


@pytest.mark.parametrize(
    ("data", "scope"),
    [
        (None, SERVICE),
        ([], SERVICE),
        ({}, SERVICE),
        ({"access_token": ""}, SERVICE),
        ({"access_token": 7}, SERVICE),
        ({"access_token": "a", "token_type": "mac"}, SERVICE),
        ({"access_token": "a", "token_type": "SAD"}, SERVICE),
        ({"access_token": "a", "scope": "profile"}, SERVICE),
        ({"access_token": "a", "scope": "service"}, CREDENTIAL),
        ({"access_token": "a", "credentialID": "another"}, CREDENTIAL),
    ],
)
def test_what_is_no_token_for_this_is_not_taken_for_one(data: Any, scope: str) -> None:
    with pytest.raises(errors.AnswerUnreadable):
        csc_login.tokens(data, scope, "k1")


@pytest.mark.parametrize(("lasts", "seconds"), [(60, 60), (0, 600), (-1, 600), (True, 600), ("60", 600), (None, 600)])
def test_a_token_without_a_life_is_given_a_short_one(lasts: Any, seconds: float) -> None:
    found = csc_login.tokens({"access_token": "a", "token_type": "bearer", "expires_in": lasts}, SERVICE)
    assert (found.access, found.lasts_s, found.refresh) == ("a", seconds, "")
    assert "'a'" not in repr(found)


def test_an_access_token_for_a_key_stands_for_its_sad() -> None:
    for kind in ("SAD", "Bearer"):
        data = {"access_token": "a", "token_type": kind, "credentialID": "k1", "scope": "credential openid"}
        assert csc_login.tokens(data, CREDENTIAL, "k1").access == "a"
