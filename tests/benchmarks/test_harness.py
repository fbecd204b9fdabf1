"""The bench itself: what it counts as met, and what it does with a machine that cannot answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as command
from tests.benchmarks.harness import (
    Answer,
    Benchmark,
    Goal,
    NotMeasured,
    Row,
    Samples,
    Verdict,
    Workbench,
    answer,
    discover,
)


def _one_row(measured: float) -> Benchmark:
    return Benchmark("T1", "toy", lambda _: (Row("row", Goal.at_most(2), measured),))


def _absent(_: Workbench) -> Sequence[Row]:
    raise NotMeasured("no X display")


def _wrong(bench: Workbench) -> Sequence[Row]:
    bench.check(False, "pixels differ")
    return (Row("row", Goal.at_most(2), 0.0),)


def test_a_goal_is_met_at_its_bound_and_not_beyond() -> None:
    assert Goal.at_most(2).met_by(2)
    assert not Goal.at_most(2).met_by(2.01)
    assert Goal.at_least(50).met_by(50)
    assert not Goal.at_least(50).met_by(49.9)


def test_ratios_are_of_medians_and_percentiles_were_measured() -> None:
    samples = Samples((1.0, 2.0, 3.0, 4.0, 100.0))
    assert samples.ratio_to(Samples((1.5, 1.5, 1.5))) == 2.0
    assert samples.percentile(99) == 100.0
    assert samples.percentile(60) == 3.0
    assert samples.max == 100.0


def test_every_contender_takes_every_place_and_setup_comes_before_each(tmp_path: Path) -> None:
    calls: list[str] = []
    bench = Workbench(tmp_path)
    ours, theirs = bench.interleave(
        lambda: calls.append("a"), lambda: calls.append("b"), rounds=6, warm_up=0, setup=lambda: calls.append(".")
    )
    assert "".join(calls) == ".a.b.b.a" * 3
    assert len(ours.seconds) == len(theirs.seconds) == 6


def test_warming_up_is_not_counted(tmp_path: Path) -> None:
    calls: list[int] = []
    (samples,) = Workbench(tmp_path).interleave(lambda: calls.append(1), rounds=5, warm_up=3)
    assert len(calls) == 8
    assert len(samples.seconds) == 5


def test_fewer_than_five_rounds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="five"):
        Workbench(tmp_path).interleave(lambda: None, rounds=4)


def test_a_machine_that_cannot_answer_says_why_and_fails_nothing(tmp_path: Path) -> None:
    given = answer(Benchmark("T2", "toy", _absent), tmp_path)
    assert given == Answer(given.benchmark, (), (), "no X display")
    assert not given.failed


def test_a_wrong_result_meets_no_goal_however_fast(tmp_path: Path) -> None:
    given = answer(Benchmark("T3", "toy", _wrong), tmp_path)
    assert given.failed
    assert given.rows == ()


def test_a_tool_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotMeasured, match="pdftoppm is not installed"):
        Workbench(tmp_path).need("pdftoppm")


@pytest.mark.parametrize(("measured", "code", "verdict"), [(1.5, 0, Verdict.MET), (2.5, 1, Verdict.NOT_MET)])
def test_the_exit_code_tells_whether_all_goals_were_met(
    capsys: pytest.CaptureFixture[str], measured: float, code: int, verdict: Verdict
) -> None:
    assert command._run([_one_row(measured)]) == code
    printed = capsys.readouterr().out
    assert f"{measured:g}×" in printed
    assert f" {verdict.value}\n" in printed


def test_a_name_means_that_one_before_those_it_begins() -> None:
    benchmarks = [Benchmark(name, "", _absent) for name in ("D1", "S1", "S2", "S10")]
    assert [each.id for each in command._choose(benchmarks, ["s1", "D"])] == ["D1", "S1"]
    assert [each.id for each in command._choose(benchmarks, ["S"])] == ["S1", "S2", "S10"]


def test_modules_are_found_by_name_and_ids_sorted_by_number(package: Path) -> None:
    _module(package, "bench_one", "S10", "S9")
    _module(package, "bench_two", "D1")
    _module(package, "other", "S1")
    assert [each.id for each in discover(package.name)] == ["D1", "S9", "S10"]


def test_two_benchmarks_of_one_id_are_a_mistake(package: Path) -> None:
    _module(package, "bench_one", "S1")
    _module(package, "bench_two", "S1")
    with pytest.raises(ValueError, match="two benchmarks are called S1"):
        discover(package.name)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of benchmarks of the test's own, under a name no other test has imported."""
    folder = tmp_path / f"benchmarks_{id(tmp_path)}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def _module(package: Path, name: str, *ids: str) -> None:
    made = ", ".join(f"Benchmark({each!r}, '', lambda bench: ())" for each in ids)
    (package / f"{name}.py").write_text(f"from {Benchmark.__module__} import Benchmark\nBENCHMARKS = ({made},)\n")
