"""What the memory of a session has to say in the decisions of both choosers."""

import numpy as np
import pytest

from livehost.players.memory.state import PROPOSED
from livehost.players.sampling import CANDIDATES, MOST
from tests.players.bank_transformer.fake_model import features_of, make_bank, make_player
from tests.players.conftest import make

CIRCLE = [(np.cos(a), np.sin(a)) for a in np.arange(12) * 0.5]


def nearest_on_a_line(items=40):
    chooser = make(np.arange(float(items))[:, None])
    chooser.remember_session()
    return chooser


def with_memory():
    both, stepper = make_player(make_bank(CIRCLE))
    both.model.ask_memory(both.nearest.remember_session())
    return both, stepper


def session(chooser, hear, share, follow=0.5):
    """A bar heard again and again; all that was chosen."""
    chooser.set_parameters(memory=share)
    chosen = []
    for k in range(30):
        hear(chooser, (2, 8, 5)[k % 3], frame=1000 * k)
        chosen.append(chooser.choose(temperature=0.7, repeat=0.3, follow=follow))
        chooser.played(chosen[-1][0][0], frame=1000 * k + 10)
    return chosen


def hear_number(chooser, item, frame):
    chooser.hear([float(item)], frame=frame)


def hear_direction(chooser, item, frame):
    chooser.hear(features_of(*CIRCLE[item]), frame=frame, frames=100)


def test_without_its_share_all_is_as_without_a_memory():
    assert session(nearest_on_a_line(), hear_number, 0.0) == session(make(np.arange(40.0)[:, None]), hear_number, 0.0)
    plain, _ = make_player(make_bank(CIRCLE))
    assert session(with_memory()[0], hear_direction, 0.0) == session(plain, hear_direction, 0.0)


def test_a_chooser_that_has_no_memory_asks_none():
    plain, _ = make_player(make_bank(CIRCLE))
    other, _ = make_player(make_bank(CIRCLE))
    assert session(plain, hear_direction, 1.0) == session(other, hear_direction, 0.0)


@pytest.mark.parametrize(
    ("make_one", "hear"), [(nearest_on_a_line, hear_number), (lambda: with_memory()[0], hear_direction)]
)
def test_with_all_the_share_it_plays_what_comes_next(make_one, hear):
    chooser = make_one()
    chooser.set_parameters(memory=1.0)
    for k in range(30):
        hear(chooser, (2, 8, 5)[k % 3], frame=1000 * k)
        follow = 1.0 if hear is hear_number else 0.5
        first = chooser.choose(follow=follow)[0][0]
        if k > 4:
            assert first == (2, 8, 5)[(k + 1) % 3]


def test_what_it_proposes_is_chosen_among_though_the_chooser_would_not_have_thought_of_it():
    chooser = nearest_on_a_line(100)
    chooser.set_parameters(memory=0.8)
    for k in range(20):
        chooser.hear([(10.0, 60.0)[k % 2]])
    assert 10 in [index for index, _ in chooser.choose(follow=1.0, top_k=4)]
    chooser.hear([10.0])
    assert 60 in [index for index, _ in chooser.choose(follow=1.0, top_k=4)]
    chooser.set_parameters(memory=0.0)
    assert 60 not in [index for index, _ in chooser.choose(follow=1.0, top_k=4)]


def test_costs_are_shares_of_both_log_probabilities():
    both, _ = with_memory()
    for k in range(12):
        hear_direction(both, (2, 8, 5)[k % 3], frame=1000 * k)
    alone = dict(both.choose(temperature=1.0, top_k=12))
    both.set_parameters(memory=0.25)
    blended = dict(both.choose(temperature=1.0, top_k=12))
    logp = both.nearest.session.log_probabilities()
    some = sorted(set(alone) & set(blended))
    assert len(some) > 3
    ours = [np.log(blended[i]) - np.log(blended[some[0]]) for i in some]
    wanted = [0.75 * (np.log(alone[i]) - np.log(alone[some[0]])) + 0.25 * (logp[i] - logp[some[0]]) for i in some]
    np.testing.assert_allclose(ours, wanted, atol=1e-4)


def test_what_mirrors_the_sound_that_is_heard_now_is_not_what_comes_next():
    chooser = nearest_on_a_line()
    chooser.set_parameters(memory=1.0)
    for item in (2.0, 30.0) * 6:
        chooser.hear([item])
    chooser.hear([2.0], provisional=True)
    assert chooser.choose(follow=1.0, now=False)[0][0] == 30
    assert abs(chooser.choose(follow=1.0, now=True)[0][0] - 2) <= 1


def test_a_segment_that_still_sounds_counts_and_is_not_remembered():
    chooser = nearest_on_a_line()
    chooser.set_parameters(memory=1.0)
    for item in (2.0, 30.0, 15.0) * 4:
        chooser.hear([item])
    for _ in range(5):
        chooser.hear([2.0], provisional=True)
    assert chooser.choose(follow=1.0)[0][0] == 30
    assert chooser.session.counts[0] == 12
    chooser.hear([2.0])
    assert chooser.choose(follow=1.0)[0][0] == 30
    assert chooser.session.counts[0] == 13


def test_follow_says_which_line_counts():
    both, _ = with_memory()
    both.set_parameters(memory=1.0)
    for k in range(12):
        hear_direction(both, (2, 8)[k % 2], frame=1000 * k)
        both.played((4, 10)[k % 2], frame=1000 * k + 10)
    assert both.choose(follow=0.5)[0][0] == 2
    assert both.choose(follow=1.0)[0][0] == 2
    assert both.choose(follow=0.0)[0][0] == 4


def test_barred_items_stay_out_and_a_reset_forgets():
    chooser = nearest_on_a_line()
    chooser.set_parameters(memory=1.0)
    for item in (2.0, 30.0) * 6:
        chooser.hear([item])
    chooser.hear([2.0])
    chooser.allow(30, False)
    for _ in range(10):
        assert 30 not in [index for index, _ in chooser.choose(follow=1.0, temperature=3.0, top_k=40)]
    chooser.allow(30)
    assert chooser.choose(follow=1.0)[0][0] == 30
    chooser.reset()
    assert chooser.session.counts == (0, 0)


def test_layers_are_one_sound_of_the_own_line():
    chooser = nearest_on_a_line()
    for layer in range(3):
        chooser._call("played", played=layer, start=0, layer=layer)
    assert chooser.session.counts == (0, 1)


def test_a_context_is_recalled():
    chooser = nearest_on_a_line()
    chooser.set_parameters(memory=1.0)
    heard = np.array([2.0, 30.0] * 4 + [2.0], np.float32)[:, None]
    index, played = np.full(9, -1), np.zeros(9, bool)
    index[3], played[[3, 4]] = 7, True  # one of this bank, one of another
    chooser.recall(heard, index, played)
    assert chooser.session.counts == (7, 1)
    make(np.arange(9.0)[:, None]).recall(heard, index, played)  # one without a memory passes it over


def test_there_is_room_for_all_candidates():
    chooser = nearest_on_a_line(2000)
    chooser.set_parameters(memory=0.5)
    rng = np.random.default_rng(0)
    for _ in range(300):
        chooser.hear([1000.0])
        chooser.hear([float(rng.integers(2000))])
    chooser.hear([1000.0])
    assert len(chooser.session.scores()[0]) == PROPOSED
    assert MOST + PROPOSED < CANDIDATES
    assert len(chooser.choose(temperature=1.0, top_k=MOST, follow=1.0)) == 8
