"""What is right, by `follow` and by when the answer sounds."""

import numpy as np
import pytest

from livehost.studio.bank_transformer.follow import draw_targets, follow_of
from livehost.studio.bank_transformer.lines import OWN

N = 2000
NEXT, SAME, LAST = 3, 2, 7


def share(follow, now, *, following=NEXT, played=LAST, strangers=False):
    """How often the next, the same, and the own line is right."""
    target, own = draw_targets(
        np.full(N, follow), np.full(N, now), np.full(N, following), np.full(N, SAME), np.full(N, played),
        np.random.default_rng(0), strangers=strangers,
    )  # fmt: skip
    assert ((own >= 0) <= (target == -1)).all()
    return [float((target == NEXT).mean()), float((target == SAME).mean()), float((own == LAST).mean())]


@pytest.mark.parametrize(
    ("follow", "now", "wanted"),
    [
        (1.0, True, [0, 1, 0]), (0.75, True, [0.5, 0.5, 0]), (0.5, True, [1, 0, 0]), (0.25, True, [0.5, 0, 0.5]),
        (0.0, True, [0, 0, 1]), (1.0, False, [1, 0, 0]), (0.5, False, [1, 0, 0]), (0.0, False, [0, 0, 1]),
    ],
)  # fmt: skip
def test_targets_are_those_of_the_table(follow, now, wanted):
    np.testing.assert_allclose(share(follow, now), wanted, atol=0.05)


def test_without_anything_played_the_own_line_is_what_comes_next():
    assert share(0.0, True, played=-1) == [1, 0, 0]


def test_where_only_the_own_line_goes_on_it_is_right():
    assert share(0.5, False, following=OWN) == [0, 0, 1]


def test_strangers_are_mirrored_or_left_alone():
    assert share(1.0, True, following=OWN, strangers=True) == [0, 1, 0]
    assert share(0.0, True, following=OWN, strangers=True) == [0, 0, 1]
    _, mirrored, own = share(0.5, True, following=OWN, strangers=True)
    assert 0.6 < mirrored < 0.8
    assert mirrored + own == 1


def test_follow_may_change_in_the_middle():
    changes = [len(set(follow_of(40, np.random.default_rng(k)).tolist())) for k in range(300)]
    assert set(changes) == {1, 2}
    assert 0.1 < np.mean([c == 2 for c in changes]) < 0.35
