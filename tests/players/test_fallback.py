"""A chooser and its stand-in: who is told, who is asked, and whose plan stands."""

import numpy as np
import pytest

from livehost.players.chooser import ARMED, ASK_AGAIN, LATE, NO_PLAN, STAND_IN
from livehost.players.fallback import FallbackChooser
from livehost.settings import TABLE
from tests.players.scripted import Scripted


@pytest.fixture
def pair():
    second = Scripted()
    both = FallbackChooser(Scripted(allowed_bits=second.allowed_bits), second, "bank")
    both.first.give([(1, 0.75)])
    both.second.give([(2, 0.5), (3, 0.25)])
    return both


def ask(both, name="bank", failsafe=0.0):
    """What is given, the plan, and whether a stand-in made it; who was asked."""
    both.set_parameters(name=TABLE["player.name"].number(name), player_failsafe=failsafe)
    code = both._call("choose")
    io = both._io[0]
    plan = io["index"][: io["count"]].tolist()
    return (code, plan, int(io["fallback"])), [len(c.calls("choose")) for c in (both.first, both.second)]


@pytest.mark.parametrize(
    ("call", "function", "told"),
    [
        (lambda c: c.hear(np.zeros(3), frame=7, frames=5), "hear", {"frame": 7, "frames": 5}),
        (lambda c: c.played(4, frame=7), "played", {"played": 4, "start": 7}),
        (lambda c: c.reset(), "reset", {}),
        (lambda c: c.steer("reject"), "steer", {"verdict": 1}),
        (lambda c: c.allow(3, False), "allow", {"item": 3, "allowed": 0}),
    ],
)
def test_both_are_told_of_everything(pair, call, function, told):
    call(pair)
    for chooser in (pair.first, pair.second):
        ((name, io),) = chooser.calls()
        assert name == function
        assert {key: io[key].item() for key in told} == told


def test_the_first_chooses_where_its_name_is_set(pair):
    assert ask(pair) == ((ARMED, [1], 0), [1, 0])


@pytest.mark.parametrize("name", ["nearest", "off"])
def test_at_any_other_name_the_second_chooses_and_stands_in_for_nobody(pair, name):
    assert ask(pair, name) == ((ARMED, [2, 3], 0), [0, 1])


def test_the_first_may_go_by_another_name():
    both = FallbackChooser(Scripted(), Scripted(), "nearest")
    both.first.give([(1, 0.75)])
    both.second.give([(2, 0.5)])
    assert ask(both, "nearest")[0] == (ARMED, [1], 0)
    assert ask(both, "bank")[0] == (ARMED, [2], 0)


def test_what_the_first_asks_for_again_leaves_the_plan_that_stands(pair):
    ask(pair)
    pair.first.give(None, ASK_AGAIN)
    assert ask(pair) == ((ASK_AGAIN, [1], 0), [1, 0])


@pytest.mark.parametrize(("given", "code"), [(LATE, STAND_IN), (NO_PLAN, ARMED)])
def test_the_second_stands_in_where_the_first_has_no_plan(pair, given, code):
    pair.first.give(None, given)
    assert ask(pair) == ((code, [2, 3], 1), [1, 1])
    pair.first.give([(1, 0.75)])
    assert ask(pair) == ((ARMED, [1], 0), [1, 0])


def test_in_failsafe_the_second_stands_in_without_the_first_being_asked(pair):
    assert ask(pair, failsafe=1.0) == ((ARMED, [2, 3], 1), [0, 1])
    assert ask(pair, "nearest", failsafe=1.0)[0] == (ARMED, [2, 3], 0)
    assert ask(pair) == ((ARMED, [1], 0), [1, 0])


def test_it_is_as_neutral_and_as_large_as_the_first_and_locks_the_memory_of_both(pair):
    assert (pair.neutral_follow, pair.size) == (0.5, 3)
    assert pair.allowed_bits is pair.second.allowed_bits
    for chooser in (pair.first, pair.second):
        assert all(any(array is own for own in pair.arrays) for array in chooser.arrays)
