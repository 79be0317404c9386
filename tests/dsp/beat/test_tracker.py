"""The beat tracker: it finds the beat, keeps it through a rest, follows what moves, and lets go of what is over."""

import numpy as np
import pytest

from livehost.dsp.beat.told import ToldBeat, tell_beat
from livehost.dsp.beat.tracker import BeatTracker, beat_reset, beat_step
from livehost.rt.native import STEP2, entry, f64, run1, run2

RATE = 48_000


def pulse(
    bpm: float, seconds: float, jitter_ms: float = 4.0, *, first: float = 0.5, faster: float = 0.0, seed: int = 0
):
    """Play beats, most eighths and some sixteenths; gives onsets (frame, level) and the times of the beats, s."""
    random, onsets, beats, now, beat = np.random.default_rng(seed), [], [], first, 60.0 / bpm
    while now < first + seconds:
        beats.append(now)
        for place, often, level in ((0.0, 0.97, -8.0), (0.25, 0.25, -17.0), (0.5, 0.7, -13.0), (0.75, 0.3, -16.0)):
            if random.random() < often:
                onsets.append((now + place * beat + random.normal(0, jitter_ms / 1000), level + random.normal(0, 2)))
        now += beat
        beat /= 1.0 + faster / 4.0
    return [(round(t * RATE), level) for t, level in sorted(onsets)], np.array(beats)


def off_sixteenth_ms(tracker: BeatTracker, seconds: float, beat_s: float) -> float:
    """How far the true beat at a time is from the nearest sixteenth of the tracker's beat, ms."""
    io = tracker.io[0]
    sixteenth = float(io["period"]) / 4
    places = (seconds * RATE - float(io["frame"])) / sixteenth
    assert beat_s > 0
    return abs(places - round(places)) * sixteenth * 1000 / RATE


@pytest.mark.parametrize("bpm", [72.0, 97.0, 128.0])
def test_it_finds_a_tempo_and_keeps_it_while_the_musician_rests(bpm):
    onsets, beats = pulse(bpm, 24.0, seed=int(bpm))
    tracker = BeatTracker(RATE)
    told = tracker.run(onsets, round(60.0 * RATE))
    octave = np.log2(60.0 * RATE / told[-1][2] / bpm)
    assert abs(octave - round(octave)) < np.log2(1.02)
    beat_s = 60.0 / bpm
    after = beats[-1] + round(15.0 / beat_s) * beat_s
    assert off_sixteenth_ms(tracker, after, beat_s) < 25.0
    assert tracker.io["confidence"][0] > 0.3


def test_it_says_nothing_of_a_beat_before_there_is_one():
    tracker = BeatTracker(RATE)
    assert tracker.run([(48_000, -10.0), (60_000, -10.0)], 10 * RATE) == []
    assert tracker.io["locked"][0] == 0
    assert tracker.io["confidence"][0] == 0.0


def test_free_time_is_no_sure_beat():
    random = np.random.default_rng(3)
    frames = np.cumsum(random.exponential(0.35, 80) * RATE).astype(int) + 4800
    tracker = BeatTracker(RATE)
    tracker.run([(int(frame), -12.0) for frame in frames], int(frames[-1]) + RATE)
    steady = BeatTracker(RATE)
    steady.run(pulse(110.0, 28.0)[0], 30 * RATE)
    assert tracker.io["confidence"][0] < 0.5 * steady.io["confidence"][0]


def test_what_gets_faster_is_followed():
    onsets, beats = pulse(90.0, 30.0, faster=0.01)
    tracker = BeatTracker(RATE)
    told = tracker.run(onsets, 31 * RATE)
    octave = np.log2(told[-1][2] / RATE / (beats[-1] - beats[-2]))
    assert abs(octave - round(octave)) < np.log2(1.03)


def test_another_tempo_is_believed_after_a_while():
    first, _ = pulse(100.0, 15.0)
    then, _ = pulse(124.0, 20.0, first=16.1, seed=1)
    tracker = BeatTracker(RATE)
    told = tracker.run(first + then, 40 * RATE)
    octave = np.log2(60.0 * RATE / told[-1][2] / 124.0)
    assert abs(octave - round(octave)) < np.log2(1.02)


def test_beats_are_counted_on_through_a_rest():
    onsets, _ = pulse(120.0, 12.0)
    again, _ = pulse(120.0, 4.0, first=20.5)
    tracker = BeatTracker(RATE)
    tracker.run(onsets, 13 * RATE)
    before = tracker.io[0].copy()
    tracker.run(again, 25 * RATE)
    after = tracker.io[0]
    expected = round((float(after["frame"]) - float(before["frame"])) / float(before["period"]))
    assert int(after["number"]) - int(before["number"]) == expected > 8


def test_an_hour_of_silence_costs_one_step():
    tracker = BeatTracker(RATE)
    tracker.run(pulse(120.0, 8.0)[0], 10 * RATE)
    tick = int(tracker.state["tick"][0])
    io = tracker.io[0]
    io["now"], io["onset"] = 3600 * RATE, 0
    run2(beat_step)(tracker.address, tracker.io_address)
    assert int(tracker.state["tick"][0]) == 360_000 > tick


def test_what_is_no_time_later_is_passed_over():
    tracker = BeatTracker(RATE)
    tracker.run([(48_000, -10.0), (48_000, -10.0), (47_000, -10.0)], RATE)
    assert tracker.state["onsets"][0] == 1


def test_reset_forgets_and_the_same_onsets_give_the_same_beat():
    onsets, _ = pulse(105.0, 12.0)
    tracker = BeatTracker(RATE)
    first = tracker.run(onsets, 13 * RATE)
    run1(beat_reset)(tracker.address)
    tracker.state["tick"] = 0
    assert tracker.run(onsets, 13 * RATE) == first


def test_the_newest_beat_is_read_as_it_was_told():
    told = ToldBeat()
    assert told.read() is None
    values = np.array([0.0, 12_345.25, 24_000.5, 0.75])

    @entry(STEP2)
    def tell(address, given):
        v = f64(given, 4)
        tell_beat(address, 7, v[1], v[2], v[3], 3)
        return 0

    run2(tell)(told.address, values.ctypes.data)
    beat = told.read()
    assert (beat.number, beat.downbeat, beat.frame, beat.period) == (7, 3, 12_345.25, 24_000.5)
    assert beat.confidence == pytest.approx(0.75, abs=1e-6)
