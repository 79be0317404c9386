"""What a bank would know: as it is measured when a bank is built."""

import numpy as np

from livehost.bank.measure import FeatureExtractor
from livehost.dsp.segment import SEGMENT_SLICES
from livehost.studio.audio_data.bank_items import with_isolated, with_items
from livehost.studio.audio_data.instruments import Voice
from livehost.studio.audio_data.samplers import Sampler
from livehost.studio.audio_data.segments import RATE, segment
from tests.studio.audio_data.conftest import take

ONSETS = np.arange(0.1, 2.6, 0.25)
LEVEL = SEGMENT_SLICES["rms_mean"].start


def test_an_item_is_its_slice_as_a_bank_measures_it():
    sound = take(ONSETS, 3.0)
    stream = with_items(sound, segment(sound))
    assert len(stream) == len(ONSETS)
    spread = stream.items.std(axis=0) + 0.05
    for k, (start, end) in enumerate(zip(stream.onset, np.append(stream.onset[1:], len(sound)), strict=True)):
        measured = FeatureExtractor(RATE).measure(sound[start:end, None], 0)
        assert np.median(np.abs(measured.features - stream.items[k]) / spread) < 0.1
        np.testing.assert_allclose(stream.item_gain_db[k], 20 * np.log10(measured.level.gain), atol=1e-4)
        np.testing.assert_allclose(stream.item_seconds[k], min((end - start) / RATE, 0.5), atol=1e-6)


def test_the_gain_is_of_the_slice_and_not_in_its_features():
    sound = take(ONSETS, 3.0)
    loud, soft = (with_items(g * sound, segment(g * sound)) for g in (1.0, 0.5))
    assert len(loud) == len(soft)
    np.testing.assert_allclose(soft.item_gain_db - loud.item_gain_db, 6.02, atol=0.3)
    np.testing.assert_allclose(loud.items[:, LEVEL] - soft.items[:, LEVEL], 6.02, atol=0.5)


def test_a_segment_that_begins_in_the_silence_after_the_sound_is_an_item_too():
    sound = take([0.1, 0.98], 1.0)
    stream = with_items(sound[: int(0.9802 * RATE)], segment(sound))
    assert np.isfinite(stream.items).all()
    assert np.isfinite(stream.item_gain_db).all()
    assert len(with_items(np.zeros(RATE, "f4"), segment(np.zeros(RATE, "f4")))) == 0


def notes(*rows):
    return np.array([(t, 0.4, p, v) for t, p, v in rows], np.float64)


class Counting:
    """Plays by a sampler, and counts the notes."""

    def __init__(self, name):
        self.sampler, self.asked = Sampler(name, 1), 0

    def play(self, played):
        self.asked += len(played)
        return self.sampler.play(played)


def test_each_sound_is_played_alone_once_and_rings_into_no_other():
    # the same two chords over and over, ringing into one another
    rows = [(0.1 + 0.2 * k, (60, 67)[k % 2] + up, 90) for k in range(12) for up in (0, 4)]
    player = Counting("guitar")
    voice = Voice(notes(*rows), player)
    sound = player.play(voice.notes)
    stream = with_items(sound, segment(sound))
    player.asked = 0
    found = with_isolated(stream, [voice])
    assert player.asked == 4
    assert found.isolated.items.shape == stream.items.shape
    # of one chord all the same, of the other something else; slices hold what rang before, too
    alone = found.isolated.items
    assert len(np.unique(alone, axis=0)) == 2 < len(np.unique(stream.items, axis=0))
    # a whole note, not the time to the next
    assert (found.isolated.item_seconds > stream.item_seconds)[:-1].all()
    np.testing.assert_array_equal(found.rows, stream.rows)
    np.testing.assert_array_equal(found.items, stream.items)


def test_segments_without_a_note_keep_their_slices():
    player = Sampler("marimba", 2)
    played = notes(*[(0.1 + 0.3 * k, 60 + k, 100) for k in range(8)])
    sound = player.play(played)
    stream = with_items(sound, segment(sound))
    half = with_isolated(stream, [Voice(played[:4], player)]).isolated
    none = with_isolated(stream, [Voice(played[:0], player)]).isolated
    np.testing.assert_array_equal(none.items, stream.items)
    np.testing.assert_array_equal(half.items[-3:], stream.items[-3:])
    assert not np.array_equal(half.items[:3], stream.items[:3])


def test_only_the_most_usual_sounds_are_played_alone(monkeypatch):
    monkeypatch.setattr("livehost.studio.audio_data.bank_items._MOST_ALONE", 1)
    player = Sampler("marimba", 2)
    played = notes(*[(0.1 + 0.3 * k, 60 if k < 5 else 60 + k, 100) for k in range(8)])
    sound = player.play(played)
    stream = with_items(sound, segment(sound))
    isolated = with_isolated(stream, [Voice(played, player)]).isolated
    np.testing.assert_array_equal(isolated.items[-2:], stream.items[-2:])
    assert len(np.unique(isolated.items[:5], axis=0)) == 1
