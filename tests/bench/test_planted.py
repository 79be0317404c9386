"""The bench itself, tested: what is planted is caught ten times of ten; where nothing is planted, nothing is found."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from livehost.bench import compare, models
from livehost.bench.budgets import Budget, judge
from livehost.bench.measure import Timer
from livehost.bench.runner import run_suites
from livehost.bench.suite import Context, Figure
from livehost.bench.suites import callback as callback_suite
from livehost.bench.suites import decision, features, model, onset_to_sound, rt_safety
from livehost.engine.callback import callback
from livehost.rt import audit
from livehost.synthesis.performer import perform

from ..inference.conftest import checkpoint, exported  # noqa: F401
from . import plants

REPEATS = 10


class Measured:
    """A suite of one figure, the real suite's own, of whatever function stands planted."""

    name, quick, timed, peers = "callback", True, True, False

    def __init__(self, part: str) -> None:
        self.planted: Any = None
        self._measure = getattr(self, f"_{part}")()

    def _mixer(self) -> Callable[[Timer], Figure]:
        desk = callback_suite.Desk()

        def measure(timer: Timer) -> Figure:
            desk.function = self.planted or callback
            return callback_suite.measure(desk, timer, 128, 64, 1.0, "voices")

        return measure

    def _frame(self) -> Callable[[Timer], Figure]:
        take = perform(1.0, 48_000, 1)[0][:12_800]
        return lambda timer: features.frame(timer, take, self.planted)

    def _decision(self) -> Callable[[Timer], Figure]:
        player = decision.prepare(1_000)
        return lambda timer: decision.decide(timer, player, 1_000, 100, self.planted and self.planted.address)

    def _step(self) -> Callable[[Timer], Figure]:
        stepper = models.open_model(_export[0]).stepper()
        row = stepper.table[0]
        real, planted = row["begin"], plants.slow_begin()

        def measure(timer: Timer) -> Figure:
            row["begin"] = planted.address if self.planted else real
            return model.step_of(timer, stepper, 40).figure("step")

        return measure

    def run(self, context: Context) -> Iterator[Figure]:
        yield self._measure(Timer(8))


_SLOW = {
    "mixer": plants.slow_callback,
    "frame": plants.slow_frame,
    "decision": plants.slow_arm,
    "step": plants.slow_begin,
}
_export: list[Path] = []


@pytest.fixture(autouse=True)
def short_rest(monkeypatch) -> None:
    """What is planted stays, however short the rest before the next look."""
    monkeypatch.setattr(compare, "REST_S", 0.05)


@pytest.fixture
def bench(fit_host, use_suites, console, tmp_path):
    """Run a suite against a base; exit code and what was said."""
    (tmp_path / "none.toml").write_text("", "utf-8")

    def run(suite, base=None, out=None) -> tuple[int, str]:
        use_suites(suite)
        code = run_suites(
            quick=True, base_path=base, json_path=out, budgets_path=tmp_path / "none.toml", console=console
        )
        return code, console.export_text()

    return run


@pytest.mark.parametrize("part", _SLOW)
def test_a_slowdown_of_30_percent_is_caught_and_nothing_else(bench, request, tmp_path, part) -> None:
    if part == "step":
        _export[:] = [request.getfixturevalue("exported")]
    base, suite, slow = tmp_path / "base.json", Measured(part), _SLOW[part]()
    bench(suite, out=base)
    codes: dict[str, list[int]] = {"clean": [], "slow": []}
    for _ in range(REPEATS):
        for name, planted in (("clean", None), ("slow", slow)):
            suite.planted = planted
            code, said = bench(suite, base)
            codes[name].append(code)
            assert ("is worse than the base" in said) == (code == 1)
    assert codes == {"clean": [0] * REPEATS, "slow": [1] * REPEATS}


@pytest.mark.parametrize("name", plants.UNSAFE)
def test_an_unsafe_callback_is_caught(name) -> None:
    finding = asdict(audit.examine(plants.unsafe_callback(name)))
    assert any(plants.UNSAFE[name][1] in symbol for symbol in rt_safety.forbidden_in(finding))
    report = {"findings": [finding], "mutants": [], "unreached": []}
    figure = {f.name: f for f in rt_safety.audited(report)}["forbidden symbols"]
    assert judge("rt-safety", figure, Budget("count", most=0), fit=False).state == "broken"


def test_a_late_block_is_caught(bench, tmp_path, monkeypatch) -> None:
    from livehost.engine import worker_state

    monkeypatch.setattr(onset_to_sound, "_KINDS", ("drums",))
    monkeypatch.setattr(onset_to_sound, "measure", _shorter(onset_to_sound.measure))

    class Late(worker_state.WorkerState):
        def __init__(self, *args, **more) -> None:
            super().__init__(*args, **more)
            self.state[0]["slack"] += 64

    class Suite:
        name, quick, timed, peers = "onset-to-sound", True, True, False

        def run(self, context: Context):
            return onset_to_sound.run(context)

    base = tmp_path / "base.json"
    bench(Suite(), out=base)
    assert bench(Suite(), base)[0] == 0
    monkeypatch.setattr(worker_state, "WorkerState", Late)
    code, said = bench(Suite(), base)
    assert code == 1
    assert "onset-to-sound.median is worse than the base" in said
    figures = json.loads(base.read_text("utf-8"))["suites"]["onset-to-sound"]["figures"]
    assert figures[0]["kind"] == "exact"


def _shorter(measure):
    return lambda context, seeds, seconds, **more: measure(context, (1,), 4.0, **more)
