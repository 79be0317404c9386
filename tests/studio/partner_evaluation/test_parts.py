"""The parts that the tests of partnership are made of."""

import math

import numpy as np
import pytest
import soundfile
from scipy.stats import spearmanr

from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.stage.offline import play_offline
from livehost.studio.partner_evaluation import anticipation, call, duo, keep_beat, material, starts
from livehost.studio.stage_evaluation.session import RATE, Session
from tests.conftest import burst, clicks

STEADY, SWUNG, QUICKER = (
    next(r for r in material.RHYTHMS if r.kind == kind) for kind in ("steady", "swung", "accelerating")
)


def session(*events, seconds=10.0):
    silence = np.zeros(int(seconds * RATE), np.float32)
    return Session(list(events), silence, silence)


def sample(frame, decision, reason="duo", index=3, noted=0):
    return {"kind": "sample", "frame": frame, "decision": decision, "reason": reason, "index": index, "noted": noted}


def end(frame, decision):
    return {"kind": "end", "frame": frame, "decision": decision}


def note(frame, pitch, velocity, reason="duo"):
    return {"kind": "note", "frame": frame, "pitch": pitch, "velocity": velocity, "reason": reason}


def onset(frame):
    return {"kind": "onset", "frame": frame + 100, "onset_frame": frame}


def test_where_beats_stand():
    assert STEADY.seconds_at(np.array([0, 1, 4.5])) == pytest.approx(np.array([0, 1, 4.5]) * 60 / STEADY.bpm)
    beat = 60 / SWUNG.bpm
    assert SWUNG.seconds_at(np.array([0.25, 0.5, 0.75, 1])) / beat == pytest.approx([0.32, 0.64, 0.82, 1.0])
    bars = np.diff(QUICKER.seconds_at(4.0 * np.arange(6)))
    assert bars[0] == pytest.approx(240 / QUICKER.bpm)
    assert bars[:-1] / bars[1:] == pytest.approx([1.01] * 4)


def test_a_rhythm_is_played_with_a_hands_jitter_and_a_silent_bar():
    sounds = [clicks([0], 480, 1.0)] * 3
    played = material.play(STEADY, sounds, 60.0)
    meant = played.frames_at(np.arange(0, 200, 0.5))
    apart = starts.nearest_distance(played.strokes, meant) * 1000 / RATE
    assert 2.0 < math.sqrt(float(np.mean(apart**2))) < 6.0
    bar = 240 / STEADY.bpm * RATE
    in_bars = np.bincount(((played.strokes - played.first + 0.05 * RATE) // bar).astype(int), minlength=16)
    assert in_bars[7] == 0 == in_bars[15]
    assert set(in_bars[:7]) == {8}
    peak = np.array([np.abs(played.sound[s : s + 4]).max() for s in played.strokes])
    assert peak.min() > 0.1
    again = material.play(STEADY, sounds, 60.0)
    np.testing.assert_array_equal(again.sound, played.sound)


def test_phrases_leave_room_but_for_each_third():
    made = material.phrases([clicks([0], 480, 1.0)], 9, 0.7)
    assert made.soon == [False, False, True] * 3
    rests = [(b[0] - a[-1]) / RATE for a, b in zip(made.strokes[:-1], made.strokes[1:], strict=True)]
    lengths = [(a[-1] - a[0]) / RATE for a in made.strokes[:-1]]
    for rest, length, soon in zip(rests, lengths, made.soon[:-1], strict=True):
        assert rest > 0.7
        assert (rest < 0.7 + length + 1.5) == soon


def test_a_musician_strikes_the_sounds_of_a_bank_that_are_there_at_once(tmp_path):
    slow = burst(300, 0.5) * np.linspace(0, 1, len(burst(300, 0.5)), dtype=np.float32) ** 2
    for k in range(3):
        soundfile.write(tmp_path / f"quick{k}.wav", burst(200 + 50 * k, 0.4, level=0.5), RATE)
    soundfile.write(tmp_path / "slow.wav", slow, RATE)
    chosen = material.struck(tmp_path)
    assert len(chosen) == 3
    assert all(np.abs(s[: RATE // 50]).max() > 0.5 for s in chosen)
    assert all(len(s) <= 0.24 * RATE for s in chosen)
    twice = clicks([0, RATE // 8], RATE // 4, 0.5)
    twice[RATE // 8 :] *= 8
    soundfile.write(tmp_path / "twice.wav", twice, RATE)
    (tmp_path / "slow.wav").unlink()
    (tmp_path / "quick1.wav").unlink()
    with pytest.raises(LivehostError, match="has 2 sounds of one attack"):
        material.struck(tmp_path)


def test_takes_come_and_go():
    strokes = (np.arange(0.2, 9.9, 0.25) * RATE).astype(int)
    take = material.Take("t", sum(clicks([int(s) + k for s in strokes], 10 * RATE, 0.5) for k in range(40)))
    made = material.arranged(take, 40.0, 1)
    assert len(made.sound) == 40 * RATE
    loud = np.abs(made.sound).reshape(-1, RATE // 20).max(axis=1) > 0.1
    counts = loud.reshape(8, -1).sum(axis=1)
    assert counts[0] > 15
    assert sorted(counts)[0] == 0
    assert len(set(counts.tolist())) >= 3


def test_what_was_played_and_until_when():
    told = session(
        sample(100, 1), sample(50, 2, "answer"), end(900, 1), sample(300, 3, "manual"), end(400, 2), end(950, 1),
        sample(500, 4, noted=1), note(500, 60, 90), note(800, 60, 0), note(2000, 64, 90), sample(600, 5, "unison"),
    )  # fmt: skip
    found = starts.starts_of(told)
    assert found.frame.tolist() == [50, 100, 500, 600, 2000]
    assert found.end.tolist() == [400, 950, 800, 12 * RATE, 12 * RATE]
    assert found.item.tolist() == [3, 3, -1, 3, -1]
    assert found.of("unison").frame.tolist() == [600]
    assert found.of("answer").frame.tolist() == [50]


def test_the_nearest_of_none_is_far():
    assert starts.nearest_distance(np.array([3]), np.array([])).tolist() == [math.inf]
    assert starts.nearest_distance(np.array([0, 10, 11, 30]), np.array([20, 2])).tolist() == [2, 8, 9, 10]


def test_distances_of_unison():
    found = starts.starts_of(session(sample(1480, 1, "unison"), sample(9000, 2, "unison")))
    assert anticipation.distances_ms(found, np.array([1000, 40_000])) == pytest.approx([10.0, 166.67], abs=0.01)


def test_densities_that_go_apart_and_together():
    size = 20 * RATE
    heard = np.concatenate([np.arange(0, 5, 0.2), np.arange(5, 10, 1.0), np.arange(12.5, 15, 0.4)]) * RATE
    away = np.concatenate([np.arange(0, 5, 2.0), np.arange(5, 10, 0.5), np.arange(15, 20, 0.1)]) * RATE
    assert duo.density_correlation(heard, heard, size) == pytest.approx(1.0)
    assert duo.density_correlation(away, heard, size) < -0.4
    counts = [np.histogram(x, np.arange(0, size + 1, 2.5 * RATE))[0] for x in (away, heard)]
    assert duo.density_correlation(away, heard, size) == pytest.approx(spearmanr(*counts).statistic)
    assert math.isnan(duo.density_correlation(np.arange(0, size, RATE // 2), heard, size))


def test_gaps_longer_than_a_bar_by_the_beat_that_was_heard():
    beats = ((0, 120.0), (6 * RATE, 60.0))
    told = session(*({"kind": "heard_beat", "frame": frame, "bpm": bpm} for frame, bpm in beats))
    onsets = (np.array([0, 1, 3.5, 5.5, 6.5, 9.5, 14]) * RATE).astype(int)
    found = duo.gaps(told, onsets, 13 * RATE)
    assert found == [(int(1.5 * RATE), int(3.5 * RATE))]
    assert duo.gaps(told, onsets, 20 * RATE)[1:] == [(int(10.5 * RATE), 14 * RATE)]
    assert duo.entered(np.array([RATE, 3 * RATE]), found) == 1
    assert duo.entered(np.array([RATE, 4 * RATE]), found) == 0
    assert duo.bar_frames_at(session(), 5) == 2 * RATE


def test_rhythms_of_replies():
    phrase = (np.array([0, 0.5, 1.0, 2.0]) * RATE).astype(int)
    later = phrase + 3 * RATE
    assert not call.other_rhythm(phrase, later + np.array([0, 480, 0, -480]))
    assert call.other_rhythm(phrase, later[:3])
    assert call.other_rhythm(phrase, later + np.array([0, 4800, 0, 0]))
    assert call.length_ratio(phrase, later) == 1.0
    assert call.length_ratio(phrase, later[:3]) == 0.5
    assert math.isnan(call.length_ratio(phrase[:1], later))


def test_what_rings_into_a_phrase():
    played = material.Phrases(np.zeros(1, np.float32), [np.array([0]), np.array([4 * RATE])], [False, False])
    told = session(
        sample(RATE, 1), end(int(4.2 * RATE), 1), sample(2 * RATE, 2), end(int(4.4 * RATE), 2),
        sample(int(4.1 * RATE), 3), end(6 * RATE, 3),
    )  # fmt: skip
    assert call.ringing(starts.starts_of(told), played) == 1


def test_the_phase_of_what_goes_on():
    played = material.play(STEADY, [clicks([0], 480, 1.0)] * 3, 10.0, 5.0, silent_every=0)
    centre = 20 * RATE
    on_it = np.round(played.frames_at(np.arange(0, 80, 0.75))).astype(int)
    assert keep_beat.phase_errors_ms(played, on_it, centre).max() < 0.02
    assert np.median(keep_beat.phase_errors_ms(played, on_it + 480, centre)) == pytest.approx(10.0, abs=0.02)
    assert len(keep_beat.phase_errors_ms(played, on_it, 1000 * RATE)) == 0


def test_a_cue_that_is_no_action_is_refused_before_anything_plays():
    with pytest.raises(LivehostError, match="no address"):
        play_offline(Settings(), [(0, "/livehost/nothing")])
