"""One flaw, one reason: what the verdict names is what was done to the file."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from app.domain.verdict import Report, Verdict
from tests.support.outside import DAY, NOW, Outside, sign
from tests.support.signed import Signed
from tests.verifying.conftest import Judge

HOLE = re.compile(rb"/Contents\s*<([0-9A-Fa-f]+)>")


def named(report: Report) -> set[str]:
    return {*report.reasons, *(reason for each in report.signatures for reason in each.reasons)}


def in_last_hole(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The digits of the last signature replaced by as many others; no digest covers them."""
    found = list(HOLE.finditer(data))[-1]
    digits = change(found[1])
    assert len(digits) == len(found[1])
    return data[: found.start(1)] + digits + data[found.end(1) :]


def padded(digits: bytes) -> bytes:
    return digits[:-2] + b"01"


def of_both_cases(digits: bytes) -> bytes:
    upper = digits.swapcase()
    at = next(n for n, (one, other) in enumerate(zip(digits, upper, strict=True)) if one != other)
    return digits[:at] + upper[at : at + 1] + digits[at + 1 :]


def emptied(digits: bytes) -> bytes:
    return b"0" * len(digits)


def no_message(digits: bytes) -> bytes:
    return b"3003020101" + b"0" * (len(digits) - 10)


@pytest.mark.parametrize(
    ("change", "reason", "verdict"),
    [
        (padded, "padding_not_empty", Verdict.INVALID),
        (of_both_cases, "digits_mixed", Verdict.INVALID),
        (emptied, "unreadable", Verdict.INDETERMINATE),
        (no_message, "unreadable", Verdict.INDETERMINATE),
    ],
)
def test_what_stands_where_the_signature_should_is_named(
    change: Callable[[bytes], bytes], reason: str, verdict: Verdict, signed: Signed, judge: Judge
) -> None:
    report = judge(in_last_hole(signed.data, change))
    assert reason in named(report)
    assert report.verdict is verdict


@pytest.mark.parametrize(
    ("tail", "reason"),
    [(b"\n\n", "tail_irregular"), (b" ", "tail_irregular"), (b"%", "tail_irregular"), (b"\n%\n%%EOF", "unreadable")],
)
def test_whatever_stands_behind_the_end_is_named(tail: bytes, reason: str, signed: Signed, judge: Judge) -> None:
    report = judge(signed.data + tail)
    assert reason in named(report)
    assert report.verdict is not Verdict.VALID


def test_a_time_the_certificate_does_not_know_is_named(blank: bytes, outside: Outside, judge: Judge) -> None:
    early = sign(blank, outside.person("Late Carol", NOW + DAY, NOW + 9 * DAY))
    report = judge(early, (outside.anchor,), NOW + 2 * DAY)
    assert "claimed_outside_certificate" in named(report)
    assert report.verdict is Verdict.INDETERMINATE
