"""Each provider writes its errors its own way; all of them are understood, and none is trusted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain import errors
from app.services.messages import words
from app.sync.credential import Credential, bearer
from app.sync.refusals import LONGEST, Refused, refusal

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


def said(body: Any, status: int = 422, credential: Credential | None = None) -> errors.RemoteError:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    refused = Refused("api.example.com", status, {}, raw, "/v1/x", 10, credential or bearer("token-0"), (), False)
    return refusal(refused, NOW)


@pytest.mark.parametrize(
    ("body", "message", "fields"),
    [
        ({"error": "Person not found."}, "Person not found", []),
        ({"error": {"type": "not_found", "message": "No such request."}}, "No such request", []),
        (
            {"error": {"type": "validation_error", "message": "Invalid.", "details": ["signers is missing"]}},
            "Invalid",
            ["signers is missing"],
        ),
        ({"error": {"code": "CONFLICT", "message": "Session is voided", "status": 409}}, "Session is voided", []),
        ({"type": "validation_error", "detail": {"recipients": ["Required."]}}, "", ["recipients: Required"]),
        ({"type": "request_error", "detail": "Not found"}, "Not found", []),
        (
            {"type": "https://x/validation-error", "title": "Validation error", "status": 422, "errors": ["a", "b"]},
            "Validation error",
            ["a", "b"],
        ),
        ({"message": "Invalid.", "errors": {"person_id": ["not a ULID"]}}, "Invalid", ["person_id: not a ULID"]),
        ({"id": "x", "status": "document.uploaded", "info_message": "Still processed."}, "Still processed", []),
        ({"errors": [{"field": "email", "message": "malformed"}]}, "", ["email: malformed"]),
        ({"errors": {"signers": {"0": {"email": ["malformed"]}}}}, "", ["signers.0.email: malformed"]),
        ({"error_description": "Client unknown."}, "Client unknown", []),
        ("Just text.", "Just text", []),
        (["a"], "", []),
        ({"error": None}, "", []),
        (b"<html>", "", []),
        (b"", "", []),
    ],
)
def test_fault_53_each_shape_of_error_is_read(body: Any, message: str, fields: list[str]) -> None:
    problem = said(body)
    assert isinstance(problem, errors.RequestRefused)
    assert (problem.message, problem.fields) == (message, fields)


def test_fault_72_a_strangers_words_are_plain_text() -> None:
    problem = said({"message": "Pay\u202egnp.exe\x1b[31m\r\nnow\u200b at https://evil.example/?t=1 <b>please</b>"})
    assert problem.facts["message"] == "Pay gnp.exe [31m now at [link] <b>please</b>"


def test_fault_77_a_secret_that_is_repeated_is_struck_out() -> None:
    credential = Credential({"Authorization": "Bearer abcdef"}, ("abcdef", "abc", "other-secret"))
    problem = said({"message": "Bearer abcdef, other-secret", "errors": ["abcdef"]}, credential=credential)
    assert problem.facts["message"] == "Bearer [hidden], [hidden]"
    assert problem.facts["fields"] == ["[hidden]"]


def test_words_of_any_length_become_a_few_lines() -> None:
    problem = said({"message": "x" * 9000, "errors": ["y" * 9000] * 900})
    assert len(problem.facts["message"]) == LONGEST
    assert len(problem.facts["fields"]) == 20


@given(
    some.recursive(
        some.none() | some.booleans() | some.integers() | some.text(),
        lambda inner: (
            some.lists(inner)
            | some.dictionaries(
                some.sampled_from(("error", "errors", "message", "detail", "details", "title", "field", "x")), inner
            )
        ),
        max_leaves=15,
    ),
    some.integers(300, 599),
)
def test_any_body_under_any_status_becomes_an_error_with_words(body: Any, status: int) -> None:
    problem = said(body, status)
    assert words(problem).happened.endswith(".")
    assert "\n" not in words(problem).line
