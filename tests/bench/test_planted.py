"""The bench itself, tested: what is planted is caught every time; where nothing is planted, nothing is found."""

import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from livehost.bench import budgets, compare, models
from livehost.bench import compiled_objects as objects
from livehost.bench.measure import Timer
from livehost.bench.runner import run_suites
from livehost.bench.suite import Context, Figure
from livehost.bench.suites import callback as callback_suite
from livehost.bench.suites import decision, features, model, onset_to_sound, rt_safety
from livehost.engine.callback import callback
from livehost.engine.worker import state as worker_state
from livehost.rt import audit
from livehost.synthesis.performer import perform
from tests.bench import faults

from ..inference.conftest import checkpoint, exported  # noqa: F401

REPEATS = 10
#: Of what is exact: once, and once more to the same.
EXACT_REPEATS = 2
#: Rounds of each at least, and at most, where the machine is disturbed.
LEAST, MOST = 3 * compare.TRIES, 16 * compare.TRIES
#: A best round counts when so many have come so near it.
CONFIRMED, NEAR = 3, 1.03


class Brisk(Timer):
    """A timer of single rounds without a pause, so that turns are shorter than what disturbs a machine."""

    _PAUSE_S = 0.0

    def __init__(self) -> None:
        super().__init__(1, 1)

    def calibration_us(self, calls: int = 5) -> float:
        return super().calibration_us(calls)


class Measured:
    """A suite of one figure, the real suite's own, of whatever function stands planted.

    The rounds of base, clean and slow are made in turn, so that what disturbs one disturbs the others; what the bench
    asks for afterwards is the next of `coming`.
    """

    name, quick, timed, peers = "callback", True, True, False

    def __init__(self, part: str, slow: Any) -> None:
        self.planted: Any = None
        self.coming: list[Figure] = []
        self.settled = False
        self._slow, self._measure = slow, getattr(self, f"_{part}")()

    def in_turns(self) -> dict[str, list[Figure]]:
        """Give as many attempts at each as a comparison may ask for; a disturbed machine is measured for longer.

        There and back again, so that a machine that is quick for a while is quick for all of them: no moment at the
        beginning, at the end or between belongs to the base, or to what is slow, alone.
        """
        timer, rounds = Brisk(), {"clean": [], "base": [], "slow": []}
        order = [*rounds, *reversed(rounds)] * (compare.TRIES // 2)
        self.settled = False
        while len(rounds["base"]) < LEAST or (len(rounds["base"]) < MOST and not self.settled):
            for name in order:
                self.planted = self._slow if name == "slow" else None
                rounds[name].append(self._measure(timer))
            self.settled = settled(rounds)
        return {name: [together(f[k :: compare.TRIES]) for k in range(compare.TRIES)] for name, f in rounds.items()}

    def run(self, context: Context) -> Iterator[Figure]:
        yield self.coming.pop(0)

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
        real, planted = row["begin"], faults.slow_begin()

        def measure(timer: Timer) -> Figure:
            row["begin"] = planted.address if self.planted else real
            return model.step_of(timer, stepper, 40).figure("step")

        return measure


def settled(rounds: dict[str, list[Figure]]) -> bool:
    """Whether the best of each was confirmed while the machine was as quick as it gets: so the calibration says."""
    quickest = NEAR * min(figure.calibration_us for figures in rounds.values() for figure in figures)
    for figures in rounds.values():
        near = NEAR * min(figure.value for figure in figures)
        if sum(figure.value <= near and figure.calibration_us <= quickest for figure in figures) < CONFIRMED:
            return False
    return True


def together(figures: list[Figure]) -> Figure:
    """Make one figure of several: their best, as a timer of as many rounds gives it."""
    best = min(figures, key=lambda figure: figure.value)
    rounds = [value for figure in figures for value in figure.rounds]
    return replace(best, rounds=rounds, calibration_us=min(figure.calibration_us for figure in figures))


_SLOW = {
    "mixer": faults.slow_callback,
    "frame": faults.slow_frame,
    "decision": faults.slow_choose,
    "step": faults.slow_begin,
}
_export: list[Path] = []


@pytest.fixture
def bench(fit_host, use_suites, console, tmp_path):
    """Run a suite against a base, or budgets of a suite; exit code and what was said."""

    def run(suite, base=None, out=None, limits="") -> tuple[int, str]:
        use_suites(suite)
        (tmp_path / "budgets.toml").write_text(limits, "utf-8")
        code = run_suites(
            quick=True, base_path=base, json_path=out, budgets_path=tmp_path / "budgets.toml", console=console
        )
        return code, console.export_text()

    return run


@pytest.mark.parametrize("part", _SLOW)
def test_a_slowdown_of_30_percent_is_caught_and_nothing_else(bench, request, tmp_path, monkeypatch, part) -> None:
    if part == "step":
        _export[:] = [request.getfixturevalue("exported")]
    monkeypatch.setattr(compare, "REST_S", 0.0)  # the attempts are made already
    base, suite = tmp_path / "base.json", Measured(part, _SLOW[part]())
    wrong_while_disturbed = 0
    for _ in range(REPEATS):
        attempts = suite.in_turns()
        suite.coming = [together(attempts["base"])]
        bench(suite, out=base)
        for name, expected in (("clean", 0), ("slow", 1)):
            suite.coming = attempts[name]
            code, said = bench(suite, base)
            assert ("is worse than the base" in said) == (code == 1)
            assert code == expected or not suite.settled, said
            wrong_while_disturbed += code != expected
    assert wrong_while_disturbed <= REPEATS // 3  # the bench itself asks first whether the host is fit


class Audited:
    """The suite that reads machine code, with a planted callback beside livehost's own; nothing is played."""

    name, quick, timed, peers = "rt-safety", True, True, False

    def __init__(self) -> None:
        self.report, self.planted = objects.run(), ""

    def run(self, context: Context) -> Iterator[Figure]:
        planted = [asdict(objects.examine(faults.unsafe_callback(self.planted)))] if self.planted else []
        return rt_safety.audited(self.report | {"findings": self.report["findings"] + planted})


@pytest.fixture(scope="module")
def audited() -> Audited:
    return Audited()


def _limits(suite: str, figures: set[str]) -> str:
    """Of livehost's own budgets those of some figures."""
    own = tomllib.loads(budgets.default_path().read_text("utf-8"))[suite]
    rows = {name: ", ".join(f"{key} = {json.dumps(value)}" for key, value in own[name].items()) for name in figures}
    return f'["{suite}"]\n' + "".join(f'"{name}" = {{ {row} }}\n' for name, row in rows.items())


@pytest.mark.parametrize("name", faults.UNSAFE)
def test_an_unsafe_callback_is_caught_and_nothing_else(bench, audited, name) -> None:
    limits = _limits("rt-safety", {f.name for f in rt_safety.audited(audited.report)})
    for _ in range(REPEATS):
        audited.planted = ""
        assert bench(audited, limits=limits)[0] == 0
        audited.planted = name
        code, said = bench(audited, limits=limits)
        assert code == 1
        assert "rt-safety.forbidden symbols: wanted" in said
        assert faults.UNSAFE[name][1] in said


@pytest.mark.parametrize("name", faults.UNSAFE)
def test_both_readers_of_machine_code_find_the_same(name) -> None:
    planted = faults.unsafe_callback(name)
    for finding in (audit.examine(planted), objects.examine(planted)):
        assert any(faults.UNSAFE[name][1] in symbol for symbol in rt_safety.forbidden_in(asdict(finding)))


def test_a_late_block_is_caught_and_nothing_else(bench, tmp_path, monkeypatch) -> None:
    real, base, suite = worker_state.WorkerState, tmp_path / "base.json", Sounding()
    monkeypatch.setattr(onset_to_sound, "_KINDS", ("drums",))
    monkeypatch.setattr(onset_to_sound, "measure", _shorter(onset_to_sound.measure))

    class Late(real):
        def __init__(self, *args, **more) -> None:
            super().__init__(*args, **more)
            self._ios["lead"] += 64

    bench(suite, out=base)
    for _ in range(EXACT_REPEATS):
        monkeypatch.setattr(worker_state, "WorkerState", real)
        assert bench(suite, base)[0] == 0
        monkeypatch.setattr(worker_state, "WorkerState", Late)
        code, said = bench(suite, base)
        assert code == 1
        assert "onset-to-sound.median is worse than the base" in said
    figures = json.loads(base.read_text("utf-8"))["suites"]["onset-to-sound"]["figures"]
    assert figures[0]["kind"] == "exact"


class Sounding:
    """The real suite, as it is."""

    name, quick, timed, peers = "onset-to-sound", True, True, False

    def run(self, context: Context) -> Iterator[Figure]:
        return onset_to_sound.run(context)


def _shorter(measure):
    return lambda context, seeds, seconds, **more: measure(context, (1,), 4.0, **more)
