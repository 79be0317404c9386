"""A mirrored answer is drawn to the items that begin like what sounds now."""

import numpy as np
import pytest

from livehost.bank.measure import CUT_ROWS, HOP_SAMPLES
from livehost.dsp.tables import SEGMENT_SIZE
from tests.players.bank_transformer.fake_model import features_of, make_bank, make_player

CIRCLE = [(np.cos(a), np.sin(a)) for a in np.arange(12) * 0.5]
FRAMES = CUT_ROWS[1] * HOP_SAMPLES


def players(mirrors=True):
    """A player whose items begin like the item that is three places further on sounds as a whole."""
    bank = make_bank(CIRCLE)
    begins = np.random.default_rng(2).standard_normal((len(CIRCLE), SEGMENT_SIZE)).astype("f4")
    bank.cuts = np.repeat(begins[:, None], len(CUT_ROWS), axis=1)
    both, _ = make_player(bank)
    if mirrors:
        both.model.mirror_by(both.nearest)
    return both, begins


def chosen(both, features, **how):
    both.hear(features, frame=9_000, frames=FRAMES, provisional=True)
    return both.choose(temperature=1.0, top_k=12, **how)


def test_all_of_a_mirror_is_how_it_begins():
    both, begins = players()
    for item in (0, 4, 11):
        assert chosen(both, begins[item], follow=1.0, now=True)[0][0] == item


@pytest.mark.parametrize(("follow", "now"), [(0.5, True), (0.2, True), (1.0, False)])
def test_nothing_is_drawn_to_it_where_nothing_is_mirrored(follow, now):
    (mirrors, begins), (plain, _) = players(), players(mirrors=False)
    features = features_of(*CIRCLE[3])
    assert chosen(mirrors, features, follow=follow, now=now) == chosen(plain, features, follow=follow, now=now)
    assert len(begins) == len(CIRCLE)


def test_the_share_of_likeness_grows_with_follow():
    both, begins = players()
    odds = [dict(chosen(both, begins[6], follow=f, now=True)).get(6, 0.0) for f in (0.5, 0.6, 0.75, 0.9, 1.0)]
    assert odds == sorted(odds)
    assert odds[-1] > odds[0]


def test_a_barred_item_is_not_mirrored():
    both, begins = players()
    both.allow(4, False)
    assert 4 not in [item for item, _ in chosen(both, begins[4], follow=1.0, now=True)]
