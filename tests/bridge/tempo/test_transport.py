"""Bars, count-in, start and stop, in beats."""

import numpy as np
import pytest

from livehost.bridge.tempo.transport import Beat, Transport


def run(transport, begin, end, step=0.05):
    """Beats that are due between two beats, as (bar, beat)."""
    told = []
    for beat in np.arange(begin, end, step):
        told += [(b.bar, b.beat) for b in transport.due(beat)]
    return told


def test_stopped_it_tells_of_nothing():
    assert run(Transport(), 0, 10) == []


def test_it_starts_with_the_next_bar():
    transport = Transport()
    transport.play(5.2)
    assert transport.state == "counting"
    assert run(transport, 5.2, 7.99) == []
    assert transport.due(8.0) == [Beat(8, 1, 1)]
    assert transport.state == "playing"
    assert run(transport, 8.05, 13.01) == [(1, 2), (1, 3), (1, 4), (2, 1), (2, 2)]


def test_on_a_bar_it_starts_at_once():
    transport = Transport()
    transport.play(8.0)
    assert transport.due(8.0) == [Beat(8, 1, 1)]


def test_the_count_in_goes_before_bar_one():
    transport = Transport(3)
    transport.play(1.0, countin=2)
    assert run(transport, 1, 8.99) == [(-1, 1), (-1, 2), (-1, 3), (0, 1), (0, 2), (0, 3)]
    assert transport.state == "counting"
    assert transport.position(8.5) == -0.5
    assert run(transport, 8.99, 9.1) == [(1, 1)]
    assert transport.state == "playing"
    assert transport.start == 9


def test_play_again_while_it_plays_changes_nothing():
    transport = Transport()
    transport.play(0.0)
    assert run(transport, 0, 1.5) == [(1, 1), (1, 2)]
    transport.play(1.5, countin=4)
    assert run(transport, 1.5, 2.5) == [(1, 3)]


def test_it_goes_on_behind_the_bar_in_which_it_was_stopped():
    transport = Transport()
    transport.play(0.0)
    run(transport, 0, 9.5)
    transport.stop()
    assert run(transport, 9.5, 20) == []
    transport.play(21.0, again=True)
    assert run(transport, 21, 24.5) == [(4, 1)]
    transport.stop()
    transport.play(25.0)
    assert run(transport, 25, 28.5) == [(1, 1)]


def test_it_follows_a_song_that_has_begun_already():
    transport = Transport()
    transport.follow(0.1, song=True)
    assert run(transport, 0.1, 1.1) == [(1, 1), (1, 2)]
    transport.follow(10.5, song=True)
    assert run(transport, 10.5, 12.1) == [(3, 4), (4, 1)]


def test_a_song_that_goes_on_where_it_stopped_tells_of_no_beat_twice():
    transport = Transport()
    transport.follow(0.0, song=True)
    assert run(transport, 0.0, 1.1)[-1] == (1, 2)
    transport.stop()
    transport.follow(1.15, song=True)
    assert run(transport, 1.15, 2.1) == [(1, 3)]
    transport.stop()
    transport.follow(0.0, song=True)
    assert run(transport, 0.0, 0.1) == [(1, 1)]


def test_it_follows_a_session_without_a_song_from_this_bar_on():
    transport = Transport()
    transport.follow(41.0, song=False)
    assert run(transport, 41, 44.1) == [(1, 2), (1, 3), (1, 4), (2, 1)]


@pytest.mark.parametrize(("jump", "then"), [(3.0, [(3, 4)]), (30.2, [(3, 3), (3, 4)]), (90.5, [(3, 4)])])
def test_where_the_source_jumps_the_bars_go_on_by_number(jump, then):
    transport = Transport()
    transport.play(0.0)
    run(transport, 0, 10)
    transport.jump(10.0, jump)
    assert run(transport, jump, jump + 0.9) == then


def test_where_a_song_jumps_its_bars_jump_along():
    transport = Transport()
    transport.follow(0.0, song=True)
    run(transport, 0, 10)
    transport.jump(10.0, 100.0)
    assert run(transport, 100, 101.5) == [(26, 1), (26, 2)]
    transport.jump(101.5, 2.9)
    assert run(transport, 2.9, 4.1) == [(1, 4), (2, 1)]


def test_beats_that_were_missed_are_left_out():
    transport = Transport()
    transport.play(0.0)
    assert [b.number for b in transport.due(6.3)] == [6]


def test_another_length_of_the_bar_keeps_the_number_of_the_bar():
    transport = Transport()
    transport.play(0.0)
    run(transport, 0, 9)
    transport.set_quantum(3, 9.0)
    assert run(transport, 9, 12.5) == [(3, 1), (3, 2), (3, 3), (4, 1)]


def test_a_source_that_jumps_while_it_is_waited_for_does_not_delay_the_start():
    transport = Transport()
    transport.play(1001.0, countin=1)
    transport.jump(1001.0, 2.0)
    assert run(transport, 2, 8.1) == [(0, 1), (0, 2), (0, 3), (0, 4), (1, 1)]
