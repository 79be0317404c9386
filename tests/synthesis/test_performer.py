import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.synthesis.performer import compose, perform

RATE = 16000


@pytest.fixture(scope="module")
def take():
    return perform(20.0, RATE, seed=1)


def test_shape_level_and_onsets(take):
    samples, onsets = take
    assert (samples.dtype, samples.shape) == (np.float32, (20 * RATE,))
    assert 0.6 < np.abs(samples).max() < 10 ** (-3 / 20)
    assert onsets.dtype == np.int64
    assert (np.diff(onsets) >= 0.025 * RATE).all()
    assert 30 <= len(onsets) <= 70


def test_phrases_leave_room_for_an_answer(take):
    _, onsets = take
    rests = np.diff(onsets) / RATE
    assert np.sum(rests > 1.2) >= 3
    assert rests.max() < 4.0


def test_every_onset_is_heard(take):
    samples, onsets = take
    for onset in onsets:
        before = np.sqrt(np.mean(samples[onset - 160 : onset] ** 2))
        after = np.abs(samples[onset : onset + 480]).max()
        assert after > 2.0 * before, onset / RATE


def test_the_room_is_never_digitally_silent(take):
    samples, onsets = take
    quiet = samples[: onsets[0] - 80]
    assert 20 * np.log10(np.sqrt(np.mean(quiet.astype(np.float64) ** 2))) == pytest.approx(-70.0, abs=1.0)


def test_the_seed_decides():
    first, again, other = (perform(3.0, RATE, seed=s)[0] for s in (5, 5, 6))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("seconds", [1.0, 2.0, 7.3, 61.0])
def test_any_length_is_filled(seconds):
    notes = compose(seconds, np.random.default_rng(1))
    starts = np.array(sorted(note.start_s for note in notes))
    assert len(starts) >= 3
    assert 0.0 <= starts[0] < 0.6
    assert seconds - 4.5 < starts[-1] < seconds


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan")])
def test_no_time_to_play_is_said(seconds):
    with pytest.raises(LivehostError, match="too short"):
        perform(seconds, RATE)
