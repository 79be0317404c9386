"""The bank player on a model that is easy to foresee: what it is told, what it wants, and who stands in for it."""

import ctypes

import numpy as np
import pytest

from livehost.dsp.beat.intervals import BINS
from livehost.dsp.tables import SEGMENT_SIZE
from livehost.errors import LivehostError
from livehost.inference.tokens import ASIDE, HEARD, ITEM_SIZE, PLAYED, Tokeniser, bank_statistics
from livehost.players.bank_transformer.context import HISTORY
from livehost.players.chooser import ARMED, ASK_AGAIN, STAND_IN
from livehost.players.sampling import MOST
from livehost.record import RECORD_BYTES
from livehost.settings import TABLE
from tests.players.bank_transformer.fake_model import CAPACITY, GAIN, features_of, make_bank, make_player

#: Directions of five items; the third lies between the first two.
FIVE = [(1, 0), (0, 1), (1, 1), (-1, 0), (0, -1)]
MEAN, SCALE = np.zeros(SEGMENT_SIZE, "f4"), np.ones(SEGMENT_SIZE, "f4")


@pytest.fixture
def player():
    return make_player(make_bank(FIVE))[0]


def ask(player, late=5, name="bank", **values):
    """Choose as the worker has it; what it returned, and its plan. `late` counts frames: there are 1,000 a second."""
    player.set_parameters(
        temperature=0.0, top_k=8, top_p=1.0, follow=0.5, late_ms=late, name=TABLE["player.name"].number(name)
    )
    code = player._call("choose", **{"wait": 0, **values})
    io = player._io[0]
    return code, io["index"][: io["count"]].tolist(), int(io["fallback"])


def test_the_item_in_the_direction_of_the_query_comes_first(player):
    for direction, best in zip(FIVE, range(5), strict=True):
        player.hear(features_of(*(2 * v for v in direction)))
        assert player.choose()[0] == (best, 1.0)


def test_probabilities_are_the_softmax_of_the_products(player):
    player.hear(features_of(0.5, 0.2))
    logits = GAIN * np.array([0.5, 0.2, 0.7 / np.sqrt(2), -0.5, -0.2])
    for temperature in (1.0, 0.5, 3.0):
        weights = np.exp(logits / temperature)
        told = dict(player.choose(temperature=temperature))
        assert sorted(told) == [0, 1, 2, 3, 4]
        np.testing.assert_allclose([told[i] for i in range(5)], weights / weights.sum(), rtol=1e-5)
    assert sorted(dict(player.choose(temperature=1.0, top_k=2))) == [0, 2]
    assert player.choose(temperature=1.0, top_p=0.2)[0][1] == 1.0


def test_no_more_than_256_are_chosen_among():
    angles = np.arange(2 * MOST) * 0.01

    def plan(top_k):
        player, _ = make_player(make_bank([(np.cos(a), np.sin(a)) for a in angles]))
        player.hear(features_of(0.1, 0.1))
        return player.choose(temperature=50.0, top_k=top_k)

    assert plan(MOST + 17) == plan(MOST)
    assert len(plan(0)) == 1


def told_of_the_next_stroke(player):
    """Onset and probabilities that the choosers hand on; None for nothing."""
    io = player._io[0]
    address = int(io["next_stroke"])
    if not address:
        return None
    return int(io["next_stroke_onset"]), np.ctypeslib.as_array((ctypes.c_float * BINS).from_address(address)).tolist()


def test_what_the_model_says_of_the_next_stroke_is_handed_on():
    player, stepper = make_player(make_bank(FIVE), strokes=True)
    player.choose()
    assert told_of_the_next_stroke(player) is None  # nothing is heard yet
    stepper.strokes[:] = np.arange(BINS)
    player.hear(features_of(1.0), frame=120, frames=20, onset=100, provisional=True)
    player.choose(now=True)
    assert told_of_the_next_stroke(player) == (100, np.arange(BINS).tolist())
    stepper.strokes[:] = 0.5
    player.hear(features_of(1.0), frame=300, frames=200, onset=100)
    player.choose()
    assert told_of_the_next_stroke(player) == (100, [0.5] * BINS)
    stepper.strokes[:] = 0.25
    player.played(1, frame=310)
    player.choose()
    assert told_of_the_next_stroke(player) == (100, [0.5] * BINS)  # an answer says nothing of it
    player.reset()
    assert told_of_the_next_stroke(player) is None


def test_a_model_without_a_head_says_nothing_of_the_next_stroke(player):
    player.hear(features_of(1.0), frame=300, frames=200, onset=100)
    player.choose()
    assert told_of_the_next_stroke(player) is None


def test_a_plan_stands_before_anything_was_heard(player):
    code, plan, fallback = ask(player)
    assert (code, len(plan), fallback) == (ARMED, 5, 0)
    assert len(player.context()) == 0


def test_the_same_seed_makes_the_same_choices_and_another_seed_others():
    def line(seed):
        player, _ = make_player(make_bank(FIVE), seed)
        player.hear(features_of(0.1, 0.1))
        return [player.choose(temperature=2.0)[0][0] for _ in range(30)]

    assert line(3) == line(3)
    assert line(3) != line(4)


def test_the_model_is_told_the_tokens_of_the_studio():
    bank = make_bank(FIVE, frames=[300, 100, 100, 100, 100])
    player, stepper = make_player(bank, segment_ms=250.0)
    heard = features_of(0.3, -0.7, 2.0)
    player.hear(heard, frame=1000, frames=200)
    player.choose()
    player.played(0, frame=1100)
    player.choose()
    player.played(4, frame=1500)
    player.hear(heard, frame=1500, frames=300)  # over as the answer begins: it goes first
    player.choose()
    features = np.stack([heard, bank.features[0], heard, bank.features[4]])
    expected = Tokeniser(MEAN, SCALE, *bank_statistics(bank.features, MEAN, SCALE)).rows(
        features, [HEARD, PLAYED, HEARD, PLAYED], [0.2, 0.25, 0.3, 0.1], [-1, 0.3, 0.4, 0.3], [-1, -1, 0.1, 0.4],
    )  # fmt: skip
    np.testing.assert_array_equal(stepper.kept, expected)
    context = player.context()
    assert context["source"].tolist() == [0, 1, 0, 1]
    assert context["index"].tolist() == [-1, 0, -1, 4]
    assert context["onset"].tolist() == [800, 1100, 1200, 1500]


def test_what_sounds_together_is_one_sound_to_the_model_and_each_counts_as_played():
    player, stepper = make_player(make_bank(FIVE))
    for layer, item in enumerate((2, 0, 4)):
        player._call("played", played=item, frame=100, start=100, layer=layer)
    player.hear(features_of(2.0), frame=300, frames=100)
    assert player.choose()[0][0] == 0
    assert player.context()["index"].tolist() == [2, -1]
    assert len(stepper.kept) == 2
    for item in (0, 2, 4):
        assert item not in dict(player.choose(temperature=9.0, repeat=1.0))


@pytest.mark.parametrize(("start", "onset"), [(150, 150), (100, 100), (90, 100)])
def test_what_is_played_is_told_from_the_frame_where_it_sounds(player, start, onset):
    player._call("played", played=1, frame=100, start=start, layer=0)
    player.choose()
    assert player.context()[["index", "onset", "told"]].tolist() == [(1, onset, 100)]


def aside(token):
    """What a token says beside its features."""
    return dict(zip(ASIDE, token[ITEM_SIZE:].tolist(), strict=True))


def logarithm(seconds):
    return pytest.approx((np.log10(seconds) + 0.5) / 0.5, abs=1e-6)


def test_what_sounds_is_shown_as_far_as_it_was_heard_and_asked_for_what_sounds_with_it():
    player, stepper = make_player(make_bank(FIVE))
    player.hear(features_of(1.0), frame=300, frames=200)
    player.choose()
    player.played(1, frame=320)
    player.choose()
    common = {"heard": 1, "played": 0, "gap_heard": logarithm(0.4), "gap_played": logarithm(0.18)}
    for frames, now, follow in ((3, True, 1.0), (24, False, 0.25)):
        player.hear(features_of(0.0, 2.0), frame=500 + frames, frames=frames, provisional=True)
        player.choose(now=now, follow=follow)
        told = {"closed": 0, "now": int(now), "length": logarithm(max(frames / 1000, 0.01)), "follow": 2 * follow - 1}
        assert aside(stepper.token) == common | told
        assert len(stepper.kept) == 2
    player.hear(features_of(0.0, 2.0), frame=600, frames=100)
    player.choose(now=True)  # nothing sounds any more
    assert aside(stepper.kept[2]) == common | {"closed": 1, "now": 0, "length": logarithm(0.1), "follow": 0}


def test_what_is_shown_counts_for_nothing_that_comes_later():
    player, stepper = make_player(make_bank(FIVE))
    other, plain = make_player(make_bank(FIVE))
    for k in range(6):
        for frames in (3, 8, 16):
            player.hear(features_of(9.0 - k, k), frame=100 * k + frames, frames=frames, provisional=True)
            player.choose()
        for each in (player, other):
            each.hear(features_of(k, 0.5), frame=100 * k + 90, frames=90)
            each.choose()
    np.testing.assert_array_equal(stepper.kept, plain.kept)


@pytest.mark.parametrize("follow", [0.0, 0.25, 1.0])
def test_before_anything_was_heard_the_model_is_told_how_to_follow_and_nothing_else(follow):
    player, stepper = make_player(make_bank(FIVE))
    player.choose(follow=follow, now=True)
    assert stepper.token[-1] == 2 * follow - 1
    assert not stepper.token[:-1].any()
    assert len(stepper.kept) == 0


def test_an_onset_before_that_of_the_token_before_has_no_gap():
    player, stepper = make_player(make_bank(FIVE))
    player.played(1, frame=900)
    player.choose()
    player.hear(features_of(1.0), frame=1000, frames=400)
    player.choose()
    assert [aside(token)["gap_played"] for token in stepper.kept] == [0.0, -3.0]
    assert [aside(token)["gap_heard"] for token in stepper.kept] == [0.0, 0.0]


def test_gaps_are_counted_from_what_is_in_the_model():
    player, stepper = make_player(make_bank(FIVE))
    player.hear(features_of(1.0), frame=200, frames=100, provisional=True)  # only shown
    player.choose()
    player.hear(features_of(1.0), frame=500, frames=100)
    player.choose()
    player.reset()
    player.hear(features_of(1.0), frame=900, frames=100)
    player.choose()
    assert aside(stepper.kept[0])["gap_heard"] == 0.0
    assert len(stepper.kept) == 1


def test_a_sounding_segment_counts_and_stays_not():
    player, stepper = make_player(make_bank(FIVE))
    player.hear(features_of(2.0, 0.0), frame=100, frames=50, provisional=True)
    assert player.choose()[0][0] == 0
    assert len(stepper.kept) == len(player.context()) == 0
    player.hear(features_of(0.0, 2.0), frame=400, frames=350)
    assert player.choose()[0][0] == 1
    assert len(stepper.kept) == len(player.context()) == 1


def test_a_long_session_keeps_the_newest():
    player, stepper = make_player(make_bank(FIVE))
    for k in range(1500):
        player.hear(features_of(k / 1500, 1.0), frame=1000 + 500 * k, frames=300)
        player.choose()
    context = player.context()
    assert len(stepper.kept) == 1500
    assert context["onset"].tolist() == [700 + 500 * k for k in range(1500 - HISTORY, 1500)]


def test_a_fresh_player_is_told_the_story_so_far():
    bank = make_bank(FIVE)
    player, stepper = make_player(bank)
    for k in range(20):
        player.hear(features_of(np.sin(k), np.cos(k)), frame=1000 + 500 * k, frames=300)
        player.played(k % 5, frame=1000 + 500 * k)
        plan = player.choose()
    fresh, other = make_player(bank)
    fresh.feed(player.context())
    np.testing.assert_array_equal(other.kept, stepper.kept)
    assert fresh.choose() == plan
    np.testing.assert_array_equal(fresh.context(), player.context())
    smaller, _ = make_player(make_bank(FIVE[:2]))
    smaller.feed(player.context())
    assert set(smaller.context()["index"]) == {-1, 0, 1}
    assert sorted(i for i, _ in smaller.choose()) == [0, 1]


def test_reset_forgets_all_but_what_is_denied():
    player, stepper = make_player(make_bank(FIVE))
    player.allow(3, False)
    first = [player.choose(temperature=2.0) for _ in range(5)]
    player.hear(features_of(2.0))
    player.played(2)
    player.choose()
    player.steer("approve")
    player.reset()
    assert len(player.context()) == stepper.count[0] == 0
    assert [player.choose(temperature=2.0) for _ in range(5)] == first
    assert all(i != 3 for plan in first for i, _ in plan)


# -- steering


def test_approval_draws_towards_an_item_and_wears_off(player):
    def likely(frame):
        player.hear(features_of(0.05, 0.3), frame=frame)
        return dict(player.choose(temperature=1.0))[0]

    before = likely(10)
    player.played(0, frame=20)
    player.steer("approve")
    assert likely(30) > 1.2 * before
    for k in range(60):
        player.played(3, frame=40 + k)
    assert likely(200) == pytest.approx(before, rel=0.01)


def test_what_is_rejected_never_comes_again_and_another_comes_on_change(player):
    player.played(0, frame=10)
    player.hear(features_of(2.0), frame=20)
    player.steer("change")
    assert player.choose()[0][0] == 2
    player.played(4, frame=30)
    player.hear(features_of(2.0), frame=40)
    assert player.choose()[0][0] == 0
    player.played(0, frame=50)
    player.steer("reject")
    player.hear(features_of(2.0), frame=60)
    assert player.choose()[0][0] == 2
    assert all(i != 0 for i, _ in player.choose(temperature=5.0))
    player.allow(0)
    assert player.choose()[0][0] == 0
    with pytest.raises(LivehostError, match="approve, reject, change"):
        player.steer("boo")


def test_nothing_allowed_is_an_empty_plan(player):
    player.allow(-1, False)
    assert player.choose() == []
    player.allow(2)
    assert player.choose() == [(2, 1.0)]


def test_an_item_that_the_bank_has_not_is_said_in_a_sentence(player):
    for ask in (player.played, player.allow):
        for index in (5, -2):
            with pytest.raises(LivehostError, match=f"items 0 to 4, not {index}"):
                ask(index)


def test_an_item_that_the_bank_has_not_is_no_sound_to_the_model(player):
    for index in (5, -1):
        player._call("played", played=index, frame=10, start=10, layer=0)
    player.choose()
    assert len(player.context()) == 0


def test_reset_forgets_a_segment_that_still_sounds(player):
    before = player.choose(temperature=1.0)
    player.hear(features_of(2.0), frame=100, frames=50, provisional=True)
    player.reset()
    assert player.choose(temperature=1.0) == before


def test_repetition_is_punished_as_by_the_nearest_player(player):
    player.hear(features_of(0.4, 0.1), frame=10)
    free = dict(player.choose(temperature=1.0))
    player.played(0, frame=20)
    player.hear(features_of(0.4, 0.1), frame=30)
    half = dict(player.choose(temperature=1.0, repeat=0.5))
    assert half[0] / half[1] == pytest.approx(free[0] / free[1] / 4, rel=1e-4)  # (1 − 1/2)²
    assert all(i != 0 for i, _ in player.choose(repeat=1.0))


def test_all_that_is_remembered_may_be_passed_over():
    angles = np.arange(20) * 0.05
    player, _ = make_player(make_bank([(np.cos(a), np.sin(a)) for a in angles]))
    for item in range(16):
        player.played(item, frame=10 + item)
    player.hear(features_of(2.0), frame=100)
    assert player.choose(top_k=1, repeat=1.0)[0][0] == 16
    player.played(16, frame=110)
    player.hear(features_of(2.0), frame=200)
    assert player.choose(top_k=1, repeat=1.0)[0][0] == 0  # forgotten


@pytest.mark.parametrize("follow", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_how_to_follow_is_told_with_every_token_and_weighs_no_slot(follow):
    player, stepper = make_player(make_bank(FIVE))
    player.hear(features_of(1.0), frame=300)
    player.played(1, frame=400)
    player.choose(follow=follow)
    player.hear(features_of(1.0), frame=900)
    player.choose(follow=follow)
    assert [aside(token)["follow"] for token in stepper.kept] == [2 * follow - 1] * 3
    assert not stepper.bias.any()


# -- late, slow, broken


def test_a_slow_model_changes_nothing_until_it_is_done():
    player, stepper = make_player(make_bank(FIVE))
    player.hear(features_of(2.0))
    _, plan, _ = ask(player)
    stepper.state["delay"] = 3
    player.hear(features_of(0.0, 2.0), frame=10)
    for hop in range(4):
        assert ask(player, frame=10 + hop) == (ASK_AGAIN, plan, 0)
    assert ask(player, frame=14)[:2] == (ARMED, [1, 2, 0, 3, 4])


def test_what_is_heard_while_a_step_goes_on_is_shown_after_it():
    player, stepper = make_player(make_bank(FIVE))
    ask(player)
    stepper.state["delay"] = 2
    player.hear(features_of(0.0, 2.0), frame=10, frames=3, provisional=True)
    assert ask(player, frame=10)[0] == ASK_AGAIN
    player.hear(features_of(2.0, 0.0), frame=11, frames=8, provisional=True)  # the first look was misleading
    asked = [ask(player, frame=11 + k) for k in range(6)]
    assert [code for code, *_ in asked] == [ASK_AGAIN] * 5 + [ARMED]
    assert asked[-1][1][0] == 0
    assert aside(stepper.token)["length"] == logarithm(0.01)
    assert int(stepper.state["steps"][0]) == 3


def test_a_look_that_fails_is_not_taken_again_until_there_is_more():
    player, stepper = make_player(make_bank(FIVE))
    ask(player)
    stepper.state["broken"] = 1
    player.hear(features_of(0.0, 2.0), frame=10, frames=3, provisional=True)
    assert ask(player, frame=10)[::2] == (ARMED, 1)
    assert player.failures == 1
    stepper.state["broken"] = 0
    made = int(stepper.state["steps"][0])
    ask(player, frame=11)
    assert stepper.state["steps"][0] == made
    player.hear(features_of(0.0, 2.0), frame=15, frames=8, provisional=True)
    assert ask(player, frame=15)[:2] == (ARMED, [1, 2, 0, 3, 4])
    assert len(stepper.kept) == 0


def test_what_sounds_is_shown_again_beside_what_was_played_meanwhile():
    player, stepper = make_player(make_bank(FIVE))
    player.hear(features_of(0.0, 2.0), frame=10, frames=3, provisional=True)
    player.choose(now=True)
    player.played(3, frame=12)
    player.choose()
    assert len(stepper.kept) == 1
    assert aside(stepper.token)["closed"] == aside(stepper.token)["now"] == 0
    assert aside(stepper.token)["heard"] == 1
    assert int(stepper.state["steps"][0]) == 3
    assert player.choose()[0][0] == 1


def test_the_nearest_player_stands_in_for_a_model_that_is_late():
    player, stepper = make_player(make_bank(FIVE))
    ask(player)
    stepper.state["delay"] = 9
    player.hear(features_of(0.0, 2.0), frame=10)
    codes = [ask(player, frame=10 + hop, late=5)[0] for hop in range(7)]
    assert codes == [ASK_AGAIN] * 6 + [STAND_IN]
    assert player._io["fallback"][0] == 1
    assert player._io["index"][0][0] == player.nearest.choose(follow=0.5)[0][0]
    while (armed := ask(player, frame=30))[0] != ARMED:
        pass
    assert armed == (ARMED, [1, 2, 0, 3, 4], 0)


def test_the_plan_of_a_stand_in_stands_until_the_model_is_done():
    player, stepper = make_player(make_bank(FIVE))
    ask(player)
    stepper.state["delay"] = 9
    player.hear(features_of(0.0, 2.0), frame=10)
    code, plan, fallback = ask(player, frame=10, urgent=1)
    assert (code, fallback) == (STAND_IN, 1)
    assert ask(player, frame=20, urgent=0) == (ASK_AGAIN, plan, 1)


def test_who_needs_a_plan_now_gets_one():
    player, stepper = make_player(make_bank(FIVE))
    ask(player)
    stepper.state["delay"] = 9
    player.hear(features_of(0.0, 2.0), frame=10)
    code, plan, fallback = ask(player, frame=10, urgent=1)
    assert (code, len(plan) > 0, fallback) == (STAND_IN, True, 1)


def test_a_worker_that_is_behind_makes_no_step():
    player, stepper = make_player(make_bank(FIVE))
    ask(player)
    made = int(stepper.state["steps"][0])
    player.hear(features_of(0.0, 2.0), frame=10)
    assert ask(player, frame=10, behind=6, late=5)[0] == STAND_IN
    assert stepper.state["steps"][0] == made
    assert ask(player, frame=11, behind=0)[:2] == (ARMED, [1, 2, 0, 3, 4])


def test_a_step_that_fails_is_counted_and_the_next_one_counts_again():
    player, stepper = make_player(make_bank(FIVE))
    ask(player)
    stepper.state["broken"] = 1
    player.hear(features_of(0.0, 2.0), frame=10)
    assert ask(player, frame=10)[::2] == (ARMED, 1)
    assert player.failures == 1
    stepper.state["broken"] = 0
    player.hear(features_of(2.0, 0.0), frame=500)
    code, plan, fallback = ask(player, frame=500)
    assert (code, plan[0], fallback) == (ARMED, 0, 0)


def test_a_reset_waits_for_the_step_that_is_under_way():
    player, stepper = make_player(make_bank(FIVE))
    player.choose()
    stepper.state["delay"] = 3
    player.hear(features_of(0.0, 2.0), frame=10)
    assert ask(player, frame=10)[0] == ASK_AGAIN
    forgotten = int(stepper.state["forgotten"][0])
    player.reset()
    assert stepper.state["forgotten"][0] == forgotten
    stepper.state["delay"] = 0
    while ask(player, frame=12)[0] != ARMED:
        pass
    assert stepper.state["forgotten"][0] == forgotten + 1
    assert len(stepper.kept) == len(player.context()) == 0


def test_the_player_without_a_network_answers_where_it_is_wanted(player):
    player.hear(features_of(2.0))
    code, plan, fallback = ask(player, name="nearest")
    assert (code, fallback) == (ARMED, 0)
    assert plan[0] == player.nearest.choose(follow=0.5)[0][0]


def test_more_sounds_than_can_wait_lose_the_oldest():
    player, stepper = make_player(make_bank(FIVE))
    for k in range(40):
        player.played(k % 5, frame=100 * k)
    player.choose()
    assert len(stepper.kept) == 16
    assert player.context()["onset"].tolist() == [100 * k for k in range(24, 40)]


def test_a_bank_of_one_item_and_one_of_none():
    player, _ = make_player(make_bank([(1, 0)]))
    player.hear(features_of(-3.0))
    assert player.choose(temperature=1.0, repeat=1.0) == [(0, 1.0)]
    player.played(0)
    assert player.choose(repeat=1.0)[0][0] == 0
    empty = make_bank([(1, 0)])
    empty.features, empty.items = empty.features[:0], empty.items[:0]
    with pytest.raises(LivehostError, match="no items"):
        make_player(empty)


# -- attention


def test_rows_are_told_oldest_first_with_what_each_position_was():
    from livehost import events
    from livehost.rt.ring import Ring

    player, stepper = make_player(make_bank(FIVE))
    ring = Ring(64, RECORD_BYTES)
    player._io["events"] = ring.address
    for k in range(2 * CAPACITY):
        if k % 2:
            player.played(k % 5, frame=100 * k)
        else:
            player.hear(features_of(1.0), frame=100 * k + 50, frames=50)
        ask(player, frame=100 * k + 60, plan=k)
    told = [events.to_dict(slot) for slot in ring.drain()]
    assert [e["positions"] for e in told] == [min(k, CAPACITY) + 1 for k in range(2 * CAPACITY)]
    assert [e["decision"] for e in told] == list(range(2 * CAPACITY))
    last, first = told[-1], 2 * CAPACITY - 1 - CAPACITY
    seen = player.attention.read(last)
    slots = [(first + i) % CAPACITY for i in range(CAPACITY)] + [CAPACITY]
    np.testing.assert_array_equal(seen["rows"].reshape(-1, CAPACITY + 1), stepper.attention[:, slots])
    np.testing.assert_allclose(seen["rows"].sum(-1), 1, atol=1e-6)
    assert seen["source"] == [k % 2 for k in range(first, 2 * CAPACITY)]
    assert seen["index"] == [k % 5 if k % 2 else -1 for k in range(first, 2 * CAPACITY)]
    assert seen["frames"] == [100 * k for k in range(first, 2 * CAPACITY)]
    best = int(np.argmax(seen["mean"]))
    assert last["top_position"][0] == best
    assert last["top_weight"][0] == pytest.approx(seen["mean"][best], rel=1e-6)
    assert last["top_index"][0] == seen["index"][best]
    assert sorted(last["top_position"][:7]) == list(range(7))
    assert last["top_position"][7] == -1


def test_a_step_that_64_others_have_followed_is_gone():
    from livehost import events
    from livehost.rt.ring import Ring

    player, _ = make_player(make_bank(FIVE))
    ring = Ring(128, RECORD_BYTES)
    player._io["events"] = ring.address
    for k in range(65):
        player.played(0, frame=100 * k)
        ask(player, frame=100 * k)
    told = [events.to_dict(slot) for slot in ring.drain()]
    assert len(told) == 65
    assert player.attention.read(told[0]) == {}
    assert player.attention.read(told[1])["frames"] == [0, 100]
