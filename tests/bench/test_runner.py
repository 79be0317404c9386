import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from livehost.bench import host
from livehost.bench.jack import jack_server
from livehost.bench.runner import run_suites
from livehost.bench.suite import SUITES, CannotRun, Figure, NotInstalled, absent
from livehost.rt.broadcast import runtime_folder

from .conftest import FakeSuite

#: A process group of its own, in which Ctrl-C counts even where the tests run in the background of a script.
_GROUP = {"start_new_session": True, "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
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


@pytest.mark.parametrize("kind", ["compute", "tail", "ratio", "exact", "count"])
@pytest.mark.parametrize("second", [7.0, 19.0])
def test_a_quick_run_measures_what_breaks_a_budget_once_more(
    kind, second, fit_host, use_suites, limits, console
) -> None:
    suite = use_suites(Improves("onset", Figure("tail", 20.0, "ms", kind), Figure("tail", second, "ms", kind)))
    disturbed = kind in ("compute", "tail", "ratio")
    assert run_suites(quick=True, budgets_path=limits, console=console) == (0 if disturbed and second < 8 else 1)
    told = " ".join(console.export_text().split())
    assert "onset.tail: wanted ≤ 8 ms, measured 20 ms (150% over)." in told
    again = f"Measured again: {second:g} ms, {'holds' if second < 8 else 'broken'}."
    assert (again in told, suite.runs) == (disturbed, 1 + disturbed)


def test_what_breaks_a_budget_twice_beside_a_host_gone_unfit_is_a_warning(
    use_suites, limits, console, monkeypatch
) -> None:
    probes = iter([30.0, 30.0, 9000.0])
    monkeypatch.setattr(host, "probe", lambda seconds: host.Fitness(10.0, 20.0, next(probes), "as ever", seconds))
    use_suites(FakeSuite("onset", _TAIL))
    assert run_suites(quick=True, budgets_path=limits, console=console) == 0
    assert "Measured again: 20 ms, warning." in " ".join(console.export_text().split())


def test_a_suite_that_fails_when_it_is_measured_again_stays_broken(fit_host, use_suites, limits, console) -> None:
    use_suites(Improves("onset", _TAIL, ValueError("oh")))
    assert run_suites(quick=True, budgets_path=limits, console=console) == 1


def test_a_long_run_has_measured_enough(fit_host, use_suites, limits, console) -> None:
    suite = use_suites(Improves("onset", _TAIL, Figure("tail", 7.0, "ms", "tail")))
    assert run_suites(["onset"], budgets_path=limits, console=console) == 1
    assert suite.runs == 1


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


@pytest.fixture(autouse=True)
def same_ctrl_c():
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_keeps_what_was_measured(fit_host, use_suites, limits, console, tmp_path) -> None:
    use_suites(FakeSuite("onset", Figure("F1", 0.9, "F1", "exact")), FakeSuite("features", _FRAME, KeyboardInterrupt()))
    written = tmp_path / "deep" / "figures.json"
    assert run_suites(budgets_path=limits, console=console, json_path=written) == 2
    data = json.loads(written.read_text("utf-8"))
    assert data["interrupted"] is True
    assert [f["name"] for s in data["suites"].values() for f in s["figures"]] == ["F1", "frame"]
    assert data["suites"]["features"]["figures"][0]["state"] == "ok"


def test_a_full_disk_is_one_sentence(fit_host, use_suites, limits, console, tmp_path) -> None:
    use_suites(FakeSuite("features", _FRAME))
    full = tmp_path / "full.json"
    full.symlink_to("/dev/full")  # a link, so that whoever replaces it replaces nothing of the system's
    assert run_suites(budgets_path=limits, console=console, json_path=full) == 2
    assert f"The figures cannot be written to {full}: No space left on device" in console.export_text()


def test_a_report_that_cannot_be_written_is_one_sentence(fit_host, use_suites, limits, console, tmp_path) -> None:
    (tmp_path / "taken").write_text("a file")
    use_suites(FakeSuite("features", _FRAME))
    written = tmp_path / "figures.json"
    code = run_suites(budgets_path=limits, console=console, json_path=written, report=tmp_path / "taken")
    assert code == 2
    assert f"The report cannot be written to {tmp_path / 'taken'}" in console.export_text().replace("\n", "")
    assert written.exists()


def test_a_disk_that_fills_up_in_a_report_leaves_the_last_one(
    fit_host, use_suites, limits, console, tmp_path, monkeypatch
) -> None:
    use_suites(FakeSuite("features", _FRAME))
    report, kept = tmp_path / "report", tmp_path / "base.json"
    assert run_suites(budgets_path=limits, console=console, json_path=kept, report=report) == 0
    page, base = (report / "index.html").read_text("utf-8"), kept.read_text("utf-8")

    def full(path, content):
        with path.open("wb") as file:
            file.write(content[:100])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    assert run_suites(budgets_path=limits, console=console, json_path=kept, report=report) == 2
    said = console.export_text()
    assert "The figures cannot be written to" in said
    assert "The report cannot be written to" in said
    assert (page, base) == ((report / "index.html").read_text("utf-8"), kept.read_text("utf-8"))
    assert not list(report.glob("*.part"))


def test_a_budget_in_another_unit_costs_no_figure(fit_host, use_suites, limits, console, tmp_path) -> None:
    limits.write_text('[features]\nframe = { unit = "ms", max = 1 }', "utf-8")
    use_suites(FakeSuite("features", _FRAME))
    assert run_suites(budgets_path=limits, console=console, json_path=tmp_path / "a.json") == 2
    assert "The budget of features.frame is in ms; it is measured in µs" in console.export_text()
    data = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert data["suites"]["features"]["figures"][0]["value"] == 20.0


def test_ctrl_c_while_looking_again_keeps_what_was_measured(fit_host, use_suites, limits, console, tmp_path) -> None:
    use_suites(FakeSuite("features", _FRAME))
    base, written = tmp_path / "base.json", tmp_path / "figures.json"
    run_suites(budgets_path=limits, console=console, json_path=base)
    use_suites(TurnsBad("features", Figure("frame", 50.0, "µs", "compute")))
    assert run_suites(budgets_path=limits, console=console, json_path=written, base_path=base) == 2
    data = json.loads(written.read_text("utf-8"))
    assert data["interrupted"] is True
    assert data["suites"]["features"]["figures"][0]["value"] == 50.0


class TurnsBad(FakeSuite):
    """A suite that is interrupted when it is run once more."""

    runs = 0

    def run(self, context):
        self.runs += 1
        if self.runs > 1:
            raise KeyboardInterrupt
        return super().run(context)


class Improves(FakeSuite):
    """A suite that gives its next figure in every run."""

    runs = 0

    def run(self, context):
        self.runs += 1
        coming = FakeSuite(self.name, self._figures[self.runs - 1])
        return coming.run(context)


class OnJack(FakeSuite):
    """A suite that needs a server."""

    def run(self, context):
        with jack_server():
            yield _TAIL


@pytest.fixture
def no_tools(monkeypatch):
    """A machine on which nothing is installed, and nobody insists."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.delenv("CI", raising=False)


def test_no_jack_is_told_of_and_the_rest_decides(fit_host, use_suites, limits, console, no_tools, tmp_path) -> None:
    use_suites(FakeSuite("features", _FRAME), OnJack("onset"))
    assert run_suites(budgets_path=limits, console=console, json_path=tmp_path / "a.json") == 0
    said = console.export_text()
    assert "onset was not measured: There is no JACK server here: apt-get install jackd2." in said
    assert "1 ok, 0 broken; without onset; " in said
    suite = json.loads((tmp_path / "a.json").read_text("utf-8"))["suites"]["onset"]
    assert suite["absent"].startswith("onset was not measured: There is no JACK server")
    assert suite["trouble"] == ""

    use_suites(FakeSuite("features", Figure("frame", 75.0, "µs", "compute")), OnJack("onset"))
    assert run_suites(budgets_path=limits, console=console) == 1


def test_no_jack_fails_where_everything_must_be_there(
    fit_host, use_suites, limits, console, no_tools, monkeypatch
) -> None:
    use_suites(FakeSuite("features", _FRAME), OnJack("onset"))
    assert run_suites(["onset"], budgets_path=limits, console=console) == 2
    assert run_suites(["features"], budgets_path=limits, console=console) == 0
    monkeypatch.setenv("CI", "true")
    assert run_suites(budgets_path=limits, console=console) == 2
    monkeypatch.setenv("CI", "false")
    assert run_suites(budgets_path=limits, console=console) == 0


def test_a_figure_without_its_tool(fit_host, use_suites, limits, console, no_tools, monkeypatch) -> None:
    without = absent("frame", "µs", "compute", NotInstalled("librosa is not installed: pip install librosa."))
    use_suites(FakeSuite("features", without, Figure("other", 1.0, "µs", "compute")))
    assert run_suites(["features"], budgets_path=limits, console=console) == 0
    said = console.export_text()
    assert "features.frame was not measured: librosa is not installed: pip install librosa." in said
    assert "1 not measured" in said
    monkeypatch.setenv("CI", "true")
    assert run_suites(budgets_path=limits, console=console) == 2
    limits.write_text("", "utf-8")  # nobody counts on it
    assert run_suites(budgets_path=limits, console=console) == 0


def test_every_suite_can_be_imported_from_the_stage_alone() -> None:
    """What tests and studio bring may be used where it is there, never needed."""
    program = (
        "import importlib, sys\n"
        "for name in ('torch', 'onnx', 'librosa', 'scipy', 'pytest', 'imageio_ffmpeg'):\n"
        "    sys.modules[name] = None\n"
        f"for name in {[s.module for s in SUITES]}:\n"
        "    importlib.import_module(name)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_one_processor_runs_one_suite_after_another(fit_host, use_suites, limits, console, monkeypatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: {0})
    first, second = FakeSuite("features", _FRAME), FakeSuite("onset", _TAIL)
    first.timed = second.timed = False
    limits.write_text("", "utf-8")
    use_suites(first, second)
    assert run_suites(budgets_path=limits, console=console) == 0


def test_ctrl_c_from_the_keyboard_once_and_again(tmp_path) -> None:
    written = tmp_path / "figures.json"
    command = [sys.executable, "-m", "livehost", "bench", "--quick", "callback", "features", "--json", str(written)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **_GROUP) as process:
        for line in process.stdout:
            if line.startswith("callback"):
                os.killpg(process.pid, signal.SIGINT)
            if line.startswith("Interrupted"):
                os.killpg(process.pid, signal.SIGINT)
        assert process.wait(60) == 2
    data = json.loads(written.read_text("utf-8"))
    assert data["interrupted"] is True
    assert any(f["name"] == "128 voices, 64 frames" for f in data["suites"]["callback"]["figures"])


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


def test_a_panic_of_a_suite_reaches_no_livehost_outside_and_the_environment_is_left_as_it_was(
    fit_host, use_suites, limits, console, monkeypatch
) -> None:
    seen = []

    class Panicking(FakeSuite):
        def run(self, context):
            seen.append((runtime_folder(), context.scratch))
            yield _FRAME

    for before in ("/somewhere", None):
        if before is None:
            monkeypatch.delenv("LIVEHOST_RUNTIME", raising=False)
        else:
            monkeypatch.setenv("LIVEHOST_RUNTIME", before)
        use_suites(Panicking("features"))
        run_suites(budgets_path=limits, console=console)
        assert os.environ.get("LIVEHOST_RUNTIME") == before
    assert len(seen) == 2
    assert all(folder.parent == scratch for folder, scratch in seen)
