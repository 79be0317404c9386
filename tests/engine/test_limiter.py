import numpy as np
import pytest

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
    item = rig.items[1]
    rig.block[item["offset"] : item["offset"] + 400] = np.random.default_rng(0).uniform(-0.5, 0.5, 400)
    rig.voice(0, 1, fade_out=1)
    out = rig.run(ragged(1000))
    expected = rig.block[item["offset"] : item["offset"] + 399]
    np.testing.assert_allclose(out[rig.lookahead : rig.lookahead + 399, 0], expected, atol=1e-7)


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
