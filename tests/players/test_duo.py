"""Mode duo, and what a beat makes of the other modes: lines on the grid, unison, quantise, varied calls."""

from itertools import pairwise

import numpy as np
import pytest

from livehost.dsp.beat import grid
from livehost.dsp.beat.tracker import BeatTracker
from livehost.players.timing import Timing
from tests.kernels import by_hand
from tests.players.rhythms import RATE, apart_ms, played

ROCK = ["X.x.X.x.X.xxX.x."]
STOP_AND_GO = [*ROCK, *ROCK, "................", "................"]
BPM = 112.0


def at_bpm(bpm=BPM, beats=1.0):
    return round(beats * 60 / bpm * RATE)


class Duo:
    """A timing with a beat, and all that it has given out."""

    def __init__(self, mode="duo", seed=1, **how):
        self.timing, self.beat = Timing(RATE, seed), BeatTracker(RATE)
        self.how = {"mode": mode, "confirm_frames": 100, "phrase_gap_frames": round(0.7 * RATE), **how}
        self.plays, self.phrases = [], []

    def hear(self, onsets, until=None):
        until = onsets[-1][0] + RATE if until is None else until
        plays, phrases = self.timing.run(onsets, until, beat=self.beat, **self.how)
        self.plays += plays
        self.phrases += phrases
        return self

    def starts(self, reason=None):
        return np.array([p["start_frame"] for p in self.plays if reason in (None, p["reason"])])


def of_grid(duo, frames, divisions):
    """How far frames are from the beat's grid, as it is at the end, ms."""
    position = by_hand(grid.beat_position)
    places = np.array([position(duo.beat.address, float(f)) for f in frames])
    beat_ms = duo.beat.state["grid_period"][0] / RATE * 1000
    return np.abs(places * divisions - np.round(places * divisions)) / divisions * beat_ms


@pytest.fixture(scope="module")
def rock():
    return played(ROCK, BPM, 16)


def test_its_line_lies_between_the_strokes(rock):
    duo = Duo(space=0.5).hear(list(rock), rock[-1][0])
    starts = duo.starts()
    assert len(starts) > 40
    assert {play["reason"] for play in duo.plays} == {"duo"}
    assert (apart_ms(starts, rock) <= 40).mean() < 0.15
    late = starts[starts > rock[len(rock) // 2][0]]
    assert np.median(of_grid(duo, late, 4)) < 6


def test_without_space_it_plays_on_whoever_strikes(rock):
    starts = {space: Duo(space=space).hear(list(rock), rock[-1][0]).starts() for space in (0.0, 0.5)}
    assert (apart_ms(starts[0.0], rock) <= 40).mean() > 0.3
    assert len(starts[0.0]) > 1.5 * len(starts[0.5])


def test_it_thins_out_where_the_musician_is_busy():
    busy = played(["X.x.X.x.X.xxX.x.", "X.......x......."], BPM, 24)
    notes = {}
    for space in (0.0, 1.0):
        starts = Duo(space=space).hear(list(busy), busy[-1][0]).starts()
        bars = (starts - RATE) // at_bpm(beats=4)
        notes[space] = [sum((bars % 2 == odd) & (bars >= 4)) for odd in (0, 1)]
    full, sparse = notes[1.0]
    assert sparse > 1.15 * full
    assert sum(notes[1.0]) < 0.7 * sum(notes[0.0])


def test_it_enters_the_gaps():
    onsets = played(STOP_AND_GO, BPM, 16)
    starts = Duo(space=1.0).hear(list(onsets)).starts()
    gaps = [(a, b) for (a, _), (b, _) in pairwise(onsets) if b - a > at_bpm(beats=4)]
    assert len(gaps) == 3
    assert all(((starts > a) & (starts < b)).any() for a, b in gaps)


def test_it_ends_eight_bars_after_the_last_stroke(rock):
    duo = Duo(space=0.0).hear(list(rock), rock[-1][0] + at_bpm(beats=60))
    after = (duo.starts().max() - rock[-1][0]) / at_bpm(beats=4)
    assert 7.0 < after <= 8.1
    assert duo.timing.state["running"][0] == 0


def test_where_it_may_not_play_there_is_nothing(rock):
    assert Duo(respond=False).hear(list(rock)).plays == []
    assert Duo(density=0.0).hear(list(rock)).plays == []


def test_one_stroke_and_silence_is_answered_once():
    duo = Duo().hear([(RATE, -20.0)], 60 * RATE)
    assert [(p["start_frame"] - RATE) / RATE for p in duo.plays] == [pytest.approx(0.7, abs=0.01)]
    assert duo.plays[0]["level_db"] == -20.0


def test_without_a_beat_it_plays_by_the_times_that_it_has_learnt():
    rng = np.random.default_rng(4)
    free = [(int(f), -20.0) for f in np.cumsum(rng.uniform(0.15, 1.1, 30) * RATE)]
    duo = Duo(space=0.0)
    duo.how["beat"] = None
    plays, _ = duo.timing.run(list(free), free[-1][0], **duo.how)
    starts = np.array([play["start_frame"] for play in plays])
    assert len(starts) > 8
    assert (apart_ms(starts, free) <= 40).mean() <= 0.25


def test_what_was_learnt_and_drawn_gives_the_same_line_again(rock):
    first, again, other = (Duo(seed=seed).hear(list(rock)) for seed in (3, 3, 4))
    assert first.plays == again.plays
    assert first.plays != other.plays


def test_a_stroke_drops_what_would_double_it(rock):
    duo = Duo(space=1.0)
    duo.hear(list(rock[:40]))
    onset = rock[40][0]
    duo.hear([rock[40]], onset + 132)
    apart = round(0.045 * RATE)
    seen = []
    for onset, level in rock[41:60]:
        duo.timing.run([(onset, level)], onset + 132, beat=duo.beat, **duo.how)
        io = duo.timing.io[0]
        seen.append((io["drop_from"] - onset, io["drop_until"] - onset) if io["onset"] else None)
    assert (-apart, apart) in seen


# unison


@pytest.mark.parametrize("jitter_ms", [2.0, 4.0])
def test_in_unison_it_strikes_where_the_stroke_is_expected(jitter_ms):
    onsets = played(["X...x...x...x..."], 104.0, 20, jitter_ms)
    strikes = Duo(unison=1.0, space=1.0).hear(list(onsets), onsets[-1][0]).starts("unison")
    apart = apart_ms(strikes, onsets)
    assert len(strikes) > 45
    assert np.median(apart) < 10
    assert (apart <= 20).mean() > 0.9


def test_without_unison_it_never_strikes_along(rock):
    duo = Duo(unison=0.0).hear(list(rock))
    assert len(duo.starts("unison")) == 0


def test_a_strike_whose_stroke_does_not_come_is_withdrawn(rock):
    duo = Duo(unison=1.0, space=1.0)
    duo.hear(list(rock), rock[-1][0] + 1000)
    told = []
    now = int(duo.timing.io["now"][0])
    while now < rock[-1][0] + RATE:
        now += 32
        duo.timing.run([], now, beat=duo.beat, **duo.how)
        io = duo.timing.io[0]
        if io["outcome"]:
            told.append({name: io[name].item() for name in ("outcome_onset", "outcome_struck", "withdraws")})
    assert {"outcome_onset": -1, "outcome_struck": 1, "withdraws": 1} in told
    assert all(one["withdraws"] == one["outcome_struck"] for one in told)


# quantise, latency


@pytest.mark.parametrize(("mode", "divisions"), [("answer", 4.0), ("continue", 2.0), ("call", 4.0), ("duo", 3.0)])
def test_all_that_is_played_stands_on_the_grid(mode, divisions):
    onsets = played(STOP_AND_GO, BPM, 12, jitter_ms=2.0)
    duo = Duo(mode, divisions=divisions).hear(list(onsets), onsets[-1][0])
    late = duo.starts()[duo.starts() > onsets[len(onsets) // 2][0]]
    assert len(late) > 5
    assert np.percentile(of_grid(duo, late, divisions), 90) < 8


def test_a_place_of_the_grid_has_one_answer():
    onsets = played(ROCK, BPM, 10, jitter_ms=0.0)
    starts = Duo("answer", divisions=1.0).hear(list(onsets)).starts()
    late = starts[starts > onsets[45][0]]
    assert np.diff(late).min() > 0.9 * at_bpm()
    assert len(late) > 12


def test_without_a_beat_nothing_is_quantised_and_that_is_said_once():
    timing = Timing(RATE)
    how = {"mode": "answer", "divisions": 4.0, "confirm_frames": 100}
    told = 0
    for onset in (10_000, 50_017, 81_000):
        plays, _ = timing.run([(onset, -20.0)], onset + 132, **how)
        assert [play["start_frame"] for play in plays] == [int(timing.io["now"][0])]
        told += int(timing.io["free"][0])
    assert told == 1


def test_what_is_to_be_heard_on_the_beat_starts_earlier_by_the_way_through_the_card(rock):
    latency = 480
    plain = Duo("continue").hear(list(rock)).starts()
    early = Duo("continue", latency=latency).hear(list(rock)).starts()
    late = rock[len(rock) // 2][0]
    a, b = plain[plain > late], early[early > late]
    apart = np.abs(a[:, None] - latency - b[None, :]).min(axis=1)
    assert np.median(apart) <= 1


# continue


def test_continue_keeps_the_beat_when_the_musician_stops():
    onsets = played(ROCK, BPM, 12)
    duo = Duo("continue").hear(list(onsets), onsets[-1][0] + 16 * RATE)
    last = duo.starts()[duo.starts() > onsets[-1][0] + 14 * RATE]
    sixteenth = 15 / BPM * RATE
    phase = (last - RATE) / sixteenth
    assert len(last) > 4
    assert np.abs(phase - np.round(phase)).max() * sixteenth / RATE * 1000 < 15


# call


def calls(varied, seed=2):
    phrase = played(["X..x..x.X.x....."], BPM, 1, jitter_ms=0.0)
    timing, gap, out, at = Timing(RATE, seed), round(0.7 * RATE), [], 0
    for _ in range(40):
        onsets = [(frame + at, level) for frame, level in phrase]
        plays, _ = timing.run(onsets, at + 8 * RATE, mode="call", phrase_gap_frames=gap, varied=varied)
        out.append(np.diff([play["start_frame"] for play in plays]))
        at += 8 * RATE
    return np.diff([frame for frame, _ in phrase]), out


def test_a_call_varies_the_rhythm_and_keeps_its_length():
    times, replies = calls(0.6)
    others = [r for r in replies if len(r) != len(times) or np.abs(r - times).max() > 100]
    assert 0.3 <= len(others) / len(replies) <= 0.9
    assert all(0.75 <= reply.sum() / times.sum() <= 1.25 for reply in replies)
    assert all(reply.min() >= 0.09 * RATE / 2 for reply in replies)
    assert len({tuple(reply.tolist()) for reply in others}) >= 4


def test_a_call_that_is_not_to_vary_does_not():
    times, replies = calls(0.0)
    assert all(np.array_equal(reply, times) for reply in replies)


def test_a_call_begins_with_a_bar_or_a_beat():
    onsets = played(STOP_AND_GO, BPM, 12, jitter_ms=2.0)
    duo = Duo("call").hear(list(onsets), onsets[-1][0] + 2 * RATE)
    first = [min(s for s in duo.starts() if s >= phrase["now"]) for phrase in duo.phrases[-2:]]
    assert of_grid(duo, first, 1).max() < 15


# opening in silence


def begin(duo, bpm, now):
    from livehost.dsp.beat.given import begin_beat

    by_hand(begin_beat)(duo.beat.address, now, 60 * RATE / bpm)
    duo.timing.open()


@pytest.mark.parametrize("mode", ["duo", "continue", "call", "answer"])
def test_a_piece_is_opened_in_silence(mode):
    duo = Duo(mode)
    duo.hear([], RATE)
    begin(duo, 100.0, RATE)
    duo.hear([], 11 * RATE)
    starts = duo.starts()
    assert (len(starts) > 0) == (mode != "answer")
    if mode in ("duo", "continue"):
        assert len(starts) > 10
        assert starts.max() > 10 * RATE
    if len(starts):
        eighths = (starts - RATE) / (0.3 * RATE)
        assert np.abs(eighths - np.round(eighths)).max() * 300 < 2
        assert all(np.isnan(play["level_db"]) for play in duo.plays)
