from itertools import pairwise

import numpy as np
import pytest

from livehost.players import rhythm
from livehost.players.rhythm import JUMP, PHRASE, REMEMBERED
from livehost.players.timing import TIMING
from tests.kernels import by_hand

learn, median, walk = map(by_hand, (rhythm.learn, rhythm.median, rhythm.walk))


@pytest.fixture
def state():
    return np.zeros(1, TIMING)[0]


def teach(state, phrases):
    for phrase in phrases:
        for k, ioi in enumerate(phrase):
            learn(state, ioi, -20.0, int(k == 0))


def steps(state, count, place=0):
    state["place"], state["place_ioi"] = place, state["ioi"][place % REMEMBERED]
    places = []
    for _ in range(count):
        walk(state)
        places.append(int(state["place"]))
    return places


def test_a_phrase_goes_on_as_it_was_but_for_the_jumps(state):
    teach(state, [np.geomspace(100, 100_000, 30).astype(int).tolist()])
    # no two times alike: there is nowhere to jump to until the end
    assert steps(state, 29) == list(range(1, 30))


def test_jumps_lead_to_what_followed_the_same_time(state):
    teach(state, [[1000, 2000, 1000, 4000, 1000, 8000, 1000, 16_000]])
    places = steps(state, 4000)
    pairs = list(pairwise(places))
    assert all((a % 2 == 0) != (b % 2 == 0) for a, b in pairs if a != 7)
    straight = np.mean([b == a + 1 for a, b in pairs if a % 2 == 0])
    # of the jumps from a 1,000, one in four leads straight on
    assert abs(straight - (1 - 0.75 * JUMP)) < 0.03


def test_only_the_end_of_a_phrase_leads_to_the_beginning_of_one(state):
    teach(state, [[1000, 2000], [1000, 3000]])
    places = steps(state, 500)
    assert set(pairwise(places)) == {(0, 1), (0, 3), (2, 3), (2, 1), (1, 0), (1, 2), (3, 0), (3, 2)}


def test_a_little_unevenness_is_the_same_time(state):
    teach(state, [[1000, 3000], [1120, 5000], [1130, 7000]])
    assert {steps(state, 1)[0] for _ in range(300)} == {1, 3}


def test_the_oldest_are_forgotten(state):
    teach(state, [[500] * 10 + [700] * REMEMBERED])
    # a walk that stands where everything is forgotten begins anywhere
    places = steps(state, 300)
    assert min(places) >= 10
    assert max(places) == 9 + REMEMBERED
    assert state["place_ioi"] == 700


@pytest.mark.parametrize("count", [1, 2, 3, 4, 255])
def test_median_of_a_ring(count):
    values = np.random.default_rng(count).integers(1, 1000, PHRASE)
    ring = [values[(250 + i) % PHRASE] for i in range(count)]
    assert median(values, np.zeros(PHRASE, np.int64), 250, 250 + count) == sorted(ring)[(count - 1) // 2]
