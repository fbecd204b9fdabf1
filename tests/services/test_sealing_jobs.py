"""A run of sealing: kept until it is done, one after the other, whose seal it is said first."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.geometry import Rect
from app.services import identities, sealing_jobs
from app.services.batching import Outcome
from app.services.house import House
from app.services.sealing_jobs import Job
from tests.support.pages import write_pdf


@pytest.fixture
def job(tmp_path: Path) -> Job:
    files = tuple(write_pdf(tmp_path / f"{number}.pdf") for number in range(3))
    return Job(files, tmp_path / "out", reason="Agreed", page=1, rect=Rect(50, 60, 200, 50))


def sealed(house: House, job: Job) -> list[Outcome]:
    told: list[Outcome] = []
    sealing_jobs.run(house, job, None, lambda *_: None, told.append)
    return told


def test_a_run_is_kept_while_it_lasts_and_forgotten_when_all_had_their_turn(house: House, job: Job) -> None:
    seen: list[Job | None] = []
    sealing_jobs.run(house, job, None, lambda *_: seen.append(sealing_jobs.unfinished(house)), lambda _: None)
    assert seen == [job] * 3
    assert sealing_jobs.unfinished(house) is None


def test_a_run_that_stopped_at_a_failure_waits_to_be_gone_on_with(house: House, job: Job) -> None:
    job.files[1].write_bytes(b"no document")
    assert len(sealed(house, replace(job, stops=True))) == 2
    assert sealing_jobs.unfinished(house) == replace(job, stops=True)
    write_pdf(job.files[1])
    assert [each.earlier for each in sealed(house, job)] == [True, False, False]


def test_what_stands_against_all_of_it_is_raised_and_nothing_is_kept(house: House, job: Job) -> None:
    for wrong, kind in (
        (replace(job, identity="nobody"), errors.UnknownIdentity),
        (replace(job, design="none"), errors.UnknownDesign),
        (replace(job, files=(job.folder.parent / "absent",)), None),
    ):
        if kind is None:
            assert isinstance(sealed(house, wrong)[0].error, errors.FileMissing)
        else:
            with pytest.raises(kind):
                sealed(house, wrong)
            assert sealing_jobs.unfinished(house) is None


def test_a_run_waits_for_the_one_before_it(house: House, job: Job) -> None:
    begun, go, order = threading.Event(), threading.Event(), list[str]()

    def slow(done: int, _: int) -> None:
        begun.set()
        go.wait(20)
        order.append(f"first {done}")

    first = threading.Thread(target=sealing_jobs.run, args=(house, job, None, slow, lambda _: None))
    other = replace(job, folder=job.folder.parent / "other")
    second = threading.Thread(
        target=sealing_jobs.run,
        args=(house, other, None, lambda done, _: order.append(f"second {done}"), lambda _: None),
    )
    first.start()
    assert begun.wait(20)
    second.start()
    go.set()
    for thread in (first, second):
        thread.join(60)
    assert order == [f"{run} {done}" for run in ("first", "second") for done in (1, 2, 3)]


def test_the_default_identity_comes_first_and_the_devices_seal_last(house: House) -> None:
    identities.create(house, "mine", "Ana Ruiz")
    identities.create(house, "work", "Ana Ruiz")
    identities.set_default(house, "work")
    found = sealing_jobs.signers(house)
    assert [each.name for each in found[:2]] == ["work", "mine"]
    assert [each.card.kind for each in found] == ["self_signed", "self_signed", "device"]
    assert not any(each.card.usable for each in found)
