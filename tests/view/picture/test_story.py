import math

import numpy as np

from livehost.view.picture.story import tell

EVENTS = [
    {"kind": "onset", "frame": 1030, "onset_frame": 1000, "strength": 0.5, "level_db": -20.0},
    {"kind": "sample", "frame": 1064, "onset_frame": 1000, "index": 4, "name": "a.wav", "voice": 7, "frames": 5000,
     "onset_to_sound_ms": 64.0, "fallback": 1},
    {"kind": "masked", "frame": 1500, "onset_frame": 1490},
    {"kind": "end", "frame": 2000, "voice": 7, "index": 4},
    {"kind": "sample", "frame": 3000, "onset_frame": -1, "index": 5, "name": "b.wav", "voice": 7, "frames": 50_000,
     "onset_to_sound_ms": None},
    {"kind": "next", "frame": 3001},
]  # fmt: skip


def test_it_tells_onsets_choices_and_ends():
    story = tell(EVENTS, 1000.0, 10.0)
    assert story.onsets == [1.0]
    assert story.masked == [1.49]
    first, second = story.choices
    assert (first.name, first.index, first.onset_s, first.start_s, first.end_s) == ("a.wav", 4, 1.0, 1.064, 2.0)
    assert first.fallback
    assert not second.fallback
    assert math.isnan(second.onset_s)
    assert second.end_s == 10.0  # a voice without an end sounds no longer than the recording
    np.testing.assert_array_equal(story.latency_ms, [64.0])


def test_order_does_not_matter_and_fields_may_be_missing():
    assert repr(tell(EVENTS[::-1], 1000.0, 10.0)) == repr(tell(EVENTS, 1000.0, 10.0))
    (choice,) = tell([{"kind": "sample", "frame": 500, "onset_frame": 496, "index": 3}], 1000.0, 10.0).choices
    assert choice.name == "item 3"
    assert choice.latency_ms == 4.0
    assert tell([], 1000.0, 1.0).choices == []
