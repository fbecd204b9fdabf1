"""The account form: what is wrong is named by its field, and what is secret is not repeated."""

from __future__ import annotations

import pytest

from app.domain.errors import SpecError
from app.sync import form
from app.sync.registry import provider_of

PIGEON, CLEARPOLICY, VISISIGN = provider_of("pigeon"), provider_of("clearpolicy"), provider_of("visisign")


def test_what_is_not_said_has_its_default() -> None:
    share = "https://app.pigeondocuments.com/s/{id}"
    expected = {"scheme": "Bearer", "sandbox": "no", "share_url": share}
    assert form.options(PIGEON, {"scheme": "Bearer"}) == expected
    assert form.options(CLEARPOLICY, {}) == {"credential": "token"}


@pytest.mark.parametrize(
    ("options", "path", "problem"),
    [
        ({"colour": "red"}, "option colour", "unknown; Pigeon E-Sign has: scheme, sandbox, share_url"),
        ({"key": "x"}, "option key", "unknown"),
        ({"scheme": "Basic"}, "option scheme", "should be one of: API-Key, Bearer"),
        ({"share_url": "http://x/{id}"}, "option share_url", "is not in its form"),
        ({"share_url": "https://x/"}, "option share_url", "is not in its form"),
        ({"share_url": "https://x/{id}\r\nX: y"}, "option share_url", "holds what does not belong"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, str], path: str, problem: str) -> None:
    with pytest.raises(SpecError) as refused:
        form.options(PIGEON, options)
    assert refused.value.path == path
    assert refused.value.problem.startswith(problem)


def test_an_option_another_one_needs_is_asked_for() -> None:
    with pytest.raises(SpecError) as refused:
        form.options(CLEARPOLICY, {"credential": "client"})
    assert (refused.value.path, refused.value.problem) == ("option client_id", "is missing")
    assert form.options(CLEARPOLICY, {"credential": "client", "client_id": "c1"})["client_id"] == "c1"


def test_a_secret_loses_the_blanks_of_a_paste() -> None:
    assert form.secret(VISISIGN, "  vsk_abc\n") == "vsk_abc"


@pytest.mark.parametrize("given", ["", " \n", "vsk_a\r\nX-Evil: 1", "vsk_ü", "vsk_\x00", "x" * 5000])
def test_a_secret_that_cannot_travel_in_a_header_is_refused_without_being_told(given: str) -> None:
    with pytest.raises(SpecError) as refused:
        form.secret(VISISIGN, given)
    assert refused.value.path == "secret"
    assert "vsk_" not in refused.value.problem


def test_a_key_of_another_look_is_taken_with_a_remark() -> None:
    assert form.remarks(VISISIGN, "vsk_abc") == ()
    (remark,) = form.remarks(VISISIGN, "key_live_abc")
    assert "VisiSign" in remark
    assert "key_live" not in remark
