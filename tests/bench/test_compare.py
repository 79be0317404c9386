import json
import math

import pytest

from livehost.bench import compare
from livehost.bench.compare import noise_band, spread, worse
from livehost.bench.host import Fitness
from livehost.bench.results import FORMAT, Results, SuiteResult, read_base
from livehost.bench.suite import CannotRun, Figure


@pytest.fixture(autouse=True)
def without_rest(monkeypatch) -> None:
    monkeypatch.setattr(compare, "REST_S", 0.0)


_FIT = Fitness(1, 2, 3, "", 1)


def run_of(*figures: Figure, calibration_us: float = 10.0) -> Results:
    from livehost.bench.budgets import Verdict

    suite = SuiteResult("features", list(figures), [Verdict("no budget")] * len(figures), calibration_us=calibration_us)
    return Results(True, _FIT, [suite])


def base_of(tmp_path, results: Results) -> dict:
    results.write(tmp_path / "base.json")
    return read_base(tmp_path / "base.json")


def never(names: set[str]) -> Results:
    raise AssertionError(names)


def frame(value: float, **more) -> Figure:
    return Figure("frame", value, "µs", "compute", **more)


def test_a_faster_machine_is_no_regression(tmp_path) -> None:
    base = base_of(tmp_path, run_of(frame(20.0), calibration_us=10.0))
    (change,) = compare.compare(run_of(frame(40.0), calibration_us=20.0), base, never)
    assert change.ratio == pytest.approx(1.0)
    assert not change.regressed


def test_a_figure_brings_its_own_calibration(tmp_path) -> None:
    base = base_of(tmp_path, run_of(frame(20.0, calibration_us=5.0), calibration_us=99.0))
    (change,) = compare.compare(run_of(frame(20.0, calibration_us=5.0), calibration_us=1.0), base, never)
    assert change.ratio == pytest.approx(1.0)


def test_a_slow_figure_is_measured_again_and_stays_slow(tmp_path) -> None:
    base, asked = base_of(tmp_path, run_of(frame(20.0))), []

    def again(names: set[str]) -> Results:
        asked.append(names)
        return run_of(frame(26.0))

    (change,) = compare.compare(run_of(frame(27.0)), base, again)
    assert asked == [{"features"}] * (compare.TRIES - 1)
    assert change.regressed
    assert change.ratio == pytest.approx(1.3)
    assert "features.frame is worse than the base: 20 → 26 µs, 1.30 ×" in change.sentence


def test_a_disturbance_goes_when_it_is_measured_again(tmp_path) -> None:
    base, asked = base_of(tmp_path, run_of(frame(20.0))), []

    def again(names: set[str]) -> Results:
        asked.append(names)
        return run_of(frame(20.5))

    (change,) = compare.compare(run_of(frame(40.0)), base, again)
    assert not change.regressed
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("now", "then", "better", "kind", "regressed"),
    [
        (0, 0, "lower", "count", False),
        (1, 0, "lower", "count", True),
        (3, 3, "higher", "count", False),
        (2, 3, "higher", "count", True),
        (1.9, 1.88, "lower", "exact", True),
        (1.8, 1.88, "lower", "exact", False),
        (0.95, 0.97, "higher", "exact", True),
        (100.0, 110.0, "higher", "ratio", False),
        (70.0, 110.0, "higher", "ratio", True),
        (9.0, 1.0, "lower", "tail", False),
    ],
)
def test_counts_and_exact_figures_have_no_noise(tmp_path, now, then, better, kind, regressed) -> None:
    base = base_of(tmp_path, run_of(Figure("x", then, "count", kind, better=better)))
    result = run_of(Figure("x", now, "count", kind, better=better))
    changes = compare.compare(result, base, lambda names: result)
    assert [c.regressed for c in changes] == ([] if kind == "tail" else [regressed])


def test_figures_that_only_one_run_has_are_left_out(tmp_path) -> None:
    base = base_of(tmp_path, run_of(frame(20.0), Figure("gone", 1, "µs", "compute")))
    result = run_of(frame(20.0), Figure("new", 1, "µs", "compute"), Figure("nan", math.nan, "µs", "compute"))
    assert [c.name for c in compare.compare(result, base, never)] == ["frame"]


def test_the_band_follows_the_scatter_of_both_runs_up_to_a_point() -> None:
    quiet, noisy, wild = [10.0, 10.0, 10.1], [10.0, 10.7, 11.0], [10.0, 15.0, 20.0]
    assert spread(noisy) == pytest.approx(0.07)
    assert noise_band(frame(1.0), quiet, quiet) == pytest.approx(0.10)
    assert noise_band(frame(1.0), quiet, noisy) == pytest.approx(0.14)
    assert noise_band(frame(1.0), wild, quiet) == pytest.approx(compare.MOST_NOISE)
    assert noise_band(frame(1.0, noise=0.5), quiet, quiet) == 0.5
    assert noise_band(Figure("x", 1, "ms", "exact"), wild, wild) == 0


def test_ratios_of_nothing() -> None:
    assert worse(0, 0, "lower") == 1
    assert worse(3, 0, "lower") == math.inf
    assert worse(0, 3, "higher") == math.inf


@pytest.mark.parametrize("text", ["no json", "[]", "{}", '{"suites": {}}'])
def test_a_file_that_is_no_base_is_one_sentence(tmp_path, text) -> None:
    (tmp_path / "base.json").write_text(text, "utf-8")
    with pytest.raises(CannotRun, match="is not a file that livehost bench --json has written"):
        read_base(tmp_path / "base.json")


def test_a_base_from_another_version_is_one_sentence(tmp_path) -> None:
    data = {"format": FORMAT + 1, "livehost": "9.0", "suites": {}}
    (tmp_path / "base.json").write_text(json.dumps(data), "utf-8")
    with pytest.raises(CannotRun, match=rf"written by livehost 9.0 in format {FORMAT + 1} in place of {FORMAT}"):
        read_base(tmp_path / "base.json")


def test_a_quick_run_is_not_compared_with_a_full_one(tmp_path) -> None:
    run_of(frame(20.0)).write(tmp_path / "base.json")
    with pytest.raises(CannotRun, match="is of a --quick run, and this is a full run: they cannot be compared"):
        read_base(tmp_path / "base.json", quick=False)
    assert read_base(tmp_path / "base.json", quick=True)["quick"] is True


def test_a_missing_base_is_one_sentence(tmp_path) -> None:
    with pytest.raises(CannotRun, match="cannot be read: No such file"):
        read_base(tmp_path / "base.json")
