"""Sync keeps its promises: whatever breaks and whenever it dies, everything is done once and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.journeys import fault_matrix, schedules, sync_cuts
from tests.journeys.fault_matrix import CELLS, STEPS, TABLE, Fault, Step
from tests.support import houses

SAMPLE: Final = CELLS[::29]
"""Of every provider, trait and fault something."""
FEW: Final = 2
MANY: Final = 1000


def test_the_sample_has_something_of_everything() -> None:
    assert {step.provider for step, _ in SAMPLE} == set(TABLE)
    assert {step.trait for step, _ in SAMPLE} == set(fault_matrix.Trait)
    assert len({fault.name for _, fault in SAMPLE}) >= 15


@pytest.mark.parametrize(("step", "fault"), SAMPLE, ids=str)
def test_a_fault_at_a_step_comes_to_what_the_table_says(
    step: Step, fault: Fault, rooms: houses.Rooms, tmp_path: Path
) -> None:
    came = fault_matrix.struck(step, fault, rooms, tmp_path)
    assert not came.wrong, came


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("step", STEPS, ids=str)
def test_every_fault_at_a_step_comes_to_what_the_table_says(step: Step, rooms: houses.Rooms, tmp_path: Path) -> None:
    wrong = []
    for number, (_, fault) in enumerate(cell for cell in CELLS if cell[0] == step):
        (folder := tmp_path / str(number)).mkdir()
        came = fault_matrix.struck(step, fault, rooms, folder)
        wrong += [came] if came.wrong else []
    assert not wrong


@pytest.mark.parametrize("provider", sorted(TABLE))
def test_the_table_has_every_step_that_changes_something(provider: str, rooms: houses.Rooms, tmp_path: Path) -> None:
    """A flow that gets one more step needs one more line."""
    known = {step.route for step in STEPS if step.provider == provider}
    for kind in {step.kind for step in STEPS if step.provider == provider}:
        (folder := tmp_path / str(kind)).mkdir()
        assert fault_matrix.changed(provider, kind, rooms, folder) <= known


@pytest.mark.timeout(300)
@pytest.mark.parametrize("provider", sorted(TABLE))
def test_faults_kills_and_restarts_by_chance_end_as_promised(
    provider: str, rooms: houses.Rooms, tmp_path: Path
) -> None:
    by_chance(provider, FEW, rooms, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("provider", sorted(TABLE))
def test_a_thousand_schedules_end_as_promised(provider: str, rooms: houses.Rooms, tmp_path: Path) -> None:
    by_chance(provider, MANY, rooms, tmp_path)


def by_chance(provider: str, count: int, rooms: houses.Rooms, folder: Path) -> None:
    for seed in range(count):
        (own := folder / str(seed)).mkdir()
        _, complaints = schedules.live(provider, seed, rooms, own)
        assert not complaints, f"{provider} {seed}: {complaints}"


@pytest.mark.parametrize("provider", sync_cuts.PROVIDERS)
def test_two_kills_while_files_move_leave_one_of_each(provider: str, rooms: houses.Rooms, tmp_path: Path) -> None:
    with sync_cuts.cutting(provider, rooms, tmp_path, 1) as cuts:
        sync_cuts.cut_both_ways(cuts, 1)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("provider", sync_cuts.PROVIDERS)
def test_two_hundred_kills_while_files_move_leave_one_of_each(
    provider: str, rooms: houses.Rooms, tmp_path: Path
) -> None:
    with sync_cuts.cutting(provider, rooms, tmp_path, 9) as cuts:
        sync_cuts.cut_both_ways(cuts, 100)
