import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livehost.errors import LivehostError
from livehost.players.rhythm import PHRASE
from livehost.players.timing import LEAD_MS, TIMING, Timing, timing_level
from livehost.rt.native import STEP, entry, record_at, run1

RATE = 48000
LEAD = round(RATE * LEAD_MS / 1000)
HOP = 32


def starts(plays):
    return [play["start_frame"] for play in plays]


def run(onsets, frames, **kwargs):
    return Timing(RATE).run(onsets, frames, **kwargs)


def test_an_answer_comes_with_the_hop_that_confirms():
    plays, _ = run([(1000, -12.5), (1900, -30.0)], 4800, confirm_frames=100)
    assert plays == [
        {"now": 1120, "start_frame": 1120, "onset_frame": 1000, "reason": "answer", "level_db": -12.5},
        {"now": 2016, "start_frame": 2016, "onset_frame": 1900, "reason": "answer", "level_db": -30.0},
    ]


def test_an_answer_comes_after_the_slack():
    plays, _ = run([1000], 4800, lead_frames=256)
    assert starts(plays) == [1024 + 256]


def test_a_delay_is_exact_whenever_the_onset_was_confirmed():
    onsets = [1000, 3333, 5001, 8192]
    plays, _ = run(onsets, 20_000, delay_frames=480, confirm_frames=77, lead_frames=64)
    assert starts(plays) == [onset + 480 for onset in onsets]
    assert [play["onset_frame"] for play in plays] == onsets


@pytest.mark.parametrize("mode", ["answer", "continue", "call"])
@pytest.mark.parametrize(("respond", "density"), [(False, 1.0), (True, 0.0)])
def test_silent(mode, respond, density):
    onsets = range(1000, 20_000, 1000)
    plays, phrases = run(onsets, 60_000, mode=mode, respond=respond, density=density, phrase_gap_frames=2000)
    assert plays == []
    assert phrases == [{"now": math.ceil(21_000 / HOP) * HOP, "onset_frame": 1000, "onsets": 19}]


@pytest.mark.parametrize("mode", ["answer", "continue"])
def test_density_is_a_share(mode):
    timing = Timing(RATE, seed=4)
    plays, _ = timing.run(range(0, 400_000, 400), 400_000, mode=mode, density=0.3)
    assert abs(len(plays) - 300) < 60
    again, _ = Timing(RATE, seed=4).run(range(0, 400_000, 400), 400_000, mode=mode, density=0.3)
    assert again == plays
    other, _ = Timing(RATE, seed=5).run(range(0, 400_000, 400), 400_000, mode=mode, density=0.3)
    assert starts(other) != starts(plays)


@pytest.mark.parametrize("mode", ["answer", "continue", "call"])
def test_phrases_are_told_in_every_mode(mode):
    _, phrases = run([100, 1100, 2100, 9000, 9500], 20_000, mode=mode, phrase_gap_frames=4000)
    assert phrases == [
        {"now": math.ceil(6100 / HOP) * HOP, "onset_frame": 100, "onsets": 3},
        {"now": math.ceil(13_500 / HOP) * HOP, "onset_frame": 9000, "onsets": 2},
    ]


def test_a_phrase_ends_to_the_frame():
    _, phrases = run([96], 8000, phrase_gap_frames=4000)
    assert phrases == [{"now": 4096, "onset_frame": 96, "onsets": 1}]
    _, phrases = run([96, 4095], 8000, phrase_gap_frames=4000)
    assert [phrase["onsets"] for phrase in phrases] == []
    _, phrases = run([96, 4096], 8000, phrase_gap_frames=4000)
    assert [phrase["onsets"] for phrase in phrases] == [1]


def test_an_onset_after_the_gap_ends_the_phrase_even_in_the_same_hop():
    timing = Timing(RATE)
    timing.run([100], 6400, phrase_gap_frames=10_000)
    # the gap is shortened to end in the very hop of the next onset
    _, phrases = timing.run([6405], 6432, phrase_gap_frames=6305)
    assert phrases == [{"now": 6432, "onset_frame": 100, "onsets": 1}]
    _, phrases = timing.run([], 20_000, phrase_gap_frames=6305)
    assert [p["onset_frame"] for p in phrases] == [6405]


# continue


def test_continue_keeps_the_beat_to_the_sample_for_ever():
    ioi = 12_347
    plays, _ = run([50, 50 + ioi, 50 + 2 * ioi], 3_000_000, mode="continue", lead_frames=128)
    assert starts(plays) == [50 + k * ioi for k in range(3, 244)]
    assert {play["reason"] for play in plays} == {"continue"}
    assert {play["onset_frame"] for play in plays} == {-1}
    ahead = {play["start_frame"] - play["now"] for play in plays}
    assert min(ahead) > LEAD + 128 - HOP
    assert max(ahead) <= LEAD + 128


def test_continue_is_silent_until_it_has_heard_two_times_between_onsets():
    assert run([1000, 9000], 200_000, mode="continue")[0] == []
    # two phrases of two onsets each: two times, 8,000 and 8,000
    plays, _ = run([1000, 9000, 100_000, 108_000], 130_000, mode="continue", phrase_gap_frames=20_000)
    assert starts(plays) == [116_000, 124_000]


def test_continue_plays_in_the_manner_of_what_it_heard():
    # long, short, short: a long one is always followed by a short one
    times = [9000, 3000, 3000] * 8
    onsets = np.cumsum([0, *times]).tolist()
    plays, _ = run(
        [(o, -10.0 if (k - 1) % 3 == 0 else -20.0) for k, o in enumerate(onsets)], 3_000_000, mode="continue"
    )
    heard = np.array(starts(plays))
    own = np.diff(heard[heard > onsets[-1]])
    assert set(own.tolist()) == {3000, 9000}
    assert all(b == 3000 for a, b in pairwise(own) if a == 9000)
    assert 0.2 < np.mean(own == 9000) < 0.5
    # levels are remembered with the times that they ended
    levels = [play["level_db"] for play in plays if play["start_frame"] > onsets[-1]][1:]
    assert [{9000: -10.0, 3000: -20.0}[t] for t in own.tolist()] == levels


def test_continue_does_not_go_on_from_one_phrase_into_the_next():
    onsets = [start + k * ioi for start, ioi in ((0, 1000), (20_000, 3000), (40_000, 1000)) for k in range(3)]
    timing = Timing(RATE)
    timing.run(onsets, 42_112, phrase_gap_frames=10_000)
    plays, _ = timing.run([], 100_000, mode="continue")
    assert set(np.diff(starts(plays))) == {1000}


def test_continue_moves_onto_the_musicians_beat():
    late = [0, 10_000, 20_000, 30_050]
    plays, _ = run(late, 70_000, mode="continue")
    assert starts(plays)[:2] == [30_000, 40_050]
    assert set(np.diff(starts(plays)[1:])) <= {10_000, 10_050}


@pytest.mark.parametrize(("onset", "second"), [(32_500, 42_500), (32_501, 40_000)])
def test_continue_takes_a_quarter_of_a_beat_for_late(onset, second):
    plays, _ = run([0, 10_000, 20_000, onset], 45_000, mode="continue")
    assert starts(plays)[:2] == [30_000, second]


@pytest.mark.parametrize(("onset", "first"), [(27_500, 27_520), (27_499, 30_000)])
def test_continue_takes_a_quarter_of_a_beat_for_early(onset, first):
    plays, _ = run([0, 10_000, 20_000, onset], 31_000, mode="continue")
    assert starts(plays)[0] == first


def test_continue_joins_a_musician_who_is_early_and_goes_on_from_there():
    plays, _ = run([0, 10_000, 20_000, 28_500], 60_000, mode="continue", confirm_frames=60, lead_frames=64)
    joined = math.ceil((28_500 + 61) / HOP) * HOP + 64
    own = [t - s for s, t in zip(starts(plays)[1:], starts(plays)[2:], strict=False)]
    assert starts(plays)[0] == joined
    assert starts(plays)[1] - 28_500 in (8500, 10_000)
    assert set(own) <= {8500, 10_000}


def test_continue_leaves_onsets_between_the_beats_alone():
    plays, _ = run([0, 10_000, 20_000, 34_700], 44_000, mode="continue")
    assert starts(plays)[0] == 30_000
    assert starts(plays)[1] == 40_000


def test_continue_chosen_later_starts_on_the_grid_of_the_last_onset():
    timing = Timing(RATE)
    timing.run([1000, 4000, 7000], 20_000, mode="answer")
    plays, _ = timing.run([], 32_000, mode="continue")
    assert starts(plays) == [22_000, 25_000, 28_000, 31_000]


def test_continue_after_a_long_silence_does_not_count_every_beat():
    timing = Timing(RATE)
    timing.run([0, 400, 800], 480_000, mode="answer")
    plays, _ = timing.run([], 480_096, mode="continue")
    assert starts(plays)[0] == 480_032
    assert np.diff(starts(plays)).tolist() == [400] * (len(plays) - 1)


def test_after_a_reset_the_beat_is_kept_in_silence_until_it_may_play_again():
    timing = Timing(RATE)
    timing.run([0, 10_000, 20_000], 25_000, mode="continue")
    timing.reset()
    assert timing.run([], 100_000, mode="continue", respond=False) == ([], [])
    plays, _ = timing.run([], 130_000, mode="continue")
    assert starts(plays) == [110_000, 120_000, 130_000]


def test_a_reset_drops_the_answering_phrase():
    timing = Timing(RATE)
    timing.run([0, 1000], 5000, mode="call", phrase_gap_frames=4500)
    timing.run([], 5504, mode="call", phrase_gap_frames=4500)
    timing.reset()
    assert timing.run([], 30_000, mode="call") == ([], [])


def test_a_reset_ends_the_phrase_without_a_word():
    timing = Timing(RATE)
    timing.run([0, 1000], 2000, phrase_gap_frames=4000)
    timing.reset()
    assert timing.run([], 30_000, phrase_gap_frames=4000)[1] == []


def test_forget_begins_again():
    timing = Timing(RATE, seed=3)
    timing.run([0, 10_000, 20_000], 25_000, mode="continue")
    timing.forget()
    plays, _ = timing.run([30_000, 40_000], 80_000, mode="continue")
    assert plays == []


def test_the_answering_phrase_is_dropped_by_another_mode():
    timing = Timing(RATE)
    timing.run([0, 1000], 5000, mode="call", phrase_gap_frames=4500)
    timing.run([], 5504, mode="call", phrase_gap_frames=4500)
    assert timing.run([], 30_000, mode="answer") == ([], [])
    assert timing.run([], 60_000, mode="call") == ([], [])


# call


def test_call_answers_with_the_same_rhythm_and_levels_on_the_next_beat():
    onsets = [(100, -10.0), (1100, -20.0), (2600, -15.0), (3600, -30.0)]
    plays, phrases = run(onsets, 40_000, mode="call", phrase_gap_frames=4000)
    assert phrases == [{"now": 7616, "onset_frame": 100, "onsets": 4}]
    # beats of 1,000 from 3,600 on: 8,600 is the first after the phrase was over
    assert starts(plays) == [7600 + 1000, 9600, 11_100, 12_100]
    assert [play["level_db"] for play in plays] == [-10.0, -20.0, -15.0, -30.0]
    assert {(play["reason"], play["onset_frame"]) for play in plays} == {("call", -1)}


def test_call_begins_on_the_beat_that_falls_on_its_first_chance():
    plays, phrases = run([96, 1120, 2144], 9000, mode="call", phrase_gap_frames=4096)
    assert phrases[0]["now"] == 6240
    assert starts(plays) == [6240, 7264, 8288]


def test_call_answers_one_onset_at_once():
    plays, _ = run([100], 20_000, mode="call", phrase_gap_frames=4000, lead_frames=64)
    assert starts(plays) == [math.ceil(4100 / HOP) * HOP + 64]


def test_call_answers_one_onset_at_once_whatever_was_played_before():
    timing, gap = Timing(RATE), 3000
    onsets = list(range(0, 1000 * (PHRASE + 1), 1000))
    alone = onsets[-1] + (PHRASE + 10) * 1000 + 96
    plays, phrases = timing.run([*onsets, alone], alone + 8000, mode="call", phrase_gap_frames=gap)
    assert [phrase["onsets"] for phrase in phrases] == [PHRASE + 1, 1]
    assert starts(plays)[-1] == phrases[1]["now"]


def test_call_gives_way_to_a_musician_who_begins_again():
    plays, phrases = run([0, 10_000, 20_000, 55_000], 90_000, mode="call", phrase_gap_frames=12_000)
    # 40,000, 50,000, 60,000; the last is dropped
    assert starts(plays)[:2] == [40_000, 50_000]
    assert phrases[1] == {"now": math.ceil(67_000 / HOP) * HOP, "onset_frame": 55_000, "onsets": 1}
    assert starts(plays)[2:] == [phrases[1]["now"]]


def test_call_is_not_given_out_long_before():
    plays, _ = run([0, 10_000, 20_000], 90_000, mode="call", phrase_gap_frames=12_000)
    assert all(play["start_frame"] - play["now"] <= LEAD for play in plays)


def test_call_answers_the_end_of_an_endless_phrase():
    onsets = list(range(0, 1000 * (PHRASE + 44), 1000))
    levels = [(o, float(-k)) for k, o in enumerate(onsets)]
    plays, phrases = run(levels, 2 * onsets[-1] + 10_000, mode="call", phrase_gap_frames=3000)
    assert phrases[0]["onsets"] == PHRASE + 44
    assert len(plays) == PHRASE
    assert [play["level_db"] for play in plays] == [float(-k) for k in range(44, PHRASE + 44)]
    assert set(np.diff(starts(plays))) == {1000}


def test_call_keeps_quiet_where_it_was_off_at_the_end_of_the_phrase():
    timing = Timing(RATE)
    timing.run([0, 1000], 6400, mode="call", respond=False, phrase_gap_frames=4000)
    assert timing.run([], 30_000, mode="call", phrase_gap_frames=4000) == ([], [])


# how loud it turned out to be


LEVEL = np.dtype([("timing", "i8"), ("onset_frame", "i8"), ("level_db", "f8")], align=True)


@entry(STEP)
def _told(address):
    record = record_at(address, LEVEL)
    timing_level(record_at(record.timing, TIMING), record.onset_frame, record.level_db)
    return 0


def turned_out(timing, onset_frame, level_db):
    run1(_told)(np.array([(timing.address, onset_frame, level_db)], LEVEL).ctypes.data)


@pytest.mark.parametrize("mode", ["call", "continue"])
def test_each_onset_is_remembered_as_loud_as_its_sound_turned_out_to_be(mode):
    timing, gap = Timing(RATE), 30_000
    for k, onset in enumerate((1000, 9000, 17_000, 25_000)):
        timing.run([(onset, -60.0)], onset + 1000, mode=mode, phrase_gap_frames=gap, respond=False)
        for level_db in (-40.0, -10.0 - k):  # the newest word counts
            turned_out(timing, onset, level_db)
        turned_out(timing, onset - 1, -99.0)  # another sound
    plays, _ = timing.run([], 800_000, mode=mode, phrase_gap_frames=gap)
    levels = [play["level_db"] for play in plays]
    if mode == "call":
        assert levels == [-10.0, -11.0, -12.0, -13.0]
    else:  # nothing leads to the first two of a phrase
        assert set(levels) == {-12.0, -13.0}


def test_what_is_no_onset_of_a_phrase_is_not_remembered():
    timing = Timing(RATE)
    before = timing.state.copy()
    turned_out(timing, 1000, -10.0)
    turned_out(timing, int(timing.state["last_onset"][0]), -10.0)
    assert timing.state == before
    timing.run([(1000, -60.0)], 9000, mode="call", phrase_gap_frames=4000)
    after = timing.state.copy()
    turned_out(timing, 1000, -10.0)  # the phrase is over
    assert timing.state == after


def test_the_level_of_an_endless_phrase_stays_with_its_onset():
    onsets = list(range(0, 1000 * (PHRASE + 5), 1000))
    timing = Timing(RATE)
    timing.run([(o, -60.0) for o in onsets], onsets[-1] + 96, mode="call", phrase_gap_frames=3000)
    turned_out(timing, onsets[-1], -7.0)
    plays, _ = timing.run([], 2 * onsets[-1] + 9000, mode="call", phrase_gap_frames=3000)
    assert [play["level_db"] for play in plays] == [-60.0] * (PHRASE - 1) + [-7.0]


# all


@settings(max_examples=60, deadline=None)
@given(
    gaps=st.lists(st.integers(HOP, 9000), min_size=1, max_size=40),
    mode=st.sampled_from(["answer", "continue", "call"]),
    slack=st.integers(0, 1024),
    confirm=st.integers(0, 300),
    cut=st.integers(0, 100_000),
)
def test_plays_are_in_time_and_do_not_depend_on_how_they_are_asked_for(gaps, mode, slack, confirm, cut):
    onsets = np.cumsum(gaps).tolist()
    how = {"mode": mode, "lead_frames": slack, "confirm_frames": confirm, "phrase_gap_frames": 5000}
    plays, phrases = run(onsets, 120_000, **how)
    assert all(play["now"] + slack <= play["start_frame"] <= play["now"] + slack + LEAD for play in plays)
    if mode != "continue":
        assert len(plays) <= len(onsets)
    assert sum(phrase["onsets"] for phrase in phrases) <= len(onsets)
    timing = Timing(RATE)
    told = [o for o in onsets if o + confirm < cut // HOP * HOP]
    first = timing.run(told, cut, **how)
    second = timing.run(onsets[len(told) :], 120_000, **how)
    assert (first[0] + second[0], first[1] + second[1]) == (plays, phrases)


def test_an_unknown_mode_is_refused():
    with pytest.raises(LivehostError, match="answer, continue, call, not 'dance'"):
        run([], 100, mode="dance")
