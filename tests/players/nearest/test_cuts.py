"""What has just begun is compared with how items begin."""

from types import SimpleNamespace

import numpy as np
import pytest

from livehost.bank.measure import CUT_ROWS, HOP_SAMPLES
from livehost.dsp.tables import LEVEL_SLOTS, SEGMENT_SIZE
from livehost.players.nearest.player import NearestChooser

ITEMS = 40


def bank(with_cuts=True):
    """Items whose beginnings are in another order than they are as a whole."""
    rng = np.random.default_rng(1)
    features = rng.standard_normal((ITEMS, SEGMENT_SIZE)).astype("f4")
    cuts = rng.standard_normal((ITEMS, len(CUT_ROWS), SEGMENT_SIZE)).astype("f4")
    successor = np.full(ITEMS, -1, np.int64)
    return SimpleNamespace(features=features, cuts=cuts if with_cuts else None, items={"successor": successor})


def chooser_of(sounds):
    return NearestChooser(sounds, cuts=sounds.cuts)


def first(chooser, features, rows=None):
    if rows is None:
        chooser.hear(features)
    else:
        chooser.hear(features, frames=rows * HOP_SAMPLES, provisional=True)
    return chooser.choose(temperature=0.0, repeat=0.0, follow=1.0)[0][0]


@pytest.mark.parametrize("cut", range(len(CUT_ROWS)))
@pytest.mark.parametrize("item", [0, 17, 39])
def test_a_peek_is_found_by_how_the_items_begin(cut, item):
    sounds = bank()
    chooser = chooser_of(sounds)
    assert first(chooser, sounds.cuts[item, cut], CUT_ROWS[cut]) == item
    assert first(chooser, sounds.features[item]) == item  # what is over, by the whole


def test_between_two_cuts_the_shorter_one_counts():
    sounds = bank()
    assert first(chooser_of(sounds), sounds.cuts[5, 1], CUT_ROWS[2] - 1) == 5


def test_how_loud_it_is_does_not_say_what_it_is():
    sounds = bank()
    softer = sounds.cuts[5, 2].copy()
    softer[LEVEL_SLOTS] -= 24.0
    assert first(chooser_of(sounds), softer, CUT_ROWS[2]) == 5


def test_a_bank_that_does_not_know_is_asked_by_the_whole():
    sounds = bank(with_cuts=False)
    assert first(chooser_of(sounds), sounds.features[7], 3) == 7


def test_a_reset_forgets_how_the_musician_s_sounds_begin():
    sounds = bank()
    chooser, fresh = chooser_of(sounds), chooser_of(sounds)
    odd = np.full(SEGMENT_SIZE, 3.0, np.float32)
    for _ in range(30):
        first(chooser, odd, 1)
    chooser.reset()
    for features in sounds.cuts[:10, 0]:
        assert first(chooser, features, 1) == first(fresh, features, 1)
