"""Who is trusted, when, and by whose decision."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.verdict import MAINTENANCE, Report, SignatureReport, Verdict
from app.services import verdict_words
from tests.support.outside import DAY, NOW, Outside, sign, with_crl, with_document_timestamp
from tests.support.signed import MUCH_LATER, SOON, Signed, anchor
from tests.verifying.conftest import Judge

AFTER_EXPIRY = NOW + 400 * DAY


def only(report: Report) -> SignatureReport:
    (one,) = (each for each in report.signatures if not each.is_timestamp)
    return one


def test_without_a_trusted_authority_a_good_signature_is_indeterminate(signed: Signed, judge: Judge) -> None:
    report = judge(signed.data, ())
    assert (report.verdict, report.sentence_key) == (Verdict.INDETERMINATE, "unknown_trust")
    assert all(each.intact and not each.trusted_by for each in report.signatures)


def test_the_source_of_trust_is_told(signed: Signed, judge: Judge) -> None:
    assert {each.trusted_by for each in judge(signed.data).signatures} == {"device"}
    imported = (anchor(signed.authority.certificate_der, "imported"),)
    assert {each.trusted_by for each in judge(signed.data, imported).signatures} == {"imported"}


def test_a_time_without_a_timestamp_is_the_signers_clock_and_nothing_more(signed: Signed, judge: Judge) -> None:
    for each in judge(signed.data).signatures:
        assert "signers_clock" in each.reasons
        assert each.claimed_time is not None
        assert each.proven_time is None


def test_a_one_time_certificate_of_the_device_outlives_its_expiry(signed: Signed, judge: Judge) -> None:
    report = judge(signed.data, at=MUCH_LATER)
    assert report.verdict is Verdict.VALID
    assert all("short_lived_certificate" in each.reasons for each in report.signatures)


def test_the_same_certificate_under_an_imported_anchor_does_not(signed: Signed, judge: Judge) -> None:
    report = judge(signed.data, (anchor(signed.authority.certificate_der, "imported"),), MUCH_LATER)
    assert report.verdict is Verdict.INDETERMINATE
    assert all("expired" in each.reasons for each in report.signatures)


def test_before_it_begins_a_certificate_is_not_valid_yet(signed: Signed, judge: Judge) -> None:
    report = judge(signed.data, at=SOON - timedelta(days=3))
    assert all("not_yet_valid" in each.reasons for each in report.signatures)


def test_another_authority_of_the_same_name_is_not_the_one_trusted(
    blank: bytes, outside: Outside, judge: Judge
) -> None:
    twin = Outside("Outside Root").anchor
    good = sign(blank, outside.person())
    assert only(judge(good, (outside.anchor,), NOW)).verdict is Verdict.VALID
    # The name and, because keys are kept by name, the key are the same; a root of another key is a stranger.
    assert only(judge(good, (Outside("Another Root").anchor,), NOW)).reasons[-1] == "unknown_trust"
    assert only(judge(good, (twin,), NOW)).trusted_by == "imported"


def test_an_ordinary_certificate_that_expired_proves_nothing_any_more(
    blank: bytes, outside: Outside, judge: Judge
) -> None:
    one = only(judge(sign(blank, outside.person()), (outside.anchor,), AFTER_EXPIRY))
    assert one.verdict is Verdict.INDETERMINATE
    assert "expired" in one.reasons


def test_a_timestamp_carries_it_over_the_expiry(blank: bytes, outside: Outside, judge: Judge) -> None:
    one = only(judge(sign(blank, outside.person(), stamper=outside.stamper()), (outside.anchor,), AFTER_EXPIRY))
    assert (one.verdict, one.level, one.proven_time) == (Verdict.VALID, "B-T", NOW)
    assert "expired_since" in one.reasons
    assert "signers_clock" not in one.reasons


def test_a_timestamp_of_nobody_we_trust_proves_nothing(blank: bytes, outside: Outside, judge: Judge) -> None:
    stamper = Outside("Strange Root").stamper()
    one = only(judge(sign(blank, outside.person(), stamper=stamper), (outside.anchor,), NOW))
    assert (one.verdict, one.proven_time) == (Verdict.VALID, None)
    assert {"timestamp_unknown_trust", "signers_clock"} <= set(one.reasons)


def test_a_timestamp_older_than_the_certificate_is_refused(blank: bytes, outside: Outside, judge: Judge) -> None:
    """pyHanko was measured to accept one that is four years older."""
    stamper = outside.stamper(NOW - 4 * 365 * DAY)
    one = only(judge(sign(blank, outside.person(), stamper=stamper), (outside.anchor,), NOW))
    assert one.verdict is Verdict.INDETERMINATE
    assert {"timestamp_before_certificate", "timestamp_before_claimed"} <= set(one.reasons)


def test_a_timestamp_from_before_its_own_authority_is_refused(blank: bytes, outside: Outside, judge: Judge) -> None:
    stamper = outside.stamper(NOW - DAY, start=NOW - timedelta(hours=1))
    one = only(judge(sign(blank, outside.person(), stamper=stamper), (outside.anchor,), NOW))
    assert one.verdict is Verdict.INDETERMINATE
    assert "timestamp_before_certificate" in one.reasons


def test_a_timestamp_long_after_the_claimed_time_is_noted(blank: bytes, outside: Outside, judge: Judge) -> None:
    one = only(
        judge(sign(blank, outside.person(), stamper=outside.stamper(NOW + 9 * DAY)), (outside.anchor,), NOW + 10 * DAY)
    )
    assert one.verdict is Verdict.VALID
    assert "timestamp_late" in one.reasons


def test_a_revoked_certificate_without_proof_is_indeterminate(blank: bytes, outside: Outside, judge: Judge) -> None:
    carol = outside.person()
    file = with_crl(sign(blank, carol), outside.crl(carol, NOW - DAY))
    one = only(judge(file, (outside.anchor,), NOW + DAY))
    assert one.verdict is Verdict.INDETERMINATE
    assert "revoked" in one.reasons


def test_revoked_after_a_proven_signature_is_valid_and_noted(blank: bytes, outside: Outside, judge: Judge) -> None:
    carol = outside.person()
    file = sign(blank, carol, stamper=outside.stamper())
    file = with_crl(file, outside.crl(carol, NOW + 2 * DAY, NOW + 3 * DAY))
    one = only(judge(file, (outside.anchor,), NOW + 4 * DAY))
    assert one.verdict is Verdict.VALID
    assert "revoked_since" in one.reasons


def test_revoked_before_the_proven_time_stays_revoked(blank: bytes, outside: Outside, judge: Judge) -> None:
    carol = outside.person()
    file = with_crl(sign(blank, carol, stamper=outside.stamper()), outside.crl(carol, NOW - 2 * DAY))
    one = only(judge(file, (outside.anchor,), NOW + DAY))
    assert one.verdict is Verdict.INDETERMINATE
    assert "revoked" in one.reasons


def test_a_document_timestamp_proves_what_it_covers(blank: bytes, outside: Outside, judge: Judge) -> None:
    file = with_document_timestamp(sign(blank, outside.person()), outside, outside.stamper())
    report = judge(file, (outside.anchor,), AFTER_EXPIRY)
    person, stamp = report.signatures
    assert (person.verdict, person.proven_time) == (Verdict.VALID, NOW)
    assert (stamp.is_timestamp, stamp.level) == (True, "RFC 3161")
    assert {change.key for change in (*person.changes_after, *stamp.changes_after)} <= MAINTENANCE
    assert report.sentence_key == "valid"


def test_our_one_time_signature_gets_a_proven_time_later(signed: Signed, outside: Outside, judge: Judge) -> None:
    file = with_document_timestamp(signed.data, outside, outside.stamper(SOON))
    report = judge(file, (*signed.trust, outside.anchor), MUCH_LATER)
    assert [each.proven_time for each in report.signatures] == [SOON, SOON, None]
    assert report.verdict is Verdict.VALID


@pytest.mark.parametrize("pades", [True, False])
def test_the_level_is_what_the_standard_calls_it(pades: bool, blank: bytes, outside: Outside, judge: Judge) -> None:
    one = only(judge(sign(blank, outside.person(), pades=pades), (outside.anchor,), NOW))
    assert one.level == ("B-B" if pades else "CMS")


@pytest.mark.parametrize(
    ("name", "said", "note"),
    [("J\u0430ne Smith", "J\u0430ne Smith", "name_mixed"), ("Jane\u202e htimS", "Jane htimS", "name_hidden")],
)
def test_fault_86_a_signer_whose_name_may_be_another_is_marked(
    name: str, said: str, note: str, blank: bytes, outside: Outside, judge: Judge
) -> None:
    report = judge(sign(blank, outside.person(name)), (outside.anchor,), NOW)
    one = only(report)
    assert (report.verdict, one.signer) == (Verdict.VALID, said)
    assert note in one.reasons
    assert "\u202e" not in verdict_words.sentence(report)
    assert one.serial
