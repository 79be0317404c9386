import numpy as np
import pytest

from livehost.studio.audio_data.assemble import Label
from livehost.studio.audio_data.augment import COLOURS, colour, shift_pitch, speed, stretch
from livehost.studio.audio_data.harmony import PROGRESSIONS, song
from livehost.studio.audio_data.loops import composed, real, resequence
from livehost.studio.audio_data.segments import RATE, segment
from tests.studio.audio_data.conftest import take

ONSETS = np.arange(0.2, 2.8, 0.2)


def test_a_song_is_in_its_bars():
    for seed in range(5):
        music = song(np.random.default_rng(seed), 20.0)
        assert music.voices
        assert set(music.voices) <= {"bass", "keys", "line"}
        for notes in music.voices.values():
            assert (notes[:, 1] > 0).all()
            assert notes[:, 0].max() < music.rhythm.seconds + 0.2
            assert ((notes[:, 2] >= 20) & (notes[:, 2] <= 108)).all()
            assert ((notes[:, 3] >= 20) & (notes[:, 3] <= 127)).all()
    assert all(PROGRESSIONS)


def test_a_composed_loop_has_players_and_other_bands(no_fluidsynth):
    found = composed(Label("composed/loop 1", "loops", "test", "x"), np.random.default_rng(3), 10.0, [])
    assert [r.tasks for r in found] == [("continue", "answer"), ("crossed",)]
    assert all(r.name.startswith("composed/") and r.domain == "loops" for r in found)


def test_a_real_loop_has_variants_only_to_learn_from():
    sound = take(ONSETS, 3.0)
    held = real(Label("a.wav", "loops", "test", "x"), sound, np.random.default_rng(0), 3)
    assert [(r.name, r.augmented, len(r)) for r in held] == [("a.wav", False, len(ONSETS))]
    learnt = real(Label("a.wav", "loops", "train", "x"), sound, np.random.default_rng(0), 3)
    assert next(r for r in learnt if not r.augmented).name == "a.wav"
    assert sum(r.augmented for r in learnt) >= 5
    assert {task for r in learnt for task in r.tasks} == {"continue", "crossed"}
    longest = max(r.seconds for r in learnt)
    assert longest > 8  # in another order, a loop goes on for longer
    assert real(Label("a.wav", "loops", "train", "x"), take([0.5], 1.0), np.random.default_rng(0), 3) == []


def test_another_order_is_made_of_the_same_pieces():
    sound = take(ONSETS, 3.0)
    stream = segment(sound)
    out = resequence(np.random.default_rng(1), sound, stream, 6.0)
    assert 6.0 * RATE <= len(out) < 10 * RATE
    assert abs(len(segment(out)) / (len(out) / RATE) - 5) < 1  # five a second, as before


@pytest.mark.parametrize(("name", "transform"), [(name, transform) for name, _, transform in COLOURS])
def test_a_colour_changes_sound_and_moves_no_onset(name, transform):
    sound = take(ONSETS, 3.0)
    out = transform(sound, np.random.default_rng(0))
    assert out.shape == sound.shape
    assert out.dtype == np.float32
    assert np.isfinite(out).all()
    assert not np.array_equal(out, sound)
    before, after = segment(sound).onset, segment(out).onset
    near = np.abs(after[:, None] - before[None]).min(axis=0)
    assert (near < 0.01 * RATE).mean() > 0.8, name


def test_colour_is_the_same_for_a_seed_and_leaves_the_global_generator_alone():
    sound = take(ONSETS, 3.0)
    np.random.seed(1)  # noqa: NPY002
    expected = np.random.random()  # noqa: NPY002
    np.random.seed(1)  # noqa: NPY002
    first, again, other = (colour(sound, np.random.default_rng(seed)) for seed in (4, 4, 5))
    assert np.random.random() == expected  # noqa: NPY002
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
    assert 10 ** (-20 / 20) * 0.99 <= np.abs(first).max() <= 10 ** (-1 / 20) * 1.01
    np.testing.assert_array_equal(colour(np.zeros(2 * RATE, "f4"), np.random.default_rng(0)) * 0, 0)


def test_faster_slower_higher():
    sound = take(ONSETS, 3.0)
    assert len(speed(sound, 1.5)) == pytest.approx(len(sound) / 1.5, abs=2)
    assert len(stretch(sound, 1.25)) == pytest.approx(len(sound) / 1.25, rel=0.02)
    assert stretch(sound, 1.0) is sound
    assert shift_pitch(sound, 0.0) is sound
    assert len(shift_pitch(sound, 3.0)) == len(sound)
    np.testing.assert_allclose(segment(speed(sound, 1.5)).onset, segment(sound).onset / 1.5, atol=0.004 * RATE)
