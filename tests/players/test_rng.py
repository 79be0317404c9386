import numpy as np

from livehost.players import rng
from livehost.players.rng import seeded
from tests.kernels import by_hand

advance, unit = map(by_hand, (rng.advance, rng.unit))


def test_numbers_are_those_of_splitmix64():
    # first outputs of the reference implementation for the state 1234567
    expected = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    state, got = np.uint64(1234567), []
    for _ in expected:
        state = np.uint64(advance(state))
        got.append(unit(state))
    assert got == [((x >> 11) + 0.5) / 2**53 for x in expected]


def test_numbers_are_even_and_never_0_or_1():
    state, numbers = np.uint64(seeded(1)), []
    for _ in range(4000):
        state = np.uint64(advance(state))
        numbers.append(unit(state))
    assert 0 < min(numbers) < 0.01
    assert 0.99 < max(numbers) < 1
    assert np.abs(np.histogram(numbers, 4, (0, 1))[0] - 1000).max() < 120


def test_neighbouring_seeds_share_nothing():
    assert len({seeded(i) >> 32 for i in range(1000)}) == 1000
