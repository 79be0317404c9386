"""Suites in processes of their own: they are found by name there, so these are real ones, with little to do."""

import pytest

from livehost.bench import parallel as beside
from livehost.bench.parallel import run_beside
from livehost.bench.results import SuiteResult
from livehost.bench.suite import Context, Suite, find

_HERE = "livehost.bench.suites."


def start(suites: list[Suite], said: list[str]) -> list[SuiteResult]:
    results = [SuiteResult(s.name) for s in suites]
    finished = list(run_beside(suites, Context(quick=True, report=said.append), results))
    assert {id(r) for r in finished} == {id(r) for r in results}
    return results


def test_figures_lines_and_seconds_come_back(monkeypatch) -> None:
    monkeypatch.setattr(beside, "processes", lambda: 1)
    said: list[str] = []
    (result,) = start([find("onset")], said)
    assert result.trouble == ""
    assert result.figures[0].name == "F1"
    assert 0.5 < result.figures[0].value <= 1
    assert result.cpu_seconds > 0
    assert "onset: aubio, specflux …" in said


def test_a_process_that_dies_costs_only_its_suite(monkeypatch) -> None:
    monkeypatch.setattr(beside, "processes", lambda: 1)
    results = start([Suite("no such suite", "", _HERE + "none"), find("onset")], [])
    assert results[0].trouble == "no such suite failed: its process has ended."
    assert results[1].trouble == "onset could not run: every process has ended."


def test_ctrl_c_ends_the_processes_and_keeps_the_figures() -> None:
    results = [SuiteResult("onset")]

    def interrupt(text: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(run_beside([find("onset")], Context(quick=True, report=interrupt), results))
    assert [f.name for f in results[0].figures] == ["F1", "median delay", "p99 delay"]
