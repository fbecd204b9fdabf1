"""For reasons that no other test is about: a file that gives each, and that it is said in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms

from app.domain.verdict import Report, Verdict
from app.sealing.verifying import TrustAnchor, reasons
from app.sealing.verifying.message import Message
from app.services import verdict_words
from tests.support.attacks.annotating import annotate
from tests.support.attacks.pages import ATTACKS as ON_PAGES
from tests.support.attacks.revising import revised
from tests.support.attacks.wrapping import ATTACKS as FORGERIES
from tests.support.outside import DAY, NOW, Outside, sign
from tests.support.signed import SOON, Signed, sealed
from tests.verifying.conftest import Judge

HOLE = re.compile(rb"/Contents\s*<([0-9A-Fa-f]+)>")
TESTS = Path(__file__).resolve().parents[1]


def expect(report: Report, reason: str, verdict: Verdict) -> None:
    told = [
        *verdict_words.file_reasons(report),
        *(w for each in report.signatures for w in verdict_words.reasons(each)),
    ]
    assert reason in {*report.reasons, *(one for each in report.signatures for one in each.reasons)}
    assert verdict_words.REASONS[reason] in told
    assert report.verdict is verdict
    assert verdict_words.sentence(report)


def test_no_reason_is_without_a_test() -> None:
    text = "".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    every = reasons.FATAL | reasons.DOUBTS | reasons.NOTES
    assert [reason for reason in sorted(every) if f'"{reason}"' not in text] == []


# -- the message: what its signature does not cover -------------------------------------------------------------------


def message_of(data: bytes) -> Any:
    """Of the last signature."""
    digits = HOLE.findall(data)[-1]
    return cms.ContentInfo.load(Message(bytes.fromhex(digits.decode())).encoded)


def with_message(data: bytes, encoded: bytes) -> bytes:
    """In the place of the last one; digits in the same case."""
    found = list(HOLE.finditer(data))[-1]
    digits = encoded.hex().encode()
    digits = digits.upper() if found[1] == found[1].upper() else digits
    return data[: found.start(1)] + digits.ljust(len(found[1]), b"0") + data[found.end(1) :]


def damaged(which: int) -> Callable[[Any], bytes]:
    """The last byte of a certificate, which belongs to its issuer's signature."""

    def change(message: Any) -> bytes:
        encoded = message.dump()
        certificate = message["content"]["certificates"][which].chosen.untag().dump()
        end = encoded.index(certificate) + len(certificate)
        return bytes(encoded[: end - 1] + bytes([encoded[end - 1] ^ 1]) + encoded[end:])

    return change


def without_certificates(message: Any) -> bytes:
    message["content"]["certificates"] = cms.CertificateSet([])
    return bytes(message.dump(force=True))


def of_another_version(message: Any) -> bytes:
    message["content"]["signer_infos"][0]["version"] = "v3"
    return bytes(message.dump(force=True))


def of_another_key(message: Any) -> bytes:
    signer = message["content"]["signer_infos"][0]
    value = signer["signature"].native
    signer["signature"] = value[:-1] + bytes([value[-1] ^ 1])
    return bytes(message.dump(force=True))


def loosely_written(message: Any) -> bytes:
    """The length of the digest algorithms takes two bytes where one is enough; so all around it are one longer."""
    encoded = bytearray(message.dump())
    for at in (2, 17, 21):
        encoded[at : at + 2] = (int.from_bytes(encoded[at : at + 2], "big") + 1).to_bytes(2, "big")
    encoded.insert(27, 0x81)
    return bytes(encoded)


@pytest.mark.parametrize(
    ("change", "reason", "verdict"),
    [
        (damaged(0), "certificate_damaged", Verdict.INVALID),
        (damaged(1), "certificate_replaced", Verdict.INVALID),
        (of_another_key, "signature_mismatch", Verdict.INVALID),
        (without_certificates, "certificate_missing", Verdict.INDETERMINATE),
        (of_another_version, "contents_irregular", Verdict.INDETERMINATE),
        (loosely_written, "contents_not_der", Verdict.INDETERMINATE),
    ],
)
def test_what_was_done_to_the_message_is_named(
    change: Callable[[Any], bytes], reason: str, verdict: Verdict, signed: Signed, judge: Judge
) -> None:
    expect(judge(with_message(signed.data, change(message_of(signed.data)))), reason, verdict)


def test_a_time_stamp_of_another_signature_is_named(blank: bytes, outside: Outside, judge: Judge) -> None:
    first = sign(blank, outside.person(), stamper=outside.stamper())
    both = sign(first, outside.person("Dan"), "Paraph_2_sign", outside.stamper())
    message = message_of(both)
    taken = message_of(first)["content"]["signer_infos"][0]["unsigned_attrs"]
    message["content"]["signer_infos"][0]["unsigned_attrs"] = taken
    report = judge(with_message(both, message.dump(force=True)), (outside.anchor,), NOW + DAY)
    expect(report, "timestamp_broken", Verdict.INDETERMINATE)


# -- the certificate --------------------------------------------------------------------------------------------------


def trusting(outside: Outside, judge: Judge, data: bytes) -> Report:
    anchors: tuple[TrustAnchor, ...] = (outside.anchor,)
    return judge(data, anchors, NOW + DAY)


def test_a_certificate_for_web_sites_is_named(blank: bytes, outside: Outside, judge: Judge) -> None:
    expect(trusting(outside, judge, sign(blank, outside.server())), "wrong_usage", Verdict.INDETERMINATE)


def test_a_certificate_issued_by_somebody_who_may_not_is_named(blank: bytes, outside: Outside, judge: Judge) -> None:
    carol = outside.person()
    data = sign(blank, outside.presumed(carol), chain=(carol,))
    expect(trusting(outside, judge, data), "chain_broken", Verdict.INDETERMINATE)


@pytest.mark.parametrize("digest", ["sha1", "md5"])
def test_a_method_that_is_no_longer_safe_is_named(blank: bytes, outside: Outside, judge: Judge, digest: str) -> None:
    data = sign(blank, outside.person(), digest=digest)
    expect(trusting(outside, judge, data), "weak_algorithm", Verdict.INDETERMINATE)


# -- the file and what came after -------------------------------------------------------------------------------------


def appended(data: bytes, table: bytes, size: int, more: bytes = b"") -> bytes:
    """A last revision of this table, in which no object changes."""
    root = re.findall(rb"/Root \d+ 0 R", data)[-1]
    before = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    trailer = b"trailer\n<<%s /Size %d /Prev %d%s>>\n" % (root, size, before, more)
    return data + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(data) + table.index(b"xref\n"))


def size_of(data: bytes) -> int:
    return max(map(int, re.findall(rb"/Size (\d+)", data)))


def too_small(data: bytes) -> bytes:
    return appended(data, b"xref\n0 1\n0000000000 65535 f \n", 3)


def described_twice(data: bytes) -> bytes:
    """A table for old readers and a stream for new ones, as some office programs write them."""
    number, at = size_of(data), len(data)
    head = b"%d 0 obj\n<</XRefStream true /Type /XRef /Size %d /W [1 4 2] /Index [0 1] /Length 7>>\nstream\n" % (
        number, number + 1
    )  # fmt: skip
    body = head + b"\x00\x00\x00\x00\x00\xff\xff\nendstream\nendobj\n"
    table = body + b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    return appended(data, table, number + 1, b" /XRefStm %d" % at)


@pytest.mark.parametrize(
    ("change", "reason"), [(too_small, "irregular_file"), (described_twice, "hybrid_file")]
)  # fmt: skip
def test_how_the_file_is_built_is_named(
    change: Callable[[bytes], bytes], reason: str, signed: Signed, judge: Judge
) -> None:
    expect(judge(change(signed.data)), reason, Verdict.INDETERMINATE)


def forged(signed: Signed, name: str) -> bytes:
    return next(each for each in (*FORGERIES, *ON_PAGES) if each.name == name).file(signed, 0)


def test_a_kind_of_signature_nobody_here_can_check_is_named(signed: Signed, judge: Judge) -> None:
    """A time stamp by its type, an approval by its form."""
    report = judge(forged(signed, "the last signature that is a timestamp"))
    expect(report, "unsupported_signature", report.verdict)
    assert report.verdict is not Verdict.VALID


def test_new_content_after_signing_is_named(signed: Signed, judge: Judge) -> None:
    expect(judge(forged(signed, ON_PAGES[0].name)), "changed_after_signing", Verdict.INVALID)


def test_comments_that_the_certification_allows_are_named(tmp_path: Path, judge: Judge) -> None:
    signed = sealed(tmp_path, ("Jane Smith",), docmdp=3)
    data = revised(signed.data, lambda writer: annotate(writer, "Stamp", (50, 50)))
    expect(judge(data, signed.trust, SOON), "annotations_after_signing", Verdict.INDETERMINATE)


def test_two_ways_of_looking_that_disagree_are_named(signed: Signed, judge: Judge) -> None:
    report = judge(forged(signed, "the last signature whose range is empty"))
    expect(report, "analyses_disagree", report.verdict)
    assert report.verdict is not Verdict.VALID
