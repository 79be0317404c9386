"""Rests of whole bars."""

import pytest

from livehost.stage.rests import Rests


def beat(number):
    return {"kind": "beat", "frame": 0, "bar": 1, "beat": number}


@pytest.fixture
def rests():
    applied, state = [], {"plays": True}
    made = Rests(applied.append, lambda: state["plays"])
    made.applied, made.state = applied, state
    return made


def test_without_a_beat_a_rest_begins_at_once(rests):
    rests.state["plays"] = False
    rests.want(1.0)
    assert rests.applied == [1.0]
    rests.event(beat(1))
    assert rests.applied == [1.0]


def test_with_one_it_begins_and_ends_with_a_bar(rests):
    rests.want(1.0)
    rests.event(beat(3))
    assert rests.applied == []
    rests.event(beat(1))
    rests.event(beat(1))
    assert rests.applied == [1.0]
    rests.want(0.0)
    assert rests.applied == [1.0]
    rests.event(beat(1))
    assert rests.applied == [1.0, 0.0]


def test_what_is_taken_back_before_the_bar_never_was(rests):
    rests.want(1.0)
    rests.want(0.0)
    rests.event(beat(1))
    assert rests.applied == [0.0]


def test_it_waits_for_no_bar_that_does_not_come(rests):
    rests.want(1.0)
    rests.event({"kind": "fact", "frame": 0, "name": "transport", "value": "stopped"})
    assert rests.applied == [1.0]
