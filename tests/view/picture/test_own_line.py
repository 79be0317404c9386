"""Where a line of its own falls: beside the musician's strokes, and in their beat."""

import numpy as np
import pytest

from livehost.view.picture.own_line import apart_ms, places_in_beat
from livehost.view.picture.story import Beat, Story, tell


def story(onsets, sounds):
    """Strokes, and sounds with their reasons, at frames of a millisecond."""
    heard = [{"kind": "onset", "frame": t + 3, "onset_frame": t} for t in onsets]
    played = [{"kind": "sample", "frame": t, "onset_frame": -1, "index": 0, "reason": why} for t, why in sounds]
    return tell([*heard, *played], 1000.0, 10.0)


def test_each_sound_of_the_line_is_held_against_the_nearest_stroke():
    sounds = [(100, "duo"), (1010, "duo"), (1600, "duo"), (4000, "duo"), (2000, "unison"), (30, "answer")]
    np.testing.assert_allclose(apart_ms(story([1000, 2000], sounds)), [-900, 10, -400, 2000])


@pytest.mark.parametrize("onsets", [[], [1000]])
def test_no_stroke_and_one(onsets):
    apart = apart_ms(story(onsets, [(1010, "duo"), (990, "duo")]))
    np.testing.assert_allclose(apart, [-10, 10] if onsets else [])  # in the order of time
    assert apart_ms(story([1000], [])).size == 0


def beats(*times):
    return Story(beats=[Beat(t, 1, 1, 120.0, 0.9) for t in times])


def test_places_are_parts_of_the_beat_that_they_are_in():
    times = np.array([0.9, 1.0, 1.25, 1.49, 1.5, 2.2])  # before the first beat, … , behind the last
    np.testing.assert_allclose(places_in_beat(beats(1.0, 1.5, 2.1), times), [0.0, 0.5, 0.98, 0.0])


def test_where_the_beat_was_lost_there_is_no_place_in_it():
    times = np.array([1.25, 4.0, 7.25])
    np.testing.assert_allclose(places_in_beat(beats(1.0, 1.5, 2.0, 7.0, 7.5), times), [0.5, 0.5])
    assert places_in_beat(beats(1.0), times).size == places_in_beat(beats(), times).size == 0
