"""Many files with one key: in their order though several are under way, and gone on with after any end."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.services import batching, sealing_files
from app.services.batching import Outcome
from app.services.house import House
from app.services.sealing_files import Order
from app.services.sealing_summary import BEGUN, SUMMARY
from tests.support.pages import write_pdf

MANY = 9


@pytest.fixture
def key(house: House) -> KeyMaterial:
    return sealing_files.signing_key(house, None, None)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [write_pdf(tmp_path / f"{number}.pdf", pages=1 + number % 3) for number in range(MANY)]


def sealed(house: House, files: list[Path], out: Path, key: KeyMaterial, until: int = MANY) -> list[Outcome]:
    told: list[Outcome] = []

    def report(done: int, total: int) -> None:
        assert (done, total) == (len(told), len(files))
        if done == until and until < MANY:
            raise errors.Cancelled

    try:
        batching.seal_files(house, files, out, key, Order(), report, tell=told.append)
    except errors.Cancelled:
        assert until < MANY
    return told


def test_results_come_in_the_order_of_the_files_and_stand_so_in_the_summary(
    house: House, files: list[Path], tmp_path: Path, key: KeyMaterial
) -> None:
    files[4].write_bytes(b"no document")
    told = sealed(house, files, tmp_path / "out", key)
    assert [each.path for each in told] == files
    assert [each.error is None for each in told] == [number != 4 for number in range(MANY)]
    with (tmp_path / "out" / SUMMARY).open(newline="") as file:
        assert [row["file"] for row in csv.DictReader(file)] == [str(each) for each in files]
    assert not (tmp_path / "out" / BEGUN).exists()


def test_fault_84_a_file_whose_name_is_a_formula_stands_in_the_summary_as_text(
    house: House, tmp_path: Path, key: KeyMaterial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named = [Path(write_pdf(tmp_path / "=1+1.pdf").name)]
    sealed(house, named, Path("out"), key, until=1)
    with (tmp_path / "out" / SUMMARY).open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["file"], row["out"], row["result"]) == ("'=1+1.pdf", "'=1+1.pdf", "sealed")
    (again,) = batching.seal_files(house, named, Path("out"), key, Order(), lambda *_: None)
    assert again.earlier


@pytest.mark.parametrize("until", [1, 4, 8])
def test_what_was_under_way_when_it_was_stopped_is_noted_and_not_sealed_again(
    house: House, files: list[Path], tmp_path: Path, key: KeyMaterial, until: int
) -> None:
    out = tmp_path / "out"
    assert len(sealed(house, files, out, key, until)) == until
    before = {path: path.read_bytes() for path in out.glob("*.pdf")}
    assert len(before) >= until
    again = sealed(house, files, out, key)
    assert [each.error for each in again] == [None] * MANY
    assert sum(each.earlier for each in again) == len(before)
    assert all(path.read_bytes() == data for path, data in before.items())


def test_a_result_that_was_begun_when_the_program_was_killed_is_made_anew(
    house: House, files: list[Path], tmp_path: Path, key: KeyMaterial
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name in ("0.pdf", "1.pdf"):
        (out / name).write_bytes(b"something dear")
    (out / BEGUN).write_text("0.pdf\n")
    told = sealed(house, files[:2], out, key, until=MANY)
    assert told[0].error is None
    assert isinstance(told[1].error, errors.NotWritable)
    assert (out / "1.pdf").read_bytes() == b"something dear"


def test_a_run_that_stops_begins_nothing_behind_the_failure(
    house: House, files: list[Path], tmp_path: Path, key: KeyMaterial
) -> None:
    files[2].write_bytes(b"no document")
    out = tmp_path / "out"
    told = batching.seal_files(house, files, out, key, Order(), lambda *_: None, stops=True)
    assert len(told) == 3
    assert sorted(path.name for path in out.glob("*.pdf")) == ["0.pdf", "1.pdf"]


def test_folders_stand_for_their_files_and_each_file_counts_once(files: list[Path], tmp_path: Path) -> None:
    assert batching.files_in([tmp_path]) == tuple(sorted(files))
    assert batching.files_in([files[3], tmp_path]) == (files[3], *(each for each in sorted(files) if each != files[3]))
    (tmp_path / "empty").mkdir()
    with pytest.raises(errors.NotADocument):
        batching.files_in([tmp_path / "empty"])
