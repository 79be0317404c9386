"""What hangs is told from heartbeats alone; what only waits is left in peace."""

import pytest

from livehost.supervise.link import ENDING, PLAYING, STARTING, Beat
from livehost.supervise.watchdog import LOOP_S, STARTING_S, Watchdog

#: Clocks that move from one beat to the next, four of them a second.
ALL = {"turns": 10, "blocks": 180, "busy_ms": 10, "worker": 12_000}


def told(seconds, still=(), phase=PLAYING, dog=None, **moving):
    """What a watchdog says after so many seconds of beats in which some clocks stand still."""
    dog = dog or Watchdog(0.0)
    steps = {name: 0 if name in still else step for name, step in {**ALL, **moving}.items()}
    for k in range(1, int(4 * seconds) + 1):
        dog.take(Beat(phase, **{name: k * step for name, step in steps.items()}), k / 4)
        if text := dog.hung(k / 4):
            return k / 4, text
    return None


def test_nothing_hangs_while_all_clocks_move():
    assert told(120) is None


@pytest.mark.parametrize(
    ("still", "soonest", "latest", "text"),
    [
        (("worker",), 5, 6, "its worker stood still for 5 s"),
        (("turns",), LOOP_S, LOOP_S + 1, "its main loop stood still for 30 s"),
    ],
)
def test_a_clock_that_stands_still_is_named(still, soonest, latest, text):
    at, said = told(60, still)
    assert said == text
    assert soonest < at <= latest


def test_an_audio_thread_that_runs_and_ends_no_block_hangs():
    at, said = told(60, ("blocks",), busy_ms=250)
    assert said == "its audio thread ended no block for 3 s"
    assert 3 < at <= 4


@pytest.mark.parametrize("busy_ms", [0, 2])
def test_a_card_that_is_gone_is_no_hang(busy_ms):
    assert told(300, ("blocks", "worker"), busy_ms=busy_ms) is None


def test_where_the_time_of_the_audio_thread_is_not_known_it_is_not_judged():
    dog = Watchdog(0.0)
    for k in range(1, 400):
        dog.take(Beat(PLAYING, k, 7, -1, 7), k / 4)
        assert dog.hung(k / 4) == ""


def test_silence_is_a_hang_sooner_while_it_plays_than_while_it_starts():
    for phase, patience_s in ((STARTING, STARTING_S), (PLAYING, 5.0), (ENDING, 5.0)):
        dog = Watchdog(0.0)
        dog.take(Beat(phase), 10.0)
        assert dog.hung(10.0 + patience_s) == ""
        assert dog.hung(10.5 + patience_s) == f"Python stood still for {patience_s:.0f} s"


@pytest.mark.parametrize("phase", [STARTING, ENDING])
def test_only_a_session_that_plays_must_move(phase):
    assert told(100, tuple(ALL), phase) is None


def test_what_stood_still_before_it_played_is_not_counted():
    dog = Watchdog(0.0)
    for k in range(400):
        dog.take(Beat(STARTING), k / 4)
    dog.take(Beat(PLAYING), 100.0)
    assert dog.hung(100.0) == dog.hung(104.9) == ""


def test_a_watchdog_that_was_away_itself_counts_anew():
    dog = Watchdog(0.0)
    dog.take(Beat(PLAYING, 1, 1, 1, 1), 1.0)
    dog.wait_anew(1000.0)
    assert dog.hung(1004.0) == ""
    assert dog.hung(1006.0) != ""
