import numpy as np
import pytest

from livehost.bank.decode import BLOCK_FRAMES, UnusableSound
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


@pytest.mark.parametrize(("level", "kept"), [(5e-5, True), (2e-5, False)])
def test_ninety_db_below_full_scale_is_silence_however_quiet_the_sound(level, kept):
    tail = level * np.cos(np.pi * np.arange(100))
    sound = stereo(np.r_[0, 1e-3 * np.cos(np.pi * np.arange(50)), tail, np.zeros(20)])
    assert trim(sound, RATE).stop == (161 if kept else 61)


@pytest.mark.parametrize(("level", "heard"), [(1.1e-4, True), (0.9e-4, False)])
def test_eighty_db_below_full_scale_is_a_silent_file(level, heard):
    sound = stereo(level * np.cos(np.pi * np.arange(200)))
    if heard:
        assert trim(sound, RATE).stop == 200
    else:
        with pytest.raises(UnusableSound, match="is silent"):
            trim(sound, RATE)


def test_what_is_trimmed_may_be_longer_than_a_block():
    sound = stereo(np.r_[np.zeros(BLOCK_FRAMES + 37), 0.5, -0.5, np.zeros(2 * BLOCK_FRAMES)])
    assert (trim(sound, RATE).start, trim(sound, RATE).stop) == (BLOCK_FRAMES + 36, BLOCK_FRAMES + 49)


@pytest.mark.parametrize(
    ("before", "after", "fades"), [(50, 0, (True, False)), (0, 50, (False, True)), (0, 0, (False, False))]
)
def test_only_what_was_cut_off_is_faded(before, after, fades):
    sound = stereo(np.r_[np.zeros(before), 0.5 * np.cos(np.pi * np.arange(100)), np.zeros(after)])
    cut = trim(sound, RATE)
    assert (cut.fade_in, cut.fade_out) == fades


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
    assert attack(stereo([0.2, 0.21, 0.3, 1.0]), RATE) == 2  # no more than a quarter of the way up
    assert attack(stereo([0.3, 0.31, 0.9, 1.0]), RATE) == 0
    right = np.zeros((50, 2), np.float32)
    right[30:, 1] = 0.5
    assert attack(right, RATE) == 30
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


@pytest.mark.parametrize(("onset", "cut"), [(60, False), (61, True), (141, True), (142, False)])
def test_a_slice_has_sixty_ms_at_least_on_either_side(onset, cut):
    whole = Cut(0, 200, onset=0, fade_in=False, fade_out=False)
    cuts = slices(whole, np.array([onset]), RATE)
    assert [(c.start, c.stop) for c in cuts] == ([(0, onset), (onset - 1, 200)] if cut else [(0, 200)])
    assert [(c.fade_in, c.fade_out) for c in cuts] == ([(False, True), (True, False)] if cut else [(False, False)])


@pytest.mark.parametrize(
    ("fade_in", "fade_out", "gains"),
    [
        (True, False, [0.125, 0.375, 0.625, 0.875, 1, 1]),
        (False, True, [1, 1, 0.875, 0.625, 0.375, 0.125]),
        (True, True, [0.125, 0.375, 0.625 * 0.875, 0.875 * 0.625, 0.375, 0.125]),
    ],
)
def test_a_cut_is_faded_over_one_ms_on_both_channels(fade_in, fade_out, gains):
    sound = np.tile(np.array([[1, -0.5]], np.float32), (20, 1))
    taken = take(sound, Cut(3, 9, onset=0, fade_in=fade_in, fade_out=fade_out), 4000)
    np.testing.assert_allclose(taken, np.outer(gains, [1, -0.5]), rtol=1e-6)
    assert (np.abs(sound) >= 0.5).all()  # the recording itself stays


def test_a_cut_shorter_than_its_fade_is_faded_over_all_of_it():
    taken = take(np.ones((9, 1), np.float32), Cut(2, 4, onset=0, fade_in=True, fade_out=True), 48_000)
    np.testing.assert_allclose(taken[:, 0], [0.25 * 0.75, 0.75 * 0.25])


def test_slices_played_in_time_are_the_recording_again():
    rate = 48_000
    sound = np.random.default_rng(0).uniform(-1, 1, (60_000, 2)).astype(np.float32)
    cuts = slices(Cut(0, 60_000, 0, fade_in=False, fade_out=False), np.array([10_000, 25_000, 40_000]), rate)
    assert len(cuts) == 4
    mixed = np.zeros_like(sound)
    for cut in cuts:
        mixed[cut.start : cut.stop] += take(sound, cut, rate)
    assert np.abs(mixed - sound).max() < 2e-7
