"""What is worth a look is listed, whatever the signatures say."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.verdict import Verdict
from tests.support.attacks import catalog, structure, wrapping
from tests.support.attacks.revising import dictionary, revised, value
from tests.support.outside import NOW, Outside, sign
from tests.support.signed import Signed
from tests.verifying.conftest import Judge


def _with(blank: bytes, key: str, plain: object) -> bytes:
    """The catalog entry is there before anybody signs."""

    def edit(writer):  # type: ignore[no-untyped-def]
        writer.root[key] = value(plain)
        writer.update_root()

    return revised(blank, edit)


@pytest.mark.parametrize(
    ("key", "plain", "suspicion"),
    [
        ("/OpenAction", dictionary(S="/JavaScript", JS="app.alert(1)"), "javascript"),
        ("/OpenAction", dictionary(S="/Launch", F="calc"), "launch"),
        ("/OpenAction", dictionary(S="/SubmitForm", F="x"), "submit_form"),
        ("/OpenAction", dictionary(S="/GoToR", F="x"), "goes_elsewhere"),
        ("/OpenAction", dictionary(S="/Named", N="/Print"), "open_action"),
        ("/AA", dictionary(WC=dictionary(S="/Named", N="/Print")), "automatic_actions"),
        ("/OCProperties", dictionary(OCGs=[], D=dictionary(BaseState="/OFF")), "hidden_layers"),
        ("/OCProperties", dictionary(OCGs=[], D=dictionary()), "layers"),
        ("/Names", dictionary(EmbeddedFiles=dictionary(Names=[])), "attachments"),
    ],
)
def test_fault_7_what_would_run_or_hide_is_listed_and_the_signature_still_judged(
    key: str, plain: object, suspicion: str, blank: bytes, outside: Outside, judge: Judge
) -> None:
    report = judge(sign(_with(blank, key, plain), outside.person()), (outside.anchor,), NOW)
    assert report.verdict is Verdict.VALID
    assert suspicion in [each.key for each in report.suspicions]


def test_a_name_written_with_escapes_is_the_same_name(blank: bytes, outside: Outside, judge: Judge) -> None:
    file = _with(blank, "/OpenAction", dictionary(S="/JavaScript__", X="1"))
    file = sign(file.replace(b"/JavaScript__", b"/J#61vaScript"), outside.person())
    assert "javascript" in [each.key for each in judge(file, (outside.anchor,), NOW).suspicions]


def test_opening_at_a_place_is_no_suspicion(blank: bytes, outside: Outside, judge: Judge) -> None:
    file = sign(_with(blank, "/OpenAction", ["/Fit"]), outside.person())
    assert judge(file, (outside.anchor,), NOW).suspicions == ()


def test_fault_24_objects_nobody_refers_to_are_listed(signed: Signed, judge: Judge) -> None:
    attack = next(each for each in structure.ATTACKS if each.name == "an object nobody refers to")
    found = {each.key: each.detail for each in judge(attack.file(signed, 0)).suspicions}
    assert found["objects_nobody_refers_to"] == "77"


def test_fault_25_layers_added_later_are_listed(signed: Signed, judge: Judge) -> None:
    attack = next(each for each in catalog.ATTACKS if each.name == "hidden layers")
    assert "hidden_layers" in [each.key for each in judge(attack.file(signed, 0)).suspicions]


def test_fault_23_one_signature_in_two_fields_is_flagged(signed: Signed, judge: Judge) -> None:
    attack = next(each for each in wrapping.ATTACKS if each.name == "a shared signature")
    report = judge(attack.file(signed, 0))
    assert report.verdict is not Verdict.VALID
    assert ("shared_signature", "Paraph_3_sign") in [(each.key, each.detail) for each in report.suspicions]


def test_fault_3_a_file_locked_with_a_password_is_not_analysed(judge: Judge, corpus: Path) -> None:
    data = (corpus / "pyhanko" / "signed-encrypted-pubkey-with-catalog-ref.pdf").read_bytes()
    report = judge(data)
    assert (report.verdict, report.sentence_key) == (Verdict.INDETERMINATE, "not_analysed")
    assert "encrypted" in report.reasons


def test_a_file_without_signatures_is_unsigned(blank: bytes, judge: Judge) -> None:
    report = judge(blank)
    assert (report.verdict, report.sentence_key, report.signatures) == (Verdict.INDETERMINATE, "unsigned", ())


def test_unsigned_with_a_signature_in_its_bytes_is_not_called_unsigned(signed: Signed, judge: Judge) -> None:
    attack = next(each for each in catalog.ATTACKS if each.name == "no certification any more")
    assert attack.file(signed, 0) != signed.data
    hidden = signed.data.replace(b"/AcroForm", b"/AcroFrom")
    report = judge(hidden)
    assert report.verdict is Verdict.INVALID
    assert {"hidden_signature", "digest_mismatch"} <= set(report.reasons)
