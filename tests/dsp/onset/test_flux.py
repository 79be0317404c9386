import numpy as np
import pytest

from livehost.dsp import fft
from livehost.dsp.onset import flux
from tests.kernels import by_hand

new_energy = by_hand(flux.new_energy)
SIZE, RING = 64, 256


def share(ring: np.ndarray, newest: int, before: int) -> float:
    made = flux.design(SIZE)
    ring = ring.astype(np.float32)
    return new_energy(
        ring, RING - 1, newest, before, made.plan[0], made.address, fft.transform.address, flux.scratch(SIZE)
    )


def slowly(ring: np.ndarray, newest: int, before: int) -> float:
    """The definition, in numpy."""
    fall = SIZE // 16
    window = np.concatenate([
        np.sin(0.5 * np.pi * (np.arange(SIZE - fall) + 0.5) / (SIZE - fall)) ** 2,
        np.cos(0.5 * np.pi * (np.arange(fall) + 0.5) / fall) ** 2,
    ])  # fmt: skip
    old, new = (np.sqrt(np.abs(np.fft.rfft(window * np.roll(ring, SIZE - end)[:SIZE]))) for end in (before, newest))
    peak = np.max([old[:-2], old[1:-1], old[2:]], axis=0)
    return np.maximum(new[1:-1] - peak, 0).sum() / new[1:-1].sum()


@pytest.mark.parametrize(("newest", "before"), [(200, 130), (RING + 70, RING - 10), (3 * RING + 20, 3 * RING)])
def test_it_is_the_share_of_the_newest_spectrum_that_exceeds_its_neighbours_before(newest, before):
    steady = np.sin(2 * np.pi * 5 / SIZE * np.arange(RING))
    attack = np.random.default_rng(newest).standard_normal(RING)
    attack[(before + np.arange(RING - newest + before)) % RING] = 0.0
    for ring in (steady + attack, attack + 0.01 * steady, np.random.default_rng(1).standard_normal(RING)):
        assert share(ring, newest, before) == pytest.approx(slowly(ring, newest, before), rel=1e-4)


def test_what_goes_on_is_not_new_and_what_begins_is():
    steady = np.sin(2 * np.pi * 8 / SIZE * np.arange(RING))
    assert share(steady, 192, 128) < 1e-3
    assert share(np.where(np.arange(RING) < 128, 0, steady), 192, 128) == pytest.approx(1, abs=1e-3)
    assert share(np.zeros(RING), 192, 128) == 0


def test_a_note_high_up_is_as_new_as_one_low_down():
    steady, time = np.sin(2 * np.pi * 12 / SIZE * np.arange(RING)), np.arange(RING)
    low, high = (
        share(steady + np.where(time < 128, 0, np.cos(2 * np.pi * k / SIZE * time)), 192, 128) for k in (3, 31)
    )
    assert low > 0.2
    assert high > 0.2
