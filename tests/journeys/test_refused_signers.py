"""Nobody seals with a certificate that was revoked, has run out or is meant for something else, and a file that such a
key signed is never valid.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.verdict import Verdict
from app.services import preferences
from app.services.house import House
from tests.journeys import refused_signers
from tests.support import signers
from tests.support.certo import Certo, certo


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki"), signers.town()) as served:
        yield served


def wrong(house: House, pki: Certo, folder: Path, people: list[signers.Signer]) -> list[str]:
    found = refused_signers.outcomes(house, pki, folder, people)
    return [f"{one.signer.name}: {one.refused}, {one.verdict}, {one.written}" for one in found if not one.is_right]


def test_there_are_a_hundred_of_every_kind_there_is() -> None:
    assert len(signers.bad()) == 100
    assert {one.reason for one in signers.bad()} == {
        "revoked", "expired", "not_yet_valid", "usage", "chain", "weak_key"
    }  # fmt: skip


def test_one_of_each_kind_is_refused_with_the_reason_and_good_ones_are_taken(
    house: House, pki: Certo, tmp_path: Path
) -> None:
    kinds = {one.kind: one for one in signers.bad()}
    assert wrong(house, pki, tmp_path, [*kinds.values(), *signers.good()[:3]]) == []


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_each_of_a_hundred_is_refused_with_the_reason_and_good_ones_are_taken(
    house: House, pki: Certo, tmp_path: Path
) -> None:
    assert wrong(house, pki, tmp_path, [*signers.bad(), *signers.good()]) == []


def test_an_issuer_who_is_silent_keeps_nobody_from_signing_and_makes_no_signature_valid(
    house: House, pki: Certo, tmp_path: Path
) -> None:
    alice = next(one for one in signers.good() if one.issuer == "by-crl")
    with pki.out_of_order("crls"), pki.out_of_order("ocsp"):
        (one,) = refused_signers.outcomes(house, pki, tmp_path, [alice])
    assert (one.refused, one.written) == ("", ("sealed.pdf",))
    assert (one.verdict, one.reasons) == (Verdict.INDETERMINATE, ("signers_clock", "revocation_unknown"))


def test_who_does_not_want_to_ask_asks_nobody(house: House, pki: Certo, tmp_path: Path) -> None:
    preferences.change(house, ask_revocation=False)
    pki.asked.clear()
    (one,) = refused_signers.outcomes(house, pki, tmp_path, signers.good()[:1])
    assert one.is_right
    assert pki.asked == []


def test_every_question_stands_in_the_list_of_connections(house: House, pki: Certo, tmp_path: Path) -> None:
    (one,) = refused_signers.outcomes(house, pki, tmp_path, signers.good()[:1])
    assert one.is_right
    assert {line.why for line in house.library.connections.newest()} <= {"certificate status", "revocation list"}
    assert {line.outcome for line in house.library.connections.newest()} == {"200"}
