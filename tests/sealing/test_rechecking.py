"""The check of our own output finds what is wrong, at first sight of a key and at a glance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.sealing.permissions import permissions_of
from app.sealing.rechecking import Expected, Rechecker
from app.sealing.revising import append_revision, template_of
from tests.support.acts import an_act
from tests.support.documents import Party, prepared
from tests.support.pki import a_signer

Draft = tuple[Path, Expected, Rechecker]


@pytest.fixture(params=["unknown", "known"])
def draft(request: pytest.FixtureRequest, tmp_path: Path, authority: KeyMaterial) -> Draft:
    """The second signer's revision, not yet checked. `known`: the checker knows the first revision and the key."""
    key = a_signer(authority)
    source, path = prepared(tmp_path / "source.pdf"), tmp_path / "draft.pdf"
    path.write_bytes(source.read_bytes())
    checker, expected = Rechecker(), None
    for party in (Party(1), Party(2)):
        act, before = an_act(path, path, party, key), path.stat().st_size
        count = append_revision(path, act, template_of(key))
        expected = Expected(party.sign, template_of(key), permissions_of(act), count, before)
        if party.number == 1 and request.param == "known":
            checker.check(path, "", expected)
    assert expected is not None
    return path, expected, checker


def refusal(draft: Draft, **changed: object) -> str:
    path, expected, checker = draft
    with pytest.raises(errors.SealNotTrusted) as refused:
        checker.check(path, "the.pdf", replace(expected, **changed))  # type: ignore[arg-type]
    assert refused.value.path == "the.pdf"
    return refused.value.reason


def test_what_was_written_rightly_is_found_good_and_remembered(draft: Draft) -> None:
    path, expected, checker = draft
    assert checker.known(path) is None
    checked = checker.check(path, "", expected)
    assert checked.size == path.stat().st_size
    known = checker.known(path)
    assert known is not None
    assert [each.docmdp is not None for each in known] == [True, False]
    assert [each.lock.fields for each in known if each.lock] == [list(Party(n).lock) for n in (1, 2)]


def test_any_changed_byte_of_the_new_revision_is_found(draft: Draft) -> None:
    path, expected, _ = draft
    whole = path.read_bytes()
    places = range(expected.before_bytes, len(whole), 181)
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 0x01
        path.write_bytes(damaged)
        assert refusal(draft)
    assert len(places) > 60


def test_a_changed_byte_before_the_new_revision_is_found(draft: Draft) -> None:
    path, _, _ = draft
    path.write_bytes(path.read_bytes().replace(b"595", b"596", 1))
    assert refusal(draft) in ("signature", "earlier_signature")


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        (lambda data: data + b"\n", {"coverage"}),
        (lambda data: data + b"% more\n%%EOF\n", {"coverage", "unreadable"}),
        (lambda data: data[:-30], {"coverage", "unreadable"}),
    ],
)
def test_what_the_signature_does_not_cover_is_found(
    draft: Draft, change: Callable[[bytes], bytes], reasons: set[str]
) -> None:
    path, _, _ = draft
    path.write_bytes(change(path.read_bytes()))
    assert refusal(draft) in reasons


def test_another_field_key_or_count_than_was_asked_for_is_found(draft: Draft, authority: KeyMaterial) -> None:
    other = template_of(a_signer(authority, "Mallory"))
    assert refusal(draft, signature_field=Party(1).sign) in ("certificate", "count")
    assert refusal(draft, template=other) in ("certificate", "signature")
    assert refusal(draft, signatures=3) == "count"


def test_a_page_changed_within_the_new_revision_is_found(tmp_path: Path, authority: KeyMaterial) -> None:
    """As if something else had written between the two signatures: the second covers it, the first forbids it."""
    key = a_signer(authority)
    path, checker = prepared(tmp_path / "draft.pdf"), Rechecker()
    act, before = an_act(path, path, Party(1), key), path.stat().st_size
    count = append_revision(path, act, template_of(key))
    checker.check(path, "", Expected(Party(1).sign, template_of(key), permissions_of(act), count, before))
    before = path.stat().st_size
    with pymupdf.open(path) as document:
        document[0].insert_text((100, 700), "one more clause")
        document.saveIncr()
    act = an_act(path, path, Party(2), key)
    count = append_revision(path, act, template_of(key))
    expected = Expected(Party(2).sign, template_of(key), permissions_of(act), count, before)
    with pytest.raises(errors.SealNotTrusted) as refused:
        checker.check(path, "", expected)
    assert refused.value.reason == "changes"
