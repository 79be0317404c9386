import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numba import njit

from livehost.engine.limiter import Limiter, limiter_needs
from tests.engine.conftest import Rig, ragged


@pytest.mark.parametrize("ceiling_db", [-1.0, -6.0, -24.0])
@pytest.mark.parametrize("lookahead_ms", [0.1, 1.0, 10.0])
def test_nothing_leaves_above_the_ceiling(ceiling_db, lookahead_ms):
    rig = Rig(rate=48_000.0, master__ceiling_db=ceiling_db, engine__lookahead_ms=lookahead_ms)
    rng = np.random.default_rng(3)
    heard = (rng.standard_normal(9600) * np.repeat(rng.uniform(0, 4, 96), 100)).astype("f4")
    heard[rng.integers(0, 9600, 20)] = 1000
    rig.set("input.monitor", 1)
    out = rig.run([64] * 150, heard)
    assert np.abs(out).max() <= np.float32(10 ** (ceiling_db / 20)) * (1 + 1e-6)
    assert np.abs(out).max() > 0.5 * 10 ** (ceiling_db / 20)


def test_the_gain_comes_down_over_the_lookahead_and_never_jumps():
    rig = Rig(rate=48_000.0, master__ceiling_db=-6.0)
    heard = np.full(4800, 0.25, "f4")
    heard[2400:2500] = 2.0
    rig.set("input.monitor", 1)
    out = rig.run([64] * 75, heard)[:, 0]
    gain = out[rig.lookahead + 1500 :] / heard[1500 : 4800 - rig.lookahead]
    assert np.abs(np.diff(gain)).max() < 1.2 / rig.lookahead


def test_quiet_sound_passes_unchanged_but_for_the_delay():
    rig = Rig(rate=48_000.0)
    sound = np.random.default_rng(0).uniform(-0.5, 0.5, (200, 2)).astype("f4")
    rig.put(1, sound)
    rig.voice(0, 1, fade_out=1)
    out = rig.run(ragged(1000))
    np.testing.assert_allclose(out[rig.lookahead : rig.lookahead + 199], sound[:199], atol=1e-7)


def test_switched_off_it_lets_everything_through():
    rig = Rig(rate=48_000.0, master__limiter=False)
    heard = np.full(4800, 3.0, "f4")
    rig.set("input.monitor", 1)
    assert rig.run([64] * 75, heard)[-1, 0] == pytest.approx(3.0, rel=1e-3)


def test_it_lets_go_again():
    rig = Rig(rate=48_000.0)
    heard = np.full(48_000, 0.25, "f4")
    heard[1000:1100] = 4.0
    rig.set("input.monitor", 1)
    out = rig.run([64] * 750, heard)
    assert out[-1, 0] == pytest.approx(0.25, rel=1e-3)


@njit(nogil=True)
def drive(address, peaks, ceiling, gains):
    """Step a limiter through the peaks of all frames."""
    for i in range(peaks.size):
        gains[i] = limiter_needs(address, peaks[i], ceiling)


def gains_of(peaks, ceiling, lookahead, rate):
    """What the module's docstring says, in plain words: least need of the look-ahead and the frame itself, let go
    with 80 ms, and the mean of the newest `lookahead` of these.
    """
    held, line, gains = 1.0, [1.0] * lookahead, []
    for t in range(len(peaks)):
        lowest = min(min(ceiling / peak, 1.0) if peak > 0 else 1.0 for peak in peaks[max(t - lookahead, 0) : t + 1])
        held = min(lowest, held + (lowest - held) * (1 - np.exp(-1 / (0.080 * rate))))
        line = [*line[1:], held]
        gains.append(min(sum(line) / lookahead, 1.0))
    return gains


@settings(max_examples=60, deadline=None)
@given(
    peaks=st.lists(st.one_of(st.just(0.0), st.floats(0.01, 8.0)), min_size=1, max_size=80),
    lookahead=st.integers(1, 9),
    ceiling=st.sampled_from([1.0, 0.25]),
)
@example(peaks=[4.0, *[0.0] * 200], lookahead=3, ceiling=1.0)  # lets go, for 200 ms
@example(peaks=[0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0], lookahead=4, ceiling=1.0)
def test_each_gain_is_the_mean_of_what_was_needed_and_suffices_for_its_frame(peaks, lookahead, ceiling):
    limiter, gains = Limiter(1000, lookahead), np.zeros(len(peaks))
    drive(limiter.address, np.array(peaks), ceiling, gains)
    np.testing.assert_allclose(gains, gains_of(peaks, ceiling, lookahead, 1000), rtol=1e-9)
    assert (gains[lookahead:] * np.array(peaks)[:-lookahead] <= ceiling * (1 + 1e-9)).all()
    assert limiter.state[0]["lowest"] == min(gains)


def test_after_a_peak_the_gain_comes_back_in_eighty_milliseconds():
    limiter, gains = Limiter(1000, 1), np.zeros(242)
    drive(limiter.address, np.array([2.0, *[0.0] * 241]), 1.0, gains)
    assert gains[:2].tolist() == [0.5, 0.5]  # the peak, and the frame that it leaves with
    np.testing.assert_allclose(gains[[81, 161, 241]], 1 - 0.5 * np.exp([-1, -2, -3]), rtol=1e-9)


@pytest.mark.parametrize("cut", [[40], [7, 33], [1] * 40])
def test_all_that_sounds_is_late_by_the_same(cut):
    rig = Rig(engine__lookahead_ms=7.0, input__monitor=True, master__ceiling_db=0.0)
    rig.engine.state[0]["monitor_gain"] = 1.0
    heard = np.zeros(40, np.float32)
    heard[20] = 0.25
    rig.put(2, [[0.5, -0.125], [0.25, 0.0], [0.0, 0.0]])
    rig.voice(10, 2, fade_out=1)
    out = rig.run(cut, heard)
    expected = np.zeros((40, 2))
    expected[17], expected[18], expected[27] = (0.5, -0.125), (0.25, 0), (0.25, 0.25)
    np.testing.assert_allclose(out, expected, atol=1e-7)
