import numpy as np
import pytest

from livehost.bank.decode import UnusableSound
from livehost.bank.slice import Cut, attack, slices, take, trim

RATE = 1000  # one frame is one millisecond


def stereo(mono):
    return np.repeat(np.asarray(mono, np.float32)[:, None], 2, axis=1)


def test_trim_keeps_one_ms_before_and_ten_after():
    sound = stereo(np.r_[np.zeros(50), np.full(20, 0.5), np.full(20, -0.5), np.zeros(100)])
    assert trim(sound, RATE) == Cut(start=49, stop=100, onset=1, fade_in=True, fade_out=True)


def test_trim_leaves_what_starts_and_ends_with_sound():
    sound = stereo(np.sin(np.arange(300)))
    cut = trim(sound, RATE)
    assert (cut.start, cut.stop, cut.fade_in, cut.fade_out) == (0, 300, False, False)
    assert take(sound, cut, RATE).base is sound


@pytest.mark.parametrize(("level_db", "kept"), [(-59.0, True), (-61.0, False)])
def test_sixty_db_below_the_peak_counts_as_silence(level_db, kept):
    tail = 10 ** (level_db / 20) * np.cos(np.pi * np.arange(200))
    sound = stereo(np.r_[0, np.cos(np.pi * np.arange(50)), tail, np.zeros(20)])
    assert trim(sound, RATE).stop == (261 if kept else 61)


def test_one_channel_is_enough():
    sound = np.zeros((200, 2), np.float32)
    sound[80:90, 1] = 0.1
    assert (trim(sound, RATE).start, trim(sound, RATE).stop) == (79, 100)


def test_converter_offset_is_no_sound():
    sound = stereo(np.r_[np.zeros(50), 0.3, -0.3, np.zeros(100)] + 0.05)
    assert (trim(sound, RATE).start, trim(sound, RATE).stop) == (49, 62)


@pytest.mark.parametrize(
    ("sound", "words"),
    [
        (np.zeros(500), "is silent"),
        (np.full(500, 5e-5), "is silent"),
        (np.full(500, 0.5), "constant"),
        (np.ones(0), "too short"),
    ],
)
def test_no_sound(sound, words):
    with pytest.raises(UnusableSound, match=words):
        trim(stereo(sound), RATE)


def test_one_sample_is_no_sound_at_engine_rates():
    with pytest.raises(UnusableSound, match=r"too short \(1 frame\)"):
        trim(stereo([0.5]), 48_000)


def test_attack_is_where_the_sound_comes_within_30_db():
    noise = 0.001 * np.cos(np.pi * np.arange(40))
    assert attack(stereo(np.r_[noise, 0.02, 0.5, -0.5]), RATE) == 40
    assert attack(stereo(np.r_[0.9, -0.9, 0.1]), RATE) == 0
    slow = np.r_[noise, np.zeros(1500), 1.0, -1.0]  # the first second counts, not what comes later
    assert attack(stereo(slow), RATE) <= 1


def test_slices_overlap_by_their_fades_and_keep_their_attack():
    whole = Cut(10, 1010, onset=3, fade_in=False, fade_out=True)
    cuts = slices(whole, np.array([12, 200, 220, 500, 980]), RATE)
    assert cuts == [
        Cut(10, 200, 3, fade_in=False, fade_out=True),  # 12 is too near the start
        Cut(199, 500, 1, fade_in=True, fade_out=True),  # 220 too near 200
        Cut(499, 1010, 1, fade_in=True, fade_out=True),  # 980 too near the end
    ]
    assert slices(whole, np.array([], np.int64), RATE) == [whole]


def test_slices_played_in_time_are_the_recording_again():
    rate = 48_000
    sound = np.random.default_rng(0).uniform(-1, 1, (60_000, 2)).astype(np.float32)
    cuts = slices(Cut(0, 60_000, 0, fade_in=False, fade_out=False), np.array([10_000, 25_000, 40_000]), rate)
    assert len(cuts) == 4
    mixed = np.zeros_like(sound)
    for cut in cuts:
        mixed[cut.start : cut.stop] += take(sound, cut, rate)
    assert np.abs(mixed - sound).max() < 2e-7
