import numpy as np
import pytest

from livehost.dsp.canceller import CANCEL_IO, EchoCanceller, cancel_step
from livehost.rt.native import run2

RATE = 16_000


def run(heard, played, hop=32):
    canceller, io = EchoCanceller(RATE, hop), np.zeros(1, CANCEL_IO)
    heard, played = heard.astype(np.float32), played.astype(np.float32)
    cleaned, step = np.zeros_like(heard), run2(cancel_step)
    for frame in range(0, heard.size - hop + 1, hop):
        io[0] = tuple(a.ctypes.data + 4 * frame for a in (heard, played, cleaned))
        step(canceller.address, io.ctypes.data)
    return cleaned, canceller


def level_db(sound):
    return 10 * np.log10(np.mean(sound**2))


@pytest.mark.parametrize("delay", [0, 80, 333, 900])
def test_it_finds_the_delay_and_takes_the_echo_away(delay):
    played = np.random.default_rng(0).standard_normal(6 * RATE) * 0.1
    heard = np.concatenate([np.zeros(delay), 0.25 * played])[: played.size]
    cleaned, canceller = run(heard, played)
    taps = canceller.arrays["taps"][::-1]
    assert np.abs(taps).argmax() == delay
    assert taps[delay] == pytest.approx(0.25, abs=0.02)
    assert level_db(cleaned[-RATE:]) < level_db(heard[-RATE:]) - 20


def test_a_musician_who_never_stops_does_not_lead_it_astray():
    rng = np.random.default_rng(1)
    played, musician = 0.1 * rng.standard_normal((2, 10 * RATE))
    echo = np.concatenate([np.zeros(200), 0.25 * played])[: played.size]
    cleaned, _ = run(musician + echo, played)
    left = cleaned - musician.astype(np.float32)
    assert level_db(left[-RATE:]) < level_db(echo[-RATE:]) - 8


def test_nothing_played_changes_nothing():
    heard = np.random.default_rng(2).standard_normal(RATE).astype(np.float32)
    cleaned, _ = run(heard, np.zeros(RATE))
    np.testing.assert_array_equal(cleaned, heard)


def test_headphones_change_almost_nothing():
    heard, played = 0.1 * np.random.default_rng(3).standard_normal((2, 6 * RATE))
    cleaned, _ = run(heard, played)
    assert level_db(cleaned - heard.astype(np.float32)) < level_db(heard) - 12


@pytest.mark.parametrize("hop", [1, 30, 64])
def test_the_size_of_a_hop_does_not_matter_to_what_is_learnt(hop):
    played = np.random.default_rng(4).standard_normal(2 * RATE) * 0.1
    heard = np.concatenate([np.zeros(100), 0.25 * played])[: played.size]
    _, canceller = run(heard, played, hop)
    _, expected = run(heard, played, 32)
    learnt = 1 + (2 * RATE // hop * hop) // expected.state["block"] * expected.state["block"]
    assert learnt > RATE
    np.testing.assert_allclose(canceller.arrays["target"], expected.arrays["target"], atol=1e-5)


def test_reset_forgets_the_room():
    played = np.random.default_rng(5).standard_normal(RATE) * 0.1
    cleaned, canceller = run(played, played)
    canceller.reset()
    fresh = EchoCanceller(RATE)
    for name, array in canceller.arrays.items():
        np.testing.assert_array_equal(array, fresh.arrays[name], err_msg=name)
    assert level_db(cleaned[-1000:]) < level_db(played[-1000:])
