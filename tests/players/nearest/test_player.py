import ctypes

import numpy as np
import pytest

from livehost.engine.player_abi import PART
from livehost.errors import LivehostError
from livehost.players.chooser import CHOOSER_IO
from livehost.players.play_history import PENALTY, REMEMBERED
from livehost.players.sampling import MOST
from tests.players.conftest import make


def indices(choices):
    return [index for index, _ in choices]


def random_bank(items, seed=0, **kwargs):
    return make(np.random.default_rng(seed).normal(size=(items, 6)), seed=seed, **kwargs)


def test_nearest_first(line):
    line.hear([6.2])
    assert indices(line.choose()) == [6, 7, 5, 8, 4, 3, 2, 1]
    assert line.choose()[0][1] == 1.0


def test_same_as_sorting_all_distances():
    player, rng = random_bank(3000), np.random.default_rng(9)
    for heard in rng.normal(size=(5, 6)).astype(np.float32):
        player.reset()
        player.hear(heard)
        place = player.space.project(heard[None])[0]
        exact = np.linalg.norm(player.space.matrix.astype(np.float64) - place, axis=1)
        assert indices(player.choose()) == np.argsort(exact)[:8].tolist()


def test_an_item_that_is_heard_is_found_among_many():
    features = np.random.default_rng(0).normal(size=(20_000, 6)).astype(np.float32)
    player = make(features)
    for item in (0, 777, 19_999):
        player.reset()
        player.hear(features[item])
        assert indices(player.choose())[0] == item


def test_nothing_heard_means_the_middle(line):
    assert sorted(indices(line.choose(top_k=3))) == [3, 4, 5]
    assert line.choose(top_k=3)[0][0] == 4


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_counts_as_the_middle(line, value):
    line.hear([value])
    assert line.choose(top_k=3)[0][0] == 4


def test_one_item_is_enough():
    player = make([[3.0, 1.0]])
    player.hear([9.0, 9.0])
    for _ in range(3):
        assert player.choose(temperature=1.0, repeat=1.0) == [(0, 1.0)]
        player.played(0)
    player.steer("change")
    assert player.choose() == [(0, 1.0)]
    player.steer("reject")
    assert player.choose() == []


def test_probabilities_are_a_softmax_of_distances_in_units_of_spacing(line):
    line.hear([6.2])
    chosen = dict(line.choose(temperature=0.5, top_k=4))
    place = line.space.project(np.array([[6.2]], np.float32))[0]
    cost = np.linalg.norm(line.space.matrix - place, axis=1)[[6, 7, 5, 8]] / line.space.spacing
    expected = np.exp(-cost / 0.5) / np.exp(-cost / 0.5).sum()
    np.testing.assert_allclose([chosen[i] for i in (6, 7, 5, 8)], expected, rtol=1e-5)
    assert len(chosen) == 4


def test_choices_come_as_often_as_they_say(line):
    line.hear([6.2])
    first = np.zeros(9)
    for _ in range(4000):
        choices = line.choose(temperature=1.0, top_k=5)
        assert len(set(indices(choices))) == 5
        first[choices[0][0]] += 1
    for index, probability in line.choose(temperature=1.0, top_k=5):
        assert abs(first[index] - 4000 * probability) < 5 * np.sqrt(4000 * probability * (1 - probability))


def test_top_p(line):
    line.hear([6.2])
    probabilities = dict(line.choose(temperature=1.0, top_p=0.1))
    assert [i for i, p in probabilities.items() if p > 0] == [6]
    assert probabilities[6] == 1.0


def test_successor_and_nearest_share_by_follow(line):
    player = make(np.arange(9.0)[:, None], [1, 2, 3, 4, 5, 6, 7, 8, -1])
    player.hear([7.1])
    player.played(2)
    assert player.choose(follow=0.25)[:2] == [(3, 0.75), (7, 0.25)]
    assert player.choose(follow=0.75)[:2] == [(7, 0.75), (3, 0.25)]
    assert player.choose(follow=0.5)[:2] == [(7, 0.5), (3, 0.5)]
    assert player.choose(follow=0.0)[0] == (3, 1.0)
    assert player.choose(follow=1.0)[0] == (7, 1.0)
    player.played(6)
    assert player.choose(follow=0.25)[0] == (7, 1.0)  # it is both


def test_the_last_of_a_source_has_no_successor():
    player = make(np.arange(9.0)[:, None], [1, 2, 3, 4, 5, 6, 7, 8, -1])
    player.hear([2.0])
    player.played(8)
    assert player.choose(follow=0.25)[0] == (2, 1.0)


def test_follow_0_does_not_listen(line):
    line.played(1)
    line.hear([7.0])
    assert indices(line.choose(follow=0.0, top_k=1)) == [1]


@pytest.mark.parametrize(("repeat", "ago", "weight"), [(0.5, 0, 0.5), (0.5, 2, 0.125), (0.9, 1, 0.81)])
def test_penalty_fades_with_the_plays_since(repeat, ago, weight):
    player = make(np.array([[-1.0], [1.0], *[[50.0 + i] for i in range(6)]]))
    player.hear([0.0])
    player.played(0)
    for i in range(ago):
        player.played(2 + i)
    chosen = dict(player.choose(temperature=1.0, repeat=repeat))
    place = player.space.project(np.zeros((1, 1), np.float32))[0]
    cost = np.linalg.norm(player.space.matrix[:2] - place, axis=1) / player.space.spacing
    odds = np.exp(cost[1] - cost[0]) * (1 - weight) ** PENALTY
    assert chosen[0] / chosen[1] == pytest.approx(odds, rel=1e-4)


def test_hard_repeat_plays_everything_before_anything_twice():
    player = random_bank(REMEMBERED + 1)
    player.hear(np.zeros(6))
    played = []
    for _ in range(3 * (REMEMBERED + 1)):
        played.append(player.choose(temperature=0.5, repeat=1.0, top_k=4)[0][0])
        player.played(played[-1])
    for start in range(2 * REMEMBERED):
        assert len(set(played[start : start + REMEMBERED + 1])) == REMEMBERED + 1


def test_hard_repeat_in_a_small_bank_takes_the_oldest(line):
    for item in (3, 1, 0, 2, 4, 5, 6, 8, 7):
        line.played(item)
    assert indices(line.choose(repeat=1.0)) == [3]


def test_hard_repeat_holds_for_successors():
    player = make(np.arange(4.0)[:, None], [1, 0, -1, -1])
    player.played(1)
    player.played(0)
    assert 1 not in indices(player.choose(follow=0.1, repeat=1.0))


def test_approve_draws_near(line):
    line.hear([6.2])
    line.played(0)
    line.steer("approve")
    assert line.choose()[0][0] == 4  # 0.3 of the way
    for _ in range(5):
        line.steer("approve")
        assert line.choose()[0][0] == 2  # 0.6 of the way, and no further
    for _ in range(30):
        line.played(0)
    assert line.choose()[0][0] == 6


def test_reject_is_for_good(line):
    line.hear([6.2])
    line.played(6)
    line.steer("reject")
    line.reset()
    line.allow(-1)
    line.hear([6.2])
    assert indices(line.choose()) == [7, 5, 8, 4, 3, 2, 1, 0]
    line.allow(6)
    assert line.choose()[0][0] == 6


def test_change_lasts_until_something_else_is_played(line):
    line.hear([6.2])
    line.played(6)
    line.steer("change")
    for _ in range(2):
        assert 6 not in indices(line.choose())
    line.played(7)
    assert line.choose()[0][0] == 6


def test_verdicts_on_nothing_change_nothing(line):
    for verdict in ("approve", "reject", "change"):
        line.steer(verdict)
    line.hear([6.2])
    assert indices(line.choose()) == [6, 7, 5, 8, 4, 3, 2, 1]


def test_allow(line):
    line.hear([6.2])
    line.allow(-1, False)
    assert line.choose() == []
    line.allow(2)
    line.allow(8)
    assert indices(line.choose(temperature=0.0)) == [8, 2]
    line.allow(8, False)
    assert line.choose(temperature=1.0) == [(2, 1.0)]


def test_same_seed_same_choices_and_reset_begins_again():
    def session(player):
        out = []
        for heard in np.random.default_rng(3).normal(size=(20, 6)):
            player.hear(heard)
            out.append(player.choose(temperature=1.0, repeat=0.5, follow=0.8))
            player.played(out[-1][0][0])
        return out

    player = random_bank(50, seed=1)
    first = session(player)
    assert session(random_bank(50, seed=1)) == first
    player.reset()
    assert session(player) == first
    other = make(np.random.default_rng(1).normal(size=(50, 6)), seed=2)
    assert session(other) != first


def test_a_musician_beyond_the_banks_range_reaches_more_than_its_edge():
    player = make(np.linspace(-1, 1, 41)[:, None])
    heard = np.random.default_rng(0).uniform(2.0, 4.0, 64)

    def reached():
        chosen = []
        for value in heard:
            player.hear([value])
            chosen.append(player.choose()[0][0])
        return chosen

    assert reached()[:2] == [40, 40]
    assert len(set(reached())) > 5


def test_a_sounding_segment_is_not_learnt_from(line):
    for _ in range(50):
        line.hear([8.0], provisional=True)
    line.hear([6.2])
    assert line.choose()[0][0] == 6


def test_the_table_is_what_the_worker_calls(line):
    io, parameters = np.zeros(1, CHOOSER_IO), np.zeros(1, PART)
    parameters["top_k"], parameters["top_p"], parameters["follow"] = 3, 1.0, 1.0
    features = np.array([2.1], np.float32)
    call = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)
    io["features"], io["parameters"], io["fallback"] = features.ctypes.data, parameters.ctypes.data, 1
    for name in ("hear", "choose"):
        call(int(line.table[name][0]))(int(line.table["state"][0]), io.ctypes.data)
    assert io["count"][0] == 3
    assert io["index"][0, :3].tolist() == [2, 3, 1]
    assert io["probability"][0, :3].tolist() == [1.0, 0.0, 0.0]
    assert io["fallback"][0] == 0
    io["played"] = 99  # not an item of this bank, such as one of the bank before a swap
    call(int(line.table["played"][0]))(int(line.table["state"][0]), io.ctypes.data)
    assert line.choose()[0][0] == 2


def test_what_is_wrong_is_said_in_a_sentence(line):
    with pytest.raises(LivehostError, match="no items"):
        make(np.zeros((0, 3)))
    with pytest.raises(LivehostError, match="has 1 features here, not"):
        line.hear([1.0, 2.0])
    with pytest.raises(LivehostError, match="items 0 to 8, not 9"):
        line.played(9)
    with pytest.raises(LivehostError, match="items 0 to 8, not -2"):
        line.allow(-2)
    with pytest.raises(LivehostError, match="approve, reject, change, not 'like'"):
        line.steer("like")


def test_no_more_than_256_are_chosen_among():
    """The records that the worker works on have room for no more."""
    player = random_bank(2 * MOST)
    player.hear(np.zeros(6))
    most = player.choose(temperature=5.0, top_k=MOST)
    player.reset()
    player.hear(np.zeros(6))
    assert player.choose(temperature=5.0, top_k=MOST + 17) == most
    assert player.choose(top_k=0) == player.choose(top_k=1)
    assert len(player.choose(top_k=0)) == 1
