import json

import pytest

from livehost.bench.runner import run_suites
from livehost.bench.suite import CannotRun, Figure

from .conftest import FakeSuite

_FRAME = Figure("frame", 20.0, "µs", "compute", samples=[20.0, 22.0, 30.0])
_TAIL = Figure("tail", 20.0, "ms", "tail")


@pytest.fixture
def limits(tmp_path):
    path = tmp_path / "budgets.toml"
    path.write_text(
        '[features]\nframe = { unit = "µs", max = 60 }\n[onset]\ntail = { unit = "ms", max = 8 }\n', "utf-8"
    )
    return path


def test_within_budget(fit_host, use_suites, limits, console) -> None:
    use_suites(FakeSuite("features", _FRAME))
    assert run_suites(budgets_path=limits, console=console) == 0


def test_a_broken_budget_is_named(fit_host, use_suites, limits, console) -> None:
    use_suites(FakeSuite("features", Figure("frame", 75.0, "µs", "compute")))
    assert run_suites(budgets_path=limits, console=console) == 1
    assert "features.frame: wanted ≤ 60 µs, measured 75 µs (25% over)." in console.export_text()


def test_a_tail_fails_on_a_fit_host(fit_host, use_suites, limits, console) -> None:
    use_suites(FakeSuite("onset", _TAIL))
    assert run_suites(budgets_path=limits, console=console) == 1


def test_a_tail_warns_on_an_unfit_host(unfit_host, use_suites, limits, console) -> None:
    use_suites(FakeSuite("onset", _TAIL))
    assert run_suites(budgets_path=limits, console=console) == 0
    told = console.export_text()
    assert "UNFIT" in told
    assert "the host is unfit, so this is a warning" in told


def test_a_suite_that_cannot_run_ends_with_two(fit_host, use_suites, limits, console) -> None:
    use_suites(FakeSuite("features", _FRAME), FakeSuite("loopback", CannotRun("There is no jackd here.")))
    assert run_suites(budgets_path=limits, console=console) == 2
    assert "loopback could not run: There is no jackd here." in console.export_text()


def test_a_fault_in_one_suite_does_not_cost_the_others(fit_host, use_suites, limits, console) -> None:
    use_suites(FakeSuite("loopback", ValueError("oh")), FakeSuite("features", _FRAME))
    assert run_suites(budgets_path=limits, console=console) == 2
    told = console.export_text()
    assert "loopback failed: ValueError('oh')" in told
    assert "1 ok" in told


def test_a_figure_that_has_a_budget_and_does_not_come_is_missed(fit_host, use_suites, limits, console) -> None:
    use_suites(FakeSuite("features", Figure("other", 1.0, "µs", "compute")))
    assert run_suites(budgets_path=limits, console=console) == 2
    assert "features did not measure what has a budget: frame." in console.export_text()


def test_what_a_quick_run_leaves_out_is_not_missed(fit_host, use_suites, limits, console) -> None:
    limits.write_text('[features]\nlong = { unit = "s", max = 1, quick = false }', "utf-8")
    use_suites(FakeSuite("features", _FRAME))
    assert run_suites(quick=True, budgets_path=limits, console=console) == 0
    assert run_suites(budgets_path=limits, console=console) == 2


def test_ctrl_c_keeps_what_was_measured(fit_host, use_suites, limits, console, tmp_path) -> None:
    use_suites(FakeSuite("onset", Figure("F1", 0.9, "F1", "exact")), FakeSuite("features", _FRAME, KeyboardInterrupt()))
    written = tmp_path / "deep" / "figures.json"
    assert run_suites(budgets_path=limits, console=console, json_path=written) == 2
    data = json.loads(written.read_text("utf-8"))
    assert data["interrupted"] is True
    assert [f["name"] for s in data["suites"].values() for f in s["figures"]] == ["F1", "frame"]
    assert data["suites"]["features"]["figures"][0]["state"] == "ok"


def test_a_full_disk_is_one_sentence(fit_host, use_suites, limits, console) -> None:
    from pathlib import Path

    use_suites(FakeSuite("features", _FRAME))
    with pytest.raises(CannotRun, match="The figures cannot be written to /dev/full: No space left on device"):
        run_suites(budgets_path=limits, console=console, json_path=Path("/dev/full"))


def test_a_report_that_cannot_be_written_is_one_sentence(fit_host, use_suites, limits, console, tmp_path) -> None:
    (tmp_path / "taken").write_text("a file")
    use_suites(FakeSuite("features", _FRAME))
    with pytest.raises(CannotRun, match=r"The report cannot be written to .*taken"):
        run_suites(budgets_path=limits, console=console, report=tmp_path / "taken")


def test_the_json_holds_machine_versions_and_the_host(fit_host, use_suites, limits, console, tmp_path) -> None:
    use_suites(FakeSuite("features", _FRAME))
    run_suites(budgets_path=limits, console=console, json_path=tmp_path / "a.json", quick=True)
    data = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert data["quick"] is True
    assert data["machine"]["cores"] >= 1
    assert data["versions"]["numba"]
    assert data["host"]["fit"] is True
    row = data["suites"]["features"]["figures"][0]
    assert row["summary"] == {"count": 3, "min": 20.0, "median": 22.0, "p99": pytest.approx(29.84), "max": 30.0}
    assert row["samples"] == [20.0, 22.0, 30.0]
