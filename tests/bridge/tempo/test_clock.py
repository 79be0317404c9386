"""Frames and beats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livehost.bridge.tempo.clock import FASTEST, SLOWEST, TempoClock

RATE = 48_000.0
bpms = st.floats(SLOWEST, FASTEST)
frames = st.integers(0, 2**40)


def test_two_beats_a_second():
    clock = TempoClock.at_bpm(120, RATE, frame=1000, beat=3.0)
    assert clock.frame_of(3) == 1000
    assert clock.frame_of(5) == 49_000
    assert clock.beat_at(13_000) == 3.5
    assert clock.bpm(RATE) == 120


@given(bpms, frames, st.integers(-10, 10**7))
def test_a_beat_stands_at_its_frame(bpm, frame, beat):
    clock = TempoClock.at_bpm(bpm, RATE, frame)
    assert isinstance(clock.frame_of(beat), int)
    assert clock.beat_at(clock.frame_of(beat)) == pytest.approx(beat, abs=0.5 / clock.frames_per_beat + 1e-6)


@given(st.lists(st.tuples(bpms, st.integers(1, 10**7)), min_size=1, max_size=20))
def test_a_change_of_tempo_leaves_the_beat_continuous(changes):
    clock, frame = TempoClock.at_bpm(120, RATE), 0
    for bpm, wait in changes:
        frame += wait
        before = clock.beat_at(frame)
        clock = clock.with_tempo(60 * RATE / bpm, frame)
        assert clock.beat_at(frame) == before
        assert clock.bpm(RATE) == pytest.approx(bpm)


def test_a_clock_that_is_moved_has_every_beat_later():
    clock = TempoClock.at_bpm(90, RATE)
    assert clock.later(480).frame_of(7) == clock.frame_of(7) + 480
