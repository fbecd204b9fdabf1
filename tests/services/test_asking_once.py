"""A run of many files asks each authority about its certificates once, whether it seals, extends or judges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.level import Level
from app.services import batching, preferences, strengthening, verifying
from app.services.house import House
from app.services.sealing_files import Order
from tests.support.certo import Certo, certo
from tests.support.pages import write_pdf

MANY = 8


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture
def online(house: House, pki: Certo, tmp_path: Path) -> House:
    preferences.change(house, tsa_url=pki.tsa_url)
    verifying.add_trust(house, pki.root_file(tmp_path))
    return house


def sealed(house: House, folder: Path, pki: Certo, level: Level) -> list[Path]:
    files = [write_pdf(folder / f"{number}.pdf") for number in range(MANY)]
    done = batching.seal_files(
        house, files, folder / "out", pki.person("alice"), Order(level=level), lambda *_: None
    )  # fmt: skip
    assert [each.error for each in done] == [None] * MANY
    return [each.out for each in done]


def asked(pki: Certo) -> dict[str, int]:
    """The most often that one address of a kind was asked, since the last look."""
    most: dict[str, int] = {}
    for path, count in Counter(pki.asked).items():
        kind = path.split("/")[2]
        most[kind] = max(count, most.get(kind, 0))
    pki.asked.clear()
    return most


def test_sealing_many_files_asks_once_and_gets_a_time_stamp_for_each(online: House, pki: Certo, tmp_path: Path) -> None:
    pki.asked.clear()
    out = sealed(online, tmp_path, pki, Level.B_LT)
    assert asked(pki) == {"tsa": MANY, "ocsp": 1, "crls": 1}
    judged = [verifying.verify(online, path) for path in out]
    assert [(each.all_valid, each.report.signatures[0].level) for each in judged] == [(True, "B-LT")] * MANY


def test_judging_many_files_of_one_signer_asks_once(online: House, pki: Certo, tmp_path: Path) -> None:
    out = sealed(online, tmp_path, pki, Level.B_T)
    pki.asked.clear()
    assert all(verifying.verify(online, path).all_valid for path in out)
    assert asked(pki) == {"ocsp": 1, "crls": 1}


def test_extending_many_files_asks_once(online: House, pki: Certo, tmp_path: Path) -> None:
    out = sealed(online, tmp_path, pki, Level.B_B)
    pki.asked.clear()
    assert {strengthening.strengthen(online, path, Level.B_LTA).level for path in out} == {Level.B_LTA}
    assert asked(pki) == {"tsa": 2 * MANY, "ocsp": 1, "crls": 1}
