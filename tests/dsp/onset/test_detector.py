import ctypes

import numpy as np
import pytest

from livehost.dsp.onset.detector import ONSET, ONSET_IO, SETTINGS, OnsetDetector, detect, onset_step
from livehost.errors import LivehostError
from livehost.rt.native import run2
from livehost.settings import TABLE
from livehost.synthesis.takes import make_take, score

RATE = 48_000


def burst(rate, seconds=0.2, low_decay=60.0, seed=0):
    """A noise burst, peak 1, that starts at its first sample."""
    t = np.arange(int(rate * seconds)) / rate
    sound = np.random.default_rng(seed).standard_normal(t.size) * np.exp(-t * low_decay)
    sound[0] = 1.0
    return sound / np.abs(sound).max()


def tone(hz, seconds, rate=RATE, decay=2.0):
    t = np.arange(int(rate * seconds)) / rate
    return np.sin(2 * np.pi * hz * t) * np.exp(-decay * t)


@pytest.mark.parametrize("level_db", [0, -20, -40])
@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000, 96_000, 192_000])
def test_one_burst_is_one_onset_at_any_level_and_rate(rate, level_db):
    frame = rate // 5 + 7
    sound = np.zeros(rate // 2)
    sound[frame : frame + rate // 5] = 10 ** (level_db / 20) * burst(rate)
    found = detect(sound, rate)
    assert len(found) == 1
    assert abs(found["frame"][0] - frame) <= 0.001 * rate
    assert 0 < found["reported_frame"][0] - frame <= max(64, 0.002 * rate)
    assert found["level_db"][0] == pytest.approx(level_db - 10, abs=10)
    assert 0 < found["strength"][0] <= 1


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(RATE),
        np.full(RATE, 0.4),
        0.4 + 1e-4 * np.random.default_rng(0).standard_normal(RATE),
    ],
    ids=["silence", "dc", "dc and hiss"],
)
def test_nothing_happens(sound):
    assert len(detect(sound, RATE)) == 0


@pytest.mark.parametrize("rate", [8_000, 48_000])
def test_an_offset_is_followed_with_a_corner_of_15_hz(rate):
    detector, io = OnsetDetector(rate), np.zeros(1, ONSET_IO)
    step, silence, offset = run2(onset_step), np.zeros(32, "f4"), np.full(32, 0.25, "f4")
    begins = np.r_[np.zeros(1, "f4"), offset[1:]]
    for k in range(20):
        heard = silence if k < 10 else begins if k == 10 else offset
        io[0] = (heard.ctypes.data, silence.ctypes.data, silence.ctypes.data, 32 * k, 0, 0, 0)
        step(detector.address, io.ctypes.data)
    assert detector.state["dc"] == pytest.approx(0.25 * (1 - np.exp(-2 * np.pi * 15 * 319 / rate)), rel=1e-6)


@pytest.mark.parametrize(("room_max_ms", "room_cancel", "on"), [(60, 1, 1), (0, 1, 0), (60, 0, 0), (0.1, 1, 1)])
def test_what_is_played_is_taken_away_where_there_is_a_room(room_max_ms, room_cancel, on):
    detector, io, quiet = OnsetDetector(RATE), np.zeros(1, ONSET_IO), np.zeros(32, "f4")
    detector.state["room_max_ms"], detector.state["room_cancel"] = room_max_ms, room_cancel
    io[0] = (quiet.ctypes.data, quiet.ctypes.data, quiet.ctypes.data, 0, 0, 0, 0)
    run2(onset_step)(detector.address, io.ctypes.data)
    assert detector.canceller.state["enabled"] == on


def test_hiss_above_the_gate_is_hardly_ever_taken_for_an_attack():
    hiss = 0.003 * np.random.default_rng(1).standard_normal(20 * RATE)
    assert len(detect(hiss, RATE)) <= 1


@pytest.mark.parametrize(("hz", "beat_hz"), [(82, 1.3), (110, 9), (220, 2), (220, 5), (330, 15)])
def test_a_tone_that_beats_while_it_decays_is_one_onset(hz, beat_hz):
    sound = np.zeros(3 * RATE)
    for k in range(1, 6):
        sound[4800:] += (tone(k * hz, 2.9) + 0.9 * tone(k * (hz + beat_hz), 2.9)) / (5 * k)
    found = detect(sound, RATE)
    assert len(found) == 1
    assert abs(found["frame"][0] - 4800) < 0.005 * RATE


def test_a_hat_is_heard_over_a_loud_bass():
    sound = 0.5 * tone(55, 2, decay=0.5)
    hat = np.diff(burst(RATE, 0.05), n=2, prepend=[0, 0])
    frames = [24_000, 40_000, 70_001]
    for frame in frames:
        sound[frame : frame + hat.size] += 0.03 * hat
    found = detect(sound, RATE)["frame"]
    assert found[0] < 500
    assert np.abs(found[1:] - frames).max() < 50


def test_a_slow_attack_is_heard_once():
    sound = np.zeros(2 * RATE)
    sound[RATE // 2 :] = sum(tone(hz, 1.5) for hz in (220, 277, 330)) * np.minimum(np.arange(1.5 * RATE) / 2000, 1) / 6
    found = detect(sound, RATE, back_ms=30)
    assert len(found) == 1
    assert abs(found["frame"][0] - RATE // 2) < 0.025 * RATE


@pytest.mark.parametrize("hz", [300, 1000, 3000])
@pytest.mark.parametrize(
    ("sensitivity", "louder_db", "onsets"),
    [(0.5, 3.5, 0), (0.5, 4.5, 1), (0.0, 5.0, 0), (0.0, 7.0, 1), (1.0, 3.0, 0), (1.0, 4.5, 1)],
)
def test_a_tone_that_swells_within_15_ms_is_an_onset_from_some_4_db_on(hz, sensitivity, louder_db, onsets):
    """From some 6 dB on where the detector is as dull, and some 4 again where it is as keen, as it can be."""
    level = 0.1 * 10 ** (np.interp(np.arange(2 * RATE), [RATE, 1.015 * RATE], [0, louder_db]) / 20)
    tone = level * np.sin(2 * np.pi * hz * np.arange(2 * RATE) / RATE)
    found = detect(tone, RATE, sensitivity=sensitivity)["frame"]
    assert np.count_nonzero(found > RATE // 2) == onsets


def test_a_report_is_dated_back_by_no_more_than_back_ms():
    sound, _ = make_take(3, RATE, 4, "pads")
    free, held = detect(sound, RATE, back_ms=30), detect(sound, RATE, back_ms=1)
    np.testing.assert_array_equal(free["reported_frame"], held["reported_frame"])
    back = free["reported_frame"] - free["frame"]
    assert back.max() > 0.001 * RATE
    np.testing.assert_array_equal(held["reported_frame"] - held["frame"], np.minimum(back, 0.001 * RATE))


def test_what_is_not_a_number_counts_as_silence():
    sound, _ = make_take(1, RATE, 2, "drums")
    gaps = sound.copy()
    gaps[::97] = 0
    broken = sound.copy()
    broken[::97] = [np.nan, np.inf, -np.inf][sound[::97].size % 3]
    np.testing.assert_array_equal(detect(broken, RATE), detect(gaps, RATE))


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30])
def test_what_was_played_and_is_not_a_number_counts_as_silence(side, value):
    """Its echo is taken away as well as if that had been played: nothing is heard twice."""
    rng = np.random.default_rng(4)
    played = 0.3 * rng.standard_normal((RATE, 2)).astype(np.float32)
    played[::31, side] = 0
    heard = np.concatenate([np.zeros((480, 2), np.float32), 0.3 * played[:-480]]).sum(axis=1)
    broken = played.copy()
    broken[::31, side] = value
    cleaned = [cleaned_of(heard, what) for what in (played, broken)]
    np.testing.assert_array_equal(cleaned[1], cleaned[0])
    assert np.abs(cleaned[0][-RATE // 4 :]).max() < 0.5 * np.abs(heard).max()


def cleaned_of(heard, played):
    """What is left of a sound when the echo of what was played is taken out of it, hop by hop."""
    detector, io, step = OnsetDetector(RATE), np.zeros(1, ONSET_IO), run2(onset_step)
    heard, left, right = (np.ascontiguousarray(a, np.float32) for a in (heard, played[:, 0], played[:, 1]))
    cleaned, out = (ctypes.c_float * 32).from_address(int(detector.state["hop_cleaned"])), []
    for frame in range(0, heard.size - 31, 32):
        io[0] = (*(a.ctypes.data + 4 * frame for a in (heard, left, right)), frame, 0, 0, 0)
        step(detector.address, io.ctypes.data)
        out.append(np.array(cleaned, np.float32))
    return np.concatenate(out)


def test_the_refractory_time_holds():
    sound, truth = make_take(2, RATE, 4, "drums")
    found = detect(sound, RATE, refractory_ms=300)
    assert 0 < len(found) < len(truth)
    assert np.diff(found["reported_frame"]).min() >= 0.3 * RATE


def test_the_gate_closes():
    sound, _ = make_take(2, RATE, 2, "drums", level_db=-30)
    assert len(detect(sound, RATE, gate_db=-20)) == 0
    assert len(detect(sound, RATE)) > 0


def test_more_sensitive_hears_more():
    sound, _ = make_take(4, RATE, 6, "plucks", noise_db=-40)
    counts = [len(detect(sound, RATE, sensitivity=s)) for s in (0.0, 0.5, 1.0)]
    assert counts[0] < counts[1] < counts[2]


def test_settings_act_while_it_runs():
    sound, _ = make_take(2, RATE, 2, "drums")
    quiet = np.zeros(32, np.float32)
    detector, io = OnsetDetector(RATE), np.zeros(1, ONSET_IO)
    step, found = run2(onset_step), []
    for frame in range(0, sound.size, 32):
        detector.state["gate_db"] = -60.0 if frame < RATE else 0.0
        io[0] = (sound.ctypes.data + 4 * frame, quiet.ctypes.data, quiet.ctypes.data, frame, 0, 0, 0)
        if step(detector.address, io.ctypes.data) == 1:
            found.append(int(io["onset_frame"][0]))
    expected = detect(sound, RATE)["frame"]
    assert found == expected[expected < RATE].tolist()


def test_reset_forgets():
    sound, _ = make_take(5, RATE, 2, "mixed")
    detector, io = OnsetDetector(RATE), np.zeros(1, ONSET_IO)
    step, runs = run2(onset_step), []
    for _ in range(2):
        runs.append([])
        for frame in range(0, sound.size, 32):
            io[0] = (*[sound.ctypes.data + 4 * frame] * 3, frame, 0, 0, 0)
            runs[-1].append((step(detector.address, io.ctypes.data), int(io["onset_frame"][0])))
        detector.reset()
    assert runs[0] == runs[1]


@pytest.mark.parametrize("hop_samples", [16, 30, 64])
def test_other_hops_hear_the_same_onsets(hop_samples):
    sound, truth = make_take(6, RATE, 4, "drums", level_db=-12)
    found = detect(sound, RATE, hop_samples=hop_samples)
    assert score(found["frame"], truth, RATE).f1 > 0.97


@pytest.mark.parametrize(
    ("kind", "level_db", "noise_db", "reverb", "least_f1", "median_ms"),
    [
        ("drums", -6, None, 0.0, 0.99, 1.0),
        ("drums", -40, -80, 0.2, 0.97, 1.0),
        ("mixed", -12, -50, 0.3, 0.94, 1.5),
        ("plucks", -6, -70, 0.1, 0.93, 1.5),
        ("blips", -20, -70, 0.2, 0.90, 3.0),
        ("pads", -12, -65, 0.0, 0.75, 25.0),
    ],
)
def test_quality_on_takes(kind, level_db, noise_db, reverb, least_f1, median_ms):
    hits = []
    for seed in (11, 12):
        sound, truth = make_take(seed, RATE, 8, kind, level_db, noise_db, reverb)
        found = detect(sound, RATE, gate_db=-70)  # the quietest of them stand at −40 dB
        hits.append(score(found["frame"], truth, RATE, reported=found["reported_frame"]))
    assert np.mean([h.f1 for h in hits]) >= least_f1
    assert max(h.median_delay_ms for h in hits) <= median_ms


def test_sharp_attacks_are_reported_within_milliseconds():
    for seed in range(4):
        sound, truth = make_take(seed, RATE, 8, "drums", noise_db=-70)
        found = detect(sound, RATE)
        result = score(found["frame"], truth, RATE, reported=found["reported_frame"])
        assert result.recall > 0.98
        assert result.median_delay_ms <= 1.5
        assert result.p99_delay_ms <= 5


def test_an_empty_recording_has_no_onsets():
    found = detect(np.zeros(0), RATE)
    assert found.dtype == ONSET
    assert found.size == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"rate": 4000}, "8,000 to 192,000 Hz"),
        ({"rate": 192_001}, "8,000 to 192,000 Hz"),
        ({"rate": 48000, "hop_samples": 0}, "1 to 64 samples"),
        ({"rate": 48000, "hop_samples": 65}, "1 to 64 samples"),
        ({"rate": 48000, "sensitivity": 2}, "sensitivity goes from 0 to 1"),
        ({"rate": 48000, "sensitivty": 1}, "no setting “sensitivty”"),
    ],
)
def test_wrong_settings_are_refused(arguments, words):
    with pytest.raises(LivehostError, match=words) as refused:
        OnsetDetector(**arguments)
    assert refused.value.exit_code == 2


def test_wrong_shapes_are_refused():
    with pytest.raises(LivehostError, match="mono"):
        detect(np.zeros((2, 100)), RATE)
    with pytest.raises(LivehostError, match="as long"):
        detect(np.zeros(100), RATE, played=np.zeros(99))
    with pytest.raises(LivehostError, match="as long"):
        detect(np.zeros(100), RATE, played=np.zeros((2, 100)))


@pytest.mark.parametrize(
    "key",
    [
        "input.gate_db",
        *(f"listen.{n}" for n in ("sensitivity", "refractory_ms", "room_min_ms", "room_max_ms", "room_db")),
    ],
)
def test_defaults_and_ranges_are_those_of_the_stage(key):
    rows = {name: rest for name, *rest in SETTINGS}
    setting = TABLE[key]
    assert rows[key.split(".")[1]][:3] == [setting.default, setting.low, setting.high]


def test_every_setting_starts_at_its_default():
    state = OnsetDetector(RATE).state
    for name, default, lowest, highest, _, text in SETTINGS:
        assert state[name] == default
        assert lowest <= default <= highest
        assert text
