import dataclasses

import numpy as np
import pytest

from livehost.bench import host
from livehost.bench.calibrate import Calibration, calibration
from livehost.bench.measure import Timer, Timing, growth, summary, timed_python
from livehost.bench.results import histogram
from livehost.rt.native import run1


def test_every_call_is_kept() -> None:
    work = Calibration()
    timing = Timer(3, 3).timed(7, function=calibration.address, form=1, state=work.address)
    assert timing.times_us.shape == (3, 7)
    assert timing.calibration_us.shape == (3,)
    assert timing.times_us.min() > 0
    figure = timing.figure("work", scale=1e-3, unit="ms")
    assert figure.value == pytest.approx(timing.best_us / 1000)
    assert len(figure.samples) == 21
    assert len(figure.rounds) == 3


def test_each_round_begins_with_its_preparation() -> None:
    work, calls = Calibration(), []
    Timer(3, 3).timed(2, before=lambda: calls.append(1), function=calibration.address, form=1, state=work.address)
    assert len(calls) == 4  # before the warm-up, and before each round


def test_the_calibration_kernel_is_the_same_for_ever() -> None:
    work = Calibration()
    run1(calibration)(work.address)
    assert float(work._work[0]["sum"]) == pytest.approx(1.29710, rel=1e-3)


def test_what_is_typical_is_the_median_of_the_minima_of_each_call() -> None:
    timing = Timing(np.array([[5.0, 9.0, 30.0], [6.0, 8.0, 20.0]]), np.ones(2))
    assert timing.typical_us.tolist() == [9.0, 8.0]
    assert timing.figure("x", typical=True).value == 8.0
    assert timing.best_us == 5.0


def test_nothing_is_trimmed() -> None:
    assert summary([1.0, 2.0, 1000.0])["max"] == 1000.0
    assert summary([]) == {}


def test_python_callables_take_turns() -> None:
    order: list[str] = []
    times = timed_python([lambda: order.append("a"), lambda: order.append("b")], 3, warm_up=1)
    assert order == ["a", "b"] + ["a", "b"] * 3
    assert [len(t) for t in times] == [3, 3]


def test_growth_is_the_exponent() -> None:
    assert growth([10, 100], [1.0, 10.0]) == pytest.approx(1)
    assert growth([10, 100], [1.0, 100.0]) == pytest.approx(2)


def test_a_histogram_counts_every_sample() -> None:
    data = histogram([0.0, 1.0, 1.0, 10.0])
    assert sum(data["counts"]) + data["not_positive"] == 4
    assert data["first"] == 0
    assert len(data["counts"]) == data["bins_per_decade"] + 1


def test_the_probe_counts_every_wake_up() -> None:
    fitness = host.probe(0.05)
    assert 0 <= fitness.median_us <= fitness.p99_us <= fitness.max_us
    assert host.as_dict(fitness)["fit"] == fitness.fit


@pytest.mark.parametrize(("p99", "most", "fit"), [(300, 1333, True), (301, 400, False), (10, 1334, False)])
def test_fitness_has_two_limits(p99, most, fit) -> None:
    fitness = host.Fitness(5.0, p99, most, "", 1.0)
    assert fitness.fit is fit
    assert ("UNFIT" in fitness.sentence()) is not fit


def test_a_busy_host_is_unfit_for_ordinary_threads() -> None:
    assert not host.Fitness(5.0, 10.0, 20.0, "", 1.0, ordinary_p99_us=1001.0).fit


def test_two_probes_count_as_the_worse_of_both() -> None:
    both = host.Fitness(5.0, 10.0, 2000.0, "a", 1.0, 9.0).worse(host.Fitness(6.0, 8.0, 20.0, "b", 2.0, 7.0))
    assert both == host.Fitness(6.0, 10.0, 2000.0, "a", 2.0, 9.0)


def test_a_host_without_real_time_priority_is_unfit(monkeypatch) -> None:
    from livehost.rt.schedule import Priority

    monkeypatch.setattr(host, "raise_priority", lambda tid, priority: Priority(False, "ordinary priority"))
    fitness = host.probe(0.05)
    assert not fitness.fit
    assert "gives no thread a real-time priority (ordinary priority)" in fitness.sentence()
    quick = dataclasses.replace(fitness, p99_us=1.0, max_us=2.0, ordinary_p99_us=3.0)
    assert not quick.fit
    assert dataclasses.replace(quick, realtime=True).fit
    assert not dataclasses.replace(quick, realtime=True).worse(quick).fit
