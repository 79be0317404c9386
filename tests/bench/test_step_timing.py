import numpy as np
import pytest

from livehost.bench import models
from livehost.bench.measure import Timer
from livehost.bench.step_timing import bandwidths, bytes_touched, make_tokens, paced, session_of, step_many
from livehost.bench.suites import decision
from livehost.bench.suites.endurance import ages, receptive_field

from ..inference.conftest import WINDOW, checkpoint, exported  # noqa: F401


@pytest.fixture
def export(request):
    return models.open_model(request.getfixturevalue("exported"))


def test_many_steps_are_the_same_as_one_after_another(export) -> None:
    one, many, tokens = export.stepper(), export.stepper(), make_tokens(export.manifest.shape.token_size, 5)
    times = step_many(many, tokens, 7, first=3)
    for k in range(3, 10):
        one.step(tokens[k % 5])
    assert times.shape == (7,)
    assert np.array_equal(one.query, many.query)
    assert np.array_equal(one.cache.k, many.cache.k)


def test_a_pace_is_kept(export) -> None:
    stepper = export.stepper()
    times = step_many(stepper, make_tokens(stepper.token.size, 5), 20, period_us=500.0, urgent=True)
    assert int(stepper.count[0]) == 20
    assert (times > 0).all()


def test_a_long_way_and_a_short_one_end_at_the_same_numbers(export) -> None:
    old, fresh, tokens = export.stepper(), export.stepper(), make_tokens(export.manifest.shape.token_size, 64)
    field = receptive_field(old)
    assert field == WINDOW * 2
    step_many(old, tokens, 1000)
    step_many(fresh, tokens, field, first=1000 - field)
    (query, attention), (again, rows) = (s.step(tokens[1000 % 64], commit=False) for s in (old, fresh))
    assert np.abs(query - again).max() < 1e-4
    assert np.abs(ages(attention, 1000) - ages(rows, field)).max() < 1e-4


def test_rows_are_turned_to_the_order_of_age() -> None:
    rows = np.array([[30.0, 10.0, 20.0, 99.0]])  # three slots, four tokens: the newest overwrote the first slot
    assert ages(rows, 4).tolist() == [[10.0, 20.0, 30.0, 99.0]]


def test_weights_keys_and_values_are_touched(export) -> None:
    stepper, path = export.stepper(), export.manifest.folder / export.manifest.model
    assert bytes_touched(stepper, path) == path.stat().st_size + 2 * 4 * stepper.cache.k.size


def test_memory_is_read_at_some_speed(monkeypatch) -> None:
    monkeypatch.setattr("livehost.bench.step_timing._MEMORY_BYTES", 4_000_000)
    assert all(10 < rate < 10_000_000 for rate in bandwidths(Timer(3, 3), 100_000))


def test_any_graph_can_be_run(export) -> None:
    with session_of(export.manifest.folder / "model.onnx") as what:
        assert Timer(3, 3).timed(2, warm_up=1, **what).times_us.min() > 0


def test_a_call_from_python_is_timed_from_when_it_was_due() -> None:
    calls: list[int] = []
    assert paced(lambda: calls.append(1), 3, 100.0).shape == (3,)
    assert len(calls) == 3


def test_a_decision_of_the_model_is_measured_on_any_bank(export) -> None:
    figure = decision.decide_by_model(Timer(3, 3), export, 200, 4)
    assert figure.name == "model, 200 items"
    assert len(figure.samples) == 12


def test_without_an_export_and_without_torch_it_says_what_to_install(monkeypatch, tmp_path) -> None:
    from livehost.bench.suite import CannotRun
    from livehost.errors import LivehostError

    def none():
        raise LivehostError("none")

    monkeypatch.setattr(models, "find_export", none)
    monkeypatch.setattr(models, "has_torch", lambda: False)
    monkeypatch.setattr(models, "_folder", lambda: tmp_path / "models")
    with pytest.raises(CannotRun, match=r"pip install 'livehost\[studio\]'"):
        models.default_export()
