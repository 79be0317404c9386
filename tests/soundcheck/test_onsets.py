"""Gate, sensitivity and refractory time that are suggested."""

import numpy as np
import pytest

from livehost.bench.sound_rooms import RATE, SoundRoom
from livehost.dsp.onset.detector import detect
from livehost.settings import TABLE
from livehost.soundcheck.onsets import SENSITIVITIES, WEIGHTS, expected_f1, features, gather, listen, suggest
from livehost.synthesis.takes import score


def room(**changes):
    plain = {
        "kind": "drums", "gain_db": -12.0, "noise_db": -60.0, "hum_db": -np.inf, "hum_hz": 50.0,
        "delays_ms": (12.0, 15.0), "back_db": (-20.0, -22.0), "reverb": 0.1, "seed": 1,
    }  # fmt: skip
    return SoundRoom(**{**plain, **changes})


def stretches(of):
    """Music and the room alone, and the onsets."""
    capture, truth = of.soundcheck(4.0)
    return capture.heard[slice(*capture.music), 0].copy(), capture.heard[slice(*capture.quiet), 0].copy(), truth


def test_what_is_found_is_gathered_by_the_least_sensitivity():
    found = [np.array(frames, np.int64) for frames in ([500], [100, 510], [90, 300, 500])]
    candidates = gather(found, 20)
    assert candidates.frames.tolist() == [100, 300, 500]
    assert candidates.places.tolist() == [1, 2, 0]
    assert gather([np.zeros(0, np.int64)] * 3, 20).frames.size == 0


def test_expected_f1():
    frames, likely = np.array([100, 200, 300]), np.array([1.0, 1.0, 0.0])
    assert expected_f1(np.array([101, 199]), frames, likely, 20) == 1.0
    assert expected_f1(np.array([101, 199, 300]), frames, likely, 20) == pytest.approx(4 / 5)
    assert expected_f1(np.array([101, 102]), frames, likely, 20) == pytest.approx(2 / 4)  # one onset is one hit
    assert expected_f1(np.array([150]), frames, likely, 20) == 0.0
    assert expected_f1(np.array([100]), np.array([100]), np.array([1.0]), 20) == 1.0
    assert expected_f1(np.zeros(0, np.int64), frames, likely, 20) == 0.0


def test_what_was_suggested_hears_a_loud_and_a_soft_musician():
    for gain_db, noise_db in ((0.0, -70.0), (-30.0, -65.0)):
        music, quiet, truth = stretches(room(gain_db=gain_db, noise_db=noise_db))
        preview = suggest(music, quiet, RATE)
        found = detect(music, RATE, room_max_ms=0, **{k.split(".")[1]: v for k, v in preview.settings().items()})
        assert score(found["frame"], truth, RATE).f1 > 0.95
        assert preview.onsets == len(found)
        assert noise_db - 7 <= preview.gate_db <= noise_db + 10
        assert preview.false_per_minute < 5


def test_noise_that_sets_off_the_detector_is_told_to_the_weights():
    music, quiet, _ = stretches(room())
    clicks = quiet.copy()
    clicks[RATE :: RATE // 10] += 0.5
    rows = features(listen(music, clicks, RATE))
    assert rows.shape[1] == len(WEIGHTS)
    assert rows[:, -1].max() > 0.5
    assert np.median(features(listen(music, clicks, RATE))[:, -1]) > np.median(
        features(listen(music, quiet, RATE))[:, -1]
    )
    assert suggest(music, clicks, RATE).false_per_minute > 100


def test_the_gate_is_raised_where_the_room_alone_is_heard_and_the_music_is_not_lost():
    music, quiet, truth = stretches(room(noise_db=-40.0, gain_db=0.0))
    low = listen(music, quiet, RATE)
    preview = suggest(music, quiet, RATE)
    assert low.false.max() > 0
    assert preview.gate_db > low.gate_db
    assert preview.false_per_minute < 60 * low.false[SENSITIVITIES.index(preview.sensitivity)]
    assert abs(preview.onsets - len(truth)) <= 1


def test_without_the_room_alone_and_without_any_sound():
    music, _, _ = stretches(room())
    preview = suggest(music, np.zeros(0, np.float32), RATE)
    assert preview.false_per_minute == 0.0
    assert preview.onsets > 5
    nothing = suggest(np.zeros(RATE, np.float32), np.zeros(RATE, np.float32), RATE)
    assert nothing.onsets == 0
    assert nothing.sensitivity in SENSITIVITIES
    for key, value in nothing.settings().items():
        TABLE[key].parse(value)


def test_the_refractory_time_goes_with_the_distances():
    click = np.exp(-np.arange(300) / 40) * np.cos(np.arange(300))
    times = {}
    for apart_ms in (60, 400):
        music = 1e-4 * np.random.default_rng(1).standard_normal(3 * RATE)
        for at in range(RATE // 2, music.size - 300, apart_ms * RATE // 1000):
            music[at : at + 300] += 0.5 * click
        times[apart_ms] = suggest(music.astype(np.float32), np.zeros(0, np.float32), RATE).refractory_ms
    assert times == {60: 35.0, 400: 60.0}
